"""A scenario as a page shows it: only the keys that were changed, and what came out."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from custodes import catalogue
from custodes.mitigations import Mitigation, library
from custodes.records import Record
from custodes.reports import scenario_figure
from custodes.scenarios import SCENARIOS, ScenarioRecord, run, value_range
from custodes_workbench.systems.models import KeptScenario

SPEAKS_OF: Mapping[str, tuple[str, ...]] = {
    "valley": ("dangerous_valley",),
    "race": ("relative_progress", "dangerous_valley"),
    "actors": ("dangerous_valley",),
    "progress": ("relative_progress",),
    "detection": ("false_security",),
    "principals": ("bad_principal",),
}
"""The paper's problems that a scenario speaks of, by the pages that it names."""

_NONE = "\u2013"


@dataclass(frozen=True, slots=True)
class Solved:
    """A scenario with what was changed in it."""

    record: ScenarioRecord
    typed: dict[str, str]
    """The keys that differ from the scenario's own values, as they were typed."""

    @property
    def command(self) -> str:
        """What gives the same bytes on the command line."""
        sets = [f"--set {shlex.quote(f'{key}={text}')}" for key, text in self.typed.items()]
        return " ".join([f"custodes scenario {self.record.scenario}", *sets, "--json -"])


def solved(name: str, given: Mapping[str, str]) -> Solved:
    """Solve a scenario; a key that is given its own default value counts as not set.

    Args:
        name: One of the library's scenarios.
        given: Key to value, as a person typed them.

    Raises:
        InputError: All that is wrong with what was given.
    """
    record = run(name, given)
    fresh = SCENARIOS[name].inputs()
    typed = {
        key: text
        for key, text in given.items()
        if getattr(record.inputs, key) != getattr(fresh, key)
    }
    return Solved(record if len(typed) == len(given) else run(name, typed), typed)


def record_of(kept: KeptScenario) -> ScenarioRecord:
    """The scenario as it was kept."""
    return ScenarioRecord.model_validate_json(kept.result_json)


def drawing_of(record: ScenarioRecord, *, prefix: str = "") -> str:
    """The picture of a solved scenario; the same case is drawn once, for it takes half a second.

    Args:
        record: The solved scenario.
        prefix: Of the ids inside, where a page shows several pictures.
    """
    return _drawn(record.as_json(), prefix)


@lru_cache(maxsize=128)
def _drawn(text: str, prefix: str) -> str:
    return scenario_figure(ScenarioRecord.model_validate_json(text), prefix=prefix)


@dataclass(frozen=True, slots=True)
class Line:
    """One input or output of one or two solved scenarios."""

    key: str
    meaning: str
    values: tuple[str, ...]
    difference: str
    """The second less the first; a dash where one of them is missing."""
    is_changed: bool
    """Whether the key was set, or the two differ."""

    @property
    def label(self) -> str:
        """The key as it is spoken."""
        return spoken(self.key)


def spoken(key: str) -> str:
    """A key with spaces.

    >>> spoken("harm_internalised")
    'harm internalised'
    """
    return key.replace("_", " ")


def number(value: float | None) -> str:
    """A number as the command line prints it; a dash where there is none."""
    return _NONE if value is None else f"{value:z.7g}"


def outputs_of(*records: ScenarioRecord) -> list[Line]:
    """What came out of one scenario, or of two side by side."""
    return _lines([each.outputs for each in records], changed=())


def inputs_of(record: ScenarioRecord) -> list[Line]:
    """What went into a scenario, with the keys that were set marked."""
    return _lines([record.inputs], changed=tuple(record.set))


def _lines(records: list[Record], *, changed: tuple[str, ...]) -> list[Line]:
    lines = []
    for key, field in type(records[0]).model_fields.items():
        values = [getattr(each, key) for each in records]
        first, last = values[0], values[-1]
        known = first is not None and last is not None
        lines.append(
            Line(
                key=key,
                meaning=" ".join((field.description or "").split()),
                values=tuple(number(each) for each in values),
                difference=_difference(first, last) if known else _NONE,
                is_changed=key in changed or first != last,
            )
        )
    return lines


def _difference(first: float, last: float) -> str:
    return "0" if first == last else f"{last - first:+z.4g}"


def asked_of(name: str, key: str) -> str:
    """What an input means, which values it may take, and what it is if nobody changes it.

    Args:
        name: One of the library's scenarios.
        key: One of its inputs.
    """
    about = SCENARIOS[name]
    meaning = " ".join((about.inputs.model_fields[key].description or "").split())
    start = number(getattr(about.inputs(), key))
    told = value_range(about, key)
    return f"{meaning} {told[0].upper()}{told[1:]}; {start} unless changed."


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation of the paper, with what it changes and what speaks against it."""

    mitigation: Mitigation
    changes: tuple[str, ...]
    """Quantities that it changes for good."""
    side_effects: tuple[str, ...]
    """Quantities that it changes besides."""


def recommendations_on(name: str) -> list[Recommendation]:
    """What the paper recommends against the problems that a scenario speaks of.

    Args:
        name: One of the library's scenarios.
    """
    against = set(SPEAKS_OF[name])
    return [
        Recommendation(
            mitigation=each,
            changes=tuple(spoken(key) for key in each.changes if key not in each.side_effects),
            side_effects=tuple(spoken(key) for key in each.side_effects),
        )
        for each in library().values()
        if against & set(each.problem)
    ]


def problems_of(name: str) -> str:
    """The titles of the problems that a scenario speaks of.

    Args:
        name: One of the library's scenarios.
    """
    titles = {each.name: each.title for each in catalogue.PROBLEMS}
    return ", ".join(titles[each] for each in SPEAKS_OF[name])
