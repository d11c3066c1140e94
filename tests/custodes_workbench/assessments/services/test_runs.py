import json

import pytest

import custodes
from cast import a_workbench_round
from custodes.exchange import result_text
from custodes_workbench.access import Refused, Role, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import assessment_of
from custodes_workbench.assessments.services import cancel_run, propose, start_run
from custodes_workbench.assessments.services.runs import carry_out_run
from custodes_workbench.claims.selectors import round_of
from custodes_workbench.history.models import Entry, EntryText
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.people.models import Membership
from custodes_workbench.rounds.models import Round
from workbench_runs import a_done_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.ASSESSMENT)


def start(cast, row, kind=Run.Kind.ASSESS, *, by="lena", **options):
    return start_run(round_=row, kind=kind, by=cast.now(by), options=options)


def entries(action):
    return Entry.objects.filter(action=action)


def test_a_run_keeps_what_the_library_says_of_the_same_round(cast, row):
    run = a_done_run(cast, row)

    said = custodes.assess(round_of(row)).record
    assert run.job.state == Job.State.DONE
    assert result_text(assessment_of(run)) == result_text(said)
    assert (run.seed, run.samples) == (said.seed, said.samples)
    assert run.inputs_sha256 == said.inputs_sha256


def test_asked_twice_with_the_same_inputs_it_is_the_same_run(cast, row):
    first = a_done_run(cast, row)

    again = start(cast, row, by="anna")

    assert again.pk == first.pk
    assert Job.objects.count() == 1


def test_other_inputs_make_another_run(cast, row):
    first = a_done_run(cast, row)
    Round.objects.filter(pk=row.pk).update(settings={**row.settings, "seed": 7})

    second = start(cast, Round.objects.get(pk=row.pk))

    assert (first.n, second.n) == (1, 2)


def test_a_run_computes_with_the_round_as_it_was_when_asked(cast, row):
    run = start(cast, row)
    Round.objects.filter(pk=row.pk).update(settings={**row.settings, "seed": 7})

    run_next_job("a test")

    run.refresh_from_db()
    assert assessment_of(run).seed == row.settings["seed"]


@pytest.mark.parametrize("name", ["ada", "rhea", "alan", "aud", "adam", "mallory"])
def test_an_assessment_is_not_for(cast, row, name):
    with pytest.raises(Refused, match="You may not run an assessment: that is for"):
        start(cast, row, by=name)


def test_no_assessment_before_the_answers_are_closed(cast):
    row = a_workbench_round(cast, Stage.BLIND)

    with pytest.raises(Refused, match="now: the round is at blind estimates"):
        start(cast, row)


def test_who_has_a_conflict_with_one_effort_does_not_choose(cast):
    row = a_workbench_round(cast, Stage.CHOICE)
    Membership.objects.create(person=cast.carl, role=Role.DECISION_MAKER, round=row.slug)

    with pytest.raises(Refused, match="a conflict of interest stands between"):
        start(cast, row, Run.Kind.CHOOSE, by="carl")


def test_a_second_finisher_that_finds_the_same_changes_nothing(cast, row):
    run = a_done_run(cast, row)
    Job.objects.filter(pk=run.job_id).update(state=Job.State.QUEUED)

    run_next_job("another worker")

    assert not entries("run gave another result").exists()
    assert entries("run done").count() == 1
    assert Run.objects.get(pk=run.pk).result_sha256 == run.result_sha256


def test_a_second_finisher_that_finds_something_else_is_an_alarm(cast, row):
    run = a_done_run(cast, row)
    Run.objects.filter(pk=run.pk).update(result_sha256="0" * 64)
    Job.objects.filter(pk=run.job_id).update(state=Job.State.QUEUED)

    run_next_job("another worker")

    kept = Run.objects.get(pk=run.pk)
    alarm = entries("run gave another result").get()
    assert kept.result_sha256 == "0" * 64
    assert json.loads(EntryText.objects.get(entry=alarm).text)["found"] == run.result_sha256


def test_a_run_that_was_cancelled_before_it_began_keeps_nothing(cast, row):
    run = start(cast, row)

    cancel_run(run=run, by=cast.now("omar"))

    assert not run_next_job("a test")
    run.refresh_from_db()
    assert (run.is_done, run.job.state) == (False, Job.State.CANCELLED)


def test_a_cancelled_run_can_be_asked_for_again(cast, row):
    run = start(cast, row)
    cancel_run(run=run, by=cast.now("omar"))

    again = start(cast, row)
    run_next_job("a test")

    again.refresh_from_db()
    assert again.pk == run.pk
    assert again.is_done


def test_only_who_may_start_a_run_may_stop_it(cast, row):
    run = start(cast, row)

    with pytest.raises(Refused):
        cancel_run(run=run, by=cast.now("aud"))


def test_a_result_whose_asker_lost_their_role_is_stored_and_said_so(cast, row):
    run = start(cast, row, by="omar")

    def tell(_done, _total):
        Membership.objects.filter(person=cast.omar).delete()

    carry_out_run(run.job, tell)

    run.refresh_from_db()
    told = json.loads(EntryText.objects.get(entry=entries("run done").get()).text)
    assert run.is_done
    assert told["asker may see it"] is False


def test_a_run_whose_asker_lost_their_role_while_it_waited_does_not_begin(cast, row):
    run = start(cast, row, by="omar")
    Membership.objects.filter(person=cast.omar).delete()

    run_next_job("a test")

    run.refresh_from_db()
    run.job.refresh_from_db()
    assert (run.is_done, run.job.state) == (False, Job.State.FAILED)
    assert run.job.note.startswith("You may not run an assessment")
    again = start(cast, row, by="lena")
    assert (again.job.state, again.asked_by) == (Job.State.QUEUED, cast.lena)


def test_one_choice_is_proposed_at_a_time(cast):
    row = a_workbench_round(cast, Stage.CHOICE)
    runs = [a_done_run(cast, row, Run.Kind.CHOOSE, options=each) for each in ({}, {"budget": 1e6})]

    for each in runs:
        propose(run=each, by=cast.now("dina"), reason="it keeps within the money")

    assert [Run.objects.get(pk=each.pk).is_proposal for each in runs] == [False, True]
    assert entries("choice proposed").count() == 2


def test_a_choice_that_is_proposed_needs_somebody_who_may_choose(cast):
    run = a_done_run(cast, kind=Run.Kind.CHOOSE)

    with pytest.raises(Refused):
        propose(run=run, by=cast.now("aud"), reason="no reason")
