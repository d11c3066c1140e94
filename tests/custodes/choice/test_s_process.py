import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from custodes.choice import Curve, fill_up, share_out
from custodes.choice._panel import VARIANTS, s_process_of
from custodes.judgements import Conflict

SHOUTED = (
    Curve(recommender="ash", effort="a", first=1.0, zero=10.0),
    Curve(recommender="ash", effort="b", first=0.5, zero=10.0),
    Curve(recommender="elm", effort="b", first=1.0, zero=10.0),
    Curve(recommender="elm", effort="a", first=0.2, zero=10.0),
)


def test_a_curve_falls_to_zero_and_harm_does_not_saturate():
    good = Curve(recommender="ash", effort="a", first=4.0, zero=10.0, curve=2.0)
    bad = Curve(recommender="ash", effort="b", first=-3.0, zero=10.0)

    assert [good.at(money) for money in (0.0, 5.0, 10.0, 20.0)] == [4.0, 3.0, 0.0, 0.0]
    assert [bad.at(money) for money in (0.0, 10.0, 20.0)] == [-3.0, -3.0, -3.0]
    assert good.worth == pytest.approx(4.0 * 10.0 * 2.0 / 3.0)
    assert bad.worth == 0.0


@pytest.mark.parametrize("field", ["zero", "curve"])
def test_a_curve_that_cannot_be_is_refused(field):
    with pytest.raises(ValidationError):
        Curve.model_validate(
            {"recommender": "ash", "effort": "a", "first": 1.0, "zero": 1.0, field: 0.0}
        )


def test_shouting_gains_nothing_in_the_mean():
    louder = tuple(
        each.model_copy(update={"first": each.first * 100}) if each.recommender == "ash" else each
        for each in SHOUTED
    )
    pots = {"ash": 4.0, "elm": 4.0}

    assert share_out(SHOUTED, pots=pots).given == share_out(louder, pots=pots).given
    loud = share_out(louder, pots=pots, rescale=False).given
    assert loud["a"] > share_out(SHOUTED, pots=pots, rescale=False).given["a"]


def test_a_recommender_without_hope_is_scaled_by_the_panel():
    fears = (*SHOUTED, Curve(recommender="oak", effort="a", first=-1.0, zero=1.0))

    found = share_out(fears, pots={"ash": 3.0, "elm": 3.0, "oak": 3.0})

    assert found.given["a"] < share_out(SHOUTED, pots={"ash": 4.5, "elm": 4.5}).given["a"]


def test_one_strong_supporter_is_enough_only_in_the_plain_form():
    curves = (
        Curve(recommender="ash", effort="a", first=5.0, zero=10.0),
        Curve(recommender="elm", effort="a", first=-4.0, zero=10.0),
        Curve(recommender="oak", effort="a", first=-4.0, zero=10.0),
    )
    pots = {"ash": 3.0, "elm": 3.0, "oak": 3.0}

    given_ = {
        variant: share_out(curves, pots=pots, variant=variant).given["a"]
        for variant in ("plain", "signed", "mean")
    }

    assert given_ == {"plain": 3.0, "signed": 0.0, "mean": 0.0}


@settings(max_examples=40, deadline=None)
@given(
    table=st.lists(
        st.lists(st.tuples(st.floats(-5, 5), st.floats(0.5, 20)), min_size=3, max_size=3),
        min_size=1,
        max_size=3,
    ),
    variant=st.sampled_from(["plain", "signed", "mean"]),
    pot=st.floats(1, 20),
)
def test_money_is_neither_made_nor_lost(table, variant, pot):
    curves = [
        Curve(recommender=f"r{who}", effort=f"e{effort}", first=first, zero=zero)
        for who, row in enumerate(table)
        for effort, (first, zero) in enumerate(row)
    ]
    pots = {f"r{who}": pot for who in range(len(table))}

    found = share_out(
        curves, pots=pots, variant=variant, blocked={"e1": "challenge"}, step=pot / 10
    )

    assert sum(found.given.values()) + found.left == pytest.approx(sum(pots.values()))
    assert found.given["e1"] == 0.0
    assert sum(step.amount for step in found.steps) == pytest.approx(sum(found.given.values()))
    assert all(step.marginal > 0 for step in found.steps if step.amount)


def test_small_steps_come_to_the_level_of_water():
    """Against the closed form, with a curve that falls in a straight line in both."""
    curves = [
        Curve(recommender="ash", effort="a", first=2.0, zero=10.0),
        Curve(recommender="ash", effort="b", first=1.0, zero=10.0),
    ]

    found = share_out(curves, pots={"ash": 8.0}, rescale=False, step=0.001)

    # 2 (1 - x/10) = 1 - y/10 and x + y = 8
    assert found.given["a"] == pytest.approx(6.0, abs=2e-3)
    assert found.given["b"] == pytest.approx(2.0, abs=2e-3)


def test_water_stands_at_one_level():
    split, level = fill_up([10.0, 6.0, 0.1], [2.0, 1.0, 1.0], 3.0)

    assert split.sum() == pytest.approx(3.0)
    assert split[2] == 0.0
    assert (10.0 / (2.0 + split[0])) == pytest.approx(level)
    assert (6.0 / (1.0 + split[1])) == pytest.approx(level)


def test_every_variant_is_recorded_step_by_step():
    found = s_process_of(SHOUTED, pots={}, budget=8000.0, stopped={"a": "over the cap"})

    assert found.pots == {"ash": 4000.0, "elm": 4000.0}
    assert [(each.variant, each.brake) for each in found.results] == list(VARIANTS)
    braked = found.results[-1]
    assert braked.given["a"] == 0.0
    assert [step.refused_because for step in braked.steps if step.effort == "a"] == [
        "over the cap"
    ]
    assert [step.step for step in braked.steps] == list(range(1, len(braked.steps) + 1))


def test_a_recommender_with_a_conflict_is_not_heard_on_that_effort():
    conflict = Conflict(expert="ash", effort="a", type="employer")

    found = s_process_of(SHOUTED, pots={}, budget=8.0, stopped={}, conflicts=[conflict])

    assert found.set_aside == ("ash: a",)
    assert {
        step.effort
        for each in found.results
        for step in each.steps
        if each.variant == "plain" and step.recommender == "ash" and step.amount
    } == {"b"}


def test_without_curves_there_is_no_s_process():
    assert s_process_of((), pots={}, budget=1.0, stopped={}) is None
    assert s_process_of(SHOUTED, pots={"elm": 0.0}, budget=1.0, stopped={}) is None
