"""A panel of a picture: lines over two axes, with points, levels and stretches named on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from custodes.reports._extras import needed
from custodes.reports._theme import CATEGORIES, GRID, INK, MUTED, PAPER
from custodes.scenarios import Curve

Layer: TypeAlias = Any
"""A chart of Altair, which is loaded only when a picture is drawn."""

Align: TypeAlias = Literal["left", "right", "center"]
"""On which side of its place a label stands."""

_DASHES = ([1, 0], [7, 4], [2, 3], [9, 3, 2, 3])
"""One for each line, so that colour is never needed to tell them apart."""
_TEXT = 12
"""Size of labels in a picture, pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: its title with unit, its numbers, its scale."""

    title: str
    """With the unit, if there is one."""
    numbers: str = ",~f"
    """How its numbers are written, in d3's notation."""
    expression: str | None = None
    """Vega expression that writes a number instead."""
    ticks: tuple[float, ...] = ()
    """Numbers that are marked; none lets the drawing choose."""
    kind: Literal["linear", "log"] = "linear"
    """The scale."""
    domain: tuple[float, float] | None = None
    """Lowest and highest number shown; None lets the drawing choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Two axes; each method gives one layer on them."""

    x: Axis
    """Across."""
    y: Axis
    """Upwards."""
    width: int = 620
    """Pixels."""
    height: int = 310
    """Pixels."""

    def lines(self, curves: tuple[Curve, ...]) -> Layer:
        """The curves, told apart by dash as well as by colour; several get a legend."""
        alt = needed("altair")
        names = [curve.name for curve in curves]
        rows = [
            {"x": x, "y": y, "line": curve.name}
            for curve in curves
            for x, y in zip(curve.x, curve.y, strict=True)
        ]
        legend = (
            alt.Legend(
                title=None, orient="top", symbolType="stroke", symbolSize=700, labelLimit=400
            )
            if len(curves) > 1
            else None
        )
        hues, dashes = list(CATEGORIES[: len(names)]), list(_DASHES[: len(names)])
        return (
            self._chart(rows)
            .mark_line(strokeWidth=2.4, clip=True)
            .encode(
                y=self._y(),
                color=alt.Color(
                    "line:N", scale=alt.Scale(domain=names, range=hues), legend=legend
                ),
                strokeDash=alt.StrokeDash(
                    "line:N", scale=alt.Scale(domain=names, range=dashes), legend=legend
                ),
            )
        )

    def point(
        self,
        x: float,
        y: float,
        *,
        label: str,
        align: Align = "left",
        rise: int = -10,
        hollow: bool = False,
    ) -> Layer:
        """One point and what it is.

        Args:
            x: Where, across.
            y: Where, upwards.
            label: What it is.
            align: Left puts the text to the right of the point.
            rise: Pixels downwards from the point to the text; below 0 upwards.
            hollow: Whether it is the case before, drawn as a ring.
        """
        base = self._chart([{"x": x, "y": y, "text": label}]).encode(y=self._y())
        aside = {"left": 9, "right": -9, "center": 0}[align]
        inside, edge = (PAPER, INK) if hollow else (INK, PAPER)
        dot = base.mark_point(size=80, opacity=1, fill=inside, stroke=edge, strokeWidth=1.5)
        named = {"align": align, "dx": aside, "dy": rise, "fontSize": _TEXT}
        words = base.encode(text="text:N")
        halo = words.mark_text(**named, stroke=PAPER, strokeWidth=4, strokeJoin="round")
        return halo + dot + words.mark_text(**named, color=INK)

    def upright(self, x: float, *, label: str, align: Align, line: int = 0) -> Layer:
        """A line up through the panel and what it marks, on one of the lines of text above.

        Args:
            x: Where, across.
            label: What it marks.
            align: Left puts the text to the right of the line.
            line: 0 is the lowest line of text above the panel.
        """
        alt = needed("altair")
        base = self._chart([{"x": x, "text": label}])
        height = -8 - 17 * line
        rule = base.mark_rule(color=INK, strokeWidth=1.2, strokeDash=[3, 2]).encode(
            y=alt.value(height + 4), y2=alt.value(self.height)
        )
        aside = {"left": 4, "right": -4, "center": 0}[align]
        text = base.mark_text(
            align=align, dx=aside, baseline="bottom", fontSize=_TEXT, color=INK
        ).encode(y=alt.value(height + 6), text="text:N")
        return rule + text

    def level(self, y: float, *, label: str, rise: int = -7) -> Layer:
        """A line across the panel and what it marks, at its right end.

        Args:
            y: Where, upwards.
            label: What it marks.
            rise: Pixels downwards from the line to the text; below 0 upwards.
        """
        alt = needed("altair")
        base = alt.Chart(alt.InlineData(values=[{"y": y, "text": label}])).encode(y=self._y())
        rule = base.mark_rule(color=MUTED, strokeWidth=1.2, strokeDash=[2, 3])
        text = base.mark_text(align="right", dx=-4, dy=rise, fontSize=_TEXT, color=INK)
        return rule + text.encode(x=alt.value(self.width), text="text:N")

    def stretch(self, low: float, high: float, *, label: str) -> Layer:
        """A shaded part of the panel and what it is."""
        alt = needed("altair")
        chart = self._chart([{"x": low, "x2": high, "middle": (low + high) / 2, "text": label}])
        band = chart.mark_rect(color=GRID, opacity=0.75).encode(
            x2="x2:Q", y=alt.value(0), y2=alt.value(self.height)
        )
        text = chart.mark_text(fontSize=_TEXT, color=MUTED, baseline="top").encode(
            x=self._x("middle"), y=alt.value(8), text="text:N"
        )
        return band + text

    def note(self, words: str) -> Layer:
        """A sentence in the upper right of the panel, where there is no more to draw."""
        alt = needed("altair")
        chart = alt.Chart(alt.InlineData(values=[{"text": words}]))
        return chart.mark_text(fontSize=_TEXT, color=INK).encode(
            x=alt.value(self.width * 0.78), y=alt.value(self.height / 4), text="text:N"
        )

    def of(self, *layers: Layer, title: str | None = None) -> Layer:
        """The layers, the first one lowest."""
        alt = needed("altair")
        chart = alt.layer(*layers).properties(width=self.width, height=self.height)
        return chart.properties(title=title) if title else chart

    def _chart(self, rows: Sequence[Mapping[str, object]]) -> Layer:
        alt = needed("altair")
        return alt.Chart(alt.InlineData(values=list(rows))).encode(x=self._x())

    def _x(self, field: str = "x") -> Layer:
        return _channel("X", f"{field}:Q", self.x)

    def _y(self) -> Layer:
        return _channel("Y", "y:Q", self.y)


def _channel(name: Literal["X", "Y"], field: str, axis: Axis) -> Layer:
    alt = needed("altair")
    limits = {} if axis.domain is None else {"domain": list(axis.domain), "nice": False}
    numbers = {"labelExpr": axis.expression} if axis.expression else {"format": axis.numbers}
    marked = {"values": list(axis.ticks)} if axis.ticks else {"tickCount": 6}
    return getattr(alt, name)(
        field,
        scale=alt.Scale(type=axis.kind, zero=axis.kind == "linear" and name == "Y", **limits),
        axis=alt.Axis(title=axis.title, grid=name == "Y", **numbers, **marked),
    )
