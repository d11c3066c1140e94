"""What a result hangs on: one quantity at a time, and where it turns.

Source: docs/explanation/questions.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from custodes.assessment import EffortDraws, score
from custodes.catalogue import QUANTITIES
from custodes.quantities import Distribution, Point, Worlds, scale_for
from custodes.questions._evppi import fits_of_each, orders_of

POINTS = 33
"""Places at which a change of sign is looked for."""
_TOLERANCE = 1e-12
_Z999 = 3.090232306167813


@dataclass(frozen=True, slots=True)
class Bar:
    """One quantity of a tornado."""

    quantity: str
    """Its name."""
    at_low: float
    """The target with the quantity at its 5th percentile."""
    at_high: float
    """The target with it at its 95th percentile."""

    @property
    def width(self) -> float:
        """How far the target moves."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Turn:
    """A value of one quantity at which the verdict flips, all else as drawn."""

    at: float
    """The value."""
    percentile: float
    """Where it lies in what is believed of the quantity, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """One quantity on the way from one worldview to another."""

    quantity: str
    """Its name."""
    alone: float
    """Change of mean net when this quantity alone is taken from the other worldview."""


def tornado(
    target: Callable[[Mapping[str, float]], float],
    *,
    middle: Mapping[str, float],
    low: Mapping[str, float],
    high: Mapping[str, float],
) -> tuple[Bar, ...]:
    """One quantity at a time between two ends, the others in the middle; widest bar first.

    Quick and exactly checkable, but wrong in sign near the valley: `tornado_of` is the default.

    Args:
        target: From all quantities to the number that is looked at.
        middle: Each quantity's middle.
        low: Each quantity's low end.
        high: Each quantity's high end.
    """
    return _widest_first(
        Bar(
            quantity=name,
            at_low=target({**middle, name: low[name]}),
            at_high=target({**middle, name: high[name]}),
        )
        for name in middle
    )


def tornado_of(
    draws: EffortDraws, *, worldview: str, package: frozenset[str] = frozenset()
) -> tuple[Bar, ...]:
    """Mean of what the verdict lowers with one quantity at p05 and p95, all else as drawn.

    Args:
        draws: The effort in the worlds of its round.
        worldview: The worldview.
        package: Conditions in force.
    """
    return _widest_first(
        Bar(
            quantity=name,
            at_low=mean_at(draws, name, low, worldview=worldview, package=package),
            at_high=mean_at(draws, name, high, worldview=worldview, package=package),
        )
        for name, values in draws.values[worldview].items()
        if name in QUANTITIES and len(values) > 1
        for low, high in [np.quantile(values, (0.05, 0.95))]
    )


def mean_at(
    draws: EffortDraws,
    quantity: str,
    value: float,
    *,
    worldview: str,
    package: frozenset[str] = frozenset(),
) -> float:
    """Mean of what the verdict lowers with one quantity held at a value, all else as drawn.

    Args:
        draws: The effort in the worlds of its round.
        quantity: Its name.
        value: What it is held at.
        worldview: The worldview.
        package: Conditions in force.
    """
    values = {**draws.values[worldview], quantity: np.array([value])}
    held = draws.with_mitigations(values, package)
    return float(np.mean(score(held, verdict=draws.drawn.shared.verdict)))


def crossings(
    function: Callable[[float], float], *, low: float, high: float, logarithmic: bool = False
) -> tuple[float, ...]:
    """Every value at which a function changes sign between two ends, smallest first.

    Looked for at `POINTS` places and then narrowed down. A touch without a change of sign is
    none, and two changes between neighbouring places cancel.

    Args:
        function: What changes sign.
        low: Smallest value.
        high: Largest value.
        logarithmic: Whether the places are spread evenly on the logarithm.
    """
    there, back = (math.log, math.exp) if logarithmic else (float, float)
    return _crossings(lambda t: function(back(t)), there(low), there(high), back)


def break_evens(function: Callable[[float], float], belief: Distribution) -> tuple[Turn, ...]:
    """Every value of a believed quantity at which a function changes sign, and its percentile.

    Searched on the quantity's own scale between its 0.1st and 99.9th percentile.

    Args:
        function: From the quantity's value to, say, mean net minus a threshold.
        belief: What is believed of the quantity; the search runs along its normal score.
    """
    if isinstance(belief, Point):
        return ()

    def value(score_: float) -> float:
        return float(belief.at(np.array([score_]))[0])

    found = _crossings(lambda z: function(value(z)), -_Z999, _Z999, float)
    return tuple(Turn(at=value(each), percentile=float(ndtr(each))) for each in found)


def break_evens_of(
    draws: EffortDraws,
    quantity: str,
    *,
    worldview: str,
    package: frozenset[str] = frozenset(),
    threshold: float = 0.0,
) -> tuple[Turn, ...]:
    """Every value of one quantity at which an effort's mean crosses a threshold.

    Args:
        draws: The effort in the worlds of its round.
        quantity: Its name; the values are searched where they were drawn.
        worldview: The worldview.
        package: Conditions in force.
        threshold: Mean net (or minus social value) at which the verdict flips.
    """
    values = np.sort(draws.values[worldview][quantity])
    if len(values) == 1 or values[0] == values[-1]:
        return ()
    low, high = (float(each) for each in np.quantile(values, (0.001, 0.999)))
    scale = scale_for(QUANTITIES[quantity].family, low, high)

    def beyond(on_scale: float) -> float:
        held = float(scale.inverse(on_scale))
        return mean_at(draws, quantity, held, worldview=worldview, package=package) - threshold

    found = _crossings(beyond, scale.forward(low), scale.forward(high), float)
    turns = [float(scale.inverse(each)) for each in found]
    return tuple(
        Turn(at=each, percentile=float(np.searchsorted(values, each) / len(values)))
        for each in turns
    )


def bridge(
    draws: EffortDraws, *, start: str, end: str, package: frozenset[str] = frozenset()
) -> tuple[Bridge, ...]:
    """What drives the disagreement between two worldviews about one effort, largest first.

    Each quantity of the world is taken from the other worldview alone, on the same draws. The
    changes need not add up to the whole difference: quantities act together.

    Args:
        draws: The effort in the worlds of its round.
        start: The worldview to start from.
        end: The one whose quantities are taken over, one at a time.
        package: Conditions in force.
    """
    verdict = draws.drawn.shared.verdict
    before = draws.values[start]

    def mean(values: Mapping[str, Worlds]) -> float:
        return float(np.mean(score(draws.with_mitigations(values, package), verdict=verdict)))

    stay = mean(before)
    found = [
        Bridge(quantity=name, alone=mean({**before, name: other}) - stay)
        for name, other in draws.values[end].items()
        if not np.array_equal(other, before[name])
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.alone), each.quantity)))


def variance_shares(response: Worlds, quantities: Mapping[str, Worlds]) -> dict[str, float]:
    """First-order share of a response's variance for each quantity, from the draws given.

    sum_j b_j^2 / var, the shrunken coefficients of `fitted`.

    Args:
        response: Shape (draws,).
        quantities: Shape (draws,) each.
    """
    total = float(response.var())
    if total == 0 or not quantities:
        return dict.fromkeys(quantities, 0.0)
    orders = orders_of(np.stack([*quantities.values()]))
    fits = fits_of_each(response[:, None], orders)
    return {
        name: float(fit.variances[0] / total) for name, fit in zip(quantities, fits, strict=True)
    }


def _widest_first(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(sorted(bars, key=lambda bar: (-bar.width, bar.quantity)))


def _crossings(
    function: Callable[[float], float],
    low: float,
    high: float,
    back: Callable[[float], float],
) -> tuple[float, ...]:
    places = [float(each) for each in np.linspace(low, high, POINTS)]
    heights = [function(each) for each in places]
    found: list[float] = []
    for place in range(POINTS - 1):
        here, there = heights[place], heights[place + 1]
        if here == 0 and (place == 0 or heights[place - 1] * there < 0):
            found.append(places[place])
        elif here * there < 0:
            found.append(brentq(function, places[place], places[place + 1], xtol=_TOLERANCE))
    return tuple(back(each) for each in found)
