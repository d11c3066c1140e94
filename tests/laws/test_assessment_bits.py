"""The same inputs and seed give the same bits, however the work is cut up and carried out."""

import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.assessment import (
    AssessmentRecord,
    _assess,
    _draws,
    assess,
    draw_effort,
    draw_round,
    outcome,
)
from custodes.catalogue import MECHANISMS, QUANTITIES
from custodes.exchange import result_text
from custodes.systems import BUILT_IN
from custodes.worldviews import Correlation, preset
from model_values import IDLE, outcome_of
from round_records import PRESETS, a_round, amount, an_effort, answers, with_weights

KINDS = ("honest_ai", "broad_programme", "interpretability", "evaluations", "other", "control")
EFFORTS = tuple(
    an_effort(
        f"effort-{number}",
        kind=kind,
        cost=(2e5, 1e6, 3e6) if number % 2 else 1e7,
        target_system="ours" if number == 0 else "",
    )
    for number, kind in enumerate(KINDS)
)
JUDGED = (
    *answers("effort-0", "a", accident_cut=(0.01, 0.02, 0.05), success=(0.2, 0.5, 0.6)),
    *answers("effort-0", "b", accident_cut=(-0.1, 0.02, 0.1)),
    *answers("effort-1", "b", usefulness=(0.01, 0.05, 0.1)),
    *answers("system:ours", "a", leak=(0.1, 0.2, 0.3)),
    *answers("mitigation:external-audit", "b", adopted=(0.2, 0.4, 0.9)),
)


def the_round(efforts=EFFORTS, *, samples=256, judgements=JUDGED):
    """All that can be drawn: judged efforts, systems, mitigations, correlated quantities."""
    correlated = preset("cautious").model_copy(
        update={
            "correlations": (
                Correlation(a="accident_cut", b="usefulness", rank=0.3),
                Correlation(a="benefit_captured", b="harm_internalised", rank=0.3),
            )
        }
    )
    return a_round(
        *efforts,
        worldviews=("central", "sanguine", correlated),
        samples=samples,
        judgements=judgements,
        experts=with_weights(a=2, b=1),
        systems=(BUILT_IN.model_copy(update={"id": "ours"}),),
    )


def bits(assessment):
    """The result to the last bit, without the names of the inputs."""
    told = json.loads(result_text(assessment.record))
    del told["inputs_sha256"]
    return {each.pop("id"): each for each in told.pop("efforts")}, told


@cache
def straight():
    return bits(assess(the_round()))


def test_threads_change_no_bit():
    for workers in (1, 3):
        with ThreadPoolExecutor(workers) as executor:
            assert bits(assess(the_round(), executor=executor)) == straight()


def test_processes_change_no_bit():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        assert bits(assess(the_round(), executor=executor)) == straight()


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_batches_change_no_bit(batch, monkeypatch):
    monkeypatch.setattr(_assess, "_BATCH", batch)

    with ThreadPoolExecutor(2) as executor:
        assert bits(assess(the_round(), executor=executor)) == straight()


@pytest.mark.parametrize("chunk", [20, 100, 255])
def test_chunks_change_no_bit(chunk, monkeypatch):
    monkeypatch.setattr(_draws, "CHUNK", chunk)

    assert bits(assess(the_round())) == straight()


def test_chunks_change_no_bit_where_there_are_several_by_default(monkeypatch):
    efforts = EFFORTS[:2]
    several = bits(assess(the_round(efforts, samples=16_384)))

    monkeypatch.setattr(_draws, "CHUNK", 1 << 20)

    assert bits(assess(the_round(efforts, samples=16_384))) == several


@given(st.permutations(range(len(EFFORTS))))
@settings(max_examples=3, derandomize=True, deadline=None)
def test_the_order_of_efforts_changes_no_bit(order):
    found = assess(the_round(tuple(EFFORTS[number] for number in order)))

    assert bits(found) == straight()
    assert [each.id for each in found.record.efforts] == [f"effort-{number}" for number in order]


@given(st.randoms(use_true_random=False))
@settings(max_examples=2, derandomize=True, deadline=None)
def test_the_order_of_answers_changes_no_bit(random):
    answered = list(JUDGED)
    random.shuffle(answered)

    found = assess(the_round(judgements=tuple(answered)))

    assert bits(found) == straight()
    assert found.record.inputs_sha256 == assess(the_round()).record.inputs_sha256


def test_progress_is_told_and_changes_no_bit():
    told = []

    found = assess(the_round(), progress=lambda done, total: told.append((done, total)))

    assert bits(found) == straight()
    assert told == [(number, 6) for number in range(7)]


def test_what_was_assessed_before_changes_no_bit():
    """The shared draws of the last round are kept in the process; they must not leak."""
    assess(the_round(samples=128))
    assess(a_round(an_effort("effort-0", kind="control")))

    assert bits(assess(the_round())) == straight()


def test_adding_an_effort_changes_nobody_else():
    found, _ = bits(assess(the_round((*EFFORTS, an_effort("another")))))

    del found["another"]
    assert found == straight()[0]


def test_renaming_an_effort_changes_only_its_own_draws():
    renamed = EFFORTS[2].model_copy(update={"id": "renamed"})
    efforts = tuple(renamed if each is EFFORTS[2] else each for each in EFFORTS)

    found, _ = bits(assess(the_round(efforts)))

    theirs = dict(straight()[0])
    mine, before = found.pop("renamed"), theirs.pop("effort-2")
    assert found == theirs
    assert mine["worldviews"] != before["worldviews"]
    assert mine["quantities"] == before["quantities"]


def test_a_renamed_effort_keeps_the_worlds_it_is_in():
    effort = EFFORTS[2]
    renamed = effort.model_copy(update={"id": "renamed"})
    drawn = draw_round(the_round((effort, renamed)))

    one, other = (draw_effort(drawn, each).values["central"] for each in (effort, renamed))

    for name in one:
        is_own = name in QUANTITIES and QUANTITIES[name].owner == "effort" and len(one[name]) > 1
        assert np.array_equal(one[name], other[name]) != is_own, name


def test_worldviews_use_the_same_numbers():
    """The same stream under every worldview: ranks agree to the bit, values do not."""
    drawn = draw_round(a_round(EFFORTS[4], worldviews=PRESETS))

    for name, central in drawn.worlds["central"].items():
        cautious = drawn.worlds["cautious"][name]
        assert np.array_equal(np.argsort(central), np.argsort(cautious)), name


def test_before_and_after_use_the_same_numbers():
    """What a package does not touch has the same bits before and after it."""
    effort = EFFORTS[0]
    mine = draw_effort(draw_round(the_round()), effort)
    before = mine.values["central"]

    after = mine.with_mitigations(before, frozenset({"external-audit"}))

    touched = {name for name in before if not np.array_equal(before[name], after[name])}
    assert touched == {"overstatement", "believed_if_failed", "washing", "regulator_insight"}


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_bits_and_zero_is_a_seed(seed):
    one, other = (bits(assess(the_round(), seed=seed)) for _ in range(2))

    assert one == other
    assert (one == straight()) == (seed == 0)


@pytest.mark.parametrize("sampler", ["sobol", "monte_carlo"])
def test_a_result_reads_back_as_it_was_written(sampler):
    record = assess(the_round(), sampler=sampler).record

    again = AssessmentRecord.model_validate_json(result_text(record))

    assert again == record
    assert result_text(again) == result_text(record)


# what adds up, in every summary and every draw ------------------------------------------------


def test_every_mean_adds_up():
    for effort in assess(the_round()).record.efforts:
        for view in effort.worldviews.values():
            for result in (view.before, view.after):
                increase = sum(each.mean for each in result.increase.values())
                benefit = result.benefit.accident.mean + result.benefit.misuse.mean
                halves = result.net_accident.mean + result.net_misuse.mean
                assert increase - benefit == pytest.approx(result.net.mean, abs=1e-12)
                assert halves == pytest.approx(result.net.mean, abs=1e-12)
                assert set(result.increase) == set(MECHANISMS)


def test_every_draw_adds_up_with_and_without_everything():
    drawn = draw_round(the_round())
    everything = frozenset(drawn.mitigations)

    for effort in EFFORTS:
        mine = draw_effort(drawn, effort)
        for view in ("central", "sanguine", "cautious"):
            for package in (frozenset(), everything):
                found = mine.outcome(view, package)
                parts = (*found.parts.accident.values(), *found.parts.misuse.values())
                assert np.abs(sum(parts) - found.net).max() <= 1e-12


def test_the_net_per_million_is_the_mean_net_over_the_cost():
    for effort in assess(the_round()).record.efforts:
        for view in effort.worldviews.values():
            expected = view.after.net.mean / (effort.cost / 1e6)
            assert view.after.net_per_million == pytest.approx(expected, rel=1e-12)


def test_the_mean_over_draws_is_not_the_value_at_the_medians():
    """Jensen: what a function of uncertain things is on the mean is not its value in the middle.

    An effort judged at its medians looks a third as bad as it is; far beyond sampling error.
    """
    effort = an_effort("one", kind="preference_training")
    mine = draw_effort(draw_round(a_round(effort, samples=4096)), effort)
    medians = {name: np.array([np.median(each)]) for name, each in mine.values["central"].items()}

    over_draws = mine.outcome("central", frozenset()).net
    in_the_middle = outcome(medians).net

    error = over_draws.std() / np.sqrt(4096)
    assert over_draws.mean() - in_the_middle[0] > 10 * error


def test_a_valley_is_worth_its_mean_and_not_its_middle():
    """Two equally likely systems, one on each side of the valley, and one at its bottom."""
    valley = IDLE | {"reach": 0.3, "accident_cut": 0.6, "made_safer_share": 1.0}

    sides = outcome_of(**valley | {"safety_logit": [-3.0, 6.0]}).net.mean()
    bottom = outcome_of(**valley | {"safety_logit": 1.5}).net[0]

    assert bottom > sides


def test_certain_inputs_need_no_draws():
    """Where nothing is uncertain, nothing has a standard error and all quantiles are the mean."""
    certain = {name: each.p50 for name, each in preset("central").quantities.items()}
    quantities = {
        name: type(each)(p05=certain[name], p50=certain[name], p95=certain[name])
        for name, each in preset("central").quantities.items()
    }
    system = BUILT_IN.model_copy(
        update={
            "id": "ours",
            "quantities": {
                name: type(each)(p05=each.p50, p50=each.p50, p95=each.p50)
                for name, each in BUILT_IN.quantities.items()
            },
        }
    )
    judged = answers(
        "one",
        **{
            name: QUANTITIES[name].low if QUANTITIES[name].low > 0 else 0.01
            for name in QUANTITIES
            if QUANTITIES[name].owner == "effort"
        },
    )
    round_ = a_round(
        an_effort("one", target_system="ours"),
        worldviews=(preset("central").model_copy(update={"quantities": quantities}),),
        systems=(system,),
        judgements=judged,
    )

    before = assess(round_).effort("one").worldviews["central"].before

    for each in (before.net, before.social_value, before.usefulness, *before.increase.values()):
        assert each.standard_error == 0
        assert each.p05 == each.p50 == each.p95
        assert each.mean == pytest.approx(each.p50, rel=1e-14)
    assert before.p_raises_risk in {0.0, 1.0}


def test_the_cost_law_works_on_the_drawn_cost():
    """An uncertain cost is a quantity like any other, in the round's currency."""
    effort = an_effort("one", cost=(1e6, 2e6, 4e6))

    found = assess(a_round(effort, samples=4096)).effort("one")

    spread = np.log(2) / 1.6448536269514722  # a lognormal: exp(mu + sigma^2 / 2)
    assert found.cost == pytest.approx(2e6 * np.exp(spread**2 / 2), rel=1e-3)
    assert amount((1e6, 2e6, 4e6)) == effort.cost
