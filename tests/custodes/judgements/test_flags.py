import math
from itertools import product
from statistics import NormalDist

import pytest

from custodes.catalogue import QUANTITIES
from custodes.judgements import FLAGS, KEPT_OUT, flags_of
from custodes.quantities import Amount, distribution


@pytest.mark.parametrize("name", ["success", "insight_months", "accident_cut", "safety_logit"])
def test_an_answer_is_in_the_pool_exactly_when_it_has_a_distribution(name):
    quantity = QUANTITIES[name]
    values = (-20.0, -1.0, 0.0, 1e-12, 0.5, 1.0, 3.0, 70.0)

    for three in product(values, repeat=3):
        flags = flags_of(three, quantity)
        try:
            distribution(Amount(p05=three[0], p50=three[1], p95=three[2]), quantity)
        except ValueError:
            usable = False
        else:
            usable = True
        assert usable == KEPT_OUT.isdisjoint(flags), three


def test_flags_are_known_and_in_order():
    for three in product((0.0, 0.1, 0.2, 1.0, 2.0), repeat=3):
        flags = flags_of(three, QUANTITIES["success"])
        assert list(flags) == [flag for flag in FLAGS if flag in flags]


def test_without_a_quantity_only_the_order_can_be_judged():
    assert flags_of((3, 2, 1), None) == ("order",)
    assert flags_of((1, 2, 1e9), None) == ()
    assert flags_of((5, 5, 5), None) == ("point",)


@pytest.mark.parametrize(
    ("name", "three", "flags"),
    [
        ("insight_months", (1e-3, 1e-2, 20.0), ()),
        ("accident_cut", (-2.0, -1e-3, -1e-6), ("wide",)),
        ("accident_cut", (-0.102, -0.101, -0.1), ("narrow",)),
        ("success", (0.5, 0.505, 0.51), ("narrow",)),
        ("success", (1e-7, 0.5, 0.9), ("wide",)),
    ],
)
def test_a_spread_is_judged_on_the_quantitys_scale(name, three, flags):
    assert flags_of(three, QUANTITIES[name]) == flags


@pytest.mark.parametrize(("spread", "flagged"), [(3.0, False), (4.0, True)])
def test_a_mean_above_p95_is_flagged_and_kept(spread, flagged):
    # E exp(s v) over v > 0, below the score at which the range ends, is
    # exp(s^2/2) [Phi(end - s) - Phi(-s)]; what is beyond stands at the end
    normal = NormalDist()
    quantity = QUANTITIES["holders"]
    p95 = 10 * math.exp(spread * normal.inv_cdf(0.95))
    end = math.log(quantity.high / 10) / spread
    upper = math.exp(spread**2 / 2) * (normal.cdf(end - spread) - normal.cdf(-spread))
    beyond = quantity.high / 10 * (1 - normal.cdf(end))
    # the lower half adds less than 5, not enough to turn either case
    assert (10 * (upper + beyond) > p95) == flagged

    flags = flags_of((9.0, 10.0, p95), quantity)

    assert ("mean_above_p95" in flags) == flagged
    assert KEPT_OUT.isdisjoint(flags)
