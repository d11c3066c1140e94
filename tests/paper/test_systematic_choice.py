"""Systematically choosing beneficial alignment efforts: pp. 31-32."""

import re
from functools import cache

import pytest

from custodes.assessment import assess
from custodes.catalogue import MECHANISMS
from custodes.mitigations import library
from model_values import effect_of, effect_with
from round_records import a_round, an_effort, answers


@cache
def programme():
    """A broad programme, with what the search recommends for it."""
    return assess(a_round(an_effort("broad", kind="broad_programme", cost=1e9), samples=1024))


def test_all_three_questions_are_answered():
    """P. 31: how far risk is reduced, how far it is increased, whether that can be mitigated."""
    found = programme().effort("broad")

    before = found.worldviews["central"].before
    assert before.benefit.accident.mean > 0
    assert before.benefit.misuse.mean > 0
    assert set(before.increase) == set(MECHANISMS)
    assert found.conditions


def test_conditions_can_turn_a_harmful_effort():
    """P. 31-32: the problems could be sufficiently mitigated to make it highly beneficial."""
    view = programme().effort("broad").worldviews["central"]

    assert view.before.net.mean > 4 * view.before.net.standard_error
    assert view.after.net.mean < -4 * view.after.net.standard_error


def test_not_every_effort_can_be_turned():
    """P. 31, the contrast: some efforts do more harm than good under every condition."""
    helpful = answers(
        "helpful",
        accident_cut=(0.0005, 0.003, 0.01),
        misuse_cut=(-0.06, -0.02, -0.003),
        usefulness=(0.015, 0.05, 0.12),
    )
    effort = an_effort("helpful", kind="preference_training")

    found = assess(a_round(effort, judgements=helpful, samples=1024)).effort("helpful")

    after = found.worldviews["central"].after
    assert after.net.mean > 4 * after.net.standard_error
    assert not found.qualifies


def test_a_mechanism_that_nobody_thought_of_can_be_named():
    """P. 31: via one of the four problems, or via some different mechanism."""
    found = effect_of(other_accident=0.01, other_misuse=-0.02)

    assert found.increase_accident["other"] > 0 > found.increase_misuse["other"]
    assert effect_of().increase["other"] == 0


def test_what_counts_varies_from_case_to_case():
    """P. 31: for one effort insight weighs most, for another a false sense of security."""
    insightful = effect_of(insight_months=1.0, believed_if_failed=0.0, overstatement=1.0)
    boastful = effect_of(insight_months=0.0, believed_if_failed=0.9, overstatement=3.0)

    def worst(effect):
        return max(effect.increase, key=effect.increase.get)

    assert worst(insightful) == "relative_progress.insight"
    assert worst(boastful) == "false_security.system"


@pytest.mark.parametrize(
    "what",
    ["outside-expert-advice", "red-team-explanation", "publish-approach", "explain-in-detail"],
)
def test_each_recommendation_of_the_last_section_lowers_risk(what):
    """P. 31: experts, red-teaming, open critique, a detailed explanation."""
    assert effect_with(what).net < effect_of().net


@pytest.mark.parametrize("name", library())
def test_every_recommendation_has_its_page_and_its_problem(name):
    """Pp. 13-31: nothing is recommended that the paper does not recommend."""
    each = library()[name]

    pages = [int(page) for page in re.findall(r"(?<!fn )\b\d+", each.page)]
    assert pages
    assert all(13 <= page <= 31 for page in pages)
    assert each.problem
