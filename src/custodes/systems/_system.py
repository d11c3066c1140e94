"""Systems that efforts act on: safety, access, holders, and whether a deployment can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.quantities import Assumption, written_amount
from custodes.records import Record, as_entries, as_table, faults_of


class System(Record):
    """One system, as `systems.toml` states it."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Its id, used in `target_system`."""
    title: str = Field(min_length=1)
    """Its name."""
    developer: str = ""
    """Who develops it."""
    access: Literal["interface", "weights", "internal", ""] = ""
    """How others reach it; empty is not stated."""
    evidence: tuple[str, ...] = ()
    """Ids of audits in `evidence.toml`."""
    snapshot: str = ""
    """Dated name or weight digest of what is deployed; empty is not stated."""
    deployed_on: dt.date | None = None
    """When it was deployed; none is not stated, or not yet."""
    capability: float | None = None
    """How capable it is, on any scale that orders the round's systems, higher for more capable
    (as the logarithm of its training compute); none is not stated."""
    hazards: dict[str, dict[str, Assumption]] = Field(default_factory=dict)
    """By hazard, `hidden_problem` and `harm_if_hidden` where a file states them."""
    correction: dict[str, Assumption] = Field(default_factory=dict)
    """`noticed` and `months_to_effect` where a file states them; P(corrected in time) is then
    computed, in place of `rollback`."""
    quantities: dict[str, Assumption] = Field(default_factory=dict)
    """System quantities by name; what is missing is the built-in system's."""


SCHEMA = "custodes/systems/1"
_TOP = ("schema", "system")

_NO_DATA = "no good data"
_BUILT_IN = {
    "safety_logit": Assumption(p05=0, p50=2, p95=4, reason="from even odds to 98 %"),
    "reach": Assumption(p05=0.005, p50=0.02, p95=0.08, reason=_NO_DATA),
    "misuse_share": Assumption(p05=0.1, p50=0.3, p95=0.6, reason=_NO_DATA),
    "training_share": Assumption(p05=0.01, p50=0.03, p95=0.1, reason=_NO_DATA),
    "rollback": Assumption(p05=0.05, p50=0.2, p95=0.5, reason=_NO_DATA),
    "deployers": Assumption(p05=1, p50=1.5, p95=4, reason=_NO_DATA),
    "leak": Assumption(p05=0.1, p50=0.35, p95=0.8, reason=_NO_DATA),
    "removal": Assumption(
        p05=0.85,
        p50=0.97,
        p95=0.995,
        reason="after fine-tuning with the weights about 1 % of refusals were left, for 200 USD",
        source="Lermen et al. 2023, arXiv:2310.20624",
        status="seen",
    ),
    "holders": Assumption(p05=5, p50=20, p95=100, reason=_NO_DATA),
    "holders_reference": Assumption(
        p05=20, p50=20, p95=20, reason="the number for which the worldviews state their risk"
    ),
}

BUILT_IN = System(id="default", title="The built-in system", quantities=_BUILT_IN)
"""The system that an effort without `target_system` acts on."""


def systems_from(table: Mapping[str, Any], *, file: str) -> tuple[System, ...]:
    """The systems that `systems.toml` states; what one leaves out is the built-in system's.

    Raises:
        InputError: Unknown keys or quantities, amounts that cannot be, two systems of one id.
    """
    faults = catalogue.faults_of_frame(table, schema=SCHEMA, keys=_TOP)
    systems: dict[str, System] = {}
    for number, stated in enumerate(as_entries(table.get("system", [])), start=1):
        entry = as_table(stated)
        name = str(entry.get("id", "")) if entry is not None else ""
        place = f"system {name or number}"
        if entry is None:
            faults.append(Fault(message="is not a table", cure="write [[system]]", field=place))
        elif name in systems:
            faults.append(Fault(message="is there twice", cure="keep one of the two", field=place))
        else:
            try:
                systems[name] = _system(entry)
            except InputError as error:
                faults += [fault.at(field=f"{place}, {fault.field}") for fault in error.faults]
    if faults:
        raise InputError(fault.at(file=file) for fault in faults)
    return tuple(systems.values())


def _system(entry: Mapping[str, Any]) -> System:
    quantities, faults = catalogue.written_quantities(
        entry.get("quantities", {}),
        owner="system",
        whose="a system",
        header="[system.quantities]",
    )
    hazards, more = _hazards(as_entries(entry["hazard"]) if "hazard" in entry else [])
    faults += more
    others = {key: value for key, value in entry.items() if key != "hazard"}
    for key, cure in _NOT_KEYS.items():
        if key in others:
            faults.append(Fault(message="is not a key we know", cure=cure, field=key))
    apart = catalogue.CORRECTION_QUANTITIES
    read = {
        "quantities": BUILT_IN.quantities
        | {name: each for name, each in quantities.items() if name not in apart},
        "correction": {name: each for name, each in quantities.items() if name in apart},
        "hazards": hazards,
    }
    try:
        made = System.model_validate({**others, **read})
    except ValidationError as error:
        raise InputError([*faults, *faults_of(error)]) from error
    if faults:
        raise InputError(faults)
    return made


_NOT_KEYS = {
    "hazards": "write [[system.hazard]], one a hazard, with its name",
    "correction": "write noticed and months_to_effect under [system.quantities]",
}


def _hazards(
    entries: list[Any],
) -> tuple[dict[str, dict[str, Assumption]], list[Fault]]:
    """What a file states of a system's hazards."""
    hazards: dict[str, dict[str, Assumption]] = {}
    faults: list[Fault] = []
    known = ("name", *catalogue.HAZARD_QUANTITIES)
    for number, stated in enumerate(entries, start=1):
        entry = as_table(stated) or {}
        name = str(entry.get("name", ""))
        place = f"hazard {name or number}"
        if name not in catalogue.HAZARDS or name in hazards:
            message = "is there twice" if name in hazards else f"'{name}' is not a hazard"
            cure = catalogue.nearest(name, tuple(catalogue.HAZARDS))
            faults.append(Fault(message=message, cure=cure, field=place))
            continue
        hazards[name] = {}
        for key, value in entry.items():
            if key not in known:
                cure = catalogue.nearest(key, known)
                message = "is not a key we know"
                faults.append(Fault(message=message, cure=cure, field=f"{place}, {key}"))
            elif key != "name":
                try:
                    amount = written_amount(value, catalogue.HAZARD_QUANTITIES[key])
                    hazards[name][key] = amount
                except InputError as error:
                    faults += [f.at(field=f"{place}, {f.field}") for f in error.faults]
    return hazards, faults
