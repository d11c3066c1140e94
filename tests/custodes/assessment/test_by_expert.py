import custodes
from custodes.assessment import by_expert
from round_records import a_round, an_effort, answers, with_weights

FIRST = answers("first", "a", success=0.2, scaling=(0.4, 0.6, 0.8))
SECOND = answers("first", "b", success=0.9, scaling=(0.4, 0.6, 0.8))


def assessed(*judgements, **parts):
    round_ = a_round(
        an_effort("first", kind="evaluations"),
        an_effort("other", kind="evaluations"),
        judgements=judgements,
        **parts,
    )
    return custodes.assess(round_)


def test_an_experts_own_result_is_that_of_a_round_in_which_they_alone_answered():
    both = assessed(*FIRST, *SECOND)

    own = {each.expert: each for each in by_expert(both)}

    conditions = {"first": both.effort("first").conditions}
    for expert, judgements in (("a", FIRST), ("b", SECOND)):
        alone = custodes.assess(
            both.round_.model_copy(update={"judgements": judgements}), conditions=conditions
        )
        assert own[expert].net == alone.effort("first").worldview("central").after.net


def test_an_expert_who_believes_more_in_success_sees_more_benefit():
    own = {each.expert: each.net.mean for each in by_expert(assessed(*FIRST, *SECOND))}

    assert own["b"] < own["a"]


def test_one_expert_alone_disagrees_with_nobody():
    assert by_expert(assessed(*FIRST)) == ()


def test_who_has_no_voice_has_no_result():
    result = assessed(*FIRST, *SECOND, experts=with_weights(a=1.0, b=0.0))

    assert {each.expert for each in by_expert(result)} == {"a"}


def test_progress_is_told_for_each_pass():
    told = []

    by_expert(assessed(*FIRST, *SECOND), progress=lambda *each: told.append(each))

    assert told == [(1, 2), (2, 2)]
