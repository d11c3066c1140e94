import pytest

from custodes.scenarios import (
    actors_curves,
    detection_curves,
    payoff_curves,
    principals_curves,
    progress_curves,
    race_curves,
    run,
    valley_curves,
)


def value_at(curve, x):
    """The curve's value at its point nearest to x."""
    nearest = min(range(len(curve.x)), key=lambda at: abs(curve.x[at] - x))
    return curve.y[nearest]


def test_every_curve_goes_through_the_case_as_set():
    race, actors, progress = run("race"), run("actors"), run("progress")
    detection = run("detection", {"tests": 4})
    principals = run("principals", {"correlation": 0.2})

    assert value_at(race_curves(race.inputs)[1], 1) == pytest.approx(race.outputs.risk_private)
    assert value_at(actors_curves(actors.inputs)[0], 5) == pytest.approx(actors.outputs.p_act)
    assert max(payoff_curves(actors.inputs, actors.outputs)[0].y) == pytest.approx(
        actors.outputs.payoff_optimal, rel=1e-3
    )
    assert value_at(progress_curves(progress.inputs, progress.outputs)[0], 6) == pytest.approx(
        progress.outputs.p_catastrophe
    )
    flawed, naive = detection_curves(detection.inputs)
    assert value_at(flawed, 4) == pytest.approx(detection.outputs.posterior_unsafe)
    assert value_at(naive, 4) == pytest.approx(detection.outputs.posterior_if_independent)
    as_set = next(c for c in principals_curves(principals.inputs) if c.name == "correlation 0.2")
    assert value_at(as_set, 20) == pytest.approx(principals.outputs.p_any_malicious)


def test_the_valley_shows_the_risk_with_a_licence_below_the_risk_without():
    record = run("valley")

    free, licensed = valley_curves(record.inputs, record.outputs)

    assert max(free.y) == pytest.approx(record.outputs.peak_risk, rel=1e-3)
    assert all(lower <= upper for lower, upper in zip(licensed.y, free.y, strict=True))


@pytest.mark.parametrize(
    ("settings", "highest"), [({"rival_deploys": 1}, 0.5), ({"deployment_cost": 0.5}, 0.0)]
)
def test_without_a_threshold_everything_or_nothing_is_deployed(settings, highest):
    record = run("valley", settings)

    (curve,) = valley_curves(record.inputs, record.outputs)

    assert max(curve.y) <= highest
    assert (max(curve.y) > 0) == (highest > 0)


def test_many_are_thinned_out():
    record = run("principals", {"holders": 100_000})

    curves = principals_curves(record.inputs)

    assert all(len(curve.x) < 200 and curve.x[-1] == 200_000 for curve in curves)
