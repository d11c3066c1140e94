import numpy as np
import pytest

from custodes.assessment._result import _ratio, result_of
from custodes.quantities import SCRAMBLES
from model_values import PLAIN, arrays, outcome_of


def found(samples=256, **changes):
    """A result of draws with an uncertain cut and usefulness."""
    rng = np.random.default_rng(0)
    drawn = {
        "accident_cut": rng.normal(0.02, 0.02, samples),
        "usefulness": rng.normal(0.01, 0.005, samples),
    }
    outcome = outcome_of(**drawn | changes)
    return outcome, result_of(outcome, samples=samples, cost=2e6)


def test_summaries_are_those_of_the_draws():
    outcome, result = found()

    assert result.net.mean == pytest.approx(outcome.net.mean())
    assert result.net.p95 == pytest.approx(np.quantile(outcome.net, 0.95))
    benefit = -outcome.parts.accident["benefit"]
    assert result.benefit.accident.p05 == pytest.approx(np.quantile(benefit, 0.05))
    assert result.net_per_million == pytest.approx(outcome.net.mean() / 2)


def test_the_share_of_worlds_in_which_risk_rises():
    outcome, result = found()

    assert 0.2 < result.p_raises_risk < 0.9
    assert result.p_raises_risk == (outcome.net > 1e-13).mean()
    assert result.p_lowers_social_value == (outcome.social_value < -1e-13).mean()


def test_rounding_does_not_raise_risk():
    outcome = outcome_of(**{name: np.full(64, value) for name, value in PLAIN.items()})
    quiet = type(outcome)(
        net=np.full(64, 1e-14),
        usefulness=outcome.usefulness,
        social_value=np.full(64, -1e-14),
        risk_before=outcome.risk_before,
        parts=outcome.parts,
        checks={},
    )

    result = result_of(quiet, samples=64, cost=1.0)

    assert result.p_raises_risk == result.p_lowers_social_value == 0


def test_the_ratio_is_of_means_and_not_a_mean_of_ratios():
    outcome, result = found()

    benefit = -(outcome.parts.accident["benefit"] + outcome.parts.misuse["benefit"])
    assert result.ratio == pytest.approx(benefit.mean() / outcome.usefulness.mean())


@pytest.mark.parametrize("usefulness", [0.0, -0.01, 1e-10])
def test_there_is_no_ratio_where_usefulness_does_not_rise(usefulness):
    _, result = found(usefulness=usefulness)

    assert result.ratio is None
    assert result.ratio_standard_error is None


def test_the_error_of_a_ratio_is_that_of_repeated_ratios():
    """500 repetitions: their spread against the mean stated error; the seed is fixed.

    Fifteen degrees of freedom and 500 repetitions leave either uncertain by some 5 %.
    """
    rng = np.random.default_rng(0)
    ratios, errors = [], []
    for _ in range(500):
        gain = rng.gamma(4, 1, 1024)
        ratio, error = _ratio(gain * rng.gamma(4, 1, 1024), gain)
        ratios.append(ratio)
        errors.append(error)

    assert np.std(ratios) == pytest.approx(np.mean(errors), rel=0.2)


def test_no_expert_or_one_does_not_disagree():
    _, result = found()

    assert result.disagreement is None


def test_a_certain_outcome_is_told_as_such():
    result = result_of(outcome_of(**arrays(PLAIN)), samples=64, cost=1e6)

    assert result.net.standard_error == 0
    assert result.net.p05 == result.net.p95
    assert result.net.mean == pytest.approx(result.net.p50, rel=1e-14)


def test_standard_errors_come_from_the_scrambles():
    outcome, result = found(samples=1024)

    means = outcome.net.reshape(SCRAMBLES, -1).mean(axis=1)
    assert result.net.standard_error == pytest.approx(means.std(ddof=1) / np.sqrt(SCRAMBLES))
