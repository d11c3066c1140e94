"""Ranges as bars of text under one axis, at most 100 columns wide."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MIDDLE = "o"
"""Where the median stands."""

_FLOOR = 1e-9


def _plain(x: float) -> float:
    return x


def _logit(x: float) -> float:
    kept = min(max(x, _FLOOR), 1 - _FLOOR)
    return math.log(kept) - math.log1p(-kept)


def _ln(x: float) -> float:
    return math.log(max(x, 1e-300))


def _mirrored(x: float) -> float:
    return -math.log(max(-x, 1e-300))


_ONTO: Mapping[str, Callable[[float], float]] = {
    "logit": _logit,
    "ln": _ln,
    "mirrored": _mirrored,
    "identity": _plain,
}


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of the quantity's scale, as wide as some columns."""

    scale: str
    """logit, ln, mirrored or identity."""
    low: float
    """Value at the first column."""
    high: float
    """Value at the last column."""
    columns: int
    """How many."""

    def column(self, value: float) -> int:
        """The column of a value; values beyond the ends stand at the ends."""
        onto = _ONTO[self.scale]
        start, end = onto(self.low), onto(self.high)
        if end <= start:
            return self.columns // 2
        place = (onto(value) - start) / (end - start)
        return min(max(round(place * (self.columns - 1)), 0), self.columns - 1)

    def bar(self, p05: float, p50: float, p95: float, *, line: str = "-") -> str:
        """A range as `|---o-----|`; a point is its middle alone."""
        cells = [" "] * self.columns
        first, middle, last = (self.column(value) for value in (p05, p50, p95))
        for place in range(first, last + 1):
            cells[place] = line
        if last > first:
            cells[first] = cells[last] = "|"
        cells[middle] = MIDDLE
        return "".join(cells)

    def rule(self, told: Callable[[float], str]) -> str:
        """The axis with its two ends in words."""
        low, high = told(self.low), told(self.high)
        return f"{low}{high:>{self.columns - len(low)}}"


def axis_over(numbers: Sequence[float], *, scale: str, columns: int) -> Axis:
    """An axis from the smallest to the largest number; 0 on a logarithm stands at the left end."""
    held = list(numbers)
    if scale == "ln":
        held = [x for x in held if x > 0] or [1.0]
    if scale == "mirrored":
        held = [x for x in held if x < 0] or [-1.0]
    return Axis(scale=scale, low=min(held), high=max(held), columns=columns)
