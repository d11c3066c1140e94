import numpy as np
import pytest

from custodes.choice import Draws, Option
from custodes.choice._options import Alternatives
from custodes.choice._rows import rows_of
from custodes.choice_rules import ChoiceRules

OPTIONS = (Option("a"), Option("a", ("c1",)), Option("b"), Option("c"))


def rows(*rules, p=(0.1, 0.1, 0.1, 0.1), blocked=None):
    found = Alternatives(
        options=OPTIONS,
        cost=np.array([1.0, 2.0, 3.0, 4.0]),
        mean_cost=np.array([1.0, 2.0, 3.0, 4.0]),
        draws={"central": Draws(adds=np.zeros((4, 1)))},
        p_raises_risk={"central": np.array(p), "cautious": np.array(p)},
        usefulness={},
        scenarios=1,
        dropped=0,
    )
    return rows_of(
        found,
        ChoiceRules.model_validate({"rules": rules}),
        cap=0.25,
        cap_origin="here",
        blocked=blocked or {},
    )


def told(row):
    return (row.name, row.kind, row.coefficients.tolist(), row.lower, row.upper)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            {"kind": "exclusion", "efforts": ("a", "b"), "reason": "same team"},
            ("at most 1 of a, b (same team)", "exclusion", [1, 1, 1, 0], -np.inf, 1.0),
        ),
        (
            {"kind": "prerequisite", "effort": "a", "needs": "c"},
            ("a needs c", "prerequisite", [1, 1, 0, -1], -np.inf, 0.0),
        ),
        (
            {"kind": "category", "name": "field", "efforts": ("a", "c"), "floor": 2, "cap": 5},
            ("field: at least 2 and at most 5 (money)", "category", [1, 2, 0, 4], 2.0, 5.0),
        ),
        (
            {"kind": "category", "name": "field", "efforts": ("a", "c"), "count_cap": 1},
            ("field: at most 1 (efforts)", "category", [1, 1, 0, 1], -np.inf, 1.0),
        ),
        (
            {"kind": "fixed", "effort": "b", "chosen": True, "reason": "promised"},
            ("b is chosen: promised", "fixed", [0, 0, 1, 0], 1.0, 1.0),
        ),
        (
            {"kind": "fixed", "effort": "b", "chosen": False, "reason": "conflict"},
            ("b is left out: conflict", "fixed", [0, 0, 1, 0], -np.inf, 0.0),
        ),
        (
            {"kind": "linear", "name": "staff", "coefficients": {"a": 2, "c": 1}, "upper": 2},
            ("staff", "other", [2, 2, 0, 1], -np.inf, 2.0),
        ),
    ],
)
def test_a_rule_becomes_a_row(rule, expected):
    found = rows(rule)

    assert [told(row) for row in found] == [expected]
    assert found[0].origin == "round.toml, choice.rules.0"


def test_money_and_number_of_a_category_are_two_rows():
    found = rows({"kind": "category", "name": "x", "efforts": ("a",), "cap": 1, "count_floor": 1})

    assert [row.name for row in found] == [
        "x: at most 1 (money)",
        "x: at least 1 (efforts)",
    ]


def test_packages_over_the_cap_are_barred_and_those_at_it_are_not():
    found = rows(p=(0.3, 0.25, 0.25 + 1e-13, 0.26))

    assert [(row.name, row.coefficients.tolist()) for row in found] == [
        ("P(raises risk) of a at most 0.25 in every worldview", [1, 0, 0, 0]),
        ("P(raises risk) of c at most 0.25 in every worldview", [0, 0, 0, 1]),
    ]


def test_a_blocked_effort_is_barred_with_its_reason():
    found = rows(blocked={"b": "blocked by challenge c12"})

    assert told(found[0]) == ("b is blocked by challenge c12", "blocked", [0, 0, 1, 0], -np.inf, 0)
