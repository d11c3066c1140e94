"""Alignment efforts that prioritise risk reduction: pp. 9-14."""

import numpy as np
import pytest

from custodes.efforts import KINDS, reference_classes
from model_values import IDLE, effect_of, effect_with


def test_alignment_reduces_accident_and_misuse_risk():
    """Pp. 9-10: at least two classes of large-scale risk, and they are kept apart."""
    accident = effect_of(**IDLE | {"accident_cut": 0.1, "reach": 0.0})
    misuse = effect_of(**IDLE | {"misuse_cut": 0.1, "reach": 0.0})

    assert accident.benefit_accident > 0
    assert accident.benefit_misuse == 0
    assert misuse.benefit_misuse > 0
    assert misuse.benefit_accident == 0


def test_aligning_to_be_helpful_only_can_raise_misuse_risk():
    """P. 10, fn 12: a round of training that makes a system only more helpful."""
    helpful = effect_of(misuse_cut=-0.1)
    harmless = effect_of(misuse_cut=0.1)

    assert helpful.benefit_misuse < 0 < harmless.benefit_misuse
    assert helpful.net_misuse > harmless.net_misuse
    assert (
        helpful.increase["false_security.partial_coverage"]
        < (harmless.increase["false_security.partial_coverage"])
    )


def test_alignment_makes_systems_more_useful_which_is_a_good_of_its_own():
    """Pp. 10-12: more useful systems are desirable, if the usefulness does not raise risk."""
    useful, useless = effect_of(usefulness=0.05), effect_of(usefulness=0.0)

    assert useful.usefulness > 0 == useless.usefulness
    safe = {"sensitivity": 0.0, "principal_usefulness": 0.0, "reach": 0.0}
    useful, useless = (effect_of(**safe, usefulness=each) for each in (0.05, 0.0))
    assert useful.social_value > useless.social_value
    assert useful.net == useless.net


def test_usefulness_can_be_harmful():
    """P. 12: through relative progress and bad principals, although nothing fails."""
    assert effect_of(usefulness=0.05).net > effect_of(usefulness=0.0).net
    assert effect_of(usefulness=-0.05).net < effect_of(usefulness=0.0).net


def test_the_same_technique_often_does_both():
    """P. 11: most kinds of effort cut risk and raise usefulness; a few only cut risk."""
    both = [
        kind
        for kind, each in reference_classes().items()
        if each.quantities["accident_cut"].p50 > 0 and each.quantities["usefulness"].p50 > 0
    ]

    assert len(both) > len(KINDS) / 2
    assert "power_averseness" not in both


@pytest.mark.parametrize("cut", [0.02, 0.2, 0.5])
def test_the_ratio_falls_as_spending_grows(cut):
    """P. 9: the more is spent, the lower the ratio of the next best option.

    On one line of work: what is cut saturates, usefulness goes on growing.
    """
    ratios = [effect_of(cost_usd=cost, accident_cut=cut).ratio for cost in (1e7, 1e8, 1e9, 1e10)]

    assert np.all(np.diff(ratios) < 0)


def test_the_best_options_are_taken_first_so_the_last_one_has_a_lower_ratio():
    """Pp. 9, 14: over several lines of work, money goes to the highest ratio first."""
    lines = [effect_of(accident_cut=cut, usefulness=0.01) for cut in (0.005, 0.08, 0.02, 0.04)]
    best_first = sorted(lines, key=lambda each: -each.ratio)

    risk, gain = np.cumsum([(each.benefit, each.usefulness) for each in best_first], axis=0).T

    assert np.all(np.diff(risk / gain) < 0)


def test_neglected_work_is_credited_more():
    """Pp. 11-13: what developers would do anyway is worth little when an institution does it."""
    neglected = effect_of(done_anyway=0.05)
    commercial = effect_of(done_anyway=0.9, delay_share=0.1)

    assert neglected.benefit > 3 * commercial.benefit
    assert neglected.usefulness > 3 * commercial.usefulness


def test_doing_it_sooner_is_worth_something_even_if_it_is_done_anyway():
    """P. 13: an effort that only replaces another, at the same time, adds nothing at all."""
    replaced = effect_of(done_anyway=1.0, delay_share=0.0)
    sooner = effect_of(done_anyway=1.0, delay_share=0.5)

    assert replaced.benefit == 0 < sooner.benefit
    assert sooner.benefit < effect_of(done_anyway=0.0).benefit


def test_marginal_resources_go_further_where_little_is_spent():
    """P. 13, low-hanging fruit: the tenth million brings less than the first."""
    first, ten, eleven = (
        effect_of(cost_usd=cost, done_anyway=0.0).benefit for cost in (1e6, 1e7, 1.1e7)
    )

    assert first > eleven - ten > 0


def test_developers_have_an_incentive_for_usefulness_and_less_for_risk():
    """P. 12, externalities: who keeps more of the gain than of the harm deploys too early."""
    externalising = effect_of(benefit_captured=0.5, harm_internalised=0.001).checks
    bearing_all = effect_of(
        benefit_captured=0.5, harm_internalised=0.5, rival_deploys=0.0, windfall=0.0
    ).checks

    assert externalising["x_deployer"] < externalising["x_society"]
    assert bearing_all["x_deployer"] >= bearing_all["x_society"]


def test_limiting_the_scope_to_risk_reduction_raises_the_ratio():
    """Pp. 13, 18: support work that reduces risk in particular."""
    anything, in_particular = effect_of(), effect_with("risk-reduction-scope")

    assert in_particular.ratio > anything.ratio
    assert in_particular.net < anything.net
