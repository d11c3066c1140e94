import numpy as np
import pytest
from scipy.stats import norm

from custodes.assessment import assess
from custodes.assessment._only import only_efforts
from custodes.catalogue import CLAIM_QUANTITIES
from custodes.efforts import reference_classes
from custodes.evidence import Claim
from custodes.exchange import result_text
from custodes.judgements import Conflict
from custodes.quantities import distribution
from custodes.rounds import CREDITED, inputs_sha256
from round_records import a_round, amount, an_effort, answers

EFFORT = an_effort("a", kind="evaluations")


def a_claim(id_="c1", **changes):
    fields = {"id": id_, "effort": "a", "claimant": "A lab", "text": "It is safe."}
    cut = amount(changes.pop("claimed_cut", 0.01))
    return Claim.model_validate({**fields, "claimed_cut": cut, **changes})


def with_claims(*claims, judgements=(), **parts):
    return a_round(EFFORT, claims=claims, judgements=tuple(judgements), **parts)


def net(round_):
    return assess(round_).effort("a").worldview("central").before.net


def washing(round_):
    return assess(round_).effort("a").quantities["washing"]


CERTAIN = a_claim(credited=amount(0.3))
HOLDS = answers("claim:c1", claim_holds=0.8)


def test_washing_is_the_known_share_of_risk_and_acts_as_if_it_had_been_judged():
    found = with_claims(CERTAIN, judgements=HOLDS)
    judged = a_round(EFFORT, judgements=answers("a", washing=0.3 * (1 - 0.8) * 0.01))

    assert washing(found).p50 == pytest.approx(0.0006, rel=1e-12)
    assert net(found) == net(judged)


def test_washing_adds_up_over_claims_to_the_mean_of_independent_ranges():
    holds, cut = (0.2, 0.5, 0.9), (0.01, 0.03, 0.1)
    names = ("c1", "c2")
    round_ = with_claims(
        *(a_claim(name, claimed_cut=cut) for name in names),
        judgements=[
            each for name in names for each in answers(f"claim:{name}", claim_holds=holds)
        ],
        samples=16384,
    )
    found = assess(round_)
    (told,) = found.record.claims.efforts

    scores = norm.ppf((np.arange(200_000) + 0.5) / 200_000)

    def mean(value, name):
        return distribution(amount(value), CLAIM_QUANTITIES[name]).at(scores).mean()

    each = mean(CREDITED, "credited") * (1 - mean(holds, "claim_holds")) * mean(cut, "claimed_cut")
    error = told.washing_of_claims.standard_error
    assert told.washing_of_claims.mean == pytest.approx(2 * each, abs=4 * error)
    assert found.effort("a").quantities["washing"].basis == "mixed"


@pytest.mark.parametrize(
    "claim",
    [
        a_claim(standing="draft"),
        a_claim(standing="assessing"),
        a_claim(standing="with_claimant"),
        a_claim(standing="withdrawn"),
        a_claim(handling="round"),
        a_claim(effort=""),
        a_claim(system="default", effort=""),
        a_claim().model_copy(update={"claimed_cut": None}),
    ],
)
def test_a_claim_that_does_not_count_moves_no_bit_and_says_why(claim):
    found = assess(with_claims(claim, judgements=HOLDS))
    (told,) = found.record.claims.claims

    assert found.effort("a") == assess(a_round(EFFORT)).effort("a")
    assert not told.moves
    assert told.why


def test_an_assessment_that_nobody_gave_a_number_moves_nothing():
    found = assess(with_claims(a_claim()))

    assert found.effort("a") == assess(a_round(EFFORT)).effort("a")
    assert found.record.claims.claims[0].why.startswith("Nobody said how likely it holds")


def test_a_round_without_claims_has_the_same_inputs_and_no_such_key():
    round_ = a_round(EFFORT, judgements=answers("a", success=0.5))

    assert '"claims"' not in result_text(assess(round_).record)
    told = round_.model_copy(update={"claims": (a_claim(),)})
    assert inputs_sha256(told) != inputs_sha256(round_)


def test_the_mildest_claim_alone_does_not_take_the_others_away():
    """Two claims, one assessed: washing is at least the reference class in every world."""
    mild = a_claim(credited=amount(0.3), claimed_cut=0.0001)
    whole = with_claims(mild, judgements=HOLDS)
    partly = with_claims(mild, a_claim("c2"), judgements=HOLDS)
    reference = reference_classes()["evaluations"].quantities["washing"]

    assert washing(whole).p95 < reference.p05
    assert washing(partly).p50 == pytest.approx(reference.p50, rel=0.02)
    (told,) = assess(partly).record.claims.efforts
    assert told.left == ("c2",)


def test_a_washing_that_is_judged_wins_and_both_are_shown():
    own = answers("a", washing=0.02)
    found = assess(with_claims(CERTAIN, judgements=(*HOLDS, *own)))
    (told,) = found.record.claims.efforts

    assert net(with_claims(CERTAIN, judgements=(*HOLDS, *own))) == net(
        a_round(EFFORT, judgements=own)
    )
    assert (told.washing_from, told.washing_used.p50) == ("judged", 0.02)
    assert told.washing_of_claims.mean == pytest.approx(0.0006, rel=1e-12)


def test_it_is_judged_only_where_assessors_said_how_far_it_is_credited():
    assert washing(with_claims(CERTAIN, judgements=HOLDS)).basis == "mixed"
    more = answers("claim:c1", credited=0.5, claim_holds=0.8)
    assert washing(with_claims(CERTAIN, judgements=more)).basis == "judged"
    assert washing(with_claims(CERTAIN, judgements=more)).p50 == pytest.approx(0.001)


def test_two_assessors_are_asked_for_and_one_with_a_conflict_on_the_effort_is_set_aside():
    both = (*HOLDS, *answers("claim:c1", "e2", claim_holds=0.2))
    conflict = Conflict(expert="e2", effort="a", type="employer", decided="recuse")

    free = assess(with_claims(CERTAIN, judgements=both)).record.claims.claims[0]
    alone = assess(with_claims(CERTAIN, judgements=both, conflicts=(conflict,)))
    (told,) = alone.record.claims.claims

    assert (free.assessors, free.is_one_assessor) == (2, False)
    assert free.holds.mean == pytest.approx(0.5, abs=1e-12)
    assert (told.assessors, told.is_one_assessor) == (1, True)
    assert told.holds.mean == 0.8
    assert [each.is_set_aside for each in told.assessments] == [False, True]


def test_verdict_reason_and_praise_are_told_one_by_one():
    (answer,) = HOLDS
    given = answer.model_copy(
        update={"verdict": "partly", "praise": "Says its limits.", "reason": "Few tests."}
    )
    (told,) = assess(with_claims(CERTAIN, judgements=(given,))).record.claims.claims

    assert told.verdicts == {"partly": 1}
    (said,) = told.assessments
    assert (said.praise, said.reason) == ("Says its limits.", "Few tests.")


def used(name, *, judgements=(), **changes):
    round_ = with_claims(a_claim(**changes), judgements=judgements)
    return assess(round_).effort("a").quantities[name]


def test_a_benchmark_that_worsens_lowers_the_default_of_scaling_within_its_range():
    reference = reference_classes()["evaluations"].quantities["scaling"]
    found = used("scaling", benchmark="WMDP")

    assert reference.p05 < found.p50 < reference.p50
    assert (found.p05, found.p95) == pytest.approx((reference.p05, reference.p95))
    logit = np.array([reference.p05, found.p50, reference.p50])
    low, moved, middle = np.log(logit / (1 - logit))
    assert (middle - moved) / (middle - low) == pytest.approx(0.886**2)
    assert found.basis == "reference class"


@pytest.mark.parametrize("name", ["usefulness", "insight_months"])
def test_a_benchmark_that_rises_with_capability_raises_what_capability_does(name):
    reference = reference_classes()["evaluations"].quantities[name]

    assert reference.p50 < used(name, benchmark="TruthfulQA MC1").p50 < reference.p95


@pytest.mark.parametrize("benchmark", ["HarmBench-GCG-T-all", "MACHIAVELLI power", "our own", ""])
def test_a_benchmark_without_a_sign_moves_no_bit(benchmark):
    found = assess(with_claims(a_claim(benchmark=benchmark)))

    assert found.effort("a") == assess(a_round(EFFORT)).effort("a")
    assert found.record.claims.efforts[0].moved == ()


def test_a_judgement_replaces_the_moved_default_and_that_is_said():
    own = answers("a", scaling=0.7)
    assert used("scaling", benchmark="WMDP", judgements=own).p50 == 0.7
    found = assess(with_claims(a_claim(benchmark="WMDP"), judgements=own))
    (told,) = found.record.claims.efforts

    assert [each.quantity for each in told.moved] == ["scaling"]
    assert told.replaced == ("scaling",)
    assert len(found.record.claims.warnings) == 3


def test_a_round_of_one_effort_leaves_nothing_of_the_others_behind():
    round_ = a_round(
        EFFORT,
        an_effort("b"),
        claims=(CERTAIN, a_claim("c2", effort="b"), a_claim("c3", effort="")),
        judgements=(*HOLDS, *answers("claim:c2", claim_holds=0.5)),
    )
    alone = only_efforts(round_, {"a"})

    assert [each.id for each in alone.claims] == ["c1", "c3"]
    assert alone.faults() == ()
    assert assess(alone).effort("a") == assess(round_).effort("a")
