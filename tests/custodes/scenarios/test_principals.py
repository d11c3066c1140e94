import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaln

from custodes.scenarios import p_any_malicious_by_holders, run

SHARE = st.floats(1e-6, 0.9)


@given(SHARE, st.floats(0.001, 0.999), st.integers(1, 300))
def test_correlated_holders_are_a_beta_binomial(share, correlation, holders):
    apart = 1 / correlation - 1
    a, b = share * apart, (1 - share) * apart

    found = p_any_malicious_by_holders(holders, malicious_share=share, correlation=correlation)[-1]

    # Log-beta functions of some hundreds lose three digits in their difference.
    assert found == pytest.approx(-np.expm1(betaln(a, b + holders) - betaln(a, b)), abs=1e-9)


def test_correlated_holders_by_simulation():
    """Misses by 0.005 about once in 20,000 runs of 100,000 draws."""
    rng = np.random.default_rng(4)
    share = rng.beta(0.05 * 4, 0.95 * 4, 100_000)
    malicious = rng.binomial(12, share) > 0

    found = run("principals", {"holders": 12, "malicious_share": 0.05, "correlation": 0.2})

    assert found.outputs.p_any_malicious == pytest.approx(np.mean(malicious), abs=0.005)


@given(SHARE, st.floats(0, 0.9), st.integers(2, 300))
def test_more_holders_raise_the_probability_and_correlation_lowers_it(share, rho, most):
    alone = p_any_malicious_by_holders(most, malicious_share=share, correlation=rho)
    alike = p_any_malicious_by_holders(most, malicious_share=share, correlation=rho + 0.1)

    assert np.all(np.diff(alone) >= 0)
    assert np.all(alike <= alone + 1e-12)


@pytest.mark.parametrize(("share", "correlation", "want"), [(0.3, 1, 0.3), (1, 0, 1), (0, 0.5, 0)])
def test_the_ends(share, correlation, want):
    found = run(
        "principals", {"malicious_share": share, "correlation": correlation, "holders": 50}
    )

    assert found.outputs.p_any_malicious == pytest.approx(want, abs=1e-15)


def test_holders_for_five_per_cent_give_five_per_cent():
    holders = run("principals").outputs.holders_for_5_percent

    assert 1 - 0.99**holders == pytest.approx(0.05)


def test_nobody_or_everybody_malicious_has_no_such_number():
    for share in (0, 1):
        record = run("principals", {"malicious_share": share})
        assert record.outputs.holders_for_5_percent is None
        assert len(record.notes) == 1


def test_security_keeps_more_of_the_cut():
    leaky, secure = (
        run("principals", {"leak_rate": rate, "holders": 5}).outputs for rate in (0.05, 0.01)
    )

    assert secure.misuse_cut_left > leaky.misuse_cut_left
