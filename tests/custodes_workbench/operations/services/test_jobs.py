import datetime as dt

import pytest
from django.utils import timezone

from custodes.errors import InputError
from custodes_workbench.history.models import Entry
from custodes_workbench.operations import works
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.services import ask_job, cancel_job, run_next_job
from custodes_workbench.operations.services.jobs import MOST_ATTEMPTS, take_job
from custodes_workbench.operations.works import register_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(cast, monkeypatch):
    monkeypatch.setattr(works, "_WORKS", {})

    def asked(work=lambda _job, _tell: None, *, key="a key"):
        register_work("a kind", work)
        return ask_job(
            kind="a kind",
            subject="a thing",
            round_slug="a-round",
            asked_by=cast.lena,
            idempotency_key=key,
        )

    return asked


def state_of(job):
    job.refresh_from_db()
    return job.state


def test_a_job_is_done_once(ask):
    done = []
    job = ask(lambda each, _tell: done.append(each.subject))

    ran = [run_next_job("one"), run_next_job("two")]

    assert (ran, done, state_of(job)) == ([True, False], ["a thing"], Job.State.DONE)


def test_asked_for_twice_it_is_one_job(ask):
    first, again = ask(), ask()

    assert first.pk == again.pk


def test_progress_is_kept(ask):
    job = ask(lambda _job, tell: tell(3, 4) or tell(4, 4))

    run_next_job("one")

    job.refresh_from_db()
    assert (job.done, job.total) == (4, 4)


def test_a_job_that_waits_is_cancelled_at_once(ask, cast):
    job = ask()

    cancel_job(job=job, by=cast.lena)

    assert state_of(job) == Job.State.CANCELLED
    assert not run_next_job("one")


def test_a_running_job_stops_at_its_next_word(ask, cast):
    def work(job, tell):
        cancel_job(job=job, by=cast.lena)
        tell(1, 2)
        msg = "it went on"
        raise AssertionError(msg)

    job = ask(work)

    run_next_job("one")

    assert state_of(job) == Job.State.CANCELLED


def test_a_cancelled_job_can_be_asked_for_again(ask, cast):
    cancel_job(job=ask(), by=cast.lena)

    job = ask()

    assert state_of(job) == Job.State.QUEUED


def test_a_fault_of_the_input_is_told(ask):
    def work(_job, _tell):
        raise InputError([])

    job = ask(work)

    run_next_job("one")

    assert state_of(job) == Job.State.FAILED
    assert Entry.objects.filter(action="job failed").count() == 1


def test_our_own_fault_has_a_number_and_no_detail(ask):
    def work(_job, _tell):
        msg = "the secret in the traceback"
        raise RuntimeError(msg)

    job = ask(work)

    run_next_job("one")

    job.refresh_from_db()
    assert job.note.startswith("This is our fault. Tell your administrator the number ")
    assert "secret" not in job.note


def test_a_job_whose_worker_died_is_taken_again(ask):
    job = ask()
    take_job("one that dies")

    at_once = take_job("two")
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    later = take_job("two")

    assert at_once is None
    assert (later.pk, later.lease_owner, later.attempts) == (job.pk, "two", 2)


def test_a_worker_that_comes_back_late_changes_nothing(ask):
    job = ask(lambda each, _tell: Job.objects.filter(pk=each.pk).update(lease_owner="two"))

    run_next_job("one")

    assert state_of(job) == Job.State.RUNNING


def test_a_job_over_which_every_worker_dies_has_failed(ask):
    job = ask()
    for _ in range(MOST_ATTEMPTS):
        take_job("one that dies")
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))

    assert take_job("another") is None
    assert state_of(job) == Job.State.FAILED
