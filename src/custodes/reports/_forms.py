"""The forms of the report's pictures, made once with Altair and filled for each effort.

A round has some hundred efforts, and a form takes as long to make as a picture to draw.
Risk always runs from safer (left) to riskier (right).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from custodes.reports._extras import needed
from custodes.reports._theme import CATEGORIES, GRID, INK, MUTED, PAPER, RISKIER, SAFER, svg_of

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
"""Marks of the worldviews, so that colour is not needed to tell them apart."""

Form = dict[str, Any]
"""A Vega-Lite specification that names its data `rows`, or one datum of it."""

_BOTH = "\u2190 safer \u00b7 change in risk, ppm \u00b7 riskier \u2192"
_MINUS_VALUE = "\u2190 better \u00b7 minus social value, millionths \u00b7 worse \u2192"
_SHORT = "\u2190 safer \u00b7 ppm \u00b7 riskier \u2192"
_NARROW = 215
_DRIVES = "\u2190 more is safer \u00b7 rank correlation with net \u00b7 more is riskier \u2192"
_LINES = {
    "grid": True,
    "gridColor": {"condition": {"test": "datum.value === 0", "value": INK}, "value": GRID},
}
_SIGNED = "replace(format(datum.value, '+,~g'), /^[+]0$/, '0')"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale that is linear near zero and logarithmic away from it, on both sides."""

    bend: float
    """Size at which it turns."""
    ends: tuple[float, float]
    """First and last value."""
    ticks: tuple[float, ...]
    """Values that are marked."""


def draw(form: Form, rows: list[Form]) -> str:
    """A form with its numbers, as SVG."""
    return svg_of({**form, "datasets": {"rows": rows}})


@cache
def ranges_form(
    *, y: str, panels: tuple[str, ...], width: int, step: int, scale: Scale | None = None
) -> Form:
    """Means with 90 % intervals: hollow before the conditions, filled after.

    Args:
        y: Field of the rows.
        panels: Values of the field `panel`, side by side.
        width: Of a panel, in pixels.
        step: Height of a row, in pixels.
        scale: The horizontal scale; none for a linear one that fits the numbers.
    """
    alt = needed("altair")
    labels = alt.Axis(labelLimit=300, ticks=False, **({"minExtent": 270} if scale else {}))
    bent = (
        alt.Scale(type="symlog", constant=scale.bend, domain=list(scale.ends), nice=False)
        if scale
        else alt.Scale(zero=True)
    )
    rows = alt.Y(f"{y}:N", sort=None, title=None, axis=labels)
    x = {"scale": bent, "axis": _axis(alt, scale.ticks if scale else (), width=width)}
    base = alt.Chart().encode(y=rows, color=_hue(alt.Color))
    layers: list[object] = []
    for when, nudge, weight in (("before", -4, 1), ("after", 4, 2.5)):
        chosen = base.transform_filter(f"datum.when == '{when}'")
        line = chosen.mark_rule(yOffset=nudge, strokeWidth=weight)
        inside = {} if when == "after" else {"fill": PAPER}
        point = chosen.mark_point(
            yOffset=nudge, size=34, opacity=1, strokeWidth=1.4, filled=when == "after", **inside
        )
        layers += [
            line.encode(x=alt.X("p05:Q", **x), x2="p95:Q"),
            point.encode(x=alt.X("mean:Q", **x)),
        ]
    chart = alt.layer(*layers, data=alt.NamedData("rows"))
    chart = chart.properties(width=width, height=alt.Step(step))
    form: Form = chart.facet(column=_panels(alt, panels), spacing=18).to_dict()
    return form


@cache
def parts_form(*, panels: tuple[str, ...], width: int) -> Form:
    """Bars away from zero, one panel a worldview: outlined before, solid after."""
    alt = needed("altair")
    axis = alt.Axis(labelLimit=260, ticks=False, domain=False)
    base = alt.Chart().encode(
        x=alt.X("mean:Q", axis=_axis(alt, (), width=width)),
        y=alt.Y("part:N", sort=None, title=None, axis=axis),
    )
    before = base.transform_filter("datum.when == 'before'").mark_bar(
        yOffset=-4.5, size=5, fill=PAPER, strokeWidth=1
    )
    after = base.transform_filter("datum.when == 'after'").mark_bar(yOffset=3.5, size=8)
    chart = alt.layer(
        before.encode(stroke=_hue(alt.Stroke)),
        after.encode(color=_hue(alt.Color)),
        data=alt.NamedData("rows"),
    ).properties(width=width, height=alt.Step(21))
    form: Form = chart.facet(column=_panels(alt, panels), spacing=18).to_dict()
    return form


@cache
def drivers_form(*, worldviews: tuple[str, ...]) -> Form:
    """Rank correlations, one mark a worldview."""
    alt = needed("altair")
    names = list(worldviews)
    hues = [CATEGORIES[at % len(CATEGORIES)] for at in range(len(names))]
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(names))]
    axis = alt.Axis(labelLimit=260, ticks=False, domain=False)
    ranked = alt.EncodingSortField(field="rank", op="min")
    base = alt.Chart().encode(
        y=alt.Y("input:N", sort=ranked, title=None, axis=axis),
        yOffset=alt.YOffset("worldview:N", sort=names, scale=alt.Scale(paddingOuter=0.4)),
    )
    stems = base.mark_rule(color=GRID, strokeWidth=1.5).encode(x="rho:Q", x2=alt.datum(0))
    marks = base.mark_point(size=46, filled=True, opacity=1).encode(
        x=alt.X(
            "rho:Q",
            scale=alt.Scale(domain=[-1, 1]),
            axis=alt.Axis(
                title=_DRIVES, values=[-1, -0.5, 0, 0.5, 1], labelExpr=_SIGNED, **_LINES
            ),
        ),
        color=alt.Color(
            "worldview:N", scale=alt.Scale(domain=names, range=hues), title="Worldview"
        ),
        shape=alt.Shape(
            "worldview:N", scale=alt.Scale(domain=names, range=shapes), title="Worldview"
        ),
    )
    form: Form = (
        alt.layer(stems, marks, data=alt.NamedData("rows"))
        .properties(width=460, height={"step": 9, "for": "offset"})
        .to_dict()
    )
    return form


@cache
def swings_form(*, verdict: str) -> Form:
    """Bars from the mean to where one quantity takes it: outlined at its low end, solid at high.

    Args:
        verdict: `risk` or `social-value`: what the mean is of.
    """
    alt = needed("altair")
    title = _BOTH if verdict == "risk" else _MINUS_VALUE
    axis = alt.Axis(title=title, labelExpr=_SIGNED, labelOverlap="greedy", tickCount=6, **_LINES)
    base = alt.Chart().encode(
        x=alt.X("mean:Q", axis=axis),
        x2="middle:Q",
        y=alt.Y(
            "quantity:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelLimit=260, ticks=False, domain=False, minExtent=150),
        ),
    )
    low = base.transform_filter("datum.end == 'low'").mark_bar(
        size=12, fill=PAPER, strokeWidth=1.2
    )
    high = base.transform_filter("datum.end == 'high'").mark_bar(size=12, strokeWidth=1.2)
    middle = (
        alt.Chart().mark_rule(color=INK, strokeWidth=1, strokeDash=[4, 3]).encode(x="middle:Q")
    )
    form: Form = (
        alt.layer(
            low.encode(stroke=_hue(alt.Stroke)),
            high.encode(color=_hue(alt.Color), stroke=_hue(alt.Stroke)),
            middle,
            data=alt.NamedData("rows"),
        )
        .properties(width=460, height=alt.Step(22))
        .to_dict()
    )
    return form


def _panels(alt: ModuleType, names: tuple[str, ...]) -> object:
    return alt.Column("panel:N", sort=list(names), title=None)


def _hue(channel: type[Any]) -> object:
    domain, hues = ["safer", "riskier", "level"], [SAFER, RISKIER, MUTED]
    scale = {"domain": domain, "range": hues}
    return channel("side:N", scale=scale, legend=None)


def _axis(alt: ModuleType, ticks: tuple[float, ...], *, width: int) -> object:
    marked = {"values": list(ticks)} if ticks else {"tickCount": 5}
    title = _BOTH if width >= _NARROW else _SHORT
    return alt.Axis(title=title, labelExpr=_SIGNED, labelOverlap="greedy", **_LINES, **marked)
