"""Problem 3, the dangerous valley: pp. 25-27."""

import numpy as np
import pytest

from custodes.scenarios import run
from model_values import IDLE, effect_of, effect_with, outcome_of

LINE = "dangerous_valley.deployment"
AIM = IDLE | {
    "success": 1.0,
    "adoption": 1.0,
    "made_safer_share": 1.0,
    "relaxation": 0.0,
    "overstatement": 1.0,
    "reach": 1.0,
    "rollback": 0.0,
    "training_share": 0.0,
    "deployers": 1.0,
    "licence": 0.0,
    "leak": 0.0,
    "misuse_share": 0.0,
    "done_anyway": 0.0,
    "risk_accident": 0.0,
    "risk_misuse": 0.0,
    "risk_principal": 0.0,
}
"""A cut that makes one system safer; nothing else happens."""


def risk(safety, **changes):
    """Risk from one system as it is."""
    return effect_of(**AIM | {"safety_logit": safety} | changes).risk_before


def cut(size=0.5, **changes):
    return effect_of(**AIM | {"accident_cut": size} | changes)


def valley(**changes):
    """Thresholds of developer and society, and the point between them, in log-odds of safety."""
    checks = effect_of(**AIM | changes).checks
    low, high = checks["x_deployer"], checks["x_society"]
    return low, high, (low + high) / 2


def test_more_alignment_can_raise_risk():
    """P. 25: a system held back as too unsafe becomes safe enough for its developer."""
    low, _, _ = valley()
    lifted = cut(0.8, safety_logit=low - 1.5)

    assert lifted.checks["x_before"] < low < lifted.checks["x_after"]
    assert lifted.net > 0
    assert lifted.increase[LINE] > lifted.benefit > 0


def test_more_alignment_lowers_risk_beyond_the_valley():
    """P. 25: a system that is deployed in any case becomes safer by the same effort."""
    _, high, _ = valley()

    safer = cut(0.8, safety_logit=high)

    assert safer.net < 0
    assert safer.increase[LINE] < safer.benefit


def test_society_is_safe_on_both_sides_of_the_valley():
    """P. 25: hardly anybody deploys what is very unsafe, and what is very safe fails rarely."""
    low, high, _ = valley()

    unsafe, between, safe = risk(low - 6), risk(low + 0.5), risk(high + 6)

    assert unsafe < 0.001
    assert safe < 0.001
    assert between > 0.05


def test_risk_rises_to_one_peak_and_falls():
    """P. 25: the shape of the valley, in steps of a tenth in log-odds."""
    found = outcome_of(**AIM | {"safety_logit": np.arange(-2, 14, 0.1)}).risk_before

    steps = np.sign(np.diff(found))
    assert (np.diff(steps) != 0).sum() == 1
    assert steps[0] == 1
    assert steps[-1] == -1


def test_the_valley_lies_between_the_two_interests():
    """P. 25: in the developer's interest and not in society's."""
    low, high, middle = valley()

    wanted = effect_of(**AIM | {"safety_logit": middle, "deployer_noise": 0.01})

    assert low < high
    assert wanted.checks["p_deploy_before"] == pytest.approx(1)
    risk_accepted = 1 / (1 + np.exp(middle))
    assert risk_accepted * 100 > (1 - risk_accepted)  # times harm over benefit: a loss to society


def test_it_comes_from_externalities():
    """P. 25: who bears all the harm and keeps all the gain makes no valley, race apart."""
    low, high, _ = valley(
        benefit_captured=1.0,
        harm_internalised=1.0,
        liability=0.0,
        windfall=0.0,
        rival_deploys=0.0,
    )

    assert low == pytest.approx(high, abs=1e-9)


def test_a_race_widens_it():
    """Pp. 12, 25-27: if a rival deploys anyway, waiting protects nobody and loses rents."""
    alone, racing = valley(rival_deploys=0.0)[0], valley(rival_deploys=0.8)[0]

    assert racing < alone
    assert valley(rival_deploys=0.8)[1] == valley(rival_deploys=0.0)[1]


def test_a_valley_can_be_entered_unwittingly():
    """P. 25, fn 51: an uncertain developer deploys below its own threshold now and then."""
    low, _, _ = valley()
    sure, unsure = (risk(low - 2, deployer_noise=noise) for noise in (0.05, 1.5))

    assert unsure > sure + 0.05


def test_training_has_a_valley_of_its_own():
    """P. 26: sufficiently capable models might be dangerous even during training."""
    harmless = cut(0.8, safety_logit=-1, training_share=0.0)
    dangerous = cut(0.8, safety_logit=-1, training_share=0.3)
    licensed = cut(0.8, safety_logit=-1, training_share=0.3, licence_training=1.0)
    irrelevant = cut(0.8, safety_logit=-1, training_share=0.0, licence_training=1.0)

    assert licensed.increase[LINE] < 0.2 * dangerous.increase[LINE]
    assert irrelevant.increase[LINE] == harmless.increase[LINE]  # nothing to license there


def test_licensing_turns_the_valley():
    """P. 26: a regulator with society's interests blocks what is not safe enough for it."""
    low, _, _ = valley()
    lifted = {"safety_logit": low - 1.5, "accident_cut": 0.8}

    free = effect_of(**AIM | lifted)
    licensed = effect_of(**AIM | lifted | {"licence": 1.0})
    by_mitigation = effect_with("deployment-licence", **AIM | lifted)

    assert free.net > 0
    assert licensed.increase[LINE] < 0.05 * free.increase[LINE]
    assert free.increase[LINE] > by_mitigation.increase[LINE] > licensed.increase[LINE]


def test_a_licence_hangs_on_what_the_regulator_sees():
    """P. 26, and p. 21: regulators are deployment decision-makers, who can be misled too."""
    fooled = {"safety_logit": 3, "accident_cut": 0.5, "overstatement": 1.9, "licence": 1.0}
    blind, seeing = (
        effect_of(**AIM | fooled | {"regulator_insight": each}).increase["false_security.system"]
        for each in (0.0, 1.0)
    )

    assert blind > seeing > 0


def test_a_windfall_clause_narrows_the_valley():
    """P. 26: it reduces how far developers internalise benefits more than risks."""
    before, after = valley(windfall=0.0), valley(windfall=0.5)

    assert before[0] < after[0] < after[1] == before[1]
    assert valley(windfall=0.0)[0] < effect_with("windfall-clause", **AIM).checks["x_deployer"]


def test_liability_narrows_the_valley():
    """P. 26: the developer's risk tolerance comes closer to society's."""
    assert valley(liability=0.05)[0] > valley(liability=0.0)[0]


def test_fewer_actors_lower_risk():
    """Pp. 26-27: fewer can push society into the valley on their own."""
    low, _, _ = valley()
    risks = [risk(low - 1, deployers=number) for number in (1, 2, 5, 50)]

    assert np.all(np.diff(risks) > 0.01)


def test_fewer_actors_lower_risk_in_the_small_model_too():
    """Pp. 26-27, as the unilateralist's curse: the first of many mistaken actors acts."""
    few, many = (run("actors", {"actors": number}).outputs.p_act for number in (1, 20))

    assert few < many


@pytest.mark.parametrize("what", ["compute-access-limits", "export-controls", "weight-security"])
def test_limiting_proliferation_lowers_exposure(what):
    """Pp. 26-27: compute limits, export controls and security of the weights."""
    crowded = AIM | {"deployers": 5.0, "safety_logit": 0.0}

    assert (
        effect_with(what, **crowded).checks["exposure_before"]
        < (effect_of(**crowded).checks["exposure_before"])
    )


def test_limits_to_proliferation_have_trade_offs():
    """P. 26, fn 56: restricting compute may concentrate power."""
    sole_holder = {"holders": 1.0, "holders_reference": 1.0}  # nothing to gain from fewer holders

    assert effect_with("compute-access-limits", **sole_holder).risk_before > (
        effect_of(**sole_holder).risk_before
    )


def test_a_cut_that_blocks_bad_systems_makes_no_valley():
    """Pp. 6-7, 25: evaluations and the like prevent deployments, they do not invite them."""
    low, _, _ = valley()
    lifted = {"safety_logit": low - 1.5, "accident_cut": 0.8}

    assert effect_of(**AIM | lifted | {"made_safer_share": 0.0}).increase[LINE] == 0
    assert effect_of(**AIM | lifted | {"made_safer_share": 1.0}).increase[LINE] > 0
