import numpy as np
import pytest

from custodes.benefits import credit


@pytest.mark.parametrize(
    ("done_anyway", "delay_share", "expected"),
    [(0.0, 0.3, 1.0), (1.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.6, 0.2, 0.52)],
)
def test_credit_is_what_would_be_missing_without_the_support(done_anyway, delay_share, expected):
    found = credit(done_anyway=np.array(done_anyway), delay_share=np.array(delay_share))

    assert found == pytest.approx(expected)


def test_credit_is_the_share_of_time_in_which_only_the_supported_work_exists():
    """Simulated: with chance .6 others finish after 20 % of the time; sd of the mean is .001."""
    rng = np.random.default_rng(0)
    others = rng.random(200_000) < 0.6
    without_others = np.where(others, 0.2, 1.0)

    found = credit(done_anyway=np.array(0.6), delay_share=np.array(0.2))

    assert found == pytest.approx(without_others.mean(), abs=0.005)
