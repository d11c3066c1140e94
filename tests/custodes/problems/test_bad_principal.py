import numpy as np
import pytest

from custodes.problems import empowerment, help_given, principal_hazard


def arrays(**values):
    return {name: np.array(value) for name, value in values.items()}


def risk(holders, *, stated=0.003, malicious=0.2, reference=20.0):
    hazard = principal_hazard(
        **arrays(
            risk_principal=stated,
            malicious_among_reference=malicious,
            holders=holders,
            holders_reference=reference,
        )
    )
    return float(-np.expm1(-hazard))


def test_at_the_reference_holders_it_is_the_stated_risk():
    assert risk(20.0) == pytest.approx(0.003)


def test_it_goes_with_the_chance_that_somebody_is_malicious():
    """Each of 20 holders is malicious with a chance that makes one among them with .2."""
    each = 1 - 0.8 ** (1 / 20)
    for holders in (1, 7, 100):
        somebody = 1 - (1 - each) ** holders

        assert risk(float(holders)) == pytest.approx(0.003 * somebody / 0.2)


def test_it_has_an_end():
    assert risk(1e7, stated=0.9, malicious=0.001) == pytest.approx(0.999)
    assert risk(1e7) == pytest.approx(0.003 / 0.2)


def test_help_scales_with_reach_and_cost():
    found = help_given(**arrays(principal_help=0.1, reach_of_money=0.5, cost_factor=4.0))

    assert found == pytest.approx(0.2)


def test_empowerment_is_an_elasticity_and_a_rate():
    """Misuse times (1 + u)^k_u for usefulness and exp(k_a r) for reliability."""
    found = empowerment(
        **arrays(
            credit=1.0,
            usefulness=0.1,
            help_given=0.2,
            principal_usefulness=0.5,
            principal_reliability=0.7,
        )
    )

    assert np.exp(found) == pytest.approx(1.1**0.5 * np.exp(0.7 * 0.2))
