"""The questions of a small round: whom, about what, and what the answers could change."""

import pytest

from custodes.assessment import assess
from custodes.errors import InputError
from custodes.judgements import Conflict, Expert, Judgement
from custodes.quantities import Assumption
from custodes.questions import ask
from custodes.systems import BUILT_IN, System
from round_records import a_round, an_effort, answers

SAMPLES = 512
EXPERTS = (
    Expert(expert="fits", expertise=("oversight by debate",)),
    Expert(expert="applies", expertise=("oversight by debate",), affiliations=("Larch Lab",)),
    Expert(expert="silent", expertise=("oversight",), weight=0),
    Expert(expert="elsewhere", expertise=("economics",)),
)
DISPUTED = answers("debate", expert="hopes", accident_cut=(0.05, 0.2, 0.5), success=0.9) + answers(
    "debate", expert="fears", accident_cut=(-0.6, -0.3, -0.1), success=0.9
)


def disputed(**settings):
    """One effort that one expert thinks good and another harmful, with no limit in the way."""
    return a_round(
        an_effort("debate", kind="scalable_oversight", applicant="The Larch Lab, Oslo"),
        samples=SAMPLES,
        judgements=DISPUTED,
        experts=(*EXPERTS, Expert(expert="hopes"), Expert(expert="fears")),
        mitigations=(),
        settings={"limits": {"p_raises_risk": 1.0}} | settings,
    )


def asked(**settings):
    return ask(assess(disputed(**settings)))


def question(record, quantity):
    (found,) = [each for each in record.questions if each.quantity == quantity]
    return found


def test_what_experts_dispute_is_asked_first():
    record = asked()

    first = record.questions[0]
    assert (first.effort, first.quantity) == ("debate", "accident_cut")
    assert first.distinguishable
    assert first.standard_error < first.evppi / 2
    assert first.evppi <= record.evpi
    assert (first.basis, first.answered_by) == ("judged", 2)
    assert first.share_between > 0.5


def test_the_turn_lies_between_what_is_bad_and_what_is_good():
    (flip,) = question(asked(), "accident_cut").flips

    assert -0.3 < flip.at < 0.2
    assert flip.below == "decline"
    assert flip.above == "support"


def test_whom_to_ask_has_no_conflict_and_no_answer_yet():
    found = question(asked(), "accident_cut")

    assert found.experts == ("fits", "elsewhere")
    assert found.expert_reasons[0].startswith("works on oversight by debate")


def test_a_conflict_that_keeps_answers_out_keeps_questions_away():
    conflict = Conflict(expert="fits", effort="debate", type="family", decided="recuse")
    round_ = disputed().model_copy(update={"conflicts": (conflict,)})

    found = question(ask(assess(round_)), "accident_cut")

    assert found.experts == ("elsewhere",)


def test_an_abstention_for_a_conflict_keeps_questions_away():
    abstained = Judgement(effort="debate", expert="fits", quantity="scaling", abstain="conflict")
    round_ = disputed()
    round_ = round_.model_copy(update={"judgements": (*round_.judgements, abstained)})

    found = question(ask(assess(round_)), "accident_cut")

    assert found.experts == ("elsewhere",)


def test_questions_that_change_nothing_come_last_in_the_order_of_their_names():
    record = asked()
    last = [(each.effort, each.quantity) for each in record.questions if not each.distinguishable]

    assert [each.distinguishable for each in record.questions] == sorted(
        (each.distinguishable for each in record.questions), reverse=True
    )
    assert last == sorted(last)


def test_which_expert_is_right_is_a_question_of_its_own():
    (experts,) = [each for each in asked().groups if each.group == "experts"]

    assert experts.distinguishable
    assert experts.evppi > 0


def test_what_the_limit_forbids_has_no_value_but_is_told():
    record = asked(limits={"p_raises_risk": 0.01})

    (effort,) = record.efforts
    assert effort.left_out == ("support",)
    assert (effort.evpi, effort.wins_now) == (0, "decline")
    assert effort.evpi_all_options > 0
    found = question(record, "accident_cut")
    assert (found.evppi, found.distinguishable) == (0, False)
    assert found.all_options_distinguishable
    assert 0 < found.p_cap_flips < 1


def test_an_effort_over_the_budget_is_no_decision():
    record = asked(budget=1e6)

    assert record.efforts[0].left_out == ("support",)
    assert record.evpi == 0


def test_the_same_seed_gives_the_same_questions():
    assert asked() == asked()


def test_order_of_efforts_says_nothing():
    efforts = [an_effort("one", kind="control"), an_effort("two", kind="honest_ai")]
    ahead = ask(assess(a_round(*efforts, samples=SAMPLES)))

    behind = ask(assess(a_round(*reversed(efforts), samples=SAMPLES)))

    assert ahead.questions == behind.questions


def test_a_worldview_that_is_not_there_and_too_few_draws_are_refused_at_once():
    assessment = assess(a_round(an_effort("one"), samples=64))

    with pytest.raises(InputError) as caught:
        ask(assessment, worldview="centrla")

    assert [(fault.message, fault.cure) for fault in caught.value.faults] == [
        ("'centrla' is not a worldview of this round", "did you mean 'central'?"),
        ("64 draws are too few to tell what a question is worth", "draw 128 or more"),
    ]


def test_more_experts_are_worth_more_and_never_more_than_knowing():
    found = question(asked(), "accident_cut")

    assert list(found.evsi_of_experts) == sorted(found.evsi_of_experts)
    assert found.evsi_of_experts[0] > 0
    assert found.evsi_of_experts[-1] <= found.evppi
    assert found.best_experts == len(found.evsi_of_experts)


def test_an_answer_that_costs_more_than_it_is_worth_is_not_bought():
    efforts = [
        an_effort("debate", kind="scalable_oversight"),
        *(an_effort(kind, kind=kind) for kind in ("scalable_oversight", "control", "evaluations")),
    ]
    round_ = disputed(budget=1.5e7, limits={"p_raises_risk": 1.0})
    assessment = assess(round_.model_copy(update={"efforts": tuple(efforts)}))

    record = ask(assessment, cost_of_answer=1e12)

    assert record.price_per_million > 0
    assert record.cost_of_answer == 1e12
    assert question_about(record, "debate", "accident_cut").best_experts == 0


def question_about(record, effort, quantity):
    (found,) = [q for q in record.questions if (q.effort, q.quantity) == (effort, quantity)]
    return found


def test_questions_about_the_world_say_which_efforts_they_bear_on_chosen_again():
    efforts = [
        an_effort(f"e-{kind}", kind=kind, cost=1e7)
        for kind in ("scalable_oversight", "control", "evaluations")
    ]
    record = ask(
        assess(
            a_round(
                *efforts,
                samples=SAMPLES,
                mitigations=(),
                settings={"budget": 1.5e7, "limits": {"p_raises_risk": 1.0}},
            )
        )
    )

    world = [q for q in record.questions if q.effort == "world:central" and q.distinguishable]
    assert record.values_chosen_again == 256
    assert world
    for each in world:
        assert each.under_budget == "exact"
        assert each.evppi_at_fixed_price > 0
        assert {change.effort for change in each.changes} <= {effort.id for effort in efforts}


def test_what_an_effort_hangs_on_is_told_with_the_other_worldviews():
    round_ = a_round(
        an_effort("debate", kind="scalable_oversight"),
        worldviews=("central", "cautious"),
        samples=SAMPLES,
        judgements=DISPUTED,
        mitigations=(),
        settings={"limits": {"p_raises_risk": 1.0}},
    )
    assessment = assess(round_)

    (drivers,) = ask(assessment).drivers

    views = assessment.effort("debate").worldviews
    assert drivers.mean == pytest.approx(views["central"].after.net.mean)
    assert drivers.tornado[0].quantity == "accident_cut"
    assert drivers.tornado[0].at_low > 0 > drivers.tornado[0].at_high
    (turn,) = drivers.tornado[0].turns
    assert drivers.tornado[0].low < turn < drivers.tornado[0].high
    (other,) = drivers.worldviews
    assert other.worldview == "cautious"
    assert other.mean == pytest.approx(views["cautious"].after.net.mean)
    assert other.steps


def test_social_value_can_decide():
    record = asked(verdict="social-value")

    assert record.unit == "catastrophes, social value"
    assert record.questions


def test_what_a_computed_correction_rests_on_is_asked_in_place_of_rollback():
    system = System(
        id="a",
        title="A",
        quantities=BUILT_IN.quantities,
        correction={
            "noticed": Assumption(p05=0.05, p50=0.5, p95=0.95),
            "months_to_effect": Assumption(p05=1, p50=6, p95=40),
        },
    )
    acts_on = disputed().efforts[0].model_copy(update={"target_system": "a"})
    round_ = disputed().model_copy(update={"efforts": (acts_on,), "systems": (system,)})

    told = {each.quantity: each for each in ask(assess(round_)).questions}

    assert {"noticed", "months_to_effect"} <= set(told)
    assert not {"rollback", "released"} & set(told)
    assert told["noticed"].question.startswith("If the deployed system has a dangerous problem")
