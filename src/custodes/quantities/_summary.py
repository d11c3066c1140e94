"""Summaries over the worlds, each with its standard error from independent scrambles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from custodes.quantities._streams import SCRAMBLES
from custodes.quantities._worlds import Worlds


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Means and quantiles of several outputs; arrays of shape (outputs,)."""

    mean: Worlds
    """Mean over the worlds."""
    p05: Worlds
    """5th percentile (linear between order statistics)."""
    p50: Worlds
    """Median."""
    p95: Worlds
    """95th percentile."""
    standard_error: Worlds
    """Of the mean; 0 where the output is constant."""


def means_by_scramble(values: Worlds) -> Worlds:
    """Mean in each independent scramble; shape (..., samples) to (..., 16)."""
    means: Worlds = values.reshape(*values.shape[:-1], SCRAMBLES, -1).mean(axis=-1)
    return means


def standard_error(by_scramble: Worlds) -> Worlds:
    """Standard error of the mean of independent scrambles, over the last axis."""
    spread: Worlds = by_scramble.std(axis=-1, ddof=1) / np.sqrt(by_scramble.shape[-1])
    # a constant's means differ by rounding only
    constant = by_scramble.max(axis=-1) - by_scramble.min(axis=-1) <= 1e-15 * np.abs(
        by_scramble
    ).max(axis=-1)
    return np.where(constant, 0.0, spread)


def summarise(values: Worlds) -> Moments:
    """Summaries of outputs over their worlds.

    Args:
        values: Shape (outputs, samples), worlds in the order of the streams.
    """
    by_scramble = means_by_scramble(values)
    low, middle, high = _quantiles(values)
    return Moments(
        mean=by_scramble.mean(axis=-1),
        p05=low,
        p50=middle,
        p95=high,
        standard_error=standard_error(by_scramble),
    )


def _quantiles(values: Worlds) -> tuple[Worlds, Worlds, Worlds]:
    """5th, 50th and 95th percentile of each row; a full sort is quicker than three partitions."""
    ordered = np.sort(values, axis=-1)
    last = values.shape[-1] - 1

    def quantile(share: float) -> Worlds:
        place = share * last
        below = int(place)
        above = min(below + 1, last)
        lower: Worlds = ordered[..., below]
        between: Worlds = lower + (place - below) * (ordered[..., above] - lower)
        return between

    return quantile(0.05), quantile(0.5), quantile(0.95)
