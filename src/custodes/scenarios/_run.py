"""Run one scenario by name: read what was set, solve it, and say what is missing and why."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Literal, cast

from pydantic import Field, ValidationError

from custodes.errors import Fault, InputError
from custodes.records import Record
from custodes.scenarios._actors import ACTORS, ActorsInputs, ActorsOutputs
from custodes.scenarios._detection import DETECTION, DetectionInputs, DetectionOutputs
from custodes.scenarios._measures import Measure, measures_on, read_measures
from custodes.scenarios._principals import PRINCIPALS, PrincipalsInputs, PrincipalsOutputs
from custodes.scenarios._progress import PROGRESS, ProgressInputs, ProgressOutputs
from custodes.scenarios._race import RACE, RaceInputs, RaceOutputs
from custodes.scenarios._scenario import Scenario
from custodes.scenarios._valley import VALLEY, ValleyInputs, ValleyOutputs

ScenarioName = Literal["valley", "race", "actors", "progress", "detection", "principals"]
"""The names that ``custodes scenario`` knows."""

SCENARIOS: Mapping[str, Scenario[Any, Any]] = {
    scenario.name: scenario for scenario in (VALLEY, RACE, ACTORS, PROGRESS, DETECTION, PRINCIPALS)
}
"""Every scenario by its name, in the order in which the paper's problems are usually told."""

Inputs = (
    ValleyInputs | RaceInputs | ActorsInputs | ProgressInputs | DetectionInputs | PrincipalsInputs
)
Outputs = (
    ValleyOutputs
    | RaceOutputs
    | ActorsOutputs
    | ProgressOutputs
    | DetectionOutputs
    | PrincipalsOutputs
)


class ScenarioRecord(Record):
    """What `scenario.json` holds."""

    schema_: Literal["custodes/scenario/1"] = Field(default="custodes/scenario/1", alias="schema")
    """Name and version of this format."""
    scenario: ScenarioName
    """Which scenario."""
    set: dict[str, float]
    """The keys that were set, with their values."""
    inputs: Inputs
    """Every key with the value used."""
    outputs: Outputs
    """What came out; null where there is no such number."""
    measures: tuple[Measure, ...] = ()
    """``valley`` only: what each measure does to the valley."""
    reading: str
    """What the numbers say, in a paragraph."""
    notes: tuple[str, ...] = ()
    """Why an output is null, one sentence each."""

    def as_json(self) -> str:
        """`scenario.json`, byte for byte as ``custodes scenario NAME --json`` writes it."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"


def run(name: str, settings: Mapping[str, float | str] | None = None) -> ScenarioRecord:
    """Solve one scenario with its defaults, or with some keys set.

    Args:
        name: One of `SCENARIOS`.
        settings: Key to value; numbers, or text as a person typed it.

    Returns:
        Exactly what `scenario.json` holds.

    Raises:
        InputError: An unknown name, an unknown key, or a value that is no number or out of range;
            all faults at once.

    Example:
        >>> run("valley", {"rival_deploys": 0.9}).outputs.p_developer
        0.25
    """
    scenario = scenario_called(name)
    given = dict(settings or {})
    inputs = _inputs(scenario, given)
    outputs: Outputs = scenario.solve(inputs)
    measures = measures_on(inputs) if isinstance(inputs, ValleyInputs) else ()
    return ScenarioRecord(
        scenario=cast("ScenarioName", scenario.name),
        set={key: getattr(inputs, key) for key in given},
        inputs=inputs,
        outputs=outputs,
        measures=measures,
        reading=f"{scenario.read(inputs, outputs)} {read_measures(measures)}".strip(),
        notes=tuple(
            f"{key} is null: {scenario.nulls[key]}"
            for key in scenario.outputs.model_fields
            if getattr(outputs, key) is None
        ),
    )


def scenario_called(name: str) -> Scenario[Any, Any]:
    """The scenario of this name.

    Raises:
        InputError: There is none; the nearest name and the list are in the message.
    """
    if name in SCENARIOS:
        return SCENARIOS[name]
    raise InputError(
        [
            Fault(
                message=f"{name!r} is not a scenario",
                cure=f"{_perhaps(name, SCENARIOS)}the scenarios are {', '.join(SCENARIOS)}",
            )
        ]
    )


def value_range(scenario: Scenario[Any, Any], key: str) -> str:
    """The values a key may take, in words: "a number from 0 to 1".

    Args:
        scenario: One of `SCENARIOS`.
        key: One of its inputs.
    """
    field = scenario.inputs.model_fields[key]
    limits = [
        f"{value:,.15g}"
        for limit in field.metadata
        for name in ("ge", "le")
        if isinstance(value := getattr(limit, name, None), int | float)
    ]
    kind = "a whole number" if field.annotation is int else "a number"
    return f"{kind} from {' to '.join(limits)}"


def _inputs(scenario: Scenario[Any, Any], given: Mapping[str, float | str]) -> Inputs:
    keys = tuple(scenario.inputs.model_fields)
    unknown = [_unknown(scenario, key) for key in given if key not in keys]
    known = {key: value for key, value in given.items() if key in keys}
    try:
        inputs: Inputs = scenario.inputs.model_validate(known)
    except ValidationError as error:
        wrong = [
            _refused(scenario, str(detail["loc"][0]), given)
            for detail in error.errors(include_url=False)
        ]
        raise InputError([*unknown, *wrong]) from error
    if unknown:
        raise InputError(unknown)
    return inputs


def _unknown(scenario: Scenario[Any, Any], key: str) -> Fault:
    keys = tuple(scenario.inputs.model_fields)
    return Fault(
        message=f"{key!r} is not a key of the scenario {scenario.name}",
        cure=f"{_perhaps(key, keys)}its keys are {', '.join(keys)}",
    )


def _refused(scenario: Scenario[Any, Any], key: str, given: Mapping[str, float | str]) -> Fault:
    return Fault(
        message=f"{given[key]!s} is not possible",
        cure=f"give {value_range(scenario, key)}",
        field=key,
    )


def _perhaps(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]}? " if near else ""
