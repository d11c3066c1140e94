"""Where the kinds stand with default inputs, at their reference cost."""

from functools import cache

import pytest

from custodes.assessment import assess
from custodes.efforts import KINDS, reference_classes
from custodes.mitigations import library
from round_records import PRESETS, a_round, amount, an_effort, answers

EXAMPLES = ("power_averseness", "honest_ai", "anomaly_detection", "model_organisms")
HELPFUL = {  # preference training that aims at helpfulness; docs/explanation/model.md
    "accident_cut": (0.0005, 0.003, 0.01),
    "misuse_cut": (-0.06, -0.02, -0.003),
    "usefulness": (0.015, 0.05, 0.12),
    "insight_months": (0.02, 0.08, 0.3),
    "principal_help": (0.005, 0.02, 0.06),
}


@cache
def kinds():
    """Every kind once, with no conditions, and the helpful one, under all presets."""
    efforts = [
        an_effort(kind, kind=kind, cost=reference_classes()[kind].reference_cost) for kind in KINDS
    ]
    efforts.append(an_effort("helpful", kind="preference_training"))
    round_ = a_round(
        *efforts, worldviews=PRESETS, samples=4096, judgements=answers("helpful", **HELPFUL)
    )
    return assess(round_, conditions={each.id: () for each in efforts})


def before(effort, view="central"):
    return kinds().effort(effort).worldviews[view].before


def standing(effort):
    """Its ratio in a ranking; one without usefulness stands above every number."""
    ratio = before(effort).ratio
    return float("inf") if ratio is None else ratio


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_papers_examples_have_a_better_ratio_than_preference_training(kind):
    assert standing(kind) > standing("preference_training")


def test_power_averseness_makes_nothing_more_useful():
    found = before("power_averseness")

    assert found.ratio is None
    assert found.usefulness.mean < 0
    assert found.benefit.accident.mean > 0


@pytest.mark.parametrize("view", PRESETS)
def test_aiming_at_helpfulness_raises_risk_under_every_preset(view):
    found = before("helpful", view)

    assert found.net.mean > 0
    assert found.p_raises_risk > 0.9


def test_a_broad_programme_raises_risk_by_insight_and_interest_most_of_all():
    found = before("broad_programme")

    assert found.net.mean > 4 * found.net.standard_error
    largest = sorted(found.increase, key=lambda name: -found.increase[name].mean)[:2]
    assert largest == ["relative_progress.insight", "relative_progress.interest"]


def test_the_whole_library_turns_a_broad_programme():
    effort = an_effort("broad", kind="broad_programme", cost=1e9)
    adopted = tuple(
        each.model_copy(update={"adopted": amount(1.0)}) for each in library().values()
    )
    round_ = a_round(effort, mitigations=adopted, samples=4096)

    found = assess(round_, conditions={"broad": tuple(library())}).effort("broad")

    net = found.worldviews["central"].after.net
    assert net.mean < -4 * net.standard_error
