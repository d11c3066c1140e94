"""The engine against a second program, in worlds that no table of known answers has."""

from pathlib import Path

import numpy as np
import pytest

from custodes.assessment import outcome
from model_values import PLAIN, arrays, effect_of, outcome_of
from scalar_program import scalar_outcome

WORLDS = 300
SPREAD = {  # each quantity is moved by a factor, or within a range, around the plain case
    "safety_logit": (-3, 6),
    "misuse_cut": (-0.3, 0.5),
    "accident_cut": (-0.3, 0.6),
    "usefulness": (-0.3, 0.6),
    "principal_help": (-0.2, 0.5),
    "other_accident": (-0.5, 1),
    "other_misuse": (-0.5, 1),
    "returns_exponent": (0, 1),
    "interest_exponent": (0, 1),
    "training_share": (0, 0.9),
    "licence": (0, 1),
    "licence_training": (0, 1),
    "regulator_insight": (0, 1),
    "rollback": (0, 0.9),
    "reach": (0, 0.9),
    "misuse_share": (0, 1),
    "made_safer_share": (0, 1),
    "success": (0, 1),
    "diversion": (0, 1),
    "harm_internalised": (0.001, 0.9),
    "windfall": (0, 0.9),
    "liability": (0, 1),
    "deployers": (1, 30),
    "holders": (1, 200),
}


def worlds():
    rng = np.random.default_rng(0)
    values = {
        name: rng.uniform(*SPREAD[name], WORLDS)
        if name in SPREAD
        else value * 10 ** rng.uniform(-1, 0.15, WORLDS)
        for name, value in PLAIN.items()
    }
    values["spend_growth"] = rng.uniform(1.1, 5, WORLDS)
    return values


def test_it_agrees_with_a_second_program():
    """Every part, in 300 random worlds. Simpson's rule on 128 intervals is good to 1e-11."""
    values = worlds()
    found = outcome(arrays(values))

    for world in range(WORLDS):
        expected = scalar_outcome({name: float(each[world]) for name, each in values.items()})
        here = {
            side: {
                name: float(np.broadcast_to(part, (WORLDS,))[world])
                for name, part in getattr(found.parts, side).items()
            }
            for side in ("accident", "misuse")
        }
        assert here["accident"] == pytest.approx(expected["accident"], rel=1e-8, abs=1e-13)
        assert here["misuse"] == pytest.approx(expected["misuse"], rel=1e-8, abs=1e-13)
        for name in ("net", "usefulness", "social_value", "risk_before"):
            told = float(np.broadcast_to(getattr(found, name), (WORLDS,))[world])
            assert told == pytest.approx(expected[name], rel=1e-8, abs=1e-13), name


def test_the_second_program_shares_nothing_with_the_library():
    source = Path(scalar_outcome.__code__.co_filename).read_text("utf-8")

    assert "import custodes" not in source
    assert "from custodes" not in source


def test_it_broadcasts_over_packages_and_worlds():
    rows = np.array([[0.01], [0.02], [0.05]])
    columns = np.array([[1.0, 1.3, 2.0, 3.0]])

    found = outcome_of(accident_cut=rows, overstatement=columns)

    assert found.net.shape == (3, 4)
    assert found.net[2, 3] == effect_of(accident_cut=0.05, overstatement=3.0).net


def test_success_is_a_mixture_and_not_an_event():
    """Every output is linear in the probability of success."""
    certain, hopeless, even = (effect_of(success=p) for p in (1.0, 0.0, 0.5))

    assert even.net == pytest.approx((certain.net + hopeless.net) / 2, rel=1e-12)
    assert even.usefulness == pytest.approx(certain.usefulness / 2)
    for name, part in even.increase.items():
        mean = (certain.increase[name] + hopeless.increase[name]) / 2
        assert part == pytest.approx(mean, rel=1e-12, abs=1e-18)
