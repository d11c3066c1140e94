"""A package without each of its conditions, against assessing it so."""

import pytest

from custodes.assessment import assess, without_each_condition
from round_records import a_round, an_effort, answers

PACKAGE = ("claims-assessment", "restricted-sharing", "scaling-statement")


@pytest.fixture(scope="module")
def round_():
    return a_round(
        an_effort("one", kind="interpretability", cost=1e6),
        an_effort("two", kind="evaluations", cost=1e6),
        worldviews=("central", "cautious"),
        judgements=answers("one", insight_months=(0.1, 0.4, 2.0), washing=(0, 0.02, 0.1)),
    )


def test_it_is_the_result_that_assessing_without_it_gives(round_):
    given = assess(round_, conditions={"one": PACKAGE, "two": ()})

    found = without_each_condition(given)

    assert [(each.condition, each.worldview) for each in found] == [
        (name, view) for name in PACKAGE for view in ("central", "cautious")
    ]
    for each in found:
        rest = tuple(name for name in PACKAGE if name != each.condition)
        there = assess(round_, conditions={"one": rest, "two": ()}).effort("one")
        after = there.worldview(each.worldview).after
        whole = given.effort("one").worldview(each.worldview).after
        assert each.net.mean == pytest.approx(after.net.mean, rel=1e-12)
        assert each.net.p95 == pytest.approx(after.net.p95, rel=1e-12)
        assert each.p_raises_risk == after.p_raises_risk
        assert each.qualifies == there.qualifies
        assert each.change == pytest.approx(after.net.mean - whole.net.mean, rel=1e-9, abs=1e-18)
        errors = after.net.standard_error + whole.net.standard_error
        assert each.change_standard_error <= errors
        assert each.is_told_apart == (abs(each.change) > 2 * each.change_standard_error)


def test_nothing_is_told_of_efforts_without_conditions(round_):
    assert without_each_condition(assess(round_, conditions={"one": (), "two": ()})) == ()


def test_only_the_efforts_asked_for_are_told(round_):
    given = assess(round_, conditions={"one": PACKAGE, "two": ("scaling-statement",)})

    found = without_each_condition(given, ["two"])

    assert {each.effort for each in found} == {"two"}
    with pytest.raises(KeyError):
        without_each_condition(given, ["three"])


def test_the_worldviews_are_those_of_the_result(round_):
    given = assess(round_, worldviews=["cautious"], conditions={"one": PACKAGE, "two": ()})

    assert {each.worldview for each in without_each_condition(given)} == {"cautious"}


def test_another_package_can_be_looked_at(round_):
    result = assess(round_, conditions={"one": (), "two": ()})
    there = assess(round_, conditions={"one": PACKAGE, "two": ()})

    found = without_each_condition(result, ["one"], packages={"one": PACKAGE})

    assert found == without_each_condition(there, ["one"])
