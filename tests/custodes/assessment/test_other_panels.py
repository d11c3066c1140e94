"""Had others been heard: each camp alone, and those who are set aside for a conflict."""

import pytest

from custodes.assessment import assess, open_executor
from custodes.judgements import Conflict
from round_records import a_round, an_effort, answers

LOW, HIGH = (0.0005, 0.001, 0.002), (0.2, 0.3, 0.4)
CAMPS = (
    *answers("one", "a", accident_cut=LOW, success=(0.4, 0.5, 0.6)),
    *answers("one", "b", accident_cut=LOW),
    *answers("one", "c", accident_cut=HIGH, usefulness=(0.001, 0.002, 0.003)),
    *answers("one", "d", accident_cut=HIGH),
    *answers("one", "e", success=(0.7, 0.8, 0.9)),
    *answers("two", "a", success=0.5),
)
RECUSED = Conflict(expert="c", effort="one", type="employer", decided="recuse")


def the_round(judgements, **parts):
    efforts = (an_effort("one", kind="evaluations"), an_effort("two"))
    return a_round(*efforts, judgements=judgements, worldviews=("central", "cautious"), **parts)


def net_without(experts, given, **parts):
    """Net of a round in which these experts never answered, with the same conditions."""
    left = tuple(each for each in CAMPS if each.expert not in experts)
    found = assess(the_round(left, **parts), conditions={"one": given}).effort("one")
    return {name: each.after.net for name, each in found.worldviews.items()}


def nets(panel):
    return {name: each.after for name, each in panel.worldviews.items()}


def test_each_camp_alone_is_a_round_in_which_the_other_never_answered():
    found = assess(the_round(CAMPS)).effort("one")

    lower, upper = found.other_panels
    assert (lower.heard, lower.quantities, lower.experts) == ("lower camp", ("accident_cut",), 3)
    assert (upper.heard, upper.quantities, upper.experts) == ("upper camp", ("accident_cut",), 3)
    assert nets(lower) == net_without("cd", found.conditions)
    assert nets(upper) == net_without("ab", found.conditions)
    assert upper.worldviews["central"].after.mean < lower.worldviews["central"].after.mean


def test_those_set_aside_are_heard_in_a_round_without_conflicts():
    found = assess(the_round(CAMPS, conflicts=(RECUSED,))).effort("one")

    (both,) = found.other_panels
    assert (both.heard, both.quantities, both.experts) == ("those set aside too", (), 5)
    assert nets(both) == net_without("", found.conditions)
    assert found.worldview("central").after.net == net_without("c", found.conditions)["central"]


def test_who_is_weighed_less_is_heard_in_full_in_a_round_without_conflicts():
    left = tuple(each for each in CAMPS if each.expert in "bce")
    note = RECUSED.model_copy(update={"decided": "note", "weight": 0.25})
    found = assess(the_round(left, conflicts=(note,))).effort("one")

    (full,) = found.other_panels

    plain = assess(the_round(left), conditions={"one": found.conditions}).effort("one")
    assert (full.heard, full.quantities, full.experts) == ("nobody weighed less", (), 3)
    assert nets(full) == {name: each.after.net for name, each in plain.worldviews.items()}
    assert full.worldviews["central"].after != found.worldview("central").after.net


@pytest.mark.parametrize(
    ("judgements", "conflicts"),
    [
        ((), ()),
        (answers("one", "a", accident_cut=LOW), ()),
        (answers("one", "a", accident_cut=LOW), (RECUSED,)),
        ([each for each in CAMPS if each.expert != "d"], ()),
    ],
    ids=["nobody", "one", "set aside without an answer", "three are not parted"],
)
def test_there_is_no_other_panel_where_nobody_is_apart_or_set_aside(judgements, conflicts):
    found = assess(the_round(tuple(judgements), conflicts=conflicts)).effort("one")

    assert found.other_panels == ()


def test_one_split_of_two_questions_is_told_once():
    also = tuple(
        each
        for name, cut in zip("abcd", (LOW, LOW, HIGH, HIGH), strict=True)
        for each in answers("one", name, misuse_cut=cut)
    )

    found = assess(the_round((*CAMPS, *also))).effort("one")

    assert [each.quantities for each in found.other_panels] == [("accident_cut", "misuse_cut")] * 2


def test_a_pool_of_processes_gives_the_same_bits():
    round_ = the_round(CAMPS, conflicts=(RECUSED,))

    with open_executor(None, evaluations=1 << 40) as executor:
        there = assess(round_, executor=executor)

    assert there.record == assess(round_).record
