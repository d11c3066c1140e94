import json
from pathlib import Path

import pytest
from pydantic import Field, ValidationError

from custodes.quantities import CURRENCIES, Currency, nearest_currency
from custodes.records import Record, faults_of


class Priced(Record):
    currency: Currency = Field(default="", pattern="^([A-Z]{3})?$")
    """A currency, or nothing."""


LIST = Path("/usr/share/iso-codes/json/iso_4217.json")
NO_MONEY = {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"}
"""Codes of ISO 4217 for funds."""
SINCE = {"XCG": "ANG", "ZWG": "ZWL"}
"""Codes that came in 2024 and 2025, and what went for them."""


@pytest.mark.parametrize("code", ["GBP", "JPY", "XOF", ""])
def test_a_currency_is_taken_as_it_is(code):
    assert Priced(currency=code).currency == code


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("XYZ", "'XYZ' is not a currency's code; write a code of ISO 4217, as GBP"),
        ("GPB", "'GPB' is not a currency's code; did you mean 'GBP'?"),
        ("gbp", "'gbp' is not written as it should be; write three capital letters, as GBP"),
    ],
)
def test_a_code_that_is_no_currencys_is_refused_with_the_nearest(code, told):
    with pytest.raises(ValidationError) as caught:
        Priced(currency=code)

    assert [str(fault) for fault in faults_of(caught.value)] == [f"'currency': {told}"]


def test_a_word_is_led_to_its_code():
    assert nearest_currency("euro") == "did you mean 'EUR'?"


@pytest.mark.skipif(not LIST.exists(), reason="needs the list of ISO 4217 of Debian's iso-codes")
def test_the_codes_are_those_of_the_standard():
    listed = {each["alpha_3"] for each in json.loads(LIST.read_text("utf-8"))["4217"]}

    money = {code for code in listed if not code.startswith("X")} - NO_MONEY
    with_x = {"XAF", "XCD", "XOF", "XPF", "XCG"}

    assert {*CURRENCIES} - with_x - {*SINCE} <= money
    assert money - {*CURRENCIES} <= {"CUC", "HRK", "SLL", *SINCE.values()}
