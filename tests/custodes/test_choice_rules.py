import pytest
from pydantic import ValidationError

from custodes.choice_rules import ChoiceRules, faults_of_rules


def faults(**choice):
    rules = ChoiceRules.model_validate(choice)
    return [
        (fault.field, str(fault))
        for fault in faults_of_rules(
            rules, efforts={"a", "bee"}, worldviews=("central", "cautious")
        )
    ]


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ({"kind": "exclusion", "efforts": ["a", "be"]}, "efforts"),
        ({"kind": "prerequisite", "effort": "be", "needs": "a"}, "effort"),
        ({"kind": "prerequisite", "effort": "a", "needs": "be"}, "needs"),
        ({"kind": "category", "name": "x", "efforts": ["be"], "cap": 1}, "efforts"),
        ({"kind": "fixed", "effort": "be", "chosen": True, "reason": "x"}, "effort"),
        ({"kind": "linear", "name": "x", "coefficients": {"be": 1}, "upper": 1}, "coefficients"),
    ],
)
def test_an_unknown_effort_is_a_fault_with_the_nearest_name(rule, key):
    [(field, told)] = faults(rules=[{"kind": "exclusion", "efforts": ["a", "bee"]}, rule])

    assert field == f"choice.rules.1.{key}"
    assert "'be' is no effort of this round" in told
    assert "bee" in told


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "exclusion", "efforts": ["a"]},
        {"kind": "category", "name": "x", "efforts": ["a"]},
        {"kind": "category", "name": "x", "efforts": ["a"], "floor": 2, "cap": 1},
        {"kind": "category", "name": "x", "efforts": ["a"], "count_floor": 2, "count_cap": 1},
        {"kind": "fixed", "effort": "a", "chosen": True, "reason": ""},
        {"kind": "linear", "name": "x", "coefficients": {"a": 1}},
        {"kind": "something"},
    ],
)
def test_a_rule_that_limits_nothing_is_refused(rule):
    with pytest.raises(ValidationError):
        ChoiceRules.model_validate({"rules": [rule]})


def test_credences_are_shares_of_the_rounds_worldviews_and_sum_to_one():
    assert faults(credences={"central": 0.3, "cautious": 0.7}) == []
    assert [field for field, _ in faults(credences={"central": 0.5, "sanguine": 0.5})] == [
        "choice.credences"
    ]
    assert [told for _, told in faults(credences={"central": 0.5, "cautious": 0.4})] == [
        "round.toml, 'choice.credences': the credences sum to 0.9; make them sum to 1"
    ]
    assert [field for field, _ in faults(credences={"central": 1.5, "cautious": -0.5})] == [
        "choice.credences.central",
        "choice.credences.cautious",
    ]


def test_a_pot_below_zero_is_a_fault():
    assert [field for field, _ in faults(pots={"ash": -1.0})] == ["choice.pots.ash"]
