"""Problem 2, a false sense of security: pp. 21-24."""

import pytest

from custodes.scenarios import run
from model_values import effect_of, effect_with

SECURITY = "false_security"


def part(effect, name):
    return effect.increase[f"{SECURITY}.{name}"]


def test_false_belief_in_a_failed_effort_raises_risk():
    """P. 21: people can be mistaken about whether an effort has succeeded."""
    seen_through = effect_of(success=0.0, believed_if_failed=0.0)
    believed = effect_of(success=0.0, believed_if_failed=0.8)

    assert part(seen_through, "system") == 0 < part(believed, "system")
    assert believed.net > seen_through.net


def test_a_system_believed_safer_than_it_is_is_deployed_more_often():
    """P. 21-22: insufficiently aligned systems are deployed that would not have been."""
    belief = {"accident_cut": 0.3, "overstatement": 2.5, "relaxation": 0.0}
    fooled, informed = effect_of(**belief), effect_of(**belief | {"overstatement": 1.0})

    assert fooled.checks["exposure_after"] > informed.checks["exposure_after"]
    assert fooled.checks["x_believed"] > fooled.checks["x_after"]
    assert informed.checks["x_believed"] == pytest.approx(informed.checks["x_after"])


def test_it_concerns_accidents_and_misuse():
    """P. 21: deceptive alignment, and jailbreaks that nobody expected."""
    found = effect_of()

    assert found.increase_accident[f"{SECURITY}.system"] > 0
    assert found.increase_misuse[f"{SECURITY}.system"] > 0


def test_modesty_costs_nothing():
    """P. 21, the contrast: who claims less than is true raises no false security."""
    modest = effect_of(overstatement=0.5, believed_if_failed=0.0, relaxation=0.3, reach=0.0)

    assert part(modest, "system") == 0


def test_a_decision_to_train_is_misled_too():
    """P. 22, fn 43: the same considerations apply to starting or continuing a training run."""
    late, early = (
        effect_of(training_share=share, licence_training=0.0, relaxation=0.0, overstatement=2.5)
        for share in (0.0, 0.3)
    )

    assert part(early, "system") != pytest.approx(part(late, "system"), rel=0.01)
    assert part(early, "system") > 0


def test_what_works_now_but_does_not_scale_can_do_harm():
    """P. 22: today's risks fall to very low levels, and later systems find nobody prepared."""
    scales, does_not = effect_of(scaling=1.0), effect_of(scaling=0.0)

    assert part(scales, "scaling") == 0 < part(does_not, "scaling")
    assert does_not.benefit < scales.benefit
    assert does_not.net > scales.net


def test_a_failure_in_the_open_may_have_been_good():
    """P. 22, Bing and Sydney: applying a technique that will not scale leaves people less wary.

    The patch would have worked today, and yet the world is better off without it.
    """
    patch = {"scaling": 0.0, "over_generalising": 1.0, "made_safer_share": 0.0}

    assert effect_of(**patch, relaxation=0.5).net > 0
    assert effect_of(**patch, relaxation=0.5, accident_cut=0.0, misuse_cut=0.0).net < (
        effect_of(**patch, relaxation=0.5).net
    )


def test_safety_washing_lowers_guard_without_lowering_risk():
    """Pp. 22-23: work that appears to improve safety is credited with safety."""
    washed = effect_of(accident_cut=0.0, misuse_cut=0.0, washing=0.05)
    plain = effect_of(accident_cut=0.0, misuse_cut=0.0, washing=0.0)

    assert washed.benefit == 0
    assert part(plain, "safety_washing") == 0 < part(washed, "safety_washing")
    assert washed.net > plain.net


def test_partial_coverage_is_taken_for_full_coverage():
    """P. 21, fn 39: one route to harm is closed, and the others are believed to be."""
    precise, confused = effect_of(coverage_confusion=0.0), effect_of(coverage_confusion=1.0)

    assert part(precise, "partial_coverage") == 0 < part(confused, "partial_coverage")


def test_where_nobody_relaxes_only_deployment_is_left():
    """P. 22: harm comes about because measures are not taken that would have been."""
    vigilant = effect_of(relaxation=0.0)

    for name in ("scaling", "safety_washing", "partial_coverage"):
        assert part(vigilant, name) == 0


def test_external_auditors_lower_overstatement_and_washing():
    """P. 23: auditors, not just the developer, assess the alignment of high-risk systems."""
    alone, audited = effect_of(), effect_with("external-audit")

    assert part(audited, "system") < part(alone, "system")
    assert part(audited, "safety_washing") < part(alone, "safety_washing")
    assert part(audited, "scaling") == pytest.approx(part(alone, "scaling"), rel=0.01)


def test_several_tests_that_share_a_blind_spot_reassure_too_much():
    """P. 23: very capable systems may superficially appear aligned, to every test alike."""
    shared = run("detection", {"tests": 10}).outputs
    independent = run("detection", {"tests": 10, "gaming": 0.0, "common_cause": 0.0}).outputs

    assert shared.overconfidence > 1000
    assert independent.overconfidence == pytest.approx(1)


def test_evidence_that_reveals_hidden_problems_lowers_belief_in_what_failed():
    """P. 23: decide on evidence that is likely to reveal hard-to-detect issues."""
    failed = {"success": 0.0, "believed_if_failed": 0.8}

    with_it = effect_with("evidence-for-hidden-misalignment", **failed)

    assert part(with_it, "system") < part(effect_of(**failed), "system")


def test_saying_whether_it_scales_lowers_over_generalising():
    """P. 24: communications should make it clear if risks fall for existing systems only."""
    silent, told = effect_of(), effect_with("scaling-statement")

    assert part(told, "scaling") < part(silent, "scaling")
    assert part(told, "partial_coverage") == pytest.approx(
        part(silent, "partial_coverage"), rel=0.01
    )


def test_naming_the_hazards_lowers_partial_coverage():
    """P. 24: describe which hazards are addressed, and which are not."""
    vague, precise = effect_of(), effect_with("precise-hazards")

    assert part(precise, "partial_coverage") < part(vague, "partial_coverage")


def test_outside_assessment_of_claims_makes_washing_harder():
    """P. 24: experts assess claims about alignment research and publish their assessments."""
    assert part(effect_with("claims-assessment"), "safety_washing") < (
        part(effect_of(), "safety_washing")
    )


def test_the_ability_to_correct_deployments_lowers_what_a_mistake_costs():
    """P. 24: access through an interface, so that a deployment can still be changed."""
    mistaken = {"success": 0.0, "believed_if_failed": 0.8, "overstatement": 2.0}
    final, correctable = effect_of(**mistaken), effect_with("deployment-correction", **mistaken)

    assert part(correctable, "system") < part(final, "system")
    assert part(effect_of(**mistaken | {"rollback": 1.0}), "system") == 0
