import pytest

from custodes.errors import InputError
from custodes.judgements import CalibrationAnswer, Conflict, calibrate, pool
from round_records import a_round, an_effort, answers, with_weights


def revised(given):
    return tuple(each.model_copy(update={"round": 2}) for each in given)


def worded(given, wording):
    return tuple(each.model_copy(update={"wording": wording}) for each in given)


def a_conflict(expert, **fields):
    return Conflict(expert=expert, **{"type": "employer", **fields})


def seeds(number, *experts):
    """Answers to seed questions: each expert's ranges a little wider than the last one's."""
    return tuple(
        CalibrationAnswer(
            expert=name,
            question=f"q{k}",
            p05=10 - wide,
            p50=10,
            p95=10 + wide,
            answer=10 + (k % 5) - 2.5,
        )
        for wide, name in enumerate(experts, start=1)
        for k in range(number)
    )


def the_question(round_, **options):
    (question,) = pool(round_, **options).questions
    return question


THREE = (
    *answers("one", "a", success=(0.1, 0.2, 0.4)),
    *answers("one", "b", success=(0.2, 0.3, 0.6)),
    *answers("one", "c", success=(0.4, 0.6, 0.8)),
)


def test_a_question_has_its_experts_its_pool_and_what_is_assumed():
    question = the_question(a_round(an_effort("one"), judgements=THREE))

    assert (question.subject, question.quantity, question.wording) == (
        "one",
        "success",
        "success/1",
    )
    assert [each.expert for each in question.experts] == ["a", "b", "c"]
    assert [each.weight for each in question.experts] == pytest.approx([1 / 3] * 3)
    assert question.pool.experts == 3
    assert question.pool == question.methods["linear"] == question.blind
    assert question.revised is None
    assert question.assumed is not None
    assert 0 < question.spread.share_between < 1
    assert question.camps is None
    assert [point.value for point in question.curve] == sorted(x.value for x in question.curve)


def test_weights_of_the_file_count():
    round_ = a_round(an_effort("one"), judgements=THREE, experts=with_weights(a=2, b=1, c=0))

    question = the_question(round_)

    assert [each.weight for each in question.experts] == pytest.approx([2 / 3, 1 / 3, 0])
    assert [each.out_because for each in question.experts] == ["", "", "weight"]


def test_round_one_and_the_last_answers_are_both_told():
    second = revised(answers("one", "a", success=(0.2, 0.3, 0.5)))
    round_ = a_round(an_effort("one"), judgements=(*THREE, *second))

    last, first = the_question(round_), the_question(round_, judgement_round=1)

    assert first.pool == first.blind == last.blind
    assert last.pool == last.revised == first.revised
    assert last.pool.p50 > first.pool.p50
    (a,) = [each for each in last.experts if each.expert == "a"]
    assert (a.round, a.towards_median) == (2, True)
    assert a.shift == pytest.approx(0.5390, abs=1e-4)  # logit .3 - logit .2
    assert [each.shift for each in last.experts[1:]] == [None, None]


def test_another_wording_is_never_pooled():
    other = worded(answers("one", "d", success=(0.7, 0.8, 0.9)), "success/2")

    question = the_question(a_round(an_effort("one"), judgements=(*THREE, *other)))

    assert question.pool.experts == 3
    (told,) = question.other_wordings
    assert (told.wording, told.pool.p50) == ("success/2", 0.8)
    assert question.experts[-1].out_because == "wording"


@pytest.mark.parametrize("decided", ["", "recuse", "block"])
def test_a_conflict_keeps_an_answer_out_and_shows_it_beside(decided):
    conflicts = (a_conflict("c", effort="one", decided=decided),)
    round_ = a_round(an_effort("one"), judgements=THREE, conflicts=conflicts)

    question = the_question(round_)

    assert question.pool.experts == 2
    assert question.with_conflicted.experts == 3
    assert question.counts.set_aside == 1
    assert question.experts[-1].out_because == "conflict"


@pytest.mark.parametrize(
    "fields",
    [
        {"decided": "none"},
        {"decided": "note"},
        {"decided": "publish"},
        {"type": "none"},
        {"dismissed": "yes"},
        {"effort": "two", "decided": "block"},
    ],
)
def test_a_conflict_that_is_ruled_harmless_or_elsewhere_changes_nothing(fields):
    conflicts = (a_conflict("c", **fields),)
    round_ = a_round(an_effort("one"), an_effort("two"), judgements=THREE, conflicts=conflicts)

    question = the_question(round_)

    assert question.pool.experts == 3
    assert question.with_conflicted is None


def test_everybody_in_conflict_leaves_no_pool_but_shows_them():
    conflicts = tuple(a_conflict(name, decided="block") for name in "abc")

    question = the_question(a_round(an_effort("one"), judgements=THREE, conflicts=conflicts))

    assert question.pool is None
    assert question.with_conflicted.experts == 3
    assert question.spread is None


def test_who_made_no_statement_is_counted():
    conflicts = (a_conflict("a", type="none"),)

    record = pool(a_round(an_effort("one"), judgements=THREE, conflicts=conflicts))

    assert record.notes == ("No statement of interests from 2 experts; their answers count.",)


def test_flagged_answers_and_abstentions_are_shown_and_counted():
    odd = (
        answers("one", "d", success=0.5)[0].model_copy(update={"flags": ("order",)}),
        answers("one", "e", success=0.5)[0].model_copy(
            update={"abstain": "not_my_field", "p05": None, "p50": None, "p95": None}
        ),
    )

    question = the_question(a_round(an_effort("one"), judgements=(*THREE, *odd)))

    assert [each.out_because for each in question.experts[3:]] == ["flagged", "abstained"]
    assert question.counts.model_dump() == {
        "usable": 3,
        "flagged": 1,
        "unusable": 1,
        "abstained": 1,
        "set_aside": 0,
    }


def test_an_assumption_about_the_world_is_shown_and_never_pooled():
    question = the_question(
        a_round(an_effort("one"), judgements=answers("world:central", coupling=(0.2, 0.4, 0.6)))
    )

    assert question.pool is None
    assert question.methods == {}
    assert question.experts[0].out_because == "never pooled"


def test_far_camps_are_told():
    given = tuple(
        answer
        for name, p in zip("abcdef", (0.0001, 0.0002, 0.0003, 0.2, 0.3, 0.4), strict=True)
        for answer in answers("one", name, success=(p / 1.5, p, p * 1.5))
    )

    question = the_question(a_round(an_effort("one"), judgements=given))

    assert question.camps.far_apart
    assert question.camps.lower.experts == ("a", "b", "c")
    assert question.camps.lower.median == pytest.approx(0.0002)
    assert question.camps.upper.pool.p05 > question.camps.lower.pool.p95


def test_a_method_that_does_not_fit_falls_back_and_says_so():
    question = the_question(a_round(an_effort("one"), judgements=THREE), method="trimmed")

    assert question.refused == "'trimmed' needs 5 answers, success has 3"
    assert question.pool == question.methods["linear"]


def test_weights_from_seeds_need_eight_questions_each():
    few = a_round(an_effort("one"), judgements=THREE, calibration=seeds(7, "a", "b"))

    with pytest.raises(InputError, match="need 8 answered by each; answered: a 7, b 7"):
        pool(few, method="cooke_global")

    assert pool(few).notes[-1].startswith("No weights from seed questions: weights from seed")
    with pytest.raises(InputError, match="there are none"):
        pool(a_round(an_effort("one"), judgements=THREE), method="cooke_item")


@pytest.mark.parametrize("method", ["cooke_global", "cooke_item"])
def test_weights_from_seeds_are_used_and_a_stranger_has_none(method):
    round_ = a_round(an_effort("one"), judgements=THREE, calibration=seeds(10, "a", "b"))

    question = the_question(round_, method=method)

    weights = {each.expert: each.weight for each in question.experts}
    assert weights["c"] == 0
    assert weights["a"] + weights["b"] == pytest.approx(1)
    assert "Without a seed answer, so of weight 0: c." in question.notes
    assert question.methods["cooke_equal"].experts == 3


def test_strangers_alone_have_equal_weights_and_it_is_said():
    round_ = a_round(an_effort("one"), judgements=THREE, calibration=seeds(10, "x", "y"))

    question = the_question(round_, method="cooke_global")

    assert question.pool == question.methods["cooke_equal"]
    assert any("equal weights are used" in note for note in question.notes)


def test_a_round_without_answers_is_refused():
    with pytest.raises(InputError, match="no answer yet"):
        pool(a_round(an_effort("one")))


def test_seeds_are_scored_with_what_became_of_the_answers():
    record = calibrate(a_round(an_effort("one"), calibration=seeds(10, "a", "b", "c")))

    assert (record.seeds, record.least_answered, record.enough) == (10, 10, True)
    assert [each.expert for each in record.track_records] == ["a", "b", "c"]
    assert [each.held for each in record.track_records] == [4, 8, 10]
    assert [each.held.held for each in record.experts] == [4, 8, 10]
    assert {maker.weights for maker in record.makers} >= {"equal", "global_optimised"}
    assert record.robustness.score_low <= record.robustness.score_high
    assert len(record.robustness.without_question) == 10
    assert len(record.robustness.without_expert) == 3


def test_an_expert_without_a_seed_has_no_weight_and_is_named():
    given = (
        *seeds(10, "a", "b"),
        CalibrationAnswer(expert="z", question="target", p05=1, p50=2, p95=3),
    )

    record = calibrate(a_round(an_effort("one"), calibration=given))

    (z,) = [each for each in record.experts if each.expert == "z"]
    assert (z.calibration, z.information, z.weight_global) == (None, None, 0)
    assert record.least_answered == 10
    assert "Without a seed answer, so of weight 0 wherever seeds decide: z." in record.notes


def test_too_few_seeds_are_scored_with_a_warning():
    record = calibrate(a_round(an_effort("one"), calibration=seeds(3, "a", "b")))

    assert not record.enough
    assert "fewer than 8" in record.notes[0]


def test_no_seed_at_all_is_refused():
    given = (CalibrationAnswer(expert="a", question="target", p05=1, p50=2, p95=3),)

    for calibration in ((), given):
        with pytest.raises(InputError):
            calibrate(a_round(an_effort("one"), calibration=calibration))


def test_ten_thousand_answers_are_pooled():
    efforts = [an_effort(f"e{k}") for k in range(100)]
    given = tuple(
        answer
        for effort in efforts
        for name in "abcdefghij"
        for answer in answers(
            effort.id,
            name,
            **dict.fromkeys(("success", "adoption"), (0.1, 0.2, 0.4)),
        )
    )

    record = pool(a_round(*efforts, judgements=given))

    assert len(record.questions) == 200
    assert all(each.pool.p50 == pytest.approx(0.2) for each in record.questions)
