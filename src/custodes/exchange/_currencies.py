"""Signs of currencies, which narrow a currency down without ever naming one."""

from __future__ import annotations

SIGNS = ("US$", "$", "\u00a3", "\u20ac", "\u00a5", "\u20b9")
"""Signs that may stand before a number; the first that fits is taken off."""

_MEANS = {
    "US$": {"USD"},
    "\u00a3": {"GBP", "EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SSP", "SYP"},
    "\u20ac": {"EUR"},
    "\u00a5": {"JPY", "CNY"},
    "\u20b9": {"INR"},
}
_NO_DOLLAR = frozenset({"GBP", "EUR", "JPY", "INR", "CHF", "SEK", "NOK", "DKK", "KRW", "PLN"})


def sign_contradicts(sign: str, currency: str) -> bool:
    """Whether a sign before the number cannot mean the currency; it never says which one it is."""
    if sign == "$":
        return currency in _NO_DOLLAR
    return sign in _MEANS and currency not in _MEANS[sign]
