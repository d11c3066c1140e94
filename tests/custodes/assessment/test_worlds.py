"""What is drawn for whom: owners, adoption, judged systems and mitigations."""

import numpy as np
import pytest

from custodes.assessment import draw_effort, draw_round
from custodes.mitigations import library
from round_records import a_round, amount, an_effort, answers

ONE, TWO = an_effort("one", kind="honest_ai"), an_effort("two", kind="honest_ai")


def mitigation(name, **changes):
    return library()[name].model_copy(update=changes)


def in_force(effort, name, *, samples=4096, **changes):
    """Where a mitigation acts on an effort: its strength on the first quantity it changes."""
    round_ = a_round(ONE, TWO, samples=samples, mitigations=(mitigation(name, **changes),))
    strengths = draw_effort(draw_round(round_), effort).strengths(name)
    return next(iter(strengths.values()))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", ["external-audit", "deployment-licence"])
def test_it_is_adopted_in_its_share_of_worlds(name, p):
    """Stratified numbers: within 16 of 4,096 worlds, one a scramble."""
    neutral = 1.0 if name == "external-audit" else 0.0

    acts = in_force(ONE, name, adopted=amount(p)) != neutral

    assert acts.mean() == pytest.approx(p, abs=16 / 4096)


def test_a_condition_is_adopted_for_each_effort_by_itself():
    acts = [in_force(each, "external-audit", adopted=amount(0.5)) != 1 for each in (ONE, TWO)]

    both = (acts[0] & acts[1]).mean()
    assert both == pytest.approx(0.25, abs=0.04)  # independent, to five standard errors


def test_what_others_do_they_do_for_all_efforts_at_once():
    acts = [in_force(each, "deployment-licence", adopted=amount(0.5)) for each in (ONE, TWO)]

    assert np.array_equal(*acts)


def test_how_strongly_it_acts_is_drawn_once_for_all_efforts():
    acts = [in_force(each, "external-audit", adopted=amount(1.0)) for each in (ONE, TWO)]

    assert np.array_equal(*acts)
    assert len(set(acts[0].tolist())) > 4000


def test_two_mitigations_are_independent():
    changes = {"overstatement": amount((0.2, 0.5, 0.8))}
    pair = [
        mitigation(name, adopted=amount(1.0), changes=changes)
        for name in ("external-audit", "red-team-explanation")
    ]
    mine = draw_effort(draw_round(a_round(ONE, samples=4096, mitigations=tuple(pair))), ONE)

    one, other = (mine.strengths(each.id)["overstatement"] for each in pair)

    assert abs(np.corrcoef(one, other)[0, 1]) < 0.1


def test_what_somebody_judged_stands_before_what_a_file_states():
    judged = answers("mitigation:external-audit", adopted=1.0, washing=0.25) + answers(
        "system:default", leak=0.125
    )
    round_ = a_round(ONE, judgements=judged)
    mine = draw_effort(draw_round(round_), ONE)

    assert mine.strengths("external-audit")["washing"] == pytest.approx([0.25])
    assert mine.values["central"]["leak"] == pytest.approx([0.125])


def test_a_judged_system_speaks_with_one_voice_to_all_efforts():
    judged = answers("system:default", "a", leak=0.1, removal=0.2) + answers(
        "system:default", "b", leak=0.8, removal=0.9
    )
    drawn = draw_round(a_round(ONE, TWO, judgements=judged))

    one, two = (draw_effort(drawn, each).values["central"] for each in (ONE, TWO))

    assert np.array_equal(one["leak"], two["leak"])
    assert set(zip(one["leak"], one["removal"], strict=True)) == {(0.1, 0.2), (0.8, 0.9)}


def test_certain_quantities_are_one_number():
    values = draw_effort(draw_round(a_round(ONE)), ONE).values["central"]

    assert values["holders_reference"].shape == (1,)
    assert values["other_accident"].shape == (1,)
    assert values["leak"].shape == (256,)
