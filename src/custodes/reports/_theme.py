"""One face for every picture: colours that a style sheet can turn dark, type, and SVG out.

Pictures are drawn in the light colours below. `assets/style.css` finds these very values in the
SVG's attributes and replaces them in dark mode, so a picture needs no second drawing.
"""

from __future__ import annotations

import re
from typing import Any

from custodes.reports._extras import needed

INK = "#1c1f23"
"""Text, axes' titles, marks that speak of no direction."""
MUTED = "#565d66"
"""Axis labels and what stands back."""
GRID = "#dfe3e8"
"""Grid lines."""
PAPER = "#fcfcfa"
"""The ground; also the inside of hollow marks."""
SAFER = "#1d5b99"
"""Risk taken away: blue, for it must differ from `RISKIER` for every eye."""
RISKIER = "#a8410b"
"""Risk added: a burnt orange; never told by colour alone, the side of zero says it too."""
CATEGORIES = ("#1d5b99", "#a8410b", "#3d7a5c", "#7a4f9a", "#6b6256")
"""Lines that are told apart by shape or dash as well."""
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is the renderer's own, so that text is measured alike on every machine."""

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_NOISE = re.compile(r' (?:role|style|class|pointer-events|aria-[a-z]+)="[^"]*"| opacity="1"')
_UNSEEN = re.compile(r'<path class="(?:back|fore)ground"[^<>]*/>')


def theme() -> dict[str, Any]:
    """Vega-Lite's `config` for every picture."""
    axis = {
        "labelColor": MUTED,
        "titleColor": INK,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "gridColor": GRID,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "tickSize": 4,
        "titlePadding": 8,
    }
    return {
        "aria": False,
        "background": None,
        "font": FONT,
        "axis": axis,
        "header": {
            "labelColor": INK,
            "labelFontSize": 13,
            "labelFontWeight": "bold",
            "title": None,
            "labelPadding": 6,
        },
        "legend": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": 11.5,
            "titleFontSize": 11.5,
            "titleFontWeight": "normal",
            "orient": "top",
        },
        "title": {"color": INK, "fontSize": 13, "anchor": "start"},
        "text": {"color": INK, "fontSize": 11},
        "view": {"stroke": None},
    }


def svg_of(spec: dict[str, Any]) -> str:
    """The picture of a Vega-Lite specification, drawn without a browser or a network.

    The drawing is silent to a screen reader, for the figure around it speaks; and it holds no
    style of its own, for the page allows none.

    Args:
        spec: As `altair.Chart.to_dict()` gives it; its `config` is replaced by `theme()`.

    Raises:
        PrerequisiteError: The extra `report` is not installed.
    """
    vl_convert = needed("vl_convert")
    drawn = str(vl_convert.vegalite_to_svg({**spec, "config": theme()}, allowed_base_urls=[]))
    lean = _UNSEEN.sub("", drawn)
    quiet = _TAG.sub(lambda tag: _NOISE.sub("", tag[0]), lean)
    return quiet.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
