import pytest

from custodes.mitigations import library
from custodes.scenarios import SCENARIOS
from custodes_workbench.systems.records.scenarios import (
    SPEAKS_OF,
    outputs_of,
    recommendations_on,
    solved,
)


def test_every_scenario_speaks_of_a_problem():
    assert set(SPEAKS_OF) == set(SCENARIOS)
    assert all(recommendations_on(name) for name in SCENARIOS)


def test_a_value_that_is_the_scenarios_own_is_not_set():
    case = solved("race", {"teams": "2", "speed": "1.50", "enmity": "0.5"})

    assert case.typed == {"enmity": "0.5"}
    assert case.record.set == {"enmity": 0.5}


def test_a_command_quotes_what_a_shell_would_read():
    assert solved("race", {"teams": " 5 "}).command == (
        "custodes scenario race --set 'teams= 5 ' --json -"
    )


def test_a_difference_with_nothing_is_none():
    odd, even = (solved("actors", {"actors": each}).record for each in ("3", "4"))

    line = next(each for each in outputs_of(odd, even) if each.key == "payoff_majority")

    assert line.values[1] == line.difference == "\u2013"
    assert line.is_changed


def test_a_recommendation_parts_what_it_is_for_from_side_effects():
    found = {each.mitigation.id: each for each in recommendations_on("valley")}

    licence = found["deployment-licence"]
    assert licence.side_effects == ("usefulness",)
    assert "usefulness" not in licence.changes
    assert set(found) == {
        each.id for each in library().values() if "dangerous_valley" in each.problem
    }


@pytest.mark.parametrize("name", SCENARIOS)
def test_outputs_of_one_case_differ_from_nothing(name):
    assert not any(each.is_changed for each in outputs_of(solved(name, {}).record))
