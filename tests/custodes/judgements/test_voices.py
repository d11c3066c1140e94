import pytest

from custodes.judgements import Judgement, voices
from round_records import answers, with_weights


def test_the_last_round_of_each_expert_counts():
    first = answers("one", "a", success=0.1)
    second = tuple(
        each.model_copy(update={"round": 2}) for each in answers("one", "a", success=0.2)
    )

    for order in (first + second, second + first):
        heard = voices("one", order, ())
        assert heard.answers["success"]["a"].p50 == 0.2


def test_only_answers_about_the_subject_are_heard():
    heard = voices("one", answers("two", success=0.1) + answers("system:one", leak=0.1), ())

    assert heard.answers == {}
    assert heard.weights == {}


def test_experts_stand_in_the_order_of_their_ids():
    given = answers("one", "c", success=0.1) + answers("one", "a", success=0.2)

    heard = voices("one", given, with_weights(a=2, b=5))

    assert list(heard.answers["success"]) == ["a", "c"]
    assert heard.weights == {"a": 2, "c": 1}  # who is not listed has weight 1


def test_an_expert_without_weight_is_not_heard():
    heard = voices("one", answers("one", "a", success=0.1), with_weights(a=0))

    assert heard.weights == {}


@pytest.mark.parametrize(
    "unusable",
    [
        {"flags": ("order",)},
        {"flags": ("outside",)},
        {"abstain": "not_my_field"},
        {"p50": None},
    ],
)
def test_what_cannot_be_used_is_kept_out(unusable):
    answer = Judgement(effort="one", expert="a", quantity="success", p05=0.1, p50=0.2, p95=0.3)

    heard = voices("one", [answer.model_copy(update=unusable)], ())

    assert answer.is_usable
    assert heard.answers == {}


def test_a_broken_revision_leaves_the_first_answer_and_an_abstention_takes_it_back():
    first = answers("one", "a", success=0.1)
    (second,) = answers("one", "a", success=0.2)
    broken = second.model_copy(update={"round": 2, "flags": ("order",)})
    withdrawn = second.model_copy(update={"round": 2, "abstain": "not_my_field"})

    assert voices("one", (*first, broken), ()).answers["success"]["a"].p50 == 0.1
    assert voices("one", (*first, withdrawn), ()).answers == {}


def test_an_expert_who_is_set_aside_is_not_heard():
    given = answers("one", "a", success=0.1) + answers("one", "b", success=0.2)

    heard = voices("one", given, (), aside={"a"})
    nobody = voices("one", given, (), aside={"a", "b"})

    assert list(heard.answers["success"]) == ["b"]
    assert (nobody.answers, nobody.weights) == ({}, {})


def test_one_wording_of_a_question_is_heard():
    other = [
        each.model_copy(update={"wording": "success/2"})
        for each in answers("one", "z", success=0.9)
    ]
    given = [*answers("one", "a", success=0.1), *answers("one", "b", success=0.2), *other]

    heard = voices("one", given, ())

    assert list(heard.answers["success"]) == ["a", "b"]
