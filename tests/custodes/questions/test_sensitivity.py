"""What a result hangs on, in a small round and beside closed forms."""

import numpy as np
import pytest

from custodes.assessment import draw_effort, draw_round
from custodes.catalogue import QUANTITIES
from custodes.quantities import Streams, distribution
from custodes.questions import (
    break_evens,
    break_evens_of,
    bridge,
    crossings,
    tornado_of,
    variance_shares,
)
from round_records import a_round, amount, an_effort, answers
from shared_files import shared


def drawn(**quantities):
    """An effort whose accident_cut may be of either sign, and the rest as stated."""
    effort = an_effort("debate", kind="scalable_oversight")
    round_ = a_round(
        effort,
        worldviews=("central", "cautious"),
        samples=512,
        judgements=answers("debate", accident_cut=(-0.3, 0.05, 0.4), **quantities),
    )
    return draw_effort(draw_round(round_), effort)


def test_the_widest_bar_comes_first_and_says_which_end_is_safer():
    bars = tornado_of(drawn(), worldview="central")

    widths = [bar.width for bar in bars]
    assert widths == sorted(widths, reverse=True)
    (cut,) = [bar for bar in bars if bar.quantity == "accident_cut"]
    assert cut.at_high < cut.at_low


def test_mean_net_turns_where_the_cut_just_pays():
    draws = drawn()
    (turn,) = break_evens_of(draws, "accident_cut", worldview="central")

    assert -0.3 < turn.at < 0.4
    values = draws.own["central"]["accident_cut"]
    assert turn.percentile == pytest.approx(np.mean(values < turn.at), abs=0.01)


def test_a_certain_quantity_turns_nothing():
    assert break_evens_of(drawn(success=0.5), "success", worldview="central") == ()


def test_every_crossing_with_its_percentile():
    shared("data", "known_answers", "voi.json")
    belief = distribution(amount((0.05, 0.3, 0.9)), QUANTITIES["success"])

    turns = break_evens(lambda v: (v - 0.2) * (v - 0.6), belief)

    assert [turn.at for turn in turns] == pytest.approx([0.2, 0.6], abs=1e-6)
    # sensitivity.breakeven.percentile of voi.json
    assert [turn.percentile for turn in turns] == pytest.approx(
        [0.3362381499760957, 0.7507417960832721], abs=1e-6
    )


def test_a_crossing_at_a_looked_at_place_is_told_once():
    assert crossings(lambda x: x - 16, low=0, high=32) == (16,)


def test_what_drives_the_disagreement_between_worldviews():
    found = bridge(drawn(), start="central", end="cautious")

    assert "risk_accident" in [each.quantity for each in found]
    sizes = [abs(each.alone) for each in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_worldview_does_not_disagree_with_itself():
    assert bridge(drawn(), start="central", end="central") == ()


def test_shares_of_variance_of_a_known_function():
    # Ishigami, a = 7, b = 0.1; first-order indices in closed form. Degree six of the ranks cannot
    # follow sin^2 to its ends, so the second is found to two digits only.
    streams = Streams(seed=1, samples=8192)
    angles = {
        name: np.pi * (2 * streams.uniforms("test", name) - 1) for name in ("one", "two", "three")
    }
    response = (
        np.sin(angles["one"])
        + 7 * np.sin(angles["two"]) ** 2
        + 0.1 * angles["three"] ** 4 * np.sin(angles["one"])
    )

    found = variance_shares(response, angles)

    assert found["one"] == pytest.approx(0.31390519114781146, abs=0.01)
    assert found["two"] == pytest.approx(0.4424111447900409, abs=0.03)
    assert found["three"] == pytest.approx(0.0, abs=0.01)


def test_what_does_not_vary_has_no_shares():
    assert variance_shares(np.ones(8), {"one": np.arange(8.0)}) == {"one": 0}
