import math

import pytest
from scipy.integrate import quad

from custodes.evidence import jeffreys_interval, number_of, recomputed


@pytest.mark.parametrize(("items", "right"), [(1, 1), (5, 2), (20, 8), (7, 2.5)])
def test_the_interval_cuts_jeffreys_density_where_it_says(items, right):
    def density(share):
        return share ** (right - 0.5) * (1 - share) ** (items - right - 0.5)

    found = jeffreys_interval(items=items, right=right)
    # the density has poles at its ends; quad is told where they are by cutting there
    whole = quad(density, 0, 0.5)[0] + quad(density, 0.5, 1)[0]

    for level, cut in ((0.05, found.p05), (0.5, found.p50), (0.95, found.p95)):
        below = quad(density, 0, min(cut, 0.5))[0] + (
            quad(density, 0.5, cut)[0] if cut > 0.5 else 0
        )
        assert below / whole == pytest.approx(level, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("C", 1.0),
        ("P", 0.5),
        ("I", 0.0),
        ("N", 0.0),
        (True, 1.0),
        (0.25, 0.25),
        (3, 3.0),
        ("yes", None),
        (None, None),
        ({"a": 1}, None),
        (math.nan, None),
        (math.inf, None),
        (10**400, None),
    ],
)
def test_letters_booleans_and_numbers_count_and_nothing_else(value, number):
    assert number_of(value) == number


def test_an_item_asked_six_times_is_one_item():
    once = recomputed({"1": ["C"]})
    six_times = recomputed({"1": ["C"] * 6})

    assert six_times.items == once.items == 1
    assert six_times.interval == once.interval
    assert six_times.values == {"C": 6}


def test_a_value_that_is_no_score_leaves_nothing_recomputed():
    assert recomputed({"1": ["C"], "2": [None]}) is None
    assert recomputed({}) is None


def test_values_beyond_a_share_have_a_mean_and_no_interval():
    found = recomputed({"1": [3, 5], "2": [0]})

    assert found.mean == 2.0
    assert found.interval is None
