"""Every distribution that three numbers can state, in every family and both shapes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtri
from scipy.stats import kstest

from custodes.catalogue import QUANTITIES
from custodes.errors import InputError
from custodes.quantities import (
    Amount,
    Metalog,
    Point,
    Quantity,
    Sampled,
    TwoPieceNormal,
    distribution,
    distribution_of_samples,
)

laws = settings(max_examples=100, derandomize=True, deadline=None)
GRID = ndtri(np.linspace(0.001, 0.999, 401))
ENDS = ndtri(np.array([0.05, 0.5, 0.95]))
SHAPES = ["two_piece", "metalog"]


def a_quantity(family, low, high):
    return Quantity(
        name="x",
        symbol="x",
        meaning="",
        question="",
        unit="",
        low=low,
        high=high,
        family=family,
        owner="effort",
        page="",
    )


ANY_REAL = a_quantity("real", -1e12, 1e12)
ANY_SHARE = a_quantity("share", 0, 1)
ANY_POSITIVE = a_quantity("positive", 0, 1e12)
ANY_SIGNED = a_quantity("signed", -1e12, 1e12)


@st.composite
def stated(draw):
    """A quantity of the catalogue and three rising numbers in its range, ends included."""
    quantity = draw(st.sampled_from(list(QUANTITIES.values())))
    lowest = quantity.low if quantity.family != "positive" else max(quantity.low, 1e-9)
    inside = st.floats(lowest, quantity.high, allow_subnormal=False)
    near = st.floats(lowest, min(quantity.high, max(lowest * 2, 1)), allow_subnormal=False)
    drawn = draw(st.tuples(*[st.one_of(inside, near)] * 3))
    p05, p50, p95 = sorted(0.0 if abs(x) < 1e-12 and lowest <= 0 else x for x in drawn)
    return quantity, Amount(p05=p05, p50=p50, p95=p95)


@pytest.mark.parametrize("shape", SHAPES)
@given(stated=stated())
@laws
def test_a_higher_share_never_has_a_lower_value(shape, stated):
    quantity, amount = stated

    values = distribution(amount, quantity, shape=shape).at(GRID)

    # a hair of rounding on the way to the scale and back
    assert (np.diff(values) >= -1e-12 * np.maximum(1, np.abs(values[1:]))).all()


@pytest.mark.parametrize("shape", SHAPES)
@given(stated=stated())
@laws
def test_no_value_is_outside_the_range(shape, stated):
    quantity, amount = stated
    beyond = np.array([-8.2, -6.3, -3, 0, 3, 6.3, 8.2])  # 53 bits and 32 bits deep

    values = distribution(amount, quantity, shape=shape).at(beyond)

    assert (values >= quantity.low).all()
    assert (values <= quantity.high).all()
    assert np.isfinite(values).all()


@pytest.mark.parametrize("shape", SHAPES)
@given(stated=stated())
@laws
def test_the_three_numbers_are_met(shape, stated):
    quantity, amount = stated

    low, middle, high = distribution(amount, quantity, shape=shape).at(ENDS)

    # a share is told apart from 0 and 1 down to 1e-9, and a positive p05 from p50 down to 1/1000
    expected = list(amount.numbers)
    if quantity.family == "share" and not amount.is_point:
        expected = np.clip(expected, 1e-9, 1 - 1e-9).tolist()
    on_logarithm = {"positive": True, "signed": amount.p05 > 0}.get(quantity.family, False)
    if on_logarithm and not amount.is_point:
        expected[0] = max(expected[0], amount.p50 / 1000)
    assert low == pytest.approx(expected[0], rel=1e-9, abs=1e-12 * quantity.high)
    assert middle == pytest.approx(expected[1], rel=1e-9, abs=1e-12 * quantity.high)
    assert high == pytest.approx(expected[2], rel=1e-9, abs=1e-12 * quantity.high)


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_point_is_exact_in_every_family(name):
    quantity = QUANTITIES[name]

    for value in (quantity.low, quantity.high):
        drawn = distribution(Amount.point(value), quantity)
        assert drawn == Point(value)
        assert (drawn.at(GRID) == value).all()


def test_a_low_end_far_below_the_median_is_raised_to_a_thousandth():
    amount = Amount(p05=0, p50=0.01, p95=0.05)

    drawn = distribution(amount, QUANTITIES["insight_months"])

    assert drawn.at(ENDS) == pytest.approx(np.array([1e-5, 0.01, 0.05]))


def test_a_positive_quantity_needs_a_median_above_zero():
    with pytest.raises(InputError, match="not above 0"):
        distribution(Amount(p05=0, p50=0, p95=1), QUANTITIES["insight_months"])


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_number_outside_the_range_is_refused_with_the_range(name):
    quantity = QUANTITIES[name]
    above = quantity.high * 2 + 1

    with pytest.raises(InputError) as refused:
        distribution(Amount(p05=quantity.low, p50=quantity.high, p95=above), quantity)

    (fault,) = refused.value.faults
    assert fault.field == "p95"
    assert f"{quantity.low:g} to {quantity.high:g}" in fault.cure
    assert f"{above:g}" in fault.message


# shapes against the published algebra and against quadrature ------------------------------------


def mean(drawn):
    """By quadrature over the share, an independent road to the mean."""
    return quad(lambda u: float(drawn.at(ndtri(np.array(u)))), 0, 1, limit=500, points=[0.5])[0]


def test_a_share_as_a_metalog_has_the_worked_coefficients():
    """docs/explanation/judgement.md: .01 / .05 / .3 on the log-odds.

    There .0266656978 stands for the first quartile; the formula by hand gives .0266656988.
    """
    drawn = distribution(Amount(p05=0.01, p50=0.05, p95=0.3), ANY_SHARE, shape="metalog")

    assert isinstance(drawn, Metalog)
    assert [drawn.a1, drawn.a2, drawn.a3] == pytest.approx(
        [-2.9444389791664403, 0.6364237833192218, 0.168475877925225], rel=1e-12
    )
    assert drawn.at(ndtri(np.array([0.01, 0.25, 0.75, 0.99]))) == pytest.approx(
        np.array([0.0041127556, 0.0266656988, 0.0998418018, 0.5888821916]), abs=5.1e-11
    )
    assert mean(drawn) == pytest.approx(0.0873503641, rel=1e-7)


def test_a_share_in_two_pieces_has_the_worked_spreads():
    drawn = distribution(Amount(p05=0.01, p50=0.05, p95=0.3), ANY_SHARE)

    assert isinstance(drawn, TwoPieceNormal)
    assert [drawn.centre, drawn.below, drawn.above] == pytest.approx(
        [-2.9444389791664403, 1.0035427128111556, 1.2749712706449274], rel=1e-12
    )
    assert drawn.at(ndtri(np.array([0.01, 0.25, 0.75, 0.99]))) == pytest.approx(
        np.array([0.0050715293, 0.0260506076, 0.1106140736, 0.5053967219]), abs=5.1e-11
    )
    assert mean(drawn) == pytest.approx(0.0886893893, rel=1e-7)


K = 0.12489954817956583
"""The least share of the range below the median for which a metalog exists (at 5 and 95 %)."""


@pytest.mark.parametrize(
    ("share_below", "is_feasible"),
    [
        (K - 1e-6, False),
        (K + 1e-6, True),
        (0.5, True),
        (1 - K - 1e-6, True),
        (1 - K + 1e-6, False),
    ],
)
def test_a_metalog_is_used_exactly_where_it_is_feasible(share_below, is_feasible):
    drawn = distribution(Amount(p05=0, p50=share_below, p95=1), ANY_REAL, shape="metalog")

    assert isinstance(drawn, Metalog) == is_feasible
    assert drawn.reason == ("" if is_feasible else "infeasible")


def test_a_metalog_at_the_edge_of_feasibility_still_rises():
    drawn = distribution(Amount(p05=0, p50=K + 1e-6, p95=1), ANY_REAL, shape="metalog")

    assert (np.diff(drawn.at(ndtri(np.linspace(1e-6, 1 - 1e-6, 100_001)))) > 0).all()


def test_an_infinite_mean_falls_back_with_its_reason():
    """0.1 / 1 / 30 on the logarithm: tail exponent 1.176."""
    drawn = distribution(Amount(p05=0.1, p50=1, p95=30), ANY_POSITIVE, shape="metalog")

    assert isinstance(drawn, TwoPieceNormal)
    assert drawn.reason == "heavy_tail"
    assert mean(drawn) == pytest.approx(8.5325038186, rel=1e-6)


def test_the_tail_of_a_loss_is_judged_on_its_own_side():
    loss = Amount(p05=-30, p50=-1, p95=-0.1)
    mild = Amount(p05=-2, p50=-1, p95=-0.5)

    assert distribution(loss, ANY_SIGNED, shape="metalog").reason == "heavy_tail"
    assert isinstance(distribution(mild, ANY_SIGNED, shape="metalog"), Metalog)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_mirrored_amount_is_the_mirror_of_its_amount(shape):
    gain = distribution(Amount(p05=0.5, p50=1, p95=2), ANY_SIGNED, shape=shape)
    loss = distribution(Amount(p05=-2, p50=-1, p95=-0.5), ANY_SIGNED, shape=shape)

    assert loss.at(GRID) == pytest.approx(-gain.at(-GRID), rel=1e-12)


def test_a_symmetric_normal_is_the_normal():
    drawn = distribution(Amount(p05=-1.6448536269514722, p50=0, p95=1.6448536269514722), ANY_REAL)

    assert drawn.at(GRID) == pytest.approx(GRID, abs=1e-12)


# samples -----------------------------------------------------------------------------------------


def test_samples_come_back_as_their_own_distribution():
    """Kolmogorov-Smirnov against the normal; the seed is fixed (p below 1e-4 in 1 of 10,000)."""
    samples = np.random.default_rng(0).normal(size=4000)

    drawn = distribution_of_samples(samples, ANY_REAL).at(ndtri((np.arange(4000) + 0.5) / 4000))

    assert kstest(drawn, "norm").pvalue > 1e-4
    assert (np.diff(drawn) >= 0).all()


def test_samples_stay_within_their_least_and_largest():
    drawn = distribution_of_samples([3.0, 1.0, 2.0], ANY_REAL)

    assert isinstance(drawn, Sampled)
    assert drawn.at(np.array([-40.0, 0.0, 40.0])) == pytest.approx([1, 2, 3])


@pytest.mark.parametrize(
    ("samples", "told"),
    [([1.0], "too few"), ([1.0, float("nan")], "not a finite number"), ([0.5, 1.5], "outside")],
)
def test_samples_that_cannot_be_are_refused(samples, told):
    with pytest.raises(InputError, match=told):
        distribution_of_samples(samples, ANY_SHARE)
