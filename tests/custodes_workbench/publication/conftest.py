"""A round whose decision is public, an approach, and somebody's critique of either."""

import pytest

from cast import a_workbench_round, at_stage
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
from custodes_workbench.rounds.models import Round
from publication_helpers import criticise, publish_again, publish_approach


@pytest.fixture
def row(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
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
    return Round.objects.get(pk=row.pk)


@pytest.fixture
def critique(row):
    return criticise(f"{row.slug}/decision:first")


@pytest.fixture
def of_approach(row):
    return criticise("approach")
