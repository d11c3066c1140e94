import numpy as np
import pytest
from scipy.integrate import quad

from custodes.benefits import cost_factor


def factor(cost, *, reference=1e7, start=1e6, exponent=0.5):
    return float(
        cost_factor(
            cost_usd=np.array(cost),
            reference_cost=np.array(reference),
            returns_start=np.array(start),
            exponent=np.array(exponent),
        )
    )


@pytest.mark.parametrize("exponent", [0.0, 1e-7, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("cost", [3e4, 1e6, 1e9])
def test_it_is_the_sum_of_falling_marginal_returns(cost, exponent):
    """The marginal return is (1 + x/C_0)^(a-1): by quadrature, on the logarithm of 1 + x/C_0."""

    def returns(upto):
        top = np.log1p(upto / 1e6)
        return quad(lambda s: np.exp(exponent * s), 0, top, epsabs=0, epsrel=1e-12)[0]

    expected = returns(cost) / returns(1e7)

    assert factor(cost, exponent=exponent) == pytest.approx(expected, rel=1e-9)


def test_it_is_linear_at_exponent_one():
    assert factor(3e4, exponent=1) == pytest.approx(3e-3)
    assert factor(1e9, exponent=1) == pytest.approx(100)


def test_it_is_about_linear_far_below_the_start():
    assert factor(2e3) / factor(1e3) == pytest.approx(2, rel=1e-3)


def test_it_is_logarithmic_at_exponent_zero_without_a_jump():
    assert factor(1e9, exponent=0) == pytest.approx(np.log1p(1e3) / np.log1p(10))
    assert factor(1e9, exponent=2e-9) == pytest.approx(factor(1e9, exponent=0), rel=1e-7)
    assert factor(1e9, exponent=9e-10) == factor(1e9, exponent=0)


def test_a_stipend_does_not_equal_a_programme():
    assert factor(3e4) < 0.01
