import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from custodes.errors import InputError
from custodes.quantities import Amount, parse_amount


@pytest.mark.parametrize(
    ("text", "family", "numbers"),
    [
        ("0.05", "share", (0.05, 0.05, 0.05)),
        ("5 %", "share", (0.05, 0.05, 0.05)),
        ("1 in 2,000,000", "share", (5e-7, 5e-7, 5e-7)),
        ("1 / 2 / 4", "positive", (1, 2, 4)),
        ("0.01 / 5% / 1 in 2", "share", (0.01, 0.05, 0.5)),
        ("1 to 100", "positive", (1, 10, 100)),
        ("-100 to -1", "signed", (-100, -10, -1)),
        ("-1 to 3", "signed", (-1, 1, 3)),
        ("2 to 4", "real", (2, 3, 4)),
        ("0.1 to 0.9", "share", (0.1, 0.5, 0.9)),
        ("0 to 0", "positive", (0, 0, 0)),
        ("100k to 1.6m", "positive", (1e5, 4e5, 1.6e6)),
        ("2bn", "positive", (2e9, 2e9, 2e9)),
        ("1,234,567.5", "positive", (1234567.5,) * 3),
        ("  3e-4 ", "positive", (3e-4,) * 3),
        ("\u22123", "real", (-3, -3, -3)),
        ("about 7", "positive", (7, 7, 7)),
    ],
)
def test_what_is_written_is_read(text, family, numbers):
    assert parse_amount(text, family=family).numbers == pytest.approx(numbers)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5-10", "dash"),
        ("5 \u2013 10", "dash"),
        ("< 0.1", "bound"),
        ("≥3", "bound"),
        ("0+", "bound"),
        ("near 0", "not a number"),
        (",9", "comma"),
        ("10 to 1", "downwards"),
        ("1 to 2 to 3", "more than one 'to'"),
        ("1 / 2", "not three numbers"),
        ("3 / 2 / 1", "not in order"),
        ("0 to 1", "no middle"),
        ("1 in 0.5", "above certainty"),
        ("", "empty"),
        ("1e999", "too large"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1,23", "not a number"),
        ("12,34,567", "not a number"),
    ],
)
def test_what_cannot_be_an_amount_is_refused_with_what_to_write(text, told):
    with pytest.raises(InputError, match=told) as refused:
        parse_amount(text, family="positive")

    (fault,) = refused.value.faults
    assert fault.cure
    assert text.strip()[:20] in fault.message


def test_m_is_no_million_where_the_unit_is_months():
    assert parse_amount("3m", family="positive", unit="USD").p50 == 3e6
    with pytest.raises(InputError, match="months or millions"):
        parse_amount("3m", family="positive", unit="months")


def test_a_currency_sign_is_taken_off_where_it_may_stand():
    assert parse_amount("£3k", family="positive", currency_signs=("£",)).p50 == 3000
    with pytest.raises(InputError):
        parse_amount("$3k", family="positive", currency_signs=("£",))


@given(st.floats(1e-9, 1e9), st.floats(1, 1e6))
@settings(derandomize=True, deadline=None)
def test_the_middle_of_a_range_is_geometric_on_the_logarithm(low, times):
    high = low * times

    amount = parse_amount(f"{low!r} to {high!r}", family="positive")

    assert amount.p50 == pytest.approx(math.sqrt(low * high), rel=1e-9)
    assert low <= amount.p50 <= high


@given(st.floats(-1e300, 1e300))
@settings(derandomize=True, deadline=None)
def test_the_shortest_text_of_a_number_reads_back_to_it(number):
    assert parse_amount(repr(number), family="real").p50 == number


def test_three_numbers_that_do_not_rise_are_no_amount():
    with pytest.raises(ValidationError, match="not in order"):
        Amount(p05=3, p50=2, p95=1)
