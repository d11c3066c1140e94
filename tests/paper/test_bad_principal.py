"""Problem 4, the bad principal: pp. 28-30."""

import numpy as np
import pytest

from custodes.scenarios import run
from model_values import IDLE, effect_of, effect_with

LINE = "bad_principal.empowerment"


def test_alignment_to_a_malicious_principal_raises_misuse():
    """P. 28: it helps the actor, by being more helpful and by lowering its own risks."""
    for quality in ("principal_help", "usefulness"):
        little, much = (effect_of(**IDLE | {quality: each}).increase[LINE] for each in (0.01, 0.2))
        assert much > little > 0

    assert effect_of().increase_accident[LINE] == 0
    assert effect_of().increase_misuse[LINE] > 0


def test_there_is_no_problem_where_no_principal_is_bad():
    """P. 28: the contrast; without misuse by principals nothing is empowered."""
    helpful = {"principal_help": 0.5, "usefulness": 0.2}

    assert effect_of(**helpful, risk_principal=0.0).increase[LINE] == 0
    assert effect_of(**helpful, risk_principal=0.01).increase[LINE] > 0


def test_there_is_no_bad_principal_problem_if_the_user_would_misuse():
    """P. 28: where principal and user differ, more alignment lowers misuse by the user."""
    aligned = effect_of(**IDLE | {"misuse_cut": 0.2, "relaxation": 0.0, "reach": 0.0})

    assert aligned.net_misuse < 0
    assert aligned.increase[LINE] == 0


def test_a_cut_of_misuse_by_users_does_not_touch_misuse_by_principals():
    """Pp. 10, 28: the system does what its principal wants, good or bad."""
    only_principals = IDLE | {
        "misuse_cut": 0.5,
        "accident_cut": 0.5,
        "risk_accident": 0.0,
        "risk_misuse": 0.0,
        "reach": 0.0,
    }

    assert effect_of(**only_principals).net == 0
    assert effect_of(**only_principals | {"risk_misuse": 0.01}).net < 0


def test_more_holders_make_a_bad_one_likelier():
    """P. 29: restrict the number of people who have access to the weights."""
    risks = [effect_of(holders=number).risk_before for number in (1, 5, 20, 100, 1000)]

    assert np.all(np.diff(risks) > 0)
    assert np.all(np.diff(np.diff(risks) / np.diff([1, 5, 20, 100, 1000])) < 0)  # and saturates


def test_more_holders_make_a_bad_one_likelier_in_the_small_model_too():
    """P. 29: at one in a hundred, twenty holders are one chance in five and a half."""
    few, many = (run("principals", {"holders": n}).outputs.p_any_malicious for n in (1, 20))

    assert few == pytest.approx(0.01)
    assert many > 0.18


def test_open_weights_remove_safeguards():
    """P. 29: with the weights it is cheap to remove the safety features of a model."""
    kept = effect_of(leak=0.0)
    leaked = effect_of(leak=1.0, removal=0.99)
    leaked_robust = effect_of(leak=1.0, removal=0.0)

    assert leaked.benefit_misuse < 0.05 * kept.benefit_misuse
    assert leaked_robust.benefit_misuse == pytest.approx(kept.benefit_misuse)
    assert leaked.benefit_accident == pytest.approx(kept.benefit_accident, rel=0.01)


def test_open_weights_do_not_undo_harm():
    """P. 29 with fn 12: who makes systems more harmful is not helped by leaking them."""
    kept, leaked = (effect_of(misuse_cut=-0.1, leak=each).benefit_misuse for each in (0.0, 1.0))

    assert leaked == pytest.approx(kept, rel=0.01)
    assert kept < 0


@pytest.mark.parametrize(
    "what",
    ["weight-security", "open-weight-limits", "structured-access", "fine-tuning-safeguards"],
)
def test_keeping_the_weights_keeps_the_safeguards(what):
    """P. 29, fn 62, 63: security, limits to open release, structured access."""
    exposed = {"leak": 0.8, "misuse_cut": 0.1}

    assert effect_with(what, **exposed).benefit_misuse > effect_of(**exposed).benefit_misuse


def test_structured_access_lets_a_deployment_be_corrected():
    """Pp. 24, 29: the developer keeps greater scope for controlling how the system is used."""
    open_, interface = effect_of(), effect_with("structured-access")
    line = "dangerous_valley.deployment"

    assert interface.increase[line] < open_.increase[line]


def test_developers_can_be_denied_a_licence_for_being_malicious():
    """P. 28: then fewer hold such systems; with one reference holder left it cannot help."""
    risk = effect_of(holders=100.0).risk_before

    assert effect_with("deny-malicious-developers", holders=100.0).risk_before < risk


def test_hardening_society_lowers_risk_with_and_without_the_effort():
    """P. 30: it is no credit of the effort; misuse has less to destroy."""
    soft, hard = effect_of(), effect_with("harden-society")

    assert hard.risk_before < soft.risk_before
    assert hard.increase[LINE] < soft.increase[LINE]
    assert hard.benefit_misuse < soft.benefit_misuse  # a cut of a smaller risk is smaller
    assert hard.benefit_accident == pytest.approx(soft.benefit_accident, rel=0.01)


def test_detection_and_punishment_deter():
    """P. 30: misuse is less attractive, however useful and reliable the system is."""
    lawless, policed = effect_of(), effect_with("detect-and-punish")

    assert policed.risk_before < lawless.risk_before
    assert policed.increase[LINE] < 0.9 * lawless.increase[LINE]
