import datetime as dt
import hashlib
import itertools
import secrets

import pytest
from pydantic import ValidationError

from custodes.disclosure import (
    GROUNDS,
    MEANINGS,
    READS,
    Audience,
    Mark,
    Marking,
    Withheld,
    digest_of,
    is_public,
    is_told,
    latest_review,
    mark_of,
    may_read,
    strictest,
    withheld,
    withheld_lines,
    yearly_total,
)

TODAY = dt.date(2026, 11, 24)
FULL = {
    "mark": Mark.RESTRICTED,
    "ground": "misuse",
    "reason": "The steps could be followed.",
    "against": "Nobody outside can check the finding.",
    "decided_by": "The lead officer",
    "decided_on": TODAY,
    "review_by": dt.date(2027, 11, 24),
    "lifted_when": "The hole is closed.",
}


def test_a_stricter_mark_is_read_by_fewer():
    readers = [READS[mark] for mark in Mark]

    assert set(READS) == set(MEANINGS) == set(Mark)
    assert all(later <= earlier for earlier, later in itertools.pairwise(readers))
    assert [mark for mark in Mark if may_read(mark, Audience.PUBLIC)] == [Mark.OPEN]
    assert all(may_read(mark, Audience.READERS) for mark in Mark)


def test_existence_is_hidden_by_one_mark_only_and_never_from_its_readers():
    assert [mark for mark in Mark if not is_told(mark, Audience.PUBLIC)] == [
        Mark.RESTRICTED_EXISTENCE
    ]
    assert all(is_told(mark, Audience.READERS) for mark in Mark)


@pytest.mark.parametrize("mark", list(Mark))
def test_what_is_derived_has_the_strictest_mark_whatever_the_order(mark):
    below = [each for each in Mark if list(Mark).index(each) <= list(Mark).index(mark)]

    assert strictest(below) is strictest(reversed(below)) is mark
    assert strictest([]) is Mark.OPEN


def test_a_word_that_is_no_mark_opens_nothing():
    assert mark_of("confidential") is Mark.RESTRICTED
    assert [is_public(each) for each in ("", "open", "round", "OPEN")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_mark_needs_both_reasons_and_all_lacks_are_told_at_once():
    with pytest.raises(ValidationError) as refusal:
        Marking(mark=Mark.ROUND, reason="  ", decided_on=TODAY)

    told = str(refusal.value)
    assert "a ground, a reason, the reason against it, who decided" in told
    assert "what would lift it, a day of review" in told


@pytest.mark.parametrize(
    "review_by", [TODAY, dt.date(2026, 1, 1), dt.date(2027, 11, 25), dt.date(2030, 1, 1)]
)
def test_a_mark_is_looked_at_again_within_twelve_months(review_by):
    with pytest.raises(ValidationError, match="within 12 months"):
        Marking(**FULL | {"review_by": review_by})


def test_a_review_is_overdue_the_day_after_its_day():
    mark = Marking(**FULL)

    assert not mark.is_overdue(mark.review_by)
    assert mark.is_overdue(mark.review_by + dt.timedelta(days=1))
    assert not Marking(mark=Mark.OPEN, decided_on=TODAY).is_overdue(dt.date.max)


def test_a_leap_day_is_reviewed_by_the_end_of_february():
    assert latest_review(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)
    assert latest_review(TODAY) == dt.date(2027, 11, 24)


def test_what_is_withheld_is_told_unless_its_existence_is_restricted():
    things = [("effort", mark) for mark in Mark]

    assert withheld(things) == (Withheld(what="effort"),) * 3
    assert withheld(things, Audience.SAFEGUARDS) == (Withheld(what="effort"),)
    assert withheld(things, Audience.READERS) == ()


def test_a_line_says_how_many_why_until_when_and_the_digest():
    digest = "a" * 64
    named = Withheld(
        what="finding", ground="misuse", review_by=dt.date(2027, 11, 3), digest=digest
    )

    assert withheld_lines([named, Withheld(what="effort"), Withheld(what="effort")]) == (
        "2 efforts withheld, reason: not stated, no review date stated",
        f"1 finding withheld, reason: {GROUNDS['misuse']}, review by 2027-11, digest {digest}",
    )


def test_a_small_yearly_total_is_a_range_that_says_nothing_of_one_item():
    assert yearly_total(0) == yearly_total(1) == yearly_total(2) == "0 to 2"
    assert yearly_total(3) == "3"


def test_a_digest_cannot_be_guessed_without_the_salt():
    salt = secrets.token_bytes(32)

    assert digest_of(b"yes", salt=salt) == hashlib.sha256(salt + b"yes").hexdigest()
    assert digest_of(b"yes", salt=salt) != digest_of(b"yes", salt=secrets.token_bytes(32))
    with pytest.raises(ValueError, match="at least 16"):
        digest_of(b"yes", salt=b"short")
