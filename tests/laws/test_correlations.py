"""Rank correlations come out as stated, and change nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from custodes.assessment import draw_effort, draw_round
from custodes.errors import InputError
from custodes.quantities import Streams, cholesky_factor, correlated
from custodes.worldviews import Correlation, factor_of, preset, worldview_from
from round_records import a_round, an_effort

PAIRS = {
    "world": ("benefit_captured", "harm_internalised"),
    "system": ("leak", "holders"),
    "effort": ("accident_cut", "usefulness"),
}


def with_correlations(*correlations):
    stated = tuple(Correlation(a=a, b=b, rank=rank) for a, b, rank in correlations)
    return preset("central").model_copy(update={"correlations": stated})


def drawn(*correlations, samples=4096):
    effort = an_effort("one", kind="honest_ai")
    round_ = a_round(effort, worldviews=(with_correlations(*correlations),), samples=samples)
    return draw_effort(draw_round(round_), effort).values["central"]


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.3, 0.7])
@pytest.mark.parametrize("owner", PAIRS)
def test_a_stated_rank_correlation_comes_out(owner, rank):
    """Within .06, four standard errors of 4,096 plain draws; the seed is fixed.

    By chance one of twelve would fail for one of 1,300 seeds.
    """
    a, b = PAIRS[owner]

    values = drawn((a, b, rank))

    assert spearmanr(values[a], values[b]).statistic == pytest.approx(rank, abs=0.06)


def test_a_matrix_of_three_comes_out_whole():
    pairs = {("rents_lost", "rival_deploys"): 0.6, ("rents_lost", "windfall"): -0.4}

    values = drawn(*((a, b, rank) for (a, b), rank in pairs.items()))

    for (a, b), rank in pairs.items():
        assert spearmanr(values[a], values[b]).statistic == pytest.approx(rank, abs=0.06)
    others = spearmanr(values["rival_deploys"], values["windfall"]).statistic
    assert others == pytest.approx(0, abs=0.06)  # not named: independent


@pytest.mark.parametrize("owner", PAIRS)
def test_the_first_of_the_table_and_all_that_are_not_named_keep_their_bits(owner):
    a, b = PAIRS[owner]

    plain, moved = drawn(samples=256), drawn((a, b, 0.5), samples=256)

    changed = {name for name in plain if not np.array_equal(plain[name], moved[name])}
    assert len(changed) == 1
    assert changed < {a, b}


@pytest.mark.parametrize("owner", PAIRS)
def test_marginals_do_not_change(owner):
    """Quantiles of the moved quantity, within four standard errors of 4,096 draws in share."""
    a, b = PAIRS[owner]
    plain, moved = drawn(), drawn((a, b, 0.8))

    for name in (a, b):
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            below = (moved[name] <= np.quantile(plain[name], share)).mean()
            assert below == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 4096))


@given(st.floats(-0.99, 0.99))
@settings(max_examples=50, derandomize=True, deadline=None)
def test_the_normal_scores_have_pearsons_correlation(rank):
    factor = cholesky_factor({("a", "b"): rank}, ("a", "b"))

    score = (factor @ factor.T)[0, 1]

    assert np.diag(factor @ factor.T) == pytest.approx([1, 1])
    assert 6 / np.pi * np.arcsin(score / 2) == pytest.approx(rank, abs=1e-12)


def test_correlated_scores_are_sums_by_the_factor():
    streams = Streams(seed=0, samples=64)
    scores = {name: streams.scores("world", name) for name in "abc"}
    factor = cholesky_factor({("a", "b"): 0.5, ("b", "c"): -0.5}, ("a", "b", "c"))

    moved = correlated(scores, factor)

    assert np.stack(list(moved.values())) == pytest.approx(
        factor @ np.stack(list(scores.values()))
    )
    assert np.array_equal(moved["a"], scores["a"])


def test_an_impossible_matrix_is_refused_naming_its_pairs():
    impossible = (
        ("rents_lost", "rival_deploys", 0.9),
        ("rival_deploys", "windfall", 0.9),
        ("rents_lost", "windfall", -0.9),
    )
    correlations = tuple(Correlation(a=a, b=b, rank=rank) for a, b, rank in impossible)

    with pytest.raises(InputError) as refused:
        factor_of(correlations, "world")

    (fault,) = refused.value.faults
    for a, b, rank in impossible:
        assert f"{a} with {b} {rank:+g}" in fault.message


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ({"a": "leak", "b": "windfall", "rank": 0.3}, "cannot be correlated"),
        ({"a": "leak", "b": "leak", "rank": 0.3}, "cannot be correlated"),
        ({"a": "leek", "b": "leak", "rank": 0.3}, "'leek' is not a quantity"),
        ({"a": "leak", "b": "holders", "rank": 1.0}, "below 1"),
        ({"a": "leak", "b": "holders"}, "is required"),
        ("leak", "is not a table"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_in_a_file(pair, told):
    with pytest.raises(InputError) as refused:
        worldview_from("ours", {"correlation": [pair]}, file="worldviews/ours.toml")

    assert told in str(refused.value)
    assert "correlation 1" in str(refused.value)
