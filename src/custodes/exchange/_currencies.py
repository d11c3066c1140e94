"""Currency codes, and the signs that narrow them down without ever naming one."""

from __future__ import annotations

CODES = frozenset(
    (
        *("AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM"),
        *("BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD"),
        *("BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP"),
        *("CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN"),
        *("ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF"),
        *("GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD"),
        *("IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW"),
        *("KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD"),
        *("MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR"),
        *("MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD"),
        *("OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON"),
        *("RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP"),
        *("SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS"),
        *("TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD"),
        *("UYU", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG"),
        *("XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG"),
    )
)
"""Active codes of ISO 4217 that are money in circulation (recalled, 2026)."""

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
