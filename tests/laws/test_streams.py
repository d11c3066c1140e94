"""The named streams: order-free, uniform, stratified, independent of one another."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare, kstest, norm

from custodes.quantities import SCRAMBLES, Streams

laws = settings(max_examples=50, derandomize=True, deadline=None)
SAMPLERS = ["sobol", "monte_carlo"]
NAMES = [("world", f"quantity_{number}") for number in range(40)]


@pytest.mark.parametrize("sampler", SAMPLERS)
@given(order=st.permutations(range(6)), samples=st.sampled_from([64, 256, 1024]))
@laws
def test_the_order_in_which_streams_are_drawn_changes_no_bit(sampler, order, samples):
    streams = Streams(seed=0, samples=samples, sampler=sampler)
    straight = [streams.uniforms(*NAMES[number]) for number in range(6)]

    mixed = {number: streams.uniforms(*NAMES[number]) for number in order}

    assert all(np.array_equal(mixed[number], straight[number]) for number in range(6))


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_part_of_the_name_counts(sampler):
    def drawn(seed, owner, quantity):
        return Streams(seed=seed, samples=256, sampler=sampler).uniforms(owner, quantity)

    names = [(0, "world", "a"), (1, "world", "a"), (0, "effort:x", "a"), (0, "world", "b")]
    # a name is not the sum of its parts
    names += [(0, "effort:x", "expert:a"), (0, "effort:xexpert", ":a"), (10, "world", "a")]

    for one, other in combinations(names, 2):
        assert not (drawn(*one) == drawn(*other)).any(), (one, other)


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_zero_is_a_seed_like_any_other(sampler):
    again = [Streams(seed=0, sampler=sampler).uniforms("world", "a") for _ in range(2)]

    assert np.array_equal(*again)
    assert not np.array_equal(again[0], Streams(seed=1, sampler=sampler).uniforms("world", "a"))


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_a_quantity_less_itself_is_exactly_zero(sampler):
    streams = Streams(seed=7, samples=1024, sampler=sampler)

    difference = streams.scores("world", "a") - streams.scores("world", "a")

    assert (difference == 0).all()


@pytest.mark.parametrize("sampler", SAMPLERS)
@given(seed=st.integers(0, 2**40), samples=st.sampled_from([64, 1024, 4096]))
@laws
def test_numbers_lie_strictly_between_zero_and_one(sampler, seed, samples):
    drawn = Streams(seed=seed, samples=samples, sampler=sampler).uniforms("world", "a")

    assert drawn.shape == (samples,)
    assert drawn.min() > 0
    assert drawn.max() < 1


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_numbers_are_uniform(sampler):
    """40 Kolmogorov-Smirnov tests at 1e-6: one of 25,000 seeds fails by chance; ours is fixed.

    Sobol' points lie closer to uniform than chance does, and pass the more easily.
    """
    streams = Streams(seed=0, samples=4096, sampler=sampler)

    worst = min(kstest(streams.uniforms(*name), "uniform").pvalue for name in NAMES)

    assert worst > 1e-6


@pytest.mark.parametrize("samples", [64, 256, 4096, 16384])
def test_every_scramble_has_one_number_in_every_stratum(samples):
    points = samples // SCRAMBLES
    drawn = Streams(seed=0, samples=samples).uniforms("world", "a").reshape(SCRAMBLES, points)

    strata = np.sort(np.floor(drawn * points), axis=1)

    assert (strata == np.arange(points)).all()


def test_every_dyadic_piece_of_a_scramble_is_stratified_too():
    """The first half, quarter, ... of a scramble: what makes it a Sobol' dimension."""
    drawn = Streams(seed=3, samples=4096).uniforms("world", "a").reshape(SCRAMBLES, -1)

    for points in (2, 4, 8, 16, 32, 64, 128):
        strata = np.sort(np.floor(drawn[:, :points] * points), axis=1)
        assert (strata == np.arange(points)).all()


def test_plain_numbers_are_not_stratified():
    drawn = Streams(seed=0, samples=4096, sampler="monte_carlo").uniforms("world", "a")

    strata = np.floor(drawn.reshape(SCRAMBLES, -1) * 256)

    assert any(len(set(row)) < 256 for row in strata.tolist())


def correlations(sampler, seed=0):
    """Of 780 pairs of streams of 4,096, in units of one over the root of 4,096."""
    streams = Streams(seed=seed, samples=4096, sampler=sampler)
    drawn = np.stack([streams.uniforms(*name) for name in NAMES])
    return np.corrcoef(drawn)[np.triu_indices(len(NAMES), 1)] * np.sqrt(4096)


def test_two_plain_streams_are_uncorrelated():
    """Beyond 5 standard errors in one of 2,000 seeds by chance; ours is fixed."""
    assert np.abs(correlations("monte_carlo")).max() < 5


def test_two_sobol_streams_are_uncorrelated_on_the_whole():
    """Most pairs are far closer to 0 than chance brings them, a few are further off.

    Directions drawn at random are alike now and then, so the tails are heavier than the normal's:
    over six seeds the root mean square is 1.25, half of the pairs lie below .3 and the largest of
    30,000 at 9.3. The bounds leave room for another seed; the mean has a standard error of .05.
    """
    found = correlations("sobol")

    assert abs(found.mean()) < 0.25
    assert np.sqrt((found**2).mean()) < 1.5
    assert np.median(np.abs(found)) < 0.45
    assert np.abs(found).max() < 13


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_two_streams_fill_the_square(sampler):
    """Chi-squared on 8 x 8 cells for 39 pairs at 1e-6: one of 25,000 seeds fails by chance."""
    streams = Streams(seed=0, samples=4096, sampler=sampler)
    drawn = [np.floor(streams.uniforms(*name) * 8).astype(int) for name in NAMES]

    worst = min(
        chisquare(np.bincount(one * 8 + other, minlength=64)).pvalue
        for one, other in pairwise(drawn)
    )

    assert worst > 1e-6


def test_scrambles_are_independent_of_one_another():
    """Means of a smooth function in 16 scrambles of 200 streams: no correlation between scrambles.

    120 pairs over 200 streams; beyond 5 standard errors in one of 14,000 seeds by chance.
    """
    streams = Streams(seed=0, samples=1024)
    means = np.stack(
        [
            (streams.uniforms("world", f"q{number}") ** 2).reshape(SCRAMBLES, -1).mean(axis=1)
            for number in range(200)
        ]
    )

    pairs = np.corrcoef(means, rowvar=False)[np.triu_indices(SCRAMBLES, 1)]

    assert np.abs(pairs).max() < 5 / np.sqrt(200)


def test_scores_are_the_normal_scores_of_the_numbers():
    streams = Streams(seed=0, samples=256)

    assert norm.cdf(streams.scores("world", "a")) == pytest.approx(
        streams.uniforms("world", "a"), abs=1e-12
    )


def test_a_mean_over_sobol_points_is_far_nearer_than_over_plain_ones():
    """The mean of x^2 over (0, 1) is 1/3; the promise of the default sampler."""

    def miss(sampler, seed):
        drawn = Streams(seed=seed, samples=1024, sampler=sampler).uniforms("world", "a")
        return abs((drawn**2).mean() - 1 / 3)

    sobol, plain = (np.mean([miss(each, seed) for seed in range(20)]) for each in SAMPLERS)

    assert sobol < plain / 20
