"""Every way of pooling obeys the same laws, whatever the answers."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import expit, ndtri

from custodes.errors import InputError
from custodes.judgements import METHODS, camps_of, panel_of, pool_answers, spread_of
from custodes.quantities import Amount, Quantity, scale_for

laws = settings(max_examples=25, derandomize=True, deadline=None)
ENDS = {"share": (0.0, 1.0), "positive": (0.0, 1e12)}
WIDE = (-1e12, 1e12)
FROM_SCALE = {"share": expit, "positive": np.exp}
OWN = ("linear", "vincent", "median", "geometric_odds", "extremised", "trimmed", "interval_width")
"""Methods that compute something of their own; the others only take their weights elsewhere."""
SHARES = ("geometric_odds", "extremised", "beta")


def a_quantity(family):
    low, high = ENDS.get(family, WIDE)
    return Quantity(
        name="asked",
        symbol="",
        meaning="",
        question="",
        unit="",
        low=low,
        high=high,
        family=family,
        owner="effort",
        page="",
    )


def an_amount(family):
    """Three numbers apart on the scale, with p05 above p50/1000 on a logarithm."""
    places = st.tuples(st.integers(-9000, 6000), st.integers(1, 6000), st.integers(1, 6000))

    def states(place):
        start, below, above = place
        t = np.array([start, start + below, start + below + above]) / 1000
        p05, p50, p95 = (float(x) for x in FROM_SCALE.get(family, np.array)(t))
        return Amount(p05=p05, p50=p50, p95=p95)

    return places.map(states)


def panels(family, *, least=1, most=6):
    answers = st.lists(an_amount(family), min_size=least, max_size=most)
    return answers.map(lambda each: {f"e{at}": amount for at, amount in enumerate(each)})


def numbers(pooled):
    return (pooled.p05, pooled.p50, pooled.p95, pooled.mean)


def same(found, wanted, tolerance=1e-9):
    return found == pytest.approx(wanted, rel=tolerance, abs=1e-12)


def pooled(answers, family, method, **options):
    try:
        return pool_answers(answers, a_quantity(family), method=method, **options)
    except InputError:
        return assume(condition=False)


families = st.sampled_from(["share", "positive", "real"])


@pytest.mark.parametrize("method", [*OWN, "beta"])
@given(data=st.data())
@laws
def test_the_order_of_experts_is_irrelevant(method, data):
    family = "share" if method in SHARES else data.draw(families)
    answers = data.draw(panels(family, least=5 if method == "trimmed" else 1))

    turned = dict(reversed(answers.items()))

    assert numbers(pooled(turned, family, method)) == numbers(pooled(answers, family, method))


@pytest.mark.parametrize("method", [*OWN, "beta"])
@given(data=st.data())
@laws
def test_the_three_numbers_rise(method, data):
    family = "share" if method in SHARES else data.draw(families)
    answers = data.draw(panels(family, least=5 if method == "trimmed" else 1))

    found = pooled(answers, family, method)

    assert found.p05 <= found.p50 <= found.p95


@pytest.mark.parametrize("method", [name for name in OWN if name != "trimmed"])
@given(data=st.data())
@laws
def test_one_answer_is_given_back(method, data):
    family = "share" if method in SHARES else data.draw(families)
    (answer,) = data.draw(panels(family, most=1)).values()

    found = pooled({"alone": answer}, family, method)

    scale = scale_for(family, answer.p05, answer.p95)
    for got, told in zip(numbers(found)[:3], answer.numbers, strict=True):
        assert scale.forward(got) == pytest.approx(scale.forward(told), abs=1e-9, rel=1e-9)


@pytest.mark.parametrize("method", [name for name in (*OWN, "beta") if name != "trimmed"])
@given(data=st.data())
@laws
def test_an_expert_entered_twice_with_half_the_weight_changes_nothing(method, data):
    family = "share" if method in SHARES else data.draw(families)
    answers = data.draw(panels(family))
    twice = answers | {"e0 again": answers["e0"]}
    found = pooled(twice, family, method, weights={"e0": 0.5, "e0 again": 0.5})

    assert same(numbers(found), numbers(pooled(answers, family, method)), 1e-8)


@pytest.mark.parametrize("method", [*OWN, "beta"])
@given(data=st.data(), factor=st.floats(1e-3, 1e3))
@laws
def test_weights_count_by_their_ratio_only(method, data, factor):
    family = "share" if method in SHARES else data.draw(families)
    answers = data.draw(panels(family, least=5 if method == "trimmed" else 1))
    weights = {name: at + 1.0 for at, name in enumerate(answers)}
    scaled = {name: each * factor for name, each in weights.items()}

    found = pooled(answers, family, method, weights=scaled)

    assert same(numbers(found), numbers(pooled(answers, family, method, weights=weights)), 1e-8)


@pytest.mark.parametrize("method", [*OWN, "beta"])
@given(data=st.data())
@laws
def test_an_answer_without_weight_is_not_heard(method, data):
    family = "share" if method in SHARES else data.draw(families)
    answers = data.draw(panels(family, least=5 if method == "trimmed" else 1))
    stranger = data.draw(an_amount(family))

    found = pooled(answers | {"z": stranger}, family, method, weights={"z": 0})

    assert numbers(found) == numbers(pooled(answers, family, method))
    assert "z" not in found.weights


@pytest.mark.parametrize("family", ["share", "positive", "real"])
@given(data=st.data())
@laws
def test_the_linear_pool_is_at_least_as_wide_as_the_quantile_average(family, data):
    answers = data.draw(panels(family, least=2))
    panel = panel_of(answers, a_quantity(family))
    scores = ndtri((np.arange(4000) + 0.5) / 4000)

    variances = [
        np.var([panel.scale.forward(x) for x in pooled(answers, family, method).quantiles(scores)])
        for method in ("linear", "vincent")
    ]

    assert variances[0] >= variances[1] * (1 - 1e-3)


@pytest.mark.parametrize("family", ["share", "positive", "real"])
@given(data=st.data())
@laws
def test_the_pool_lies_between_the_experts(family, data):
    answers = data.draw(panels(family, least=2))

    for method in ("linear", "vincent", "median"):
        found = pooled(answers, family, method)
        for number in ("p05", "p50", "p95"):
            own = [getattr(each, number) for each in answers.values()]
            slack = 1e-9 * max(map(abs, own))
            assert min(own) - slack <= getattr(found, number) <= max(own) + slack


@pytest.mark.parametrize("family", ["share", "positive", "real"])
@given(data=st.data())
@laws
def test_the_table_is_near_the_pool(family, data):
    answers = data.draw(panels(family, least=2, most=4))
    found = pooled(answers, family, "linear")
    scores = np.linspace(-5.5, 5.5, 313)
    panel = panel_of(answers, a_quantity(family))
    on_scale = [
        np.array([panel.scale.forward(x) for x in each])
        for each in (found.table().at(scores), found.quantiles(scores))
    ]

    width = panel.scale.forward(found.p95) - panel.scale.forward(found.p05)

    assert np.max(np.abs(on_scale[0] - on_scale[1])) <= 2e-3 * width


@given(panels("share", least=1))
@laws
def test_variances_within_and_between_are_those_of_the_mixture(answers):
    panel = panel_of(answers, a_quantity("share"))

    spread = spread_of(panel)

    scores = ndtri((np.arange(20000) + 0.5) / 20000)
    draws = np.concatenate([belief.at(scores) for belief in panel.floored])
    assert spread.within + spread.between == pytest.approx(np.var(draws), rel=0.01)
    assert spread.within >= 0
    assert spread.between >= 0


@given(panels("share", least=4, most=9))
@laws
def test_a_split_has_two_camps_in_order(answers):
    panel = panel_of(answers, a_quantity("share"))

    split = camps_of(panel)

    assert sorted((*split.lower, *split.upper)) == list(range(len(answers)))
    assert min(len(split.lower), len(split.upper)) >= 2
    medians = [answer.p50 for answer in panel.amounts.values()]
    assert max(medians[at] for at in split.lower) <= min(medians[at] for at in split.upper)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.floats(0.01, 0.99))
@laws
def test_points_stay_exact_in_the_linear_pool(points, share):
    answers = {f"e{at}": Amount.point(value) for at, value in enumerate(points)}

    found = pool_answers(answers, a_quantity("share"))

    assert {found.p05, found.p50, found.p95} <= {float(value) for value in points}
    assert found.mean == pytest.approx(np.mean(points))
    at_share = found.quantiles(ndtri(np.array([share])))[0]
    reached = np.mean(np.array(points) <= at_share * (1 + 1e-9) + 1e-300)
    assert reached >= share - 1e-9


@given(panels("positive", least=2))
@laws
def test_methods_that_only_take_weights_elsewhere_are_the_linear_pool(answers):
    wanted = numbers(pooled(answers, "positive", "linear"))

    for method in {*METHODS} - {*OWN} - {"beta"}:
        assert numbers(pooled(answers, "positive", method)) == wanted


@given(st.integers(-900, 900), st.integers(1, 800))
@laws
def test_answers_of_either_sign_share_the_plain_scale(start, width):
    answers = {
        "a": Amount(p05=start, p50=start + width, p95=start + 2 * width),
        "b": Amount(p05=-1000, p50=0, p95=1000),
    }

    found = pooled(answers, "signed", "linear")

    assert found.scale == "identity"
    assert found.p05 <= found.p50 <= found.p95
    assert pooled({"a": answers["a"]}, "signed", "linear").p50 == start + width


def test_a_certain_answer_never_has_unlimited_weight():
    answers = {
        "sure": Amount.point(0.5),
        "a": Amount(p05=0.1, p50=0.2, p95=0.4),
        "b": Amount(p05=0.1, p50=0.3, p95=0.4),
    }

    found = pool_answers(answers, a_quantity("share"), method="interval_width")

    assert found.weights["sure"] <= 10 * min(found.weights["a"], found.weights["b"]) * 1.2
    assert found.weights["sure"] < 0.9


def test_a_fair_weight_is_refused_where_a_method_does_not_fit():
    few = {"a": Amount.point(1.0), "b": Amount.point(2.0)}

    for method, family in (("trimmed", "real"), ("geometric_odds", "real"), ("beta", "positive")):
        with pytest.raises(InputError) as refusal:
            pool_answers(few, a_quantity(family), method=method)
        assert refusal.value.faults[0].cure
    with pytest.raises(InputError, match="nobody"):
        pool_answers(few, a_quantity("real"), weights={"a": 0, "b": 0})
