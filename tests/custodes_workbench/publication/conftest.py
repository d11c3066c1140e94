"""A round whose decision is public, an approach, and somebody's critique of either."""

import shutil

import pytest
from django.db import transaction
from django.test import override_settings

from cast import Cast, a_cast, a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.decisions.services import (
    DecisionGiven,
    record_decision,
    release_decision,
)
from custodes_workbench.efforts.models import Effort
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from publication_helpers import criticise, publish_again, publish_approach


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast and the round, made once for the tests of a module, and gone after them.

    It takes seconds to publish a site. Each test runs in a savepoint inside.
    """
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        cast = a_cast()
        yield cast, _published_round(cast).pk, media
        transaction.set_rollback(True)


def _published_round(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    start_run(round_=row, kind=Run.Kind.ASSESS, by=cast.now("lena"))
    run_next_job("a test")
    at_stage(row, Stage.CHOICE)
    effort = Effort.objects.select_related("round").get(round=row, effort_id="first")
    given = DecisionGiven(outcome="support", reasons="It lowers risk a little.")
    decision = record_decision(effort=effort, given=given, by=cast.now("dina"), version=0)
    release_decision(decision=decision, by=cast.now("lena"), version=1)
    publish_approach("We count risk.", cast)
    publish_again(Round.objects.get(pk=row.pk), cast)
    return row


@pytest.fixture
def cast(published, db):
    """The people of the round, as they are at the start of each test."""
    made, _, _ = published
    people = {name: User.objects.get(pk=person.pk) for name, person in made.people.items()}
    return Cast(people)


@pytest.fixture
def row(published, db, settings, tmp_path):
    """The round, with files of its own to write to."""
    _, key, media = published
    settings.MEDIA_ROOT = shutil.copytree(media, tmp_path / "media")
    return Round.objects.get(pk=key)


@pytest.fixture
def critique(row):
    return criticise(f"{row.slug}/decision:first")


@pytest.fixture
def of_approach(row):
    return criticise("approach")
