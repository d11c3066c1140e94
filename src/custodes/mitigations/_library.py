"""The mitigation library, and what a round's own file changes in it or adds to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.mitigations._mitigation import Mitigation, MitigationId
from custodes.quantities import Amount, Quantity, written_amount
from custodes.records import as_entries, as_table, faults_of

ADOPTED: Final = Quantity(
    name="adopted",
    symbol="",
    meaning="Probability that the mitigation is carried out.",
    question="If it is made a condition, or asked of others: how likely is it that it is done?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="31",
)
"""How likely it is that a mitigation is carried out; judged under `mitigation:ID`."""

SCHEMA = "custodes/mitigations/1"
_TOP = ("schema", "library", "mitigation")


def strength_of(quantity: str) -> Quantity:
    """What the strength of a mitigation on a quantity means, with its range.

    Args:
        quantity: Name of a quantity that mitigations may change.

    Raises:
        KeyError: No mitigation may change it.
    """
    changed = catalogue.QUANTITIES[quantity]
    meaning, family, high = {
        "times": (
            "Factor on the quantity where it is above 0; 1 changes nothing.",
            "positive",
            100,
        ),
        "excess": ("Factor on what is above 1; 1 changes nothing.", "positive", 100),
        "lift": ("Share of the distance to 1 that is covered; 0 changes nothing.", "share", 1),
    }[changed.operation or ""]
    return ADOPTED.model_copy(
        update={
            "name": quantity,
            "meaning": meaning,
            "question": f"How strongly does it act on {quantity}? {meaning}",
            "unit": "factor" if family == "positive" else "share",
            "family": family,
            "high": high,
        }
    )


@cache
def library() -> dict[str, Mitigation]:
    """Every recommendation of the paper, by id, in the order of its pages."""
    table = tomllib.loads((files("custodes.mitigations") / "library.toml").read_text("utf-8"))
    return {
        name: Mitigation(
            id=MitigationId(name),
            title=entry["title"],
            page=entry["page"],
            problem=tuple(entry["problem"]),
            who=entry["who"],
            grant_condition=entry["grant_condition"],
            condition=entry["condition"],
            applies=entry["applies"],
            adopted=Amount.point(entry["adopted"]),
            cost_share=entry["cost_share"],
            cost_least=entry["cost_least"],
            cost_in_usd=True,
            changes={
                quantity: Amount(p05=three[0], p50=three[1], p95=three[2])
                for quantity, three in (entry["effects"] | entry.get("side_effects", {})).items()
            },
            side_effects=tuple(entry.get("side_effects", {})),
            caution=entry["caution"],
        )
        for name, entry in table.items()
    }


def mitigations_from(table: Mapping[str, Any], *, file: str) -> tuple[Mitigation, ...]:
    """The mitigations of a round: the library with the file's changes, and the file's own.

    Args:
        table: What `mitigations.toml` says.
        file: Its name, for the faults.

    Raises:
        InputError: Everything in it that is unknown or cannot be.
    """
    faults = catalogue.faults_of_frame(table, schema=SCHEMA, keys=_TOP)
    with_library = table.get("library", True)
    known = library()
    chosen: dict[str, Mitigation] = dict(known) if with_library is True else {}
    named: set[str] = set()
    for number, stated in enumerate(as_entries(table.get("mitigation", [])), start=1):
        entry = as_table(stated)
        name = str(entry.get("id", "")) if entry is not None else ""
        place = f"mitigation {name or number}"
        if entry is None:
            faults.append(
                Fault(message="is not a table", cure="write [[mitigation]]", field=place)
            )
        elif name in named:
            faults.append(Fault(message="is there twice", cure="keep one of the two", field=place))
        elif name in known and with_library is False:
            faults.append(
                Fault(
                    message="is an id of the library, which this file switches off",
                    cure="write library = true, or use another id",
                    field=place,
                )
            )
        else:
            named.add(name)
            try:
                made = _entry(entry, known.get(name))
                chosen[made.id] = made
            except InputError as error:
                faults += [fault.at(field=f"{place}, {fault.field}") for fault in error.faults]
    if faults:
        raise InputError(fault.at(file=file) for fault in faults)
    return tuple(chosen.values())


def _entry(entry: Mapping[str, Any], base: Mitigation | None) -> Mitigation:
    faults: list[Fault] = []
    given = dict(entry)
    if "problem" in given:
        names = [part.strip() for part in str(given["problem"]).split(",")]
        known = tuple(problem.name for problem in catalogue.PROBLEMS)
        faults += [
            Fault(
                message=f"{name!r} is not a problem",
                cure=catalogue.nearest(name, known),
                field="problem",
            )
            for name in names
            if name not in known
        ]
        given["problem"] = tuple(names)
    if "adopted" in given:
        try:
            adopted = written_amount(given["adopted"], ADOPTED)
            given["adopted"] = Amount(p05=adopted.p05, p50=adopted.p50, p95=adopted.p95)
        except InputError as error:
            faults += error.faults
            del given["adopted"]
    if "changes" in given:
        given["changes"], more = _changes(given["changes"])
        given.setdefault("side_effects", ())
        faults += more
    if "cost_least" in given:
        given["cost_in_usd"] = False
    defaults = base.model_dump() if base else {}
    try:
        made = Mitigation.model_validate(defaults | given)
    except ValidationError as error:
        hidden = {fault.field for fault in faults}
        faults += [
            fault
            for fault in faults_of(error)
            if (fault.field or "").partition(".")[0] not in hidden
        ]
        raise InputError(faults) from error
    if faults:
        raise InputError(faults)
    return made


def _changes(stated: object) -> tuple[dict[str, Amount], list[Fault]]:
    changes: dict[str, Amount] = {}
    table = as_table(stated)
    if table is None:
        return {}, [
            Fault(message="is not a table", cure="write [mitigation.changes]", field="changes")
        ]
    faults: list[Fault] = []
    known = tuple(name for name, each in catalogue.QUANTITIES.items() if each.operation)
    for name, value in table.items():
        if name not in known:
            faults.append(
                Fault(
                    message="is not a quantity that a mitigation can change",
                    cure=catalogue.nearest(str(name), known),
                    field=str(name),
                )
            )
            continue
        try:
            strength = written_amount(value, strength_of(name))
            changes[name] = Amount(p05=strength.p05, p50=strength.p50, p95=strength.p95)
        except InputError as error:
            faults += error.faults
    return changes, faults
