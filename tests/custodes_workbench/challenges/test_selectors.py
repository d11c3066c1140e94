import datetime as dt

import pytest
from django.utils import timezone

from cast import NAMES, a_workbench_round
from challenges import a_challenge
from custodes_workbench.access import Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.selectors import (
    challenges_that_wait,
    changes_since,
    is_overdue,
)
from custodes_workbench.efforts.models import Revision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "waits"),
    [
        ("alan", ["Answer challenge c1 to First"]),
        *((each, []) for each in ("ada", "omar", "lena", "rhea", "dina", "carl", "mallory")),
    ],
)
def test_an_open_challenge_waits_for_its_owner(cast, name, waits):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))

    found = challenges_that_wait(cast.now(name))

    assert [each.text.casefold() for each in found] == [each.casefold() for each in waits]


def test_an_answered_challenge_waits_for_a_ruling_and_is_not_late(cast):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))
    Challenge.objects.update(status="answered", answer="x", due=dt.date(2026, 1, 1))

    (found,) = challenges_that_wait(cast.now("omar"))

    assert found.text.startswith("Rule on challenge c1")
    assert found.due is None
    assert challenges_that_wait(cast.now("alan")) == []


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        ("the applicant", {"alan"}),
        ("the experts who judge it", {"ada", "grace", "joan"}),
        ("a programme officer", {"omar", "lena"}),
        ("The consortium", {"omar", "lena"}),
        ("", {"alan", "ada", "grace", "joan", "omar", "lena"}),
    ],
)
def test_whoever_is_named_has_to_answer(cast, owner, names):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))
    Challenge.objects.update(owner=owner)

    found = {name for name in NAMES if challenges_that_wait(cast.now(name))}

    assert found == names


def test_an_overdue_challenge_goes_to_the_lead_officer_and_no_more_to_the_applicant(cast):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))
    Challenge.objects.update(due=timezone.localdate() - dt.timedelta(days=1))

    found = {name: [each.text for each in challenges_that_wait(cast.now(name))] for name in NAMES}

    told = {name: texts for name, texts in found.items() if texts}
    assert told == {
        "lena": ["See to the overdue answer of the applicant to challenge c1 to first"]
    }


def test_it_is_not_overdue_on_its_day(cast):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))
    Challenge.objects.update(due=timezone.localdate())

    assert not is_overdue(Challenge.objects.get())
    assert [each.text[:6] for each in challenges_that_wait(cast.now("alan"))] == ["Answer"]


def test_what_the_proposal_says_otherwise_since_is_told(cast):
    challenge = a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))
    assert changes_since(cast.now("rhea"), challenge, challenge.revision) == ()
    first = challenge.revision
    Revision.objects.create(
        effort=challenge.effort,
        n=first.n + 1,
        record=first.record | {"title": "Another title", "applicant": "Somebody else"},
        explanation=first.explanation,
        by=cast.alan,
    )
    newest = Challenge.objects.get()

    changes = {
        name: [each.label for each in changes_since(cast.now(name), newest, newest.revision)]
        for name in ("rhea", "alan")
    }

    assert changes == {"rhea": ["Title"], "alan": ["Title", "Applicant"]}
