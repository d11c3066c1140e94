"""What a cell says that an effort costs: one number as written, or a range."""

from __future__ import annotations

import re
from dataclasses import dataclass

from custodes.errors import InputError
from custodes.exchange._currencies import SIGNS
from custodes.quantities import CURRENCIES, Amount, parse_amount

_NUMBER = re.compile(r"[-+\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+\u2212]?\.\d+")
_CODE = re.compile(r"^(?:([A-Z]{3})\s*)?(.*?)(?:\s*([A-Z]{3}))?$", re.DOTALL)
_SPACES = "\u00a0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one cell says."""

    amount: Amount
    """The amount; a point for a single number."""
    written: str
    """The number as it was written, sign and commas taken off; empty for a range."""
    sign: str = ""
    """The currency sign before it; it never decides which currency it is."""
    code: str = ""
    """The currency's code, where the cell says it."""


class NotACostError(ValueError):
    """The cell says no cost; the message says why, `cure` what to write."""

    def __init__(self, message: str, cure: str) -> None:
        self.cure = cure
        super().__init__(message)


def parse_cost(text: str) -> Cost:
    """The cost that a cell of somebody else's table says.

    Blanks at the ends, thousands commas and one leading currency sign or code are taken off; what
    is left is a plain decimal number, ``a to b`` or ``a / b / c``.

    Raises:
        NotACostError: It is something else.
    """
    plain = text.strip()
    if plain.replace(".", "", 1).isdigit() and plain.isascii():
        return Cost(Amount.point(_finite(plain)), plain)
    sign, code, rest = _unsigned(plain)
    if _NUMBER.fullmatch(rest):
        written = rest.replace(",", "").replace("\u2212", "-").removeprefix("+")
        return Cost(Amount.point(_finite(written)), written, sign, code)
    if re.fullmatch(r"\d+(?:\.\d+)?[eE][-+]?\d+", rest):
        return Cost(Amount.point(_finite(rest)), rest, sign, code)
    if (" to " in rest or "/" in rest) and "%" not in rest and " in " not in rest:
        try:
            amount = parse_amount(rest, family="positive", unit="money", currency_signs=SIGNS)
        except InputError as error:
            fault = error.faults[0]
            # the caller tells the value once
            message = fault.message.rpartition("' ")[2]
            raise NotACostError(message, fault.cure) from None
        return Cost(amount, "", sign, code)
    raise NotACostError(*_why_not(rest))


def looks_like_a_cost(text: str) -> bool:
    """Whether a cell could be a cost, for guessing which column holds them."""
    try:
        parse_cost(text)
    except NotACostError:
        return False
    return True


def names_a_currency(text: str) -> bool:
    """Whether a cell says its currency itself, by its code."""
    if not any(char.isalpha() for char in text):
        return False
    try:
        return bool(parse_cost(text).code)
    except NotACostError:
        return False


def _finite(number: str) -> float:
    value = float(number)
    if abs(value) > 1e15:  # noqa: PLR2004 (more money than there is; digits would be lost)
        raise _no_cost(message="is larger than any sum of money", cure="correct the number")
    return value


def _no_cost(*, message: str, cure: str) -> NotACostError:
    return NotACostError(message, cure)


def _unsigned(text: str) -> tuple[str, str, str]:
    found = _CODE.match(text)
    before, rest, after = found.groups() if found else (None, text, None)
    if before in CURRENCIES and not after:
        code = before
    elif after in CURRENCIES and not before:
        code = after
    else:
        code, rest = "", text
    minus = "-" if rest.startswith(("-", "\u2212")) else ""
    body = rest[1:] if minus else rest
    sign = next((one for one in SIGNS if body.startswith(one)), "")
    body = body.removeprefix(sign).strip().strip(_SPACES)
    return sign, code or "", minus + body


def _why_not(rest: str) -> tuple[str, str]:
    if rest.startswith("="):
        return "is a formula", "store its value in the file"
    if re.fullmatch(r"[\d.]*,\d{1,2}", rest) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", rest):
        return "may have a decimal comma", "write 1234.56, with a point for decimals"
    if re.fullmatch(r"[\d.,]+\s*(?:k|m|bn|million|billion)", rest, re.IGNORECASE):
        return "has a suffix", "write the number out, as in 1500000"
    if re.fullmatch(r"[\d.,]+\s*[-\u2013\u2014]\s*[\d.,]+", rest):
        return "is a span", "write 'a to b'"
    if re.fullmatch(r"\([\d.,]+\)", rest):
        return "may be negative", "write a plain number"
    return "is not a number", "write a plain number, 'a to b' or 'p05 / p50 / p95'"
