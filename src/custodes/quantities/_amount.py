"""An uncertain amount: three numbers, or the text of one cell that says them."""

from __future__ import annotations

import math
import re
from typing import Self

from pydantic import Field, model_validator

from custodes.errors import Fault, InputError
from custodes.quantities._quantity import Family
from custodes.quantities._scale import scale_for
from custodes.records import Record


class Amount(Record):
    """An uncertain amount: its 5th, 50th and 95th percentile; three equal numbers are a point."""

    p05: float
    """Value that the truth lies below with probability 5 %."""
    p50: float
    """Value that the truth lies below with probability 50 %."""
    p95: float
    """Value that the truth lies below with probability 95 %."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.p05 <= self.p50 <= self.p95:
            msg = f"{self.p05:g} / {self.p50:g} / {self.p95:g} is not in order; p05 <= p50 <= p95"
            raise ValueError(msg)
        return self

    @property
    def is_point(self) -> bool:
        """Whether no uncertainty is stated."""
        return self.p05 == self.p50 == self.p95

    @classmethod
    def point(cls, value: float) -> Self:
        """The amount that is exactly `value`."""
        return cls(p05=value, p50=value, p95=value)

    @property
    def numbers(self) -> tuple[float, float, float]:
        """p05, p50, p95."""
        return (self.p05, self.p50, self.p95)


class Assumption(Amount):
    """An amount with where it comes from."""

    reason: str = ""
    """Why this range."""
    source: str = ""
    """Where a reader can check it."""
    status: str = Field(default="assumption", pattern="^(assumption|derived|seen|recalled)$")
    """How well it is founded: our assumption, derived, seen in its source, or recalled."""


_NUMBER = r"[-+\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?"
_TOKEN = re.compile(rf"^({_NUMBER})\s*(%|k|m|bn)?$")
_ONE_IN = re.compile(r"^1\s+in\s+([\d,]*\.?\d+(?:[eE][-+]?\d+)?)$")
_SUFFIX = {"%": 0.01, "k": 1e3, "m": 1e6, "bn": 1e9, None: 1.0}


def parse_amount(
    text: str, *, family: Family, unit: str = "", currency_signs: tuple[str, ...] = ()
) -> Amount:
    """The amount that one cell or one TOML string says.

    Grammar: ``number``, ``number to number`` (p05, p95) or ``number / number / number`` (p05,
    p50, p95). A number may carry ``%``, ``1 in N``, thousands commas, an exponent or a suffix
    ``k m bn``. The middle of ``a to b`` is the middle on the family's scale.

    Args:
        text: What was written.
        family: The scale, for the middle of ``a to b``.
        unit: The quantity's unit; ``m`` is refused where it is months.
        currency_signs: Leading signs that may be taken off.

    Raises:
        InputError: The text is not of this grammar; the one fault says what to write.

    >>> parse_amount("0.01 / 0.05 / 0.3", family="share").p50
    0.05
    >>> parse_amount("1 to 100", family="positive").p50
    10.0
    """
    written = " ".join(text.split())
    if " to " in written:
        ends = [_number(part, written, unit, currency_signs) for part in written.split(" to ")]
        if len(ends) != 2:  # noqa: PLR2004 (two ends make a range)
            raise _refusal(written, "has more than one 'to'", "write 'a to b'")
        low, high = ends
        if low > high:
            raise _refusal(written, "runs downwards", f"write '{high:g} to {low:g}'")
        scale = scale_for(family, low, high)
        if (scale.name == "ln" and low <= 0) or (scale.name == "logit" and not 0 < low < high < 1):
            if low == high:
                return Amount.point(low)
            raise _refusal(
                written, "has no middle on this scale", "write 'p05 / p50 / p95' with the middle"
            )
        middle = float(scale.inverse((scale.forward(low) + scale.forward(high)) / 2))
        return Amount(p05=low, p50=min(max(middle, low), high), p95=high)
    if "/" in written:
        parts = [_number(part, written, unit, currency_signs) for part in written.split("/")]
        if len(parts) != 3:  # noqa: PLR2004 (three numbers)
            raise _refusal(written, "is not three numbers", "write 'p05 / p50 / p95'")
        p05, p50, p95 = parts
        if not p05 <= p50 <= p95:
            raise _refusal(written, "is not in order", "write the three numbers rising")
        return Amount(p05=p05, p50=p50, p95=p95)
    return Amount.point(_number(written, written, unit, currency_signs))


def _number(part: str, whole: str, unit: str, signs: tuple[str, ...]) -> float:
    token = part.strip().removeprefix("about ").strip()
    for sign in signs:
        token = token.removeprefix(sign).strip()
    odds = _ONE_IN.match(token)
    if odds:
        number = float(odds[1].replace(",", ""))
        if number < 1:
            raise _refusal(whole, "is above certainty", "write a share from 0 to 1")
        return 1 / number
    found = _TOKEN.match(token)
    if not found or not any(c.isdigit() for c in found[1].lower().partition("e")[0]):
        raise _refusal(whole, *_why_not(token))
    if found[2] == "m" and "month" in unit:
        raise _refusal(whole, "'m' could mean months or millions", "write the number of months")
    value = float(found[1].replace(",", "").replace("\u2212", "-")) * _SUFFIX[found[2]]
    if not math.isfinite(value):
        raise _refusal(whole, "is too large", "write a finite number")
    return value


def _why_not(token: str) -> tuple[str, str]:
    if not token:
        return "has an empty number", "write a number, 'a to b' or 'p05 / p50 / p95'"
    if token[0] in "<>\u2264\u2265~" or token.endswith("+"):
        return "is a bound, not an estimate", "write a number or 'a to b'"
    if re.match(r"^[\d.]+\s*[-\u2013\u2014]\s*[\d.]+%?$", token):
        return "has a dash that may be a minus", "write 'a to b'"
    if token[0] == ",":
        return "begins with a comma", "write a point for decimals, as in 0.9"
    return "is not a number", "write a number, 'a to b' or 'p05 / p50 / p95'"


def _refusal(seen: str, message: str, cure: str) -> InputError:
    shown = seen if len(seen) <= 60 else f"{seen[:57]}..."  # noqa: PLR2004 (one line of a terminal)
    return InputError([Fault(message=f"'{shown}' {message}", cure=cure)])
