"""Problem 1, relative progress: pp. 15-20."""

import numpy as np
import pytest

from custodes.scenarios import run
from model_values import IDLE, effect_of, effect_with

PROGRESS = "relative_progress"
ONLY = IDLE | {"relaxation": 0.0, "reach": 0.0}


def total(effect):
    return sum(part for name, part in effect.increase.items() if name.startswith(PROGRESS))


def test_progress_on_capability_that_outpaces_safeguards_raises_risk():
    """P. 15: a high ratio of safeguards to capabilities is what counts, not alignment itself."""
    safeguards = effect_of(**ONLY | {"accident_cut": 0.05})
    outpaced = effect_of(**ONLY | {"accident_cut": 0.05, "insight_months": 2.0})

    assert safeguards.net < 0 < outpaced.net
    assert outpaced.benefit == pytest.approx(safeguards.benefit, rel=0.05)


@pytest.mark.parametrize("line", ["investment", "ai_research"])
def test_more_useful_systems_accelerate_capability(line):
    """P. 16: by investment of what they earn, and by their use in the research itself."""
    name = f"{PROGRESS}.{line}"
    useful, useless, worse = (
        effect_of(**ONLY | {"usefulness": each}).increase[name] for each in (0.05, 0.0, -0.05)
    )

    assert worse < useless == 0 < useful


def test_investment_hangs_on_what_is_earned_and_reinvested():
    """P. 16: profitability increases the resources for the next training run."""
    name = f"{PROGRESS}.investment"
    rich, poor = (effect_of(revenue_ratio=each).increase[name] for each in (0.6, 0.3))

    assert rich > poor > 0
    assert effect_of(reinvested=0.0).increase[name] == 0
    assert effect_of(reinvested=0.0).increase[f"{PROGRESS}.ai_research"] > 0


def test_ai_research_hangs_on_how_much_of_it_uses_ai():
    """P. 16: existing systems help to develop their successors, to some extent."""
    name = f"{PROGRESS}.ai_research"

    assert effect_of(rd_share=0.0).increase[name] == 0
    assert effect_of(rd_share=0.4).increase[name] > effect_of(rd_share=0.1).increase[name]


def test_insight_does_not_wait_for_success():
    """P. 17: findings that help to build capable systems come although the aim is missed."""
    hopeless = effect_of(success=0.0)

    assert hopeless.increase[f"{PROGRESS}.insight"] > 0
    assert hopeless.increase[f"{PROGRESS}.investment"] == 0  # usefulness does wait for it
    assert hopeless.benefit == 0
    assert hopeless.net > 0


def test_incidental_insight_may_be_small_on_the_margin():
    """P. 17: many others look for the same; what they would find anyway is not credited."""
    name = f"{PROGRESS}.insight"
    rare, common = (effect_of(done_anyway=each).increase[name] for each in (0.0, 0.9))

    assert 0 < common < 0.7 * rare


def test_large_and_broad_programmes_divert_more():
    """P. 17, fn 31: diversion is likelier where much money is given out with a broad scope."""

    def share(cost, **changes):
        return effect_of(cost_usd=cost, **changes).checks["diversion_at_cost"]

    assert np.all(np.diff([share(cost) for cost in (1e6, 1e7, 1e8, 1e9)]) > 0)
    assert share(1e9, diversion_growth=0.0) == pytest.approx(share(1e6, diversion_growth=0.0))


def test_diverted_money_helps_capability_and_is_lost_to_safety():
    """P. 17: resources meant for alignment are used to increase capabilities."""
    honest, diverted = effect_of(diversion=0.0), effect_of(diversion=0.5)

    assert honest.increase[f"{PROGRESS}.diversion"] == 0
    assert diverted.increase[f"{PROGRESS}.diversion"] > 0
    assert diverted.benefit < honest.benefit


def test_diversion_happens_whatever_others_would_have_done():
    """P. 17: the one effect that neglectedness does not scale."""
    name = f"{PROGRESS}.diversion"
    copied = effect_of(done_anyway=1.0, delay_share=0.0)

    assert copied.increase[name] == pytest.approx(effect_of().increase[name], rel=0.01)
    assert copied.increase[f"{PROGRESS}.insight"] == 0


def test_raised_interest_accelerates_capability():
    """P. 18: talk of powerful systems makes others want to build them; it needs no success."""
    name = f"{PROGRESS}.interest"
    quiet, loud = effect_of(interest_months=0.0), effect_of(interest_months=0.5, success=0.0)

    assert quiet.increase[name] == 0 < loud.increase[name]


def test_where_safeguards_keep_pace_with_capability_there_is_no_relative_progress():
    """P. 15, fn 23: alignment may be easier later, with more capable systems to study."""
    apart, coupled, together = (effect_of(coupling=each) for each in (0.0, 0.5, 1.0))

    assert total(apart) > total(coupled) > total(together) == 0


def test_safeguards_that_hold_for_much_more_capable_systems_lower_the_stakes():
    """P. 20: interventions that reduce risk even from much more capable systems."""
    assert total(effect_with("frontier-safeguards")) < total(effect_of())


@pytest.mark.parametrize(
    "who", ["outside-expert-advice", "explain-in-detail", "red-team-explanation"]
)
def test_scrutiny_of_what_work_is_for_lowers_diversion(who):
    """Pp. 18-19: consult experts, ask for an explanation, red-team it."""
    name = f"{PROGRESS}.diversion"

    assert effect_with(who).increase[name] < effect_of().increase[name]
    assert effect_with("scaling-statement").increase[name] == pytest.approx(
        effect_of().increase[name], rel=0.01
    )


def test_restricted_sharing_trades_insight_against_scrutiny():
    """P. 19: dual-use findings stay with safeguards; the practice hampers scrutiny and reuse."""
    shared, restricted = effect_of(), effect_with("restricted-sharing")

    assert restricted.increase[f"{PROGRESS}.insight"] < shared.increase[f"{PROGRESS}.insight"]
    assert restricted.benefit < shared.benefit


def test_restricted_sharing_is_often_not_appropriate():
    """P. 19: it pays for a dual-use finding, and not for one that helps safety alone."""
    safety_only = {"insight_months": 0.0, "interest_months": 0.0}
    dual_use = {"insight_months": 0.5}

    assert effect_with("restricted-sharing", **dual_use).net < effect_of(**dual_use).net
    assert effect_with("restricted-sharing", **safety_only).net > effect_of(**safety_only).net


@pytest.mark.parametrize(
    "what",
    ["non-military-framing", "benefit-sharing-commitment", "no-military-use-commitment"],
)
def test_less_reason_to_race_lowers_interest(what):
    """Pp. 19-20: share the benefits, no military use, no zero-sum framing."""
    name = f"{PROGRESS}.interest"

    assert effect_with(what).increase[name] < effect_of().increase[name]


def test_it_is_the_ratio_that_counts_in_the_small_model_too():
    """P. 15: a month for a month makes the gap smaller, half a month for a month larger.

    Safeguards gain a third of what capability gains by themselves (fn 23).
    """
    ahead = run("progress", {"safeguards_months": 1.0, "capability_months": 1.0})
    behind = run("progress", {"safeguards_months": 0.5, "capability_months": 1.0})

    assert ahead.outputs.change < 0 < behind.outputs.change
