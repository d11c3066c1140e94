import pytest

from custodes.assessment import Summary
from custodes.reports._numbers import (
    in_words,
    money,
    percent,
    places_for,
    side_of,
    signed,
    significant,
    tell_risk,
    tell_social_value,
)


def summary(mean, *, error, low=None, high=None):
    return Summary(
        mean=mean,
        p05=mean if low is None else low,
        p50=mean,
        p95=mean if high is None else high,
        standard_error=error,
    )


@pytest.mark.parametrize(
    ("mean", "error", "side"),
    [
        (-3.0, 1.0, "safer"),
        (3.0, 1.0, "riskier"),
        (-2.0, 1.0, "level"),
        (2.0, 1.0, "level"),
        (0.0, 0.0, "level"),
        (-1e-30, 0.0, "safer"),
    ],
)
def test_side_of_a_mean_needs_two_standard_errors(mean, error, side):
    assert side_of(mean, error) == side


@pytest.mark.parametrize(
    ("value", "error", "places"),
    [
        (402.13, 3.1, 0),
        (2571.0, 25.0, -1),
        (-0.01432, 0.0002, 4),
        (16.2, 0.0, 1),
        (0.0, 0.0, 0),
        (0.0, 0.02, 2),
        (123456.0, 0.001, -3),
    ],
)
def test_places_stop_at_the_first_digit_of_the_error(value, error, places):
    assert places_for(value, error) == places


def test_risk_is_told_in_ppm_with_sign_word_and_interval():
    told = tell_risk(summary(-37.24e-6, error=0.2e-6, low=-90.4e-6, high=4.1e-6))

    assert (told.mean, told.word, told.side) == ("\u221237.2", "safer", "safer")
    assert told.interval == "\u221290 to +4"
    assert told.error == "0.2"


def test_risk_that_cannot_be_told_from_zero_is_unclear():
    told = tell_risk(summary(0.1e-6, error=0.09e-6))

    assert (told.word, told.side) == ("unclear", "level")


def test_risk_that_is_zero_is_no_change():
    assert tell_risk(summary(0.0, error=0.0)).word == "no change"


def test_risk_told_to_given_places_hides_no_error():
    told = tell_risk(summary(0.00001e-6, error=0.0000001e-6), places=2)

    assert (told.mean, told.error) == ("0", "<0.001")


def test_social_value_above_zero_is_better():
    assert tell_social_value(summary(5e-6, error=1e-7)).word == "better"
    assert tell_social_value(summary(-5e-6, error=1e-7)).word == "worse"


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(-1234.5, 0, "\u22121,234"), (0.04, 1, "0"), (1250, -2, "+1,200"), (2.0, 2, "+2.00")],
)
def test_signed_number_has_a_minus_and_a_plus(value, places, text):
    assert signed(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.024, "0.024"),
        (1.1, "1.1"),
        (99.96, "100"),
        (1234.0, "1,230"),
        (999_999.0, "1 million"),
        (1.5e11, "150 billion"),
        (4e12, "4 trillion"),
        (5e-05, "5 \u00d7 10\u207b\u2075"),
        (-1.26e-7, "\u22121.26 \u00d7 10\u207b\u2077"),
    ],
)
def test_significant_digits_read_at_every_size(value, text):
    assert significant(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0\u00a0%"),
        (1, "100\u00a0%"),
        (0.0004, "<1\u00a0%"),
        (0.9951, ">99\u00a0%"),
        (0.425, "42\u00a0%"),
    ],
)
def test_percentage_never_rounds_doubt_away(share, text):
    assert percent(share) == text


def test_money_is_to_the_unit_below_a_million():
    assert money(123_456.4, "GBP") == "GBP\u00a0123,456"
    assert money(27_200_000, "GBP") == "GBP\u00a027.2\u00a0million"


def test_names_are_read_aloud():
    assert in_words("honest_ai") == "honest AI"
    assert in_words("rd_share") == "R&D share"
    assert in_words("main_aim") == "main aim"
