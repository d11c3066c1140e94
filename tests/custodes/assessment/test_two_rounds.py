from custodes.assessment import assess, compare_rounds
from round_records import a_round, an_effort, answers


def revised(given):
    return tuple(each.model_copy(update={"round": 2}) for each in given)


ROUND = a_round(
    an_effort("one"),
    an_effort("two"),
    judgements=(
        *answers("one", "a", accident_cut=(0.01, 0.02, 0.04), success=0.5),
        *revised(answers("one", "a", accident_cut=(0.1, 0.2, 0.3))),
        *answers("two", "a", success=0.5),
    ),
)


def test_only_efforts_with_a_second_answer_are_compared():
    (found,) = compare_rounds(assess(ROUND))

    assert (found.effort, found.worldview) == ("one", "central")
    assert found.change < 0  # a larger cut is safer
    assert found.last == assess(ROUND).effort("one").worldview("central").after.net


def test_the_blind_result_is_that_of_the_blind_round():
    assessment = assess(ROUND)
    conditions = {each.id: each.conditions for each in assessment.record.efforts}

    (found,) = compare_rounds(assessment)

    blind = assess(ROUND.blind, conditions=conditions).effort("one").worldview("central").after
    assert found.blind == blind.net
    assert found.p_raises_risk_blind == blind.p_raises_risk


def test_nobody_revised_so_there_is_nothing_to_compare():
    assert compare_rounds(assess(ROUND.blind)) == ()
