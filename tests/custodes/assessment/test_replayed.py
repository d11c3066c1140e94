from custodes.assessment import assess, replayed
from custodes.systems import BUILT_IN, System
from round_records import a_round, amount, an_effort, answers


def a_system(rollback):
    quantities = BUILT_IN.quantities | {
        "rollback": BUILT_IN.quantities["rollback"].model_copy(
            update={"p05": rollback, "p50": rollback, "p95": rollback}
        )
    }
    return System(id="a", title="A", quantities=quantities)


def of(*, rollback=0.5, more=(), **parts):
    return a_round(
        an_effort("tests", kind="evaluations", target_system="a"),
        an_effort("others", kind="control"),
        *more,
        systems=(a_system(rollback),),
        **parts,
    )


def test_the_round_of_a_result_gives_it_back_bit_for_bit():
    kept = assess(of(), conditions={"tests": ["external-audit"]}).record

    found = replayed(kept, of())

    assert found.is_same
    assert found.same_inputs
    assert found.assessment.record == kept


def test_a_system_that_moved_moves_the_efforts_that_act_on_it_alone():
    found = replayed(assess(of()).record, of(rollback=0.0))

    assert not found.same_inputs
    assert [(each.effort, each.worldview, each.quantities) for each in found.moved] == [
        ("tests", "central", ())
    ]
    assert found.moved[0].then.net != found.moved[0].now.net


def test_an_answer_that_came_since_is_named_by_its_quantity():
    answered = of(judgements=answers("others", success=amount((0.1, 0.2, 0.3))))

    found = replayed(assess(of()).record, answered)

    assert {(each.effort, each.quantities) for each in found.moved} == {("others", ("success",))}


def test_efforts_that_came_and_went_are_told():
    kept = assess(of(more=(an_effort("old"),)), conditions={"old": []}).record

    found = replayed(kept, of(more=(an_effort("new"),)))

    assert (found.gone, found.new, found.moved) == (("old",), ("new",), ())
