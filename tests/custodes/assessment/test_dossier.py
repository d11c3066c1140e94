"""The dossier of a system: closed forms, another program, the engine's own background."""

import math
from functools import cache

import numpy as np
import pytest
from scipy.stats import norm

from custodes.assessment import dossiers_of, outcome
from custodes.mitigations import library
from custodes.quantities import Assumption
from custodes.systems import BUILT_IN, Correction, System
from custodes.worldviews import preset
from model_values import IDLE, PLAIN, SYSTEM, WORLD, arrays
from round_records import a_round, amount, an_effort
from scalar_program import game

VIEW = preset("central").model_copy(
    update={"quantities": {name: Assumption.point(value) for name, value in WORLD.items()}}
)
DEVELOPER = math.log(0.015 * 100 / (0.15 * 0.99)) - math.log((1 + 0.4 * 0.3) / 0.6)
SOCIETY = math.log(100)


def a_system(**changed):
    stated = {name: Assumption.point(value) for name, value in SYSTEM.items()}
    stated |= {name: Assumption(**each.model_dump()) for name, each in changed.items()}
    return System(id="a", title="A system", quantities=stated)


def dossier(system, *, measures=(), samples=4096, **parts):
    known = library()
    round_ = a_round(
        an_effort("tests", target_system="a"),
        worldviews=(VIEW,),
        systems=(system,),
        mitigations=tuple(known[name] for name in measures),
        samples=samples,
        **parts,
    )
    return dossiers_of(round_).system("a")


@cache
def spread():
    return dossier(a_system(safety_logit=amount((0.0, 2.0, 5.0))))


def test_the_place_in_the_valley_is_the_closed_form():
    """X is two-piece normal around 2, and the thresholds are certain."""
    place = spread().worldviews["central"].deployment
    low, high = 2 / norm.ppf(0.95), 3 / norm.ppf(0.95)

    def below(x):
        return norm.cdf((x - 2) / (low if x < 2 else high))

    assert place.developer.mean == pytest.approx(DEVELOPER)
    assert place.society.mean == pytest.approx(SOCIETY)
    assert place.held_back.p == pytest.approx(below(DEVELOPER), abs=1e-3)
    assert place.valley.p == pytest.approx(below(SOCIETY) - below(DEVELOPER), abs=1e-3)
    assert place.wanted.p == pytest.approx(1 - below(SOCIETY), abs=1e-3)
    assert place.too_cautious.p == 0


def test_training_is_the_same_decision_with_lower_thresholds():
    found = spread().worldviews["central"]

    for side in ("developer", "society"):
        deployment, training = getattr(found.deployment, side), getattr(found.training, side)
        assert training.mean == pytest.approx(deployment.mean + math.log(SYSTEM["training_share"]))


def test_the_four_places_are_all_there_are():
    found = spread().worldviews["central"]

    for place in (found.training, found.deployment):
        chances = (place.held_back, place.valley, place.wanted, place.too_cautious)
        assert math.fsum(each.p for each in chances) == pytest.approx(1)


def test_both_decisions_agree_with_the_program_without_the_library():
    found = dossier(a_system()).worldviews["central"]
    x = SYSTEM["safety_logit"]

    train, deploy, exposed = game(WORLD | SYSTEM, x, x, 0.0)

    assert found.training.p_goes_ahead.mean == pytest.approx(train, rel=1e-9)
    assert found.deployment.p_goes_ahead.mean == pytest.approx(deploy, rel=1e-9)
    reach = SYSTEM["reach"] * (1 - SYSTEM["rollback"])
    assert found.risk.mean == pytest.approx(reach * exposed / (1 + math.exp(x)), rel=1e-9)


def test_its_risk_is_the_target_part_of_the_engines_background():
    found = dossier(a_system()).worldviews["central"]

    background = outcome(arrays(PLAIN | IDLE)).risk_before
    without = outcome(arrays(PLAIN | IDLE | {"reach": 0.0})).risk_before

    assert 1 - found.risk.mean == pytest.approx(
        float(np.mean((1 - background) / (1 - without))), rel=1e-9
    )


def test_a_licence_lowers_the_risk_and_a_measure_tells_its_side_effects():
    found = dossier(a_system(), measures=("deployment-licence", "compute-access-limits"))
    licence, compute = found.worldviews["central"].measures

    assert licence.change_in_risk.mean < 0
    assert licence.change_in_p_goes_ahead.mean < 0
    assert licence.change_in_principal_risk.mean == 0
    assert {each.quantity for each in compute.changes if each.is_side_effect} == {
        "benefit_captured",
        "risk_principal",
    }
    assert "holders" in {each.quantity for each in compute.changes}


def test_a_measure_that_bears_on_nothing_here_is_left_out():
    found = dossier(a_system(), measures=("scaling-statement", "weight-security"))

    assert [each.id for each in found.worldviews["central"].measures] == ["weight-security"]


def test_what_nobody_stated_is_named_and_released_weights_cannot_be_undone():
    bare = System(id="a", title="A system", quantities=BUILT_IN.quantities)
    released = Correction(id="a", access_detail="weights_released")

    found = dossier(bare, measures=("deployment-correction",), corrections=(released,))
    view = found.worldviews["central"]

    assert set(found.not_judged) == set(BUILT_IN.quantities)
    assert found.correction == "cannot be undone"
    assert view.p_corrected.p95 == 0
    assert view.measures[0].change_in_p_corrected.mean == 0
    assert found.not_shown[0].startswith("No audit of A system is here")
    assert found.efforts == ("tests",)
