"""Runs of the small round, carried out in this process."""

from django.utils import timezone

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.judgements.models import Answer, Assignment
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.services import run_next_job
from round_records import answers


def a_done_run(cast, row=None, kind=Run.Kind.ASSESS, *, by="lena", options=None):
    """A run that is done; of a round made for it where none is given."""
    if row is None:
        row = a_workbench_round(
            cast, Stage.CHOICE if kind == Run.Kind.CHOOSE else Stage.ASSESSMENT
        )
    run = start_run(round_=row, kind=kind, by=cast.now(by), options=options)
    run_next_job("a test")
    run.job.refresh_from_db()
    assert run.job.state == Job.State.DONE, run.job.note
    return Run.objects.select_related("job", "round").get(pk=run.pk)


def moved(row, stage):
    """The round at another stage."""
    at_stage(row, stage)
    return type(row).objects.get(pk=row.pk)


def answered(row, effort, person, **quantities):
    """What a person answered about an effort, handed in: a number or three for each quantity."""
    assignment = Assignment.objects.select_related("effort", "member").get(
        effort__round=row, effort__effort_id=effort, member__person=person
    )
    Assignment.objects.filter(pk=assignment.pk).update(handed_in_at=timezone.now())
    for each in answers(effort, **quantities):
        Answer.objects.create(
            member=assignment.member,
            effort=assignment.effort,
            subject=effort,
            quantity=each.quantity,
            answer_round=1,
            record=each.model_dump(mode="json"),
        )
