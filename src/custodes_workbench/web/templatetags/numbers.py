"""Numbers as pages show them."""

from __future__ import annotations

from django import template

register = template.Library()

_PPM = 1e6
_NONE = "\u2013"


@register.filter
def ppm(value: float | None) -> str:
    """A change in risk in parts per million, three digits; a dash where there is none."""
    return _NONE if value is None else three(value * _PPM)


@register.filter
def three(value: float | None) -> str:
    """Three significant digits, without an exponent where that can be read; never -0."""
    if value is None:
        return _NONE
    told = f"{value:.3g}"
    number = float(told) + 0.0
    if "e" in told:
        return f"{number:,.0f}" if abs(number) >= 1 else f"{number:.8f}".rstrip("0").rstrip(".")
    return f"{number:,g}" if number else "0"


@register.filter
def share(value: float | None) -> str:
    """A share as a percentage."""
    return _NONE if value is None else f"{three(100 * value)} %"
