import numpy as np
import pytest

from custodes.judgements import (
    ResolvedAnswer,
    brier_score_of_categories,
    crps,
    fits_together,
    implied_otherwise,
    log_score,
    pinball_score,
    track_records,
    wilson,
)
from custodes.quantities import Amount, Point


def test_the_crps_of_a_point_is_its_distance():
    assert crps(Point(2.0), 5.0) == pytest.approx(3.0, abs=1e-9)


def test_the_brier_score_sums_over_categories():
    assert brier_score_of_categories((0.5, 0.3, 0.2), 0) == pytest.approx(0.25 + 0.09 + 0.04)


def test_a_certain_miss_costs_the_floor():
    assert log_score(0.0, 1) == pytest.approx(-np.log(1e-9))
    assert log_score(1.0, 1) == pytest.approx(1e-9, rel=1e-6)


def test_the_pinball_score_is_smallest_at_the_true_quantile():
    truth = np.arange(1, 101)

    means = [np.mean([pinball_score((q,), y, levels=(0.5,)) for y in truth]) for q in (30, 50, 70)]

    assert means[1] < min(means[0], means[2])


def test_wilson_stays_within_zero_and_one():
    assert wilson(0, 5).low == 0
    assert wilson(5, 5).high == 1


def test_three_answers_fit_together_or_not():
    assert implied_otherwise(p_outcome=0.2, p_crux=0.5, p_outcome_if_crux=0.3) == pytest.approx(
        0.1
    )
    assert fits_together(p_outcome=0.2, p_crux=0.5, p_outcome_if_crux=0.3)
    assert not fits_together(p_outcome=0.1, p_crux=0.5, p_outcome_if_crux=0.3)
    assert fits_together(p_outcome=0.3, p_crux=1, p_outcome_if_crux=0.3)
    assert not fits_together(p_outcome=0.2, p_crux=1, p_outcome_if_crux=0.3)


def resolved(expert, question, outcome, amount, family="real"):
    return ResolvedAnswer(
        expert=expert, question=question, family=family, amount=amount, outcome=outcome
    )


def test_a_track_record_compares_on_the_same_questions_only():
    sure = Amount(p05=0.9, p50=0.9, p95=0.9)
    unsure = Amount(p05=0.5, p50=0.5, p95=0.5)
    given = (
        resolved("a", "rain", 1, sure, "event"),
        resolved("b", "rain", 1, unsure, "event"),
        resolved("b", "snow", 0, unsure, "event"),
        resolved("a", "length", 7, Amount(p05=5, p50=6, p95=8)),
        resolved("b", "length", 7, Amount(p05=1, p50=2, p95=3)),
        resolved("c", "length", 7, None),
    )

    a, b, c = track_records(given)

    assert (a.resolved, b.resolved, c.resolved, c.abstained) == (2, 3, 0, 1)
    assert a.brier == pytest.approx(0.01)
    assert a.brier_of_panel == pytest.approx((0.01 + 0.25) / 2)
    assert (a.held_share, b.held_share, c.held_share) == (1, 0, None)
    assert a.crps_ratio < 1 < b.crps_ratio
    assert not a.comparable
