"""P(corrected in time) in the model: the closed form, an integral, and what must not change."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtri
from scipy.stats import norm

from custodes.assessment import assess
from custodes.assessment._draws import draw_round
from custodes.quantities import Assumption
from custodes.rounds import inputs_sha256
from custodes.systems import BUILT_IN, Correction, System
from custodes.worldviews import preset
from round_records import a_round, an_effort, answers, at_medians

EFFORT = an_effort("tests", kind="evaluations", target_system="a")
WHOLE = {"noticed": 0.8, "months_to_effect": 6.0}


def amount(value):
    if isinstance(value, tuple):
        return Assumption(p05=value[0], p50=value[1], p95=value[2])
    return Assumption.point(value)


def a_system(*, stated=None, **quantities):
    return System(
        id="a",
        title="A",
        quantities=BUILT_IN.quantities
        | {name: amount(value) for name, value in quantities.items()},
        correction={name: amount(value) for name, value in (stated or {}).items()},
    )


def of(system, *, rate=0.02, effort=EFFORT, **parts):
    view = preset("central").model_copy(update={"harm_arrival_rate": amount(rate)})
    return a_round(effort, worldviews=(view,), systems=(system,), **parts)


def results(round_, **options):
    (found,) = assess(round_, **options).record.efforts
    view = found.worldviews["central"]
    return view.before.model_dump(), view.after.model_dump()


def test_the_computed_probability_stands_where_rollback_stood():
    computed = of(a_system(stated=WHOLE, leak=0.139292))
    plain = of(a_system(leak=0.139292, rollback=0.610703612196761))

    found = results(computed, conditions={"tests": []})[0]

    assert found["net"]["mean"] == pytest.approx(
        results(plain, conditions={"tests": []})[0]["net"]["mean"], rel=1e-9
    )


def test_where_one_part_is_missing_rollback_stands_to_the_bit():
    assert results(of(a_system(stated={"noticed": 0.8}))) == results(of(a_system()))


def test_a_recorded_correction_changes_no_bit_until_weights_are_released():
    plain = of(a_system())
    recorded = of(a_system(), corrections=(Correction(id="a", access_detail="structured"),))
    released = of(a_system(), corrections=(Correction(id="a", access_detail="weights_released"),))

    assert inputs_sha256(recorded) == inputs_sha256(plain)
    assert results(recorded) == results(plain)
    assert inputs_sha256(released) != inputs_sha256(plain)
    assert results(released)[0]["net"] == pytest.approx(
        results(of(a_system(rollback=0.0)))[0]["net"], rel=1e-9
    )


@pytest.mark.parametrize("stated", [None, WHOLE])
def test_no_condition_calls_released_weights_back(stated):
    corrected = ["deployment-correction"]
    released = of(
        a_system(stated=stated),
        corrections=(Correction(id="a", access_detail="weights_released"),),
        mitigations=_only_lifting_rollback(),
    )

    before, after = results(released, conditions={"tests": corrected})

    assert after["net"] == before["net"]


def _only_lifting_rollback():
    view = a_round(EFFORT).mitigations
    (one,) = (each for each in view if each.id == "deployment-correction")
    changes = {"rollback": one.changes["rollback"]}
    return (one.model_copy(update={"changes": changes, "side_effects": ()}),)


def test_a_condition_lifts_what_is_done_while_the_weights_are_held():
    system = a_system(stated=WHOLE, leak=0.5)
    strong = _only_lifting_rollback()[0].model_copy(
        update={"adopted": amount(1.0), "changes": {"rollback": amount(1.0)}}
    )

    lifted = results(
        of(system, mitigations=(strong,)), conditions={"tests": ["deployment-correction"]}
    )[1]

    assert lifted["net"]["mean"] == pytest.approx(
        results(of(a_system(leak=0.5, rollback=0.5)), conditions={"tests": []})[0]["net"]["mean"],
        rel=1e-9,
    )


def test_the_mean_over_lognormal_months_is_the_integral():
    months = (2.0, 6.0, 18.0)
    drawn = draw_round(of(a_system(stated=WHOLE | {"months_to_effect": months}), samples=4096))
    spread = np.log(3) / ndtri(0.95)

    expected, _ = quad(
        lambda z: 0.8 * np.exp(-0.02 * 6.0 * np.exp(spread * z)) * norm.pdf(z), -8, 8
    )

    assert drawn.system("a", "central")[0]["rollback"].mean() == pytest.approx(expected, rel=1e-4)


def test_experts_who_judge_it_are_heard_together():
    judged = of(
        a_system(),
        judgements=answers("system:a", "e1", noticed=0.9, months_to_effect=1.0)
        + answers("system:a", "e2", noticed=0.3, months_to_effect=12.0),
    )

    held = draw_round(judged).system("a", "central")[0]["rollback"]

    assert judged.faults() == ()
    assert np.unique(held.round(12)).tolist() == [
        pytest.approx(0.3 * np.exp(-0.24)),
        pytest.approx(0.9 * np.exp(-0.02)),
    ]


def test_each_worldview_has_its_own_rate():
    calm = at_medians(preset("central")).model_copy(update={"harm_arrival_rate": amount(0.0)})
    grave = calm.model_copy(update={"name": "grave", "harm_arrival_rate": amount(0.1)})
    drawn = draw_round(
        a_round(EFFORT, worldviews=(calm, grave), systems=(a_system(stated=WHOLE),))
    )

    assert drawn.system("a", "central")[0]["rollback"].tolist() == [0.8]
    assert drawn.system("a", "grave")[0]["rollback"] == pytest.approx(0.8 * np.exp(-0.6))
