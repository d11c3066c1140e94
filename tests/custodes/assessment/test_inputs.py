import pytest

from custodes.assessment import assess, draw_effort, draw_round
from custodes.assessment._effort import conditions_for
from custodes.assessment._inputs import SYSTEM_KINDS, WEIGHT_KINDS, effort_inputs
from custodes.catalogue import quantities_of
from custodes.efforts import KINDS
from custodes.mitigations import library
from custodes.rounds import Rate
from round_records import a_round, an_effort, answers


def holds(**fields):
    effort = an_effort("one", **fields)
    return effort_inputs(a_round(effort), effort).holds


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_acts_on_systems_or_weights_as_the_list_says(kind):
    found = holds(kind=kind)

    assert ("system" in found) == (kind in SYSTEM_KINDS)
    assert ("weights" in found) == (kind in WEIGHT_KINDS)
    assert "always" in found


def test_a_named_system_makes_everything_apply():
    assert {"system", "weights"} <= holds(kind="field_building", target_system="default")


@pytest.mark.parametrize(("stated", "expected"), [("yes", True), ("no", False), ("", False)])
def test_dual_use_is_what_the_effort_says(stated, expected):
    assert ("dual_use" in holds(kind="honest_ai", dual_use=stated)) == expected


@pytest.mark.parametrize(("months", "applies"), [(0.004, False), (0.006, True)])
def test_dual_use_is_also_what_brings_insight(months, applies):
    """From a median of .005 months at the effort's cost, whatever the effort says of itself."""
    one = (library()["restricted-sharing"].model_copy(update={"changes": {}}),)
    round_ = a_round(
        an_effort("one", dual_use="no"),
        mitigations=one,
        judgements=answers("one", insight_months=months),
    )

    found = conditions_for(draw_effort(draw_round(round_), round_.efforts[0]))

    assert (found == ("restricted-sharing",)) == applies


def basis(**judged):
    round_ = a_round(an_effort("one"), judgements=answers("one", **judged))
    return assess(round_).effort("one").basis


def test_an_effort_says_what_it_rests_on():
    every = {each.name: max(each.low, 0.01) for each in quantities_of("effort")}

    assert basis() == "reference class"
    assert basis(success=0.5) == "mixed"
    assert basis(**every) == "judged"


def test_a_cost_in_another_currency_is_converted_for_the_law_and_for_the_result():
    """8m GBP at .8 are 10m USD: the cost law sees the latter, the result shows the former."""
    rates = {"USD": Rate(rate=0.8, date="2026-09-01", source="example")}
    pounds = a_round(an_effort("one", cost=8e6), settings={"currency": "GBP", "rates": rates})
    dollars = a_round(an_effort("one", cost=1e7))

    one, other = (assess(each).effort("one") for each in (pounds, dollars))

    assert (one.cost, one.currency) == (8e6, "GBP")
    assert one.worldviews["central"].before.net == other.worldviews["central"].before.net


def test_an_efforts_own_currency_is_converted_to_the_rounds():
    rates = {
        "USD": Rate(rate=0.8, date="2026-09-01", source="example"),
        "EUR": Rate(rate=0.9, date="2026-09-01", source="example"),
    }
    settings = {"currency": "GBP", "rates": rates}

    found = assess(a_round(an_effort("one", cost=1e6, currency="EUR"), settings=settings))

    assert found.effort("one").cost == pytest.approx(9e5)


def test_a_stated_reference_cost_stands_before_the_kinds():
    effort = an_effort("one", cost=5e6, reference_cost=5e6)

    assert effort_inputs(a_round(effort), effort).reference_cost == 5e6
    assert effort_inputs(a_round(an_effort("two")), an_effort("two")).reference_cost == 1e7


def test_the_librarys_least_costs_are_in_dollars_and_a_files_in_the_rounds_currency():
    rates = {"USD": Rate(rate=0.5, date="2026-09-01", source="example")}
    settings = {"currency": "GBP", "rates": rates}
    audit = library()["external-audit"]  # at least 20,000 USD

    def cost(mitigation):
        round_ = a_round(an_effort("one", cost=1e4), mitigations=(mitigation,), settings=settings)
        return assess(round_, conditions={"one": [mitigation.id]}).effort("one").conditions_cost

    assert cost(audit) == 10_000
    assert cost(audit.model_copy(update={"cost_in_usd": False})) == 20_000
    assert cost(audit.model_copy(update={"cost_share": 1.0, "cost_least": 0.0})) == 1e4
