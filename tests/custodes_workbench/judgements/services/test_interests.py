import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.selectors import efforts_visible_to, relations_in
from custodes_workbench.judgements.models import ConflictOfInterest, Interest
from custodes_workbench.judgements.selectors.interests import declaration_that_waits
from custodes_workbench.judgements.services.interests import (
    InterestGiven,
    declare_interests,
    renew_declaration,
    running_rounds,
    take_back_interest,
)
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import STATEMENT_HOLDS

pytestmark = pytest.mark.django_db


def a_person(cast, name, **values):
    """Somebody whose mail address proves nothing."""
    User.objects.filter(pk=cast.people[name].pk).update(email=f"{name}@gmail.com", **values)
    return cast.now(name)


def a_tie(with_whom="Alan's laboratory", type_="employer", **days):
    """A tie with who applied for the first effort."""
    return InterestGiven(type=type_, with_whom=with_whom, **days)


@pytest.mark.parametrize("name", ["dina", "omar", "ada"])
def test_a_declared_tie_keeps_out_of_the_effort_at_once(cast, name):
    row = a_workbench_round(cast)
    person = a_person(cast, name)

    declare_interests(given=[a_tie()], by=person)

    found = ConflictOfInterest.objects.get(person=person)
    assert (found.effort.effort_id, found.type, found.rule) == (
        "first",
        "employer",
        "declared tie",
    )
    assert "first" not in {each.effort_id for each in efforts_visible_to(person, row)}


def test_a_tie_of_long_ago_keeps_nobody_out(cast):
    a_workbench_round(cast)
    day = timezone.localdate() - dt.timedelta(days=4 * 366)

    declare_interests(given=[a_tie(until=day)], by=a_person(cast, "dina"))

    assert not ConflictOfInterest.objects.exclude(type="none").exists()


def test_a_tie_that_is_declared_twice_stands_once(cast):
    person = a_person(cast, "dina")

    declare_interests(given=[a_tie(), a_tie()], by=person)

    assert Interest.objects.count() == 1


def test_a_tie_does_not_end_before_it_begins(cast):
    tie = a_tie(since=dt.date(2026, 1, 2), until=dt.date(2026, 1, 1))

    with pytest.raises(Refused, match="ends before it begins"):
        declare_interests(given=[tie], by=a_person(cast, "dina"))


def test_what_was_found_stays_found_when_the_tie_is_taken_back(cast):
    row = a_workbench_round(cast)
    person = a_person(cast, "dina")
    (tie,) = declare_interests(given=[a_tie()], by=person)

    take_back_interest(interest=tie, by=person)

    tie.refresh_from_db()
    assert tie.taken_back_at is not None
    assert Relation.CONFLICTED in relations_in(person, row).values()


def test_nobody_takes_back_what_somebody_else_declared(cast):
    (tie,) = declare_interests(given=[a_tie()], by=a_person(cast, "dina"))

    with pytest.raises(Refused):
        take_back_interest(interest=tie, by=cast.now("omar"))


@pytest.mark.parametrize(
    ("age", "locked"), [(STATEMENT_HOLDS - dt.timedelta(1), False), (STATEMENT_HOLDS, True)]
)
@pytest.mark.parametrize("name", ["ada", "omar", "dina"])
def test_a_declaration_that_is_over_is_unknown_and_keeps_out(cast, name, age, locked):
    row = a_workbench_round(cast)
    person = a_person(cast, name, interests_stated_on=timezone.localdate() - age)

    seen = {each.effort_id for each in efforts_visible_to(person, row)}

    assert ("first" not in seen) is locked
    assert (seen == set()) is locked


def test_renewing_opens_what_was_closed(cast):
    row = a_workbench_round(cast)
    person = a_person(cast, "ada", interests_stated_on=timezone.localdate() - STATEMENT_HOLDS)

    renew_declaration(by=person, aliases=" Countess \n\n")

    assert person.aliases == "Countess"
    assert {each.effort_id for each in efforts_visible_to(cast.now("ada"), row)} == {
        "first",
        "second",
    }


def test_an_applicant_sees_their_own_application_all_the_same(cast):
    row = a_workbench_round(cast)
    alan = a_person(cast, "alan", interests_stated_on=timezone.localdate() - STATEMENT_HOLDS)

    assert {each.effort_id for each in efforts_visible_to(alan, row)} == {"first"}


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (None, "State your interests"),
        (0, None),
        (336, "Renew your statement of interests"),
        (365, "it is over"),
    ],
)
def test_a_declaration_waits_when_it_is_missing_or_ends(cast, age, text):
    day = None if age is None else timezone.localdate() - dt.timedelta(age)
    person = a_person(cast, "dina", interests_stated_on=day)

    found = declaration_that_waits(person)

    assert [text in each.text for each in found] == [True] * (text is not None)


@pytest.mark.parametrize(("name", "number"), [("dina", 1), ("ada", 1), ("mallory", 0)])
def test_only_rounds_that_one_has_to_do_with_are_looked_at(cast, name, number):
    row = a_workbench_round(cast)

    running = running_rounds(cast.now(name))
    at_stage(row, Stage.PUBLISHED)

    assert (len(running), running_rounds(cast.now(name))) == (number, [])
