import json

import numpy as np
import pytest

from custodes.errors import InputError
from custodes.problems import p_corrected
from shared_files import shared

CASE = {
    "noticed": np.array([0.8]),
    "months_to_effect": np.array([6.0]),
    "harm_arrival_rate": np.array([0.02]),
    "p_out": np.array([0.139292]),
}


def test_the_known_answers_are_met():
    answers = json.loads(shared("data", "known_answers", "evidence.json").read_text("utf-8"))

    for case in answers["correction"]:
        found = p_corrected(
            noticed=np.array(case["q"]),
            months_to_effect=np.array(case["months"]),
            harm_arrival_rate=np.array(case["nu_per_month"]),
            p_out=np.array(case["p_out"]),
        )
        assert float(found) == pytest.approx(case["p_corrected"], abs=1e-12)


def test_it_is_how_often_a_noticed_problem_is_corrected_before_the_harm_arrives():
    worlds = 400_000
    rng = np.random.default_rng(24)

    corrected = (
        (rng.random(worlds) < 0.8)
        & (rng.random(worlds) >= 0.139292)
        & (rng.exponential(1 / 0.02, worlds) > 6.0)
    )

    assert corrected.mean() == pytest.approx(float(p_corrected(**CASE)[0]), abs=0.004)  # 5 errors


def test_whatever_cannot_be_is_refused_all_at_once():
    with pytest.raises(InputError) as refused:
        p_corrected(
            noticed=np.array([0.5, 1.2]),
            months_to_effect=np.array([-1.0]),
            harm_arrival_rate=np.array([-0.02]),
            p_out=np.array([np.nan]),
        )

    assert [str(each) for each in refused.value.faults] == [
        "'noticed': 1.2 is not a probability; give a number from 0 to 1",
        "'months_to_effect': -1 is not 0 or more; give a number of at least 0",
        "'harm_arrival_rate': -0.02 is not 0 or more; give a number of at least 0",
        "'p_out': nan is not a probability; give a number from 0 to 1",
    ]
