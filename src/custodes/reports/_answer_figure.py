"""One answer as a picture: its density, its cumulative curve, and twenty worlds drawn from it.

Written by hand and not by Vega: the picture follows the typing, and Vega takes a tenth of a
second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from custodes.quantities import (
    Amount,
    Distribution,
    Point,
    Quantity,
    Shape,
    distribution,
    scale_for,
)
from custodes.reports._axis import place, ticks
from custodes.reports._figure import Figure, Table
from custodes.reports._numbers import significant
from custodes.reports._theme import FONT, GRID, INK, MUTED, SAFER

WORLDS = 20
"""Worlds that are drawn; each stands for 1 in 20."""

_WIDTH, _HEIGHT, _SIDE, _FOOT, _HEAD, _DOT = 360, 200, 14, 26, 32, 3.4
_SCORES = np.linspace(-2.6, 2.6, 131)
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def answer_figure(amount: Amount, quantity: Quantity, *, shape: Shape = "two_piece") -> Figure:
    """What three numbers say, as density and cumulative curve with twenty possible worlds.

    Args:
        amount: The three numbers.
        quantity: What was asked.
        shape: Which shape the round uses.

    Raises:
        InputError: A number is outside the quantity's range.
    """
    found = distribution(amount, quantity, shape=shape)
    scale = scale_for(quantity.family, amount.p05, amount.p95).name
    worlds = sample_worlds(found)
    levels = found.at(ndtri(np.array(_LEVELS)))
    return Figure(
        id="answer",
        title="What your numbers say",
        caption="Above: where the truth would lie, with one dot for each of twenty worlds. "
        "Below: the probability that it is smaller.",
        words=f"Half of the worlds lie between {significant(float(levels[1]))} and "
        f"{significant(float(levels[3]))}; the least of the twenty is {significant(worlds[0])}, "
        f"the largest {significant(worlds[-1])} ({quantity.unit}).",
        drawings=(_density(found, scale, worlds), _cumulative(found, scale)),
        table=Table(
            columns=("Probability of a smaller value", quantity.unit),
            rows=tuple(
                (f"{level:.0%}".replace("%", "\u00a0%"), significant(float(value)))
                for level, value in zip(_LEVELS, levels, strict=True)
            ),
        ),
    )


def sample_worlds(found: Distribution) -> tuple[float, ...]:
    """Twenty worlds of equal probability, each the middle of its twentieth, rising."""
    scores = ndtri((np.arange(WORLDS) + 0.5) / WORLDS)
    return tuple(float(value) for value in found.at(scores))


def _density(found: Distribution, scale: str, worlds: Sequence[float]) -> str:
    across, ground = _axis(found, scale, "possible worlds")
    floor = _HEIGHT - _FOOT
    room = floor - _HEAD - 4 * _DOT
    parts = [*ground]
    curve = _curve(found, scale)
    if curve:
        highest = max(height for _, height in curve)
        points = [(across(where), floor - room * height / highest) for where, height in curve]
        outline = " ".join(f"{_px(x)},{_px(y)}" for x, y in points)
        ends = f"{_px(points[0][0])},{floor} {outline} {_px(points[-1][0])},{floor}"
        parts.append(f'<polygon points="{ends}" fill="{GRID}"/>')
        parts.append(
            f'<polyline points="{outline}" fill="none" stroke="{SAFER}" stroke-width="2"/>'
        )
    else:
        only = _px(across(place(scale, worlds[0])))
        parts.append(
            f'<line x1="{only}" y1="{_HEAD}" x2="{only}" y2="{floor}" stroke="{SAFER}" '
            'stroke-width="3"/>'
        )
    stacked: dict[int, int] = {}
    for value in worlds:
        x = across(place(scale, value))
        column = round(x / (2 * _DOT))
        stacked[column] = stacked.get(column, 0) + 1
        y = floor - _DOT * (2 * stacked[column] - 1)
        parts.append(f'<circle cx="{_px(x)}" cy="{_px(y)}" r="{_DOT}" fill="{INK}"/>')
    return _svg(parts)


def _cumulative(found: Distribution, scale: str) -> str:
    across, ground = _axis(found, scale, "probability that it is smaller")
    floor = _HEIGHT - _FOOT
    room = floor - _HEAD
    parts = [*ground]
    for level in (0.05, 0.5, 0.95):
        y = floor - room * level
        parts.append(
            f'<line x1="{_SIDE}" y1="{_px(y)}" x2="{_WIDTH - _SIDE}" y2="{_px(y)}" '
            f'stroke="{GRID}" stroke-width="1"/>'
        )
        parts.append(_text(f"{level:.0%}", x=_SIDE, y=y - 3, colour=MUTED, anchor="start"))
    values = found.at(_SCORES)
    points = [
        (across(place(scale, float(value))), floor - room * float(share))
        for value, share in zip(values, ndtr(_SCORES), strict=True)
    ]
    outline = " ".join(f"{_px(x)},{_px(y)}" for x, y in points)
    parts.append(f'<polyline points="{outline}" fill="none" stroke="{SAFER}" stroke-width="2"/>')
    return _svg(parts)


def _curve(found: Distribution, scale: str) -> list[tuple[float, float]]:
    """Places on the scale with the density there; none of a point."""
    if isinstance(found, Point):
        return []
    places = np.array([place(scale, float(value)) for value in found.at(_SCORES)])
    steps = np.diff(places)
    rises = steps > 1e-12  # noqa: PLR2004 (where the range cuts a tail off there is no density)
    mass = np.diff(ndtr(_SCORES))
    middles = (places[:-1] + places[1:]) / 2
    heights = np.divide(mass, steps, out=np.zeros_like(mass), where=rises)
    return [
        (float(where), float(height))
        for where, height, seen in zip(middles, heights, rises, strict=True)
        if seen
    ]


def _axis(found: Distribution, scale: str, title: str) -> tuple[_Across, list[str]]:
    ends = [place(scale, float(value)) for value in found.at(_SCORES[[0, -1]])]
    low, high = ends
    if high <= low:
        low, high = low - 1, high + 1
    across = _Across(low, high)
    return across, list(_ground(across, scale, title))


class _Across:
    """From a place on the scale to pixels."""

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.high = high

    def __call__(self, where: float) -> float:
        return _SIDE + (_WIDTH - 2 * _SIDE) * (where - self.low) / (self.high - self.low)


def _ground(across: _Across, scale: str, title: str) -> Iterator[str]:
    floor = _HEIGHT - _FOOT
    yield _text(title, x=_SIDE, y=14, colour=INK, anchor="start")
    last = -1e9
    for value in ticks(scale, across.low, across.high):
        x = across(place(scale, value))
        if x - last < 52 or not _SIDE <= x <= _WIDTH - _SIDE:  # noqa: PLR2004 (room for a label)
            continue
        last = x
        yield (
            f'<line x1="{_px(x)}" y1="{_HEAD}" x2="{_px(x)}" y2="{floor + 4}" '
            f'stroke="{GRID}" stroke-width="1"/>'
        )
        yield _text(significant(value), x=x, y=floor + 18, colour=MUTED, anchor="middle")
    yield (
        f'<line x1="{_SIDE}" y1="{floor}" x2="{_WIDTH - _SIDE}" y2="{floor}" stroke="{MUTED}" '
        'stroke-width="1"/>'
    )


def _text(text: str, *, x: float, y: float, colour: str, anchor: str) -> str:
    return f'<text x="{_px(x)}" y="{_px(y)}" fill="{colour}" text-anchor="{anchor}">{text}</text>'


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _svg(parts: Sequence[str]) -> str:
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    hidden = 'aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg"'
    return f'<svg {hidden} {size} font-family="{FONT}" font-size="13">' + "".join(parts) + "</svg>"
