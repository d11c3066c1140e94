"""Findings open, restricted and unpublished: both sides of restricting, and nothing assumed."""

import pytest

from custodes.assessment import assess, publication_modes
from custodes.errors import InputError
from custodes.mitigations import Mitigation, library
from custodes.quantities import Amount
from round_records import a_round, an_effort, answers

DUAL_USE = answers("one", insight_months=(2.0, 4.0, 8.0), accident_cut=(0.01, 0.02, 0.03))


def assessed(**more):
    return assess(
        a_round(
            an_effort("one", kind="model_organisms", dual_use="yes"),
            an_effort("two"),
            judgements=DUAL_USE,
            worldviews=("central", "cautious"),
            samples=256,
            **more,
        )
    )


@pytest.fixture(scope="module")
def assessment():
    return assessed()


@pytest.fixture(scope="module")
def modes(assessment):
    return publication_modes(assessment, "one")


def test_each_mode_is_what_the_round_gives_with_that_package(assessment, modes):
    assert "restricted-sharing" not in modes.conditions
    for package, results in (
        (modes.conditions, modes.open),
        ((*modes.conditions, "restricted-sharing"), modes.restricted),
    ):
        whole = assess(assessment.round_, conditions={"one": package}).effort("one")
        assert {name: each.after for name, each in whole.worldviews.items()} == results


def test_both_sides_add_up_and_have_the_signs_of_the_library(modes):
    assert set(modes.differences) == {"central", "cautious"}
    for name, each in modes.differences.items():
        assert each.net == pytest.approx(each.gained + each.side_effects, abs=1e-15)
        assert each.net == modes.restricted[name].net.mean - modes.open[name].net.mean
        assert each.gained < 0 < each.side_effects
        assert each.benefit_accident < 0
        assert each.increase["relative_progress.insight"] < 0


def test_restricting_costs_what_the_library_says(assessment, modes):
    sharing = library()["restricted-sharing"]
    cost = assessment.effort("one").cost

    assert modes.cost == pytest.approx(max(sharing.cost_share * cost, sharing.cost_least))


def test_it_is_told_what_nobody_judged(modes):
    assert modes.basis == "mixed"
    assert modes.bases == {
        "accident_cut": "judged",
        "insight_months": "judged",
        "interest_months": "reference class",
        "misuse_cut": "reference class",
        "overstatement": "reference class",
    }


def test_nothing_published_does_nothing(modes):
    assert modes.none == 0.0


def test_a_restriction_that_is_all_cost_gains_nothing():
    """With side effects alone there is nothing to gain, and half of the cut is lost."""
    half = Mitigation(
        id="silence",
        title="Findings are kept back",
        problem=("relative_progress",),
        who="institution",
        grant_condition=True,
        adopted=Amount.point(1.0),
        changes={"accident_cut": Amount.point(0.5), "misuse_cut": Amount.point(0.5)},
        side_effects=("accident_cut", "misuse_cut"),
    )
    found = publication_modes(
        assessed(mitigations=(*library().values(), half)), "one", restricting=("silence",)
    )

    for name, each in found.differences.items():
        assert each.gained == 0.0
        assert each.side_effects == each.net > 0
        assert found.restricted[name].benefit.accident.mean == pytest.approx(
            found.open[name].benefit.accident.mean / 2,
            rel=1e-3,  # a cut of 2 % is all but linear
        )


def test_what_is_not_in_the_round_is_refused_all_at_once(assessment):
    with pytest.raises(InputError) as refusal:
        publication_modes(assessment, "three", restricting=("hush",))

    assert [each.message for each in refusal.value.faults] == [
        "'hush' is not a mitigation of the round",
        "'three' is not an effort of the round",
    ]
