import numpy as np
import pytest
from scipy.integrate import quad

from custodes.quantities import mean_exponential


@pytest.mark.parametrize("t", [-700.0, -5.0, -1e-3, 1e-8, 0.3, 5.0, 50.0])
def test_it_is_the_mean_of_exp_between_zero_and_t(t):
    by_quadrature = quad(lambda share: np.exp(share * t), 0, 1, points=[0.001, 0.999])[0]

    assert float(mean_exponential(np.array(t))) == pytest.approx(by_quadrature, rel=1e-8)


def test_it_is_one_at_zero_and_smooth_where_the_series_takes_over():
    around = np.array([-2e-12, -9e-13, 0.0, 9e-13, 2e-12])

    assert mean_exponential(around) == pytest.approx(1 + around / 2, abs=1e-15)
    assert mean_exponential(np.array(0.0)) == 1
