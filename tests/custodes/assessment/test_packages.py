from itertools import combinations

import numpy as np
import pytest

from custodes.assessment import draw_effort, draw_round
from custodes.assessment._packages import GAIN_GIVEN_UP, recommend
from round_records import PRESETS, a_round, an_effort

IDS = tuple("abcdefgh")
EVERY = [frozenset(each) for n in range(len(IDS) + 1) for each in combinations(IDS, n)]


def landscape(seed):
    """Scores with pairs that help or hinder one another, as mitigations do."""
    rng = np.random.default_rng(seed)
    own = dict(zip(IDS, rng.normal(-1, 1, len(IDS)), strict=True))
    pairs = {pair: rng.normal(0.15, 0.3) for pair in combinations(IDS, 2)}

    def score(package):
        together = sum(pairs[pair] for pair in combinations(sorted(package), 2))
        return sum(own[each] for each in package) + together

    return lambda packages: np.array([score(each) for each in packages])


def anything(_):
    return True


@pytest.mark.parametrize("seed", range(30))
def test_the_search_ends_where_no_single_step_helps(seed):
    scores = landscape(seed)

    full = recommend(IDS, score=scores, affordable=anything).full

    here = scores([full])[0]
    assert (scores([full ^ {each} for each in IDS]) >= here).all()


@pytest.mark.parametrize("seed", range(30))
def test_what_is_dropped_costs_at_most_a_twentieth_of_the_gain(seed):
    scores = landscape(seed)

    found = recommend(IDS, score=scores, affordable=anything)

    start, best, kept = scores([frozenset(), found.full, found.package])
    assert found.package <= found.full
    assert kept <= best + GAIN_GIVEN_UP * (start - best) + 1e-12
    smaller = [found.package - {each} for each in found.package]
    assert all(scores([each])[0] > best + GAIN_GIVEN_UP * (start - best) for each in smaller)


@pytest.mark.parametrize("seed", range(30))
def test_with_every_score_known_the_best_is_found(seed):
    scores = landscape(seed)
    known = dict(zip(EVERY, scores(EVERY).tolist(), strict=True))

    full = recommend(IDS, score=scores, affordable=anything, every_score=known).full

    assert scores([full])[0] == min(known.values())


def test_what_gains_nothing_is_left_out():
    def rising(packages):
        return np.array([float(len(each)) for each in packages])

    found = recommend(IDS, score=rising, affordable=anything)

    assert found.package == found.full == frozenset()


def test_a_package_beyond_the_limit_is_never_recommended():
    def falling(packages):
        return np.array([-float(len(each)) for each in packages])

    found = recommend(IDS, score=falling, affordable=lambda package: len(package) <= 3)

    assert len(found.full) == 3


def test_an_exchange_is_tried_where_cost_keeps_a_condition_out():
    """Best alone is a, then b; but b is worth most beside c, and all three cost too much."""
    worth = {"a": 3.0, "b": 1.0, "c": 2.9, "ab": 3.5, "ac": 3.1, "bc": 4.0, "abc": 9.0, "": 0.0}

    def scores(packages):
        return np.array([-worth["".join(sorted(each))] for each in packages])

    found = recommend(("a", "b", "c"), score=scores, affordable=lambda each: len(each) <= 2)

    assert found.full == {"b", "c"}


@pytest.mark.parametrize("verdict", ["risk", "social-value"])
def test_scores_in_rows_on_axes_and_one_by_one_are_the_same(verdict):
    """Three ways to the score of a package: rows of one array, an axis each, and its own draws."""
    effort = an_effort("one", kind="honest_ai")
    drawn = draw_round(a_round(effort, worldviews=PRESETS, samples=256))
    mine = draw_effort(drawn, effort)
    conditions = ("external-audit", "red-team-explanation", "restricted-sharing")
    scores = mine.package_scores(verdict=verdict)

    on_axes = scores.of_all(conditions)

    packages = list(on_axes)
    assert len(packages) == 8
    assert list(on_axes.values()) == pytest.approx(list(scores(packages)), rel=1e-10)
    for package in packages:
        outcomes = [mine.outcome(view, package) for view in PRESETS]
        alone = np.mean(
            [(each.net if verdict == "risk" else -each.social_value).mean() for each in outcomes]
        )
        assert on_axes[package] == pytest.approx(alone, rel=1e-10)
