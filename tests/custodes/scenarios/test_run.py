import json
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custodes.errors import InputError
from custodes.scenarios import SCENARIOS, ScenarioRecord, run, value_range
from custodes.scenarios._run import ScenarioName


def values(field):
    """Every value that the field allows, its ends first."""
    low, high = (
        getattr(limit, name)
        for limit in field.metadata
        for name in ("ge", "le")
        if hasattr(limit, name)
    )
    if field.annotation is int:
        return st.integers(low, min(high, 500))
    return st.floats(low, high, allow_subnormal=False)


def cases(scenario):
    fields = scenario.inputs.model_fields
    return st.fixed_dictionaries(
        {}, optional={key: values(field) for key, field in fields.items()}
    )


@pytest.mark.parametrize("name", SCENARIOS)
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_is_in_range_is_solved_written_and_read_back(name, data):
    given_ = data.draw(cases(SCENARIOS[name]))

    record = run(name, given_)

    written = record.model_dump_json(by_alias=True)
    assert ScenarioRecord.model_validate_json(written) == record
    assert json.loads(written)["set"] == given_
    assert record.reading


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_input_and_output_has_a_line_and_every_null_a_reason(name):
    scenario = SCENARIOS[name]

    can_be_null = {
        key
        for key, field in scenario.outputs.model_fields.items()
        if type(None) in get_args(field.annotation)
    }
    fields = scenario.inputs.model_fields | scenario.outputs.model_fields
    assert all(field.description for field in fields.values())
    assert set(scenario.nulls) == can_be_null
    assert all(" to " in value_range(scenario, key) for key in scenario.inputs.model_fields)


def test_names_are_the_contracts():
    assert tuple(SCENARIOS) == get_args(ScenarioName)


def test_values_may_be_text_as_typed():
    assert run("actors", {"actors": "10", "value": "-1"}) == run(
        "actors", {"actors": 10, "value": -1}
    )


def test_an_unknown_name_gets_the_nearest_and_the_list():
    with pytest.raises(InputError) as caught:
        run("valey")

    assert str(caught.value) == (
        "'valey' is not a scenario; did you mean valley? "
        "the scenarios are valley, race, actors, progress, detection, principals"
    )


def test_all_faults_are_told_at_once():
    with pytest.raises(InputError) as caught:
        run(
            "detection",
            {"sensitivty": 0.5, "tests": "3.5", "prior_unsafe": 1.2, "gaming": "nan", "zzz": 1},
        )

    keys = "prior_unsafe, tests, sensitivity, specificity, gaming, common_cause"
    where = "is not a key of the scenario detection;"
    assert [str(fault) for fault in caught.value.faults] == [
        f"'sensitivty' {where} did you mean sensitivity? its keys are {keys}",
        f"'zzz' {where} its keys are {keys}",
        "'prior_unsafe': 1.2 is not possible; give a number from 0 to 1",
        "'tests': 3.5 is not possible; give a whole number from 1 to 100,000",
        "'gaming': nan is not possible; give a number from 0 to 1",
    ]


def test_the_schema_of_the_record_describes_every_key():
    schema = ScenarioRecord.model_json_schema(by_alias=True)

    assert schema["properties"]["schema"]["const"] == "custodes/scenario/1"
    assert schema["$defs"]["ValleyInputs"]["properties"]["windfall"]["description"]
