"""One answer as a picture: its density, its cumulative curve, and twenty worlds drawn from it.

Written by hand and not by Vega: the picture follows the typing, and Vega takes a tenth of a
second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from custodes.quantities import (
    LEVELS,
    Amount,
    Quantity,
    Shape,
    Sketch,
    distribution,
    scale_for,
    sketch,
)
from custodes.reports._axis import place, ticks
from custodes.reports._figure import Figure, Table
from custodes.reports._numbers import significant
from custodes.reports._theme import FONT, GRID, INK, MUTED, SAFER

_WIDTH, _HEIGHT, _SIDE, _FOOT, _HEAD, _DOT = 360, 200, 14, 26, 32, 3.4
_LEAST_STEP = 1e-12


def answer_figure(amount: Amount, quantity: Quantity, *, shape: Shape = "two_piece") -> Figure:
    """What three numbers say, as density and cumulative curve with twenty possible worlds.

    Args:
        amount: The three numbers.
        quantity: What was asked.
        shape: Which shape the round uses.

    Raises:
        InputError: A number is outside the quantity's range.
    """
    found = sketch(distribution(amount, quantity, shape=shape))
    scale = scale_for(quantity.family, amount.p05, amount.p95).name
    worlds, levels = found.worlds, found.levels
    return Figure(
        id="answer",
        title="What your numbers say",
        caption="Above: where the truth would lie, with one dot for each of twenty worlds. "
        "Below: the probability that it is smaller.",
        words=f"Half of the worlds lie between {significant(levels[1])} and "
        f"{significant(levels[3])}; the least of the twenty is {significant(worlds[0])}, "
        f"the largest {significant(worlds[-1])} ({quantity.unit}).",
        drawings=(_density(found, scale), _cumulative(found, scale)),
        table=Table(
            columns=("Probability of a smaller value", quantity.unit),
            rows=tuple(
                (f"{level:.0%}".replace("%", "\u00a0%"), significant(value))
                for level, value in zip(LEVELS, levels, strict=True)
            ),
        ),
    )


def _density(found: Sketch, scale: str) -> str:
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
        only = _px(across(place(scale, found.worlds[0])))
        parts.append(
            f'<line x1="{only}" y1="{_HEAD}" x2="{only}" y2="{floor}" stroke="{SAFER}" '
            'stroke-width="3"/>'
        )
    stacked: dict[int, int] = {}
    for value in found.worlds:
        x = across(place(scale, value))
        column = round(x / (2 * _DOT))
        stacked[column] = stacked.get(column, 0) + 1
        y = floor - _DOT * (2 * stacked[column] - 1)
        parts.append(f'<circle cx="{_px(x)}" cy="{_px(y)}" r="{_DOT}" fill="{INK}"/>')
    return _svg(parts)


def _cumulative(found: Sketch, scale: str) -> str:
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
    points = [
        (across(place(scale, value)), floor - room * share)
        for value, share in zip(found.values, found.shares, strict=True)
    ]
    outline = " ".join(f"{_px(x)},{_px(y)}" for x, y in points)
    parts.append(f'<polyline points="{outline}" fill="none" stroke="{SAFER}" stroke-width="2"/>')
    return _svg(parts)


def _curve(found: Sketch, scale: str) -> list[tuple[float, float]]:
    """Places on the scale with the density there; none where the range cuts a tail off."""
    places = [place(scale, value) for value in found.values]
    steps = zip(pairwise(places), pairwise(found.shares), strict=True)
    return [
        ((start + end) / 2, (more - less) / (end - start))
        for (start, end), (less, more) in steps
        if end - start > _LEAST_STEP
    ]


def _axis(found: Sketch, scale: str, title: str) -> tuple[_Across, list[str]]:
    low, high = place(scale, found.values[0]), place(scale, found.values[-1])
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
