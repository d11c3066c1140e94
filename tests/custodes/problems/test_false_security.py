import numpy as np
import pytest

from custodes.problems import (
    cut_believed_if_failure,
    cut_believed_if_success,
    partial_coverage,
    safety_washing,
    scaling,
    system,
)


def arrays(**values):
    return {name: np.array(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("cut", "overstatement", "expected"),
    [(0.2, 1.5, 0.3), (0.2, 0.5, 0.1), (0.9, 2.0, 0.999), (-0.2, 3.0, -0.2), (0.0, 3.0, 0.0)],
)
def test_what_is_believed_after_success(cut, overstatement, expected):
    found = cut_believed_if_success(**arrays(cut=cut, overstatement=overstatement))

    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cut", "believed", "expected"), [(0.2, 0.5, 0.15), (0.2, 0.0, 0.0), (-0.2, 0.5, 0.0)]
)
def test_what_is_believed_after_failure(cut, believed, expected):
    found = cut_believed_if_failure(
        **arrays(cut=cut, overstatement=1.5, believed_if_failed=believed)
    )

    assert found == pytest.approx(expected)


def precautions(believed, true):
    return system(
        **arrays(
            credit=0.5,
            relaxation=0.2,
            carry_over=0.8,
            cut_believed=believed,
            cut_true=true,
            rollback=0.25,
        )
    )


def test_only_what_is_believed_and_not_real_drops_precautions():
    assert precautions(0.3, 0.1) == pytest.approx(0.5 * 0.2 * 0.8 * 0.75 * 0.2)
    assert precautions(0.1, 0.3) == 0


def test_a_cut_that_scales_by_a_quarter_is_missed_by_three():
    common = {"credit": 1.0, "relaxation": 0.2, "carry_over": 1.0, "over_generalising": 0.5}

    found = scaling(**arrays(**common, cut_true=[0.4, -0.4], scaling=0.25))

    assert found == pytest.approx([0.2 * 0.5 * 0.75 * 0.4, 0])


def test_nobody_can_be_washed_more_than_clean():
    found = safety_washing(
        **arrays(credit=1.0, relaxation=0.2, washing=[0.01, 0.5], cost_factor=10.0)
    )

    assert found == pytest.approx([0.02, 0.2])


def test_coverage_is_confused_in_proportion_to_what_is_covered():
    found = partial_coverage(
        **arrays(
            credit=1.0,
            relaxation=0.2,
            carry_over=0.5,
            coverage_confusion=3.0,
            cut_true=[0.1, 0.0, -1.0],
        )
    )

    assert found == pytest.approx([0.03, 0, 0])
