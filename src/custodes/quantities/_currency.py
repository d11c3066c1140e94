"""Money's currencies: the codes that there are, and the refusal of any other."""

from __future__ import annotations

import difflib
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from custodes.records import TOLD

CURRENCIES = frozenset(
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
"""Active codes of ISO 4217 that are money in circulation; and BGN, for grants from before 2026.

Compared in November 2026 with the list of Debian's iso-codes 4.15.0, which lacks XCG (for ANG,
2025) and ZWG (for ZWL, 2024); funds, metals and codes for tests are left out.
"""


def nearest_currency(code: str) -> str:
    """The cure for a code that is no currency's: the nearest one, or what to write.

    >>> nearest_currency("GPB")
    "did you mean 'GBP'?"
    >>> nearest_currency("?")
    'write a code of ISO 4217, as GBP'
    """
    written = code.upper()
    close = difflib.get_close_matches(written, sorted(CURRENCIES), n=len(CURRENCIES))
    if not close:
        return "write a code of ISO 4217, as GBP"
    # two letters that changed places are likelier than a wrong one, a wrong last one than a first
    swapped = [each for each in close if sorted(each) == sorted(written)]
    begun = [each for each in close if each[0] == written[0]]
    return f"did you mean '{(swapped or begun or close)[0]}'?"


def _known(code: str) -> str:
    if code and code not in CURRENCIES:
        raise PydanticCustomError(
            TOLD,
            "'{code}' is not a currency's code",
            {"code": code, "cure": nearest_currency(code)},
        )
    return code


Currency = Annotated[str, AfterValidator(_known)]
"""An ISO 4217 code, where one stands; the pattern of the field says whether one must."""
