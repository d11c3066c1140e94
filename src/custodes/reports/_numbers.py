"""Numbers as a reader should meet them: rounded to what is known, with sign and word.

A risk is told in parts per million (1 ppm is a probability of 1e-6) and never without its
interval or its standard error; NEGATIVE IS SAFER.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from custodes.assessment import Summary

PPM = 1e6
"""Parts per million in a probability of 1."""
MINUS = "\u2212"
"""The minus sign; a hyphen would break from its number."""
SURE = 2.0
"""A mean closer to zero than so many standard errors has no sign that we would state."""

Side = Literal["safer", "riskier", "level"]
"""Where a change in risk lies: below zero, above zero, or not told apart from zero."""

_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SUPERSCRIPT = str.maketrans(
    "-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A change as text: every part that a table or sentence may need."""

    mean: str
    """Mean with its sign."""
    low: str
    """5th percentile."""
    middle: str
    """Median."""
    high: str
    """95th percentile."""
    error: str
    """Standard error of the mean."""
    side: Side
    """Where the mean lies."""
    word: str
    """The same in one word or two."""

    @property
    def interval(self) -> str:
        """The 90 % interval."""
        return f"{self.low} to {self.high}"


def side_of(mean: float, error: float) -> Side:
    """Where a mean lies, given the standard error of its computation."""
    if abs(mean) <= SURE * error or mean == 0:
        return "level"
    return "safer" if mean < 0 else "riskier"


def tell_risk(summary: Summary, *, places: int | None = None) -> Told:
    """A change in risk, in ppm; below zero is safer.

    Args:
        summary: The change, as a probability.
        places: Decimal places to which all of it is rounded; none for as many as are known.
    """
    side = side_of(summary.mean, summary.standard_error)
    word = "no change" if summary.mean == 0 else side.replace("level", "unclear")
    return _tell(summary, scale=PPM, side=side, word=word, places=places)


def tell_social_value(summary: Summary) -> Told:
    """Social value, in millionths of a catastrophe; above zero is good."""
    side = side_of(-summary.mean, summary.standard_error)
    word = {"safer": "better", "riskier": "worse", "level": "unclear"}[side]
    return _tell(summary, scale=PPM, side=side, word=word)


def tell_step(change: float, error: float) -> str:
    """What one more step would do, in ppm (or millionths of a catastrophe), with its error."""
    places = places_for(change * PPM, error * PPM)
    return f"{signed(change * PPM, places)} ppm, standard error {_error(error * PPM, places)}"


def tell_change(change: float, error: float) -> str:
    """A change for a cell of a table whose caption says ppm: the change ± its error."""
    places = places_for(change * PPM, error * PPM)
    return f"{signed(change * PPM, places)} ±{_error(error * PPM, places)}"


def tell_plain(summary: Summary) -> Told:
    """An amount without a good or a bad side, such as usefulness."""
    return _tell(summary, scale=1.0, side="level", word="")


def _tell(
    summary: Summary, *, scale: float, side: Side, word: str, places: int | None = None
) -> Told:
    mean, error = summary.mean * scale, summary.standard_error * scale
    low, high = summary.p05 * scale, summary.p95 * scale
    known = places_for(mean, error) if places is None else places
    wide = places_for(max(abs(low), abs(high)), 0.0, digits=2)
    wide = wide if places is None else min(wide, places)
    return Told(
        mean=signed(mean, known),
        low=signed(low, wide),
        middle=signed(summary.p50 * scale, wide),
        high=signed(high, wide),
        error=_error(error, places),
        side=side,
        word=word,
    )


def _error(error: float, places: int | None) -> str:
    if not error:
        return "0"
    least = 10.0 ** -(places + 1) if places is not None else 0.0
    return f"<{significant(least, 1)}" if error < least else significant(error, 1)


def places_for(value: float, error: float, *, digits: int = 3) -> int:
    """Decimal places that are known: down to the error's first digit, at most `digits` digits.

    >>> places_for(402.13, 3.1)
    0
    >>> places_for(-0.01432, 0.0002)
    4
    """
    if value == 0 and error == 0:
        return 0
    by_size = digits - 1 - math.floor(math.log10(abs(value) or error))
    if error <= 0:
        return by_size
    return min(by_size, max(-math.floor(math.log10(error)), by_size - digits + 1))


def signed(value: float, places: int) -> str:
    """A number with its sign, rounded to so many places; zero has none."""
    rounded = round(value, places)
    if rounded == 0:
        return "0"
    text = f"{abs(rounded):,.{max(places, 0)}f}"
    return f"{MINUS if rounded < 0 else '+'}{text}"


def significant(value: float, digits: int = 3) -> str:
    """A number to so many significant digits, readable at every size.

    >>> significant(150e9)
    '150 billion'
    >>> significant(0.00005)
    '5 \u00d7 10\u207b\u2075'
    """
    if value == 0:
        return "0"
    sign, size = (MINUS if value < 0 else ""), abs(value)
    size = float(f"{size:.{digits}g}")
    for large, word in _LARGE:
        if size >= large:
            return f"{sign}{size / large:.{digits}g} {word}"
    if size < 1e-4:  # noqa: PLR2004 (more zeros than an eye counts)
        mantissa, _, exponent = f"{size:.{digits - 1}e}".partition("e")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{sign}{mantissa} \u00d7 10{str(int(exponent)).translate(_SUPERSCRIPT)}"
    places = max(0, digits - 1 - math.floor(math.log10(size)))
    text = f"{size:,.{places}f}"
    return sign + (text.rstrip("0").rstrip(".") if "." in text else text)


def percent(share: float) -> str:
    r"""A share as a percentage that never rounds doubt away.

    >>> percent(0.002), percent(0.42), percent(0.999)
    ('<1\xa0%', '42\xa0%', '>99\xa0%')
    """
    if share in (0.0, 1.0):
        return f"{share:z.0%}".replace("%", "\u00a0%")
    if share < 0.01:  # noqa: PLR2004 (one per cent)
        return "<1\u00a0%"
    if share > 0.99:  # noqa: PLR2004 (ninety-nine per cent)
        return ">99\u00a0%"
    return f"{share:.0%}".replace("%", "\u00a0%")


def money(amount: float, currency: str) -> str:
    """An amount with its currency, to the unit below a million, to four digits above."""
    if abs(amount) >= 1e6:  # noqa: PLR2004 (a million)
        return f"{currency}\u00a0{significant(amount, 4)}".replace(" ", "\u00a0")
    return f"{currency}\u00a0{amount:z,.0f}"


def in_words(name: str) -> str:
    """A name of a file or quantity, as it is read aloud.

    >>> in_words("honest_ai")
    'honest AI'
    """
    spelled = {"ai": "AI", "rd": "R&D"}
    return " ".join(spelled.get(word, word) for word in name.replace("_", " ").split(" "))
