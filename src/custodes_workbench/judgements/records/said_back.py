"""A number said back in every form that it may be typed in, so that a slip is seen."""

from __future__ import annotations

import math

from custodes.quantities import Quantity

_SHARES = frozenset({"share", "share of risk"})


def all_forms(value: float, quantity: Quantity) -> tuple[str, ...]:
    """The forms of a number: plain, percent, with an exponent, one in N.

    Args:
        value: In the quantity's unit.
        quantity: What was asked.
    """
    told = [_plain(value)]
    if quantity.unit in _SHARES or quantity.unit == "relative":
        told.append(f"{_plain(100 * value)}\u00a0%")
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    if value and not 0.01 <= abs(value) < 1e4:  # noqa: PLR2004 (an eye counts so many zeros)
        told.append(f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}")
    if quantity.unit in _SHARES and 0 < value < 1:
        told.append(f"1 in {_plain(1 / value)}")
    return tuple(dict.fromkeys(told))


def _plain(value: float) -> str:
    """Three significant digits without an exponent."""
    if value == 0:
        return "0"
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    rounded = float(f"{value:.3g}")
    text = f"{rounded:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
