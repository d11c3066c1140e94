import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.scenarios import Licence, smooth_risk
from custodes.scenarios._smooth_risk import (
    deployers_shift,
    first_deployer_threshold,
    licensed_peak_of_risk,
    p_deployed,
    peak_of_risk,
)

NOISY = st.fixed_dictionaries(
    {
        "x_developer": st.floats(-6, 8),
        "noise": st.floats(0.05, 5),
        "deployers": st.floats(1, 1000),
    }
)


@given(NOISY)
@settings(max_examples=50)
def test_the_peak_is_the_highest_point_of_a_grid(noisy):
    peak = peak_of_risk(**noisy)

    grid = np.linspace(peak.x - 10, peak.x + 10, 20001)
    risk = smooth_risk(grid, **noisy)
    # A grid of 0.001 is off by half a step at most, where the curve is flat.
    assert peak.risk >= risk.max() * (1 - 1e-12)
    assert grid[np.argmax(risk)] == pytest.approx(peak.x, abs=0.002)


@given(NOISY)
@settings(max_examples=50)
def test_below_the_peak_more_alignment_raises_risk_and_above_it_lowers_it(noisy):
    peak = peak_of_risk(**noisy)

    below, at, above = smooth_risk(peak.x + np.array([-0.5, 0.0, 0.5]), **noisy)

    assert below < at > above


@given(NOISY)
def test_the_first_deployer_goes_as_likely_as_not_at_the_shifted_threshold(noisy):
    shift = deployers_shift(deployers=noisy["deployers"], noise=noisy["noise"])

    assert p_deployed(noisy["x_developer"] - shift, **noisy) == pytest.approx(0.5)


def test_the_first_of_five_by_simulation():
    """5 noisy judgements drawn 200,000 times; the share misses by 0.005 once in 60,000 runs."""
    rng = np.random.default_rng(0)
    judged = 1.0 + 0.8 * rng.standard_normal((200_000, 5))

    share = np.mean(judged.max(axis=1) > 1.5)

    assert p_deployed(1.0, x_developer=1.5, noise=0.8, deployers=5) == pytest.approx(
        share, abs=0.005
    )


@pytest.mark.parametrize("coverage", [0.0, 0.5, 0.8, 1.0])
def test_a_licence_never_adds_risk(coverage):
    x = np.linspace(-5, 10, 301)
    noisy = {"x_developer": 0.5, "noise": 0.8, "deployers": 5}
    licence = Licence(coverage=coverage, threshold=4.6, noise=0.5)

    licensed = smooth_risk(x, licence=licence, **noisy)

    assert np.all(licensed <= smooth_risk(x, **noisy) * (1 + 1e-12))
    peak = licensed_peak_of_risk(licence=licence, **noisy)
    assert peak.risk >= licensed.max()
    assert peak.risk <= licensed.max() * 1.01


def test_a_licence_for_nobody_changes_nothing():
    noisy = {"x_developer": 0.5, "noise": 0.8, "deployers": 5}
    licence = Licence(coverage=0.0, threshold=4.6, noise=0.5)

    found = first_deployer_threshold(licence=licence, **noisy)

    assert found == pytest.approx(first_deployer_threshold(**noisy), abs=1e-9)
    assert licensed_peak_of_risk(licence=licence, **noisy).risk == pytest.approx(
        peak_of_risk(**noisy).risk, rel=1e-9
    )
