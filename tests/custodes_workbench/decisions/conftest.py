"""A round that was assessed, at choice, with its people."""

import pytest

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.efforts.models import Effort
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.rounds.models import Round


@pytest.fixture
def assessed(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    start_run(round_=row, kind=Run.Kind.ASSESS, by=cast.now("lena"))
    run_next_job("a test")
    at_stage(row, Stage.CHOICE)
    return Round.objects.get(pk=row.pk)


@pytest.fixture
def effort(assessed):
    return Effort.objects.select_related("round").get(round=assessed, effort_id="first")
