"""Runs of the small round, carried out in this process."""

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.operations.services import run_next_job


def a_done_run(cast, row=None, kind=Run.Kind.ASSESS, *, by="lena", options=None):
    """A run that is done; of a round made for it where none is given."""
    if row is None:
        row = a_workbench_round(
            cast, Stage.CHOICE if kind == Run.Kind.CHOOSE else Stage.ASSESSMENT
        )
    run = start_run(round_=row, kind=kind, by=cast.now(by), options=options)
    run_next_job("a test")
    return Run.objects.select_related("job", "round").get(pk=run.pk)


def moved(row, stage):
    """The round at another stage."""
    at_stage(row, stage)
    return type(row).objects.get(pk=row.pk)
