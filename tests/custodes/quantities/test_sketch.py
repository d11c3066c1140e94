import math

import pytest
from scipy.special import ndtri

from custodes.catalogue import QUANTITIES
from custodes.quantities import LEVELS, Amount, distribution, sketch

SUCCESS = QUANTITIES["success"]


def test_worlds_of_a_sketch_are_the_middles_of_the_twentieths():
    worlds = sketch(distribution(Amount(p05=0.1, p50=0.3, p95=0.6), SUCCESS)).worlds

    logit = math.log(0.3 / 0.7)
    spread = (math.log(0.6 / 0.4) - logit) / 1.6448536269514722
    expected = 1 / (1 + math.exp(-(logit + spread * float(ndtri(0.975)))))
    assert len(worlds) == 20
    assert worlds[-1] == pytest.approx(expected, rel=1e-12)
    assert list(worlds) == sorted(worlds)


def test_levels_of_a_sketch_are_the_stated_quantiles():
    found = sketch(distribution(Amount(p05=0.1, p50=0.3, p95=0.6), SUCCESS))

    told = dict(zip(LEVELS, found.levels, strict=True))
    assert (told[0.05], told[0.5], told[0.95]) == pytest.approx((0.1, 0.3, 0.6), rel=1e-12)


def test_sketch_rises_and_a_point_stands_still():
    found = sketch(distribution(Amount(p05=0.1, p50=0.3, p95=0.6), SUCCESS))
    point = sketch(distribution(Amount.point(0.3), SUCCESS))

    assert list(found.values) == sorted(found.values)
    assert list(found.shares) == sorted(found.shares)
    assert set(point.values) == {0.3}
