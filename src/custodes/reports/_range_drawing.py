"""Ranges under each other on an axis of their own, written as SVG.

Written by hand and not by Vega: a report has some hundred of these panels, each with its own
axis, and each would take Vega a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from custodes.reports._axis import place, ticks
from custodes.reports._numbers import significant
from custodes.reports._theme import FONT, GRID, INK, MUTED, PAPER

Look = Literal["expert", "out", "pool", "camp", "behind", "assumed"]
"""How a range is drawn: an expert's, one that is out, the pool, a camp, a pool that stands back
behind camps, what is assumed."""

WIDTH = 720
"""Of a drawing, pixels."""

_LEFT, _RIGHT, _STEP, _HEAD, _FOOT, _GAP = 240, 22, 18, 24, 22, 10
_LONGEST = 36
_LOOKS: dict[Look, tuple[str, float, str, bool]] = {
    "expert": (INK, 1.4, "", True),
    "out": (MUTED, 1.2, "1 2", False),
    "pool": (INK, 3.6, "", True),
    "camp": (INK, 3.6, "", True),
    "behind": (MUTED, 2.4, "", True),
    "assumed": (MUTED, 1.4, "4 3", False),
}
"""Colour, width, dash and whether the mark is filled."""


@dataclass(frozen=True, slots=True)
class Range:
    """One range of a panel."""

    name: str
    """Whose."""
    p05: float
    """Where it begins."""
    p50: float
    """Where its mark stands."""
    p95: float
    """Where it ends."""
    look: Look
    """How it is drawn."""


@dataclass(frozen=True, slots=True)
class RangePanel:
    """Ranges on one axis."""

    title: str
    """What is measured, with its unit."""
    scale: str
    """logit, ln, mirrored or identity."""
    ranges: tuple[Range, ...]
    """From the top."""

    @property
    def height(self) -> int:
        """Pixels."""
        return _HEAD + _STEP * len(self.ranges) + _FOOT + _GAP


def draw_ranges(panels: Sequence[RangePanel]) -> str:
    """The panels under each other, as SVG."""
    height = sum(panel.height for panel in panels)
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    hidden = 'aria-hidden="true" focusable="false" xmlns="http://www.w3.org/2000/svg"'
    parts = [f'<svg {hidden} {size} font-family="{FONT}" font-size="12">']
    top = 0
    for panel in panels:
        parts += _panel(panel, top)
        top += panel.height
    return "".join([*parts, "</svg>"])


def _panel(panel: RangePanel, top: int) -> Iterator[str]:
    ends = [place(panel.scale, x) for each in panel.ranges for x in (each.p05, each.p95)]
    low, high = min(ends), max(ends)
    if high <= low:
        low, high = low - 1, high + 1
    room = WIDTH - _LEFT - _RIGHT

    def across(value: float) -> float:
        return _LEFT + room * (place(panel.scale, value) - low) / (high - low)

    yield _text(
        panel.title, x=0, y=top + 14, colour=INK, more=' font-size="13" font-weight="bold"'
    )
    floor = top + _HEAD + _STEP * len(panel.ranges)
    for value in ticks(panel.scale, low, high):
        x = across(value)
        yield _line(x, top + _HEAD, x, floor + 4, colour=GRID, weight=1)
        label = significant(value)
        yield _text(label, x=x, y=floor + 17, colour=MUTED, more=' text-anchor="middle"')
    yield _line(_LEFT, floor, WIDTH - _RIGHT, floor, colour=MUTED, weight=1)
    for number, each in enumerate(panel.ranges):
        yield from _range(each, across(each.p05), across(each.p50), across(each.p95), top, number)


def _range(
    each: Range, start: float, middle: float, end: float, top: int, number: int
) -> Iterator[str]:
    colour, weight, dash, filled = _LOOKS[each.look]
    y = top + _HEAD + _STEP * number + _STEP / 2
    name = each.name if len(each.name) <= _LONGEST else f"{each.name[: _LONGEST - 1]}\u2026"
    bold = ' font-weight="bold"' if each.look in ("pool", "camp") else ""
    yield _text(name, x=_LEFT - 10, y=y + 4, colour=INK, more=f' text-anchor="end"{bold}')
    more = f' stroke-dasharray="{dash}"' if dash else ""
    yield _line(start, y, end, y, colour=colour, weight=weight, more=more)
    inside = colour if filled else PAPER
    yield (
        f'<circle cx="{_px(middle)}" cy="{_px(y)}" r="3.8" fill="{inside}" stroke="{colour}" '
        f'stroke-width="1.4"/>'
    )


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _text(text: str, *, x: float, y: float, colour: str, more: str = "") -> str:
    return f'<text x="{_px(x)}" y="{_px(y)}" fill="{colour}"{more}>{escape(text)}</text>'


def _line(  # noqa: PLR0913 (two ends and a look)
    x1: float, y1: float, x2: float, y2: float, *, colour: str, weight: float, more: str = ""
) -> str:
    return (
        f'<line x1="{_px(x1)}" y1="{_px(y1)}" x2="{_px(x2)}" y2="{_px(y2)}" stroke="{colour}" '
        f'stroke-width="{weight:g}"{more}/>'
    )
