"""Systems that efforts act on: safety, access, holders, and whether a deployment can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.quantities import Assumption, written_amount
from custodes.records import Record, faults_of


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
    quantities: dict[str, Assumption] = Field(default_factory=dict)
    """System quantities by name; what is missing is the built-in system's."""


SCHEMA = "custodes/systems/1"
_TOP = ("schema", "system")

BUILT_IN = System(
    id="default",
    title="The built-in system",
    developer="",
    quantities={
        name: Assumption(p05=low, p50=middle, p95=high, reason=reason, source=source, status=status)
        for name, low, middle, high, reason, source, status in (
            ("safety_logit", 0, 2, 4, "from even odds to 98 %", "", "assumption"),
            ("reach", 0.005, 0.02, 0.08, "no good data", "", "assumption"),
            ("misuse_share", 0.1, 0.3, 0.6, "no good data", "", "assumption"),
            ("training_share", 0.01, 0.03, 0.1, "no good data", "", "assumption"),
            ("rollback", 0.05, 0.2, 0.5, "no good data", "", "assumption"),
            ("deployers", 1, 1.5, 4, "no good data", "", "assumption"),
            ("leak", 0.1, 0.35, 0.8, "no good data", "", "assumption"),
            (
                "removal",
                0.85,
                0.97,
                0.995,
                "after fine-tuning with the weights about 1 % of refusals were left, for under "
                "200 USD",
                "Lermen et al. 2023, arXiv:2310.20624",
                "seen",
            ),
            ("holders", 5, 20, 100, "no good data", "", "assumption"),
            ("holders_reference", 20, 20, 20, "the number that the worldviews' risk is stated for", "", "assumption"),
        )
    },
)
"""The system that an effort without `target_system` acts on."""


def systems_from(table: Mapping[str, Any], *, file: str) -> tuple[System, ...]:
    """The systems that `systems.toml` states; what one leaves out is the built-in system's.

    Raises:
        InputError: Unknown keys or quantities, amounts that cannot be, two systems of one id.
    """
    faults = [
        Fault(message="is not a key we know", cure=catalogue.nearest(key, _TOP), field=key)
        for key in table
        if key not in _TOP
    ]
    if table.get("schema", SCHEMA) != SCHEMA:
        faults.append(
            Fault(
                message=f"{table['schema']!r} is not a schema we know",
                cure=f"write {SCHEMA!r}",
                field="schema",
            )
        )
    systems: dict[str, System] = {}
    entries = table.get("system", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        place = f"system {name or number}"
        if not isinstance(entry, dict):
            faults.append(Fault(message="is not a table", cure="write [[system]]", field=place))
        elif name in systems:
            faults.append(
                Fault(message="is there twice", cure="keep one of the two", field=place)
            )
        else:
            try:
                systems[name] = _system(entry)
            except InputError as error:
                faults += [fault.at(field=f"{place}, {fault.field}") for fault in error.faults]
    if faults:
        raise InputError(fault.at(file=file) for fault in faults)
    return tuple(systems.values())


def _system(entry: Mapping[str, Any]) -> System:
    known = {quantity.name: quantity for quantity in catalogue.quantities_of("system")}
    faults: list[Fault] = []
    quantities: dict[str, Assumption] = {}
    stated = entry.get("quantities", {})
    if not isinstance(stated, dict):
        faults.append(
            Fault(message="is not a table", cure="write [system.quantities]", field="quantities")
        )
        stated = {}
    for key, value in stated.items():
        if key not in known:
            faults.append(
                Fault(
                    message="is not a quantity of a system",
                    cure=catalogue.nearest(str(key), tuple(known)),
                    field=str(key),
                )
            )
            continue
        try:
            quantities[key] = written_amount(value, known[key])
        except InputError as error:
            faults += error.faults
    try:
        made = System.model_validate({**entry, "quantities": BUILT_IN.quantities | quantities})
    except ValidationError as error:
        raise InputError([*faults, *faults_of(error)]) from error
    if faults:
        raise InputError(faults)
    return made
