"""`corrections.toml` as a table, read; every fault of every entry is told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.records import Record, as_entries, as_table, faults_of
from custodes.systems._correction import Correction, CorrectionEvent, Lever, Trigger

Entry = TypeVar("Entry", bound=Record)

CORRECTIONS_SCHEMA = "custodes/corrections/1"
"""What `schema` may say; the key may be left out."""
_TOP = ("schema", "system")


def corrections_from(table: Mapping[str, Any], *, file: str) -> tuple[Correction, ...]:
    """What `corrections.toml` states of each system.

    Args:
        table: What the file says.
        file: The file, as the person named it, for the faults.

    Raises:
        InputError: Unknown keys, kinds or states, times without a zone or out of order, an event
            that names a trigger or lever that is not there, something twice; all of them.
    """
    faults = catalogue.faults_of_frame(table, schema=CORRECTIONS_SCHEMA, keys=_TOP)
    found: dict[str, Correction] = {}
    for number, stated in enumerate(as_entries(table.get("system", [])), start=1):
        entry = as_table(stated)
        name = str(entry.get("id", "")) if entry is not None else ""
        place = f"system {name or number}"
        if entry is None:
            faults.append(Fault(message="is not a table", cure="write [[system]]", field=place))
        elif name in found:
            faults.append(Fault(message="is there twice", cure="keep one of the two", field=place))
        else:
            correction, own = _correction(entry)
            faults += [fault.at(field=f"{place}, {fault.field}") for fault in own]
            if correction is not None:
                found[name] = correction
    if faults:
        raise InputError(fault.at(file=file) for fault in faults)
    return tuple(found.values())


def _correction(entry: Mapping[str, Any]) -> tuple[Correction | None, list[Fault]]:
    faults: list[Fault] = []
    levers = _entries(entry, "lever", Lever, faults)
    triggers = _entries(entry, "trigger", Trigger, faults)
    events = _entries(entry, "event", CorrectionEvent, faults)
    for number, stated in enumerate(as_entries(entry.get("event", [])), start=1):
        event = as_table(stated) or {}
        for sort in ("trigger", "lever"):
            known = _ids(entry, sort)
            name = event.get(sort, "")
            if isinstance(name, str) and name and name not in known:
                message = f"{name!r} is not a {sort} of this system"
                cure = catalogue.nearest(name, tuple(known))
                faults.append(Fault(message=message, cure=cure, field=f"event {number}, {sort}"))
    try:
        made = Correction.model_validate(
            {
                **{key: value for key, value in entry.items() if key not in _LISTS},
                "lever": levers,
                "trigger": triggers,
                "event": events,
            }
        )
    except ValidationError as error:
        return None, [*faults, *faults_of(error)]
    return made, [*faults, *_states_that_contradict(made)]


_LISTS = ("lever", "trigger", "event")


def _ids(entry: Mapping[str, Any], sort: str) -> Collection[str]:
    tables = (as_table(each) or {} for each in as_entries(entry.get(sort, [])))
    return [str(each["id"]) for each in tables if "id" in each]


def _entries(
    entry: Mapping[str, Any], key: str, record: type[Entry], faults: list[Fault]
) -> tuple[Entry, ...]:
    """The entries of one list of a system; what is wrong with them goes to `faults`."""
    made: list[Entry] = []
    seen: set[str] = set()
    for number, stated in enumerate(as_entries(entry.get(key, [])), start=1):
        table = as_table(stated)
        name = str((table or {}).get("id", "")) if key != "event" else ""
        place = f"{key} {name or number}"
        if table is None:
            cure = f"write [[system.{key}]]"
            faults.append(Fault(message="is not a table", cure=cure, field=place))
            continue
        if name and name in seen:
            faults.append(Fault(message="is there twice", cure="give each its own", field=place))
        seen.add(name)
        try:
            made.append(record.model_validate(table))
        except ValidationError as error:
            faults += [
                fault.at(field=f"{place}, {fault.field}" if fault.field else place)
                for fault in faults_of(error)
            ]
    return tuple(made)


def _states_that_contradict(correction: Correction) -> list[Fault]:
    """Triggers that are said to rest while an event of theirs waits for a decision."""
    return [
        Fault(
            message=f"is said to be {trigger.state}, and an event of it, noticed "
            f"{event.noticed.isoformat()}, is not decided",
            cure='write state = "fired", or what was decided into the event',
            field=f"trigger {trigger.id}, state",
        )
        for trigger in correction.trigger
        if trigger.state in ("set", "watched", "closed")
        for event in correction.events_of(trigger.id)
        if event.waits and event.noticed is not None
    ]
