import numpy as np
import pytest

from custodes.benefits import social_value, usefulness_gained

PLAIN = {
    "net": 0.0,
    "usefulness": 0.1,
    "credit": 0.5,
    "usefulness_value": 0.02,
    "reach": 0.3,
    "harm_benefit": 100.0,
    "deployed_well_after": 0.4,
    "deployed_well_before": 0.3,
}


def value(**changes):
    return float(social_value(**{k: np.array(v) for k, v in (PLAIN | changes).items()}))


def test_usefulness_scales_with_reach_and_cost_and_has_an_end():
    found = usefulness_gained(
        usefulness=np.array([0.1, -0.8]),
        reach_of_money=np.array(0.5),
        cost_factor=np.array(4.0),
    )

    assert found == pytest.approx([0.2, -0.9])


def test_social_value_is_a_sum_of_three():
    assert value(usefulness=0.0, reach=0.0) == 0
    assert value(usefulness=0.0, reach=0.0, net=0.01) == pytest.approx(-0.01)
    assert value(reach=0.0) == pytest.approx(0.02 * 0.5 * 0.1)
    assert value(usefulness=0.0) == pytest.approx(0.3 * 0.5 / 100 * 0.1)


def test_a_deployment_can_be_worth_its_risk():
    assert value(net=1e-4) > 0 > value(net=1e-2)
