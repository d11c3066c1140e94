import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.scenarios import RaceInputs, risk_no_information, risk_private, risk_public, run
from custodes.scenarios._race import p_safe_collectively_better, p_safe_risk_dominant, payoffs

RACES = [(2, 1.0, 1.0), (5, 4.0, 1.0), (5, 1.0, 0.5), (3, 8.0, 0.7)]


@pytest.mark.parametrize(("teams", "spread", "enmity"), RACES)
def test_knowledge_by_simulation(teams, spread, enmity):
    """Capabilities drawn 400,000 times: a mean misses by 0.004 less than once in 10,000 runs."""
    rng = np.random.default_rng(1)
    capability = np.sort(spread * rng.random((400_000, teams)), axis=1)
    full = enmity * (teams - 1) + 1

    private = np.mean(1 - np.minimum(1, capability[:, -1] / full))
    public = np.mean(1 - np.minimum(1, (capability[:, -1] - capability[:, -2]) / enmity))

    race = {"teams": teams, "capability_range": spread, "enmity": enmity}
    assert risk_private(**race) == pytest.approx(private, abs=0.004)
    assert risk_public(**race) == pytest.approx(public, abs=0.004)


@pytest.mark.parametrize(("teams", "enmity"), [(2, 1.0), (3, 0.5), (5, 0.9)])
def test_playing_capability_over_full_is_a_best_response(teams, enmity):
    """No team that knows its own capability gains by another safety, if all others play x/K."""
    full = enmity * (teams - 1) + 1
    others = np.linspace(0, 1, 4001)  # a rival's capability, uniform on [0, 1]
    density = (teams - 1) * others ** (teams - 2)  # of the best rival
    for capability in (0.2, 0.5, 0.9):
        safety = np.linspace(0, 1, 401)
        beaten = others[None, :] * (1 - 1 / full) < capability - safety[:, None]
        worth = np.where(beaten, safety[:, None], (1 - enmity) * others[None, :] / full)

        payoff = np.trapezoid(worth * density, others, axis=1)

        assert safety[np.argmax(payoff)] == pytest.approx(capability / full, abs=0.006)


@pytest.mark.parametrize("risk", [risk_no_information, risk_private, risk_public])
@given(
    teams=st.integers(2, 50),
    capability_range=st.floats(0.01, 100),
    enmity=st.floats(0, 0.99),
    more=st.floats(0.001, 0.01),
)
def test_risk_is_a_probability_that_rises_with_enmity(risk, teams, capability_range, enmity, more):
    race = {"teams": teams, "capability_range": capability_range}

    low, high = (float(risk(enmity=e, **race)) for e in (enmity, enmity + more))

    assert 0 <= low <= high + 1e-12 <= 1 + 1e-12


def test_without_enmity_nobody_gives_up_safety_for_the_win():
    race = {"teams": 4, "capability_range": 1.0, "enmity": np.zeros(3)}

    assert np.array_equal(risk_no_information(**race), np.zeros(3))
    assert np.array_equal(risk_public(**race), np.zeros(3))


def test_at_the_collective_limit_both_courses_pay_the_same():
    inputs = RaceInputs()
    each, prize = payoffs(inputs), inputs.prize / (2 * inputs.rounds)

    risk = p_safe_collectively_better(inputs)

    unsafe = (1 - risk) * (inputs.speed * prize + each.both_unsafe)
    assert unsafe == pytest.approx(prize + each.both_safe)


def test_at_the_dominance_limit_a_team_is_indifferent_against_a_coin():
    inputs = RaceInputs(speed=2.5, found_out=0.3)
    each, prize = payoffs(inputs), inputs.prize / (2 * inputs.rounds)

    risk = p_safe_risk_dominant(inputs)

    safe = (prize + each.both_safe) + each.safe_against_unsafe
    unsafe = (1 - risk) * (
        2 * inputs.speed * prize
        + each.unsafe_against_safe
        + inputs.speed * prize
        + each.both_unsafe
    )
    assert unsafe == pytest.approx(safe)


def test_a_long_race_with_a_great_prize_reaches_the_limits():
    outputs = run("race", {"prize": 1e15, "speed": 3}).outputs

    assert outputs.p_safe_collectively_better == pytest.approx(outputs.limit_collectively_better)
    assert outputs.p_safe_risk_dominant == pytest.approx(outputs.limit_risk_dominant)


def test_nothing_to_win_is_null():
    record = run("race", {"prize": 0, "round_benefit": 0})

    assert record.outputs.p_safe_collectively_better is None
    assert len(record.notes) == 2
