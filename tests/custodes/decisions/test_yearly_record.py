import datetime as dt
from statistics import mean, stdev

import pytest

from custodes.decisions import Prediction, yearly_record
from round_records import amount


def foretold(number, p, outcome, *, year=2027, family="event", **fields):
    return Prediction(
        id=f"p{number}",
        about="effort:tests",
        text="it happens",
        made_on=dt.date(year, 1, 1),
        resolves_by=dt.date(year, 12, 31),
        family=family,
        amount=amount(p),
        outcome=outcome,
        **fields,
    )


def test_events_are_scored_with_the_error_of_the_mean():
    record = yearly_record([foretold(1, 0.9, 1.0), foretold(2, 0.2, 0.0), foretold(3, 0.6, 0.0)])

    found = record.all_years.events

    scores = [0.01, 0.04, 0.36]
    assert found.brier == pytest.approx(mean(scores))
    assert found.standard_error == pytest.approx(stdev(scores) / 3**0.5)
    assert found.foretold == pytest.approx(1.7 / 3)
    assert found.happened == pytest.approx(1 / 3)
    assert found.brier_of_base_rate == pytest.approx(2 / 9)
    assert record.all_years.too_few


def test_a_single_one_has_no_error_and_an_open_one_no_score():
    record = yearly_record([foretold(1, 0.9, 1.0), foretold(2, 0.9, None)])

    assert record.all_years.events.standard_error is None
    assert (record.all_years.events.number, record.all_years.open) == (1, 1)


def test_ranges_tell_how_many_held_with_the_published_interval():
    ranges = [foretold(n, (1, 2, 4), 3.0 if n < 6 else 9.0, family="positive") for n in range(10)]

    found = yearly_record(ranges).all_years

    assert (found.ranges.number, found.ranges.held) == (10, 6)
    # 6 of 10: the Wilson interval of docs/explanation/judgement.md
    assert found.ranges.held_low == pytest.approx(0.3516385979)
    assert found.ranges.held_high == pytest.approx(0.8057730081)
    assert not found.too_few


def test_each_year_stands_alone_and_the_unresolvable_stays_out():
    record = yearly_record(
        [
            foretold(1, 0.9, 1.0, year=2026),
            foretold(2, 0.1, 1.0, year=2027),
            foretold(3, 0.1, None, year=2027, is_unresolvable=True),
        ]
    )

    assert [(each.year, each.predictions, each.unresolvable) for each in record.years] == [
        (2026, 1, 0),
        (2027, 2, 1),
    ]
    assert record.years[1].events.brier == pytest.approx(0.81)
    assert record.all_years.events.number == 2


def test_no_prediction_is_no_year():
    assert yearly_record([]).years == ()
