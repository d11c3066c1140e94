"""A round that was assessed, at choice, with its people."""

import pytest

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.selectors import assessed as found_of
from custodes_workbench.decisions.services import (
    ConditionGiven,
    DecisionGiven,
    record_decision,
    release_decision,
)
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


@pytest.fixture
def supported(assessed, effort, cast):
    """Support with the recommended package, released, in a published round."""
    recommended = tuple(assessed_result(effort).conditions)
    record_decision(
        effort=effort,
        given=DecisionGiven(
            outcome="support",
            reasons="It lowers risk.",
            conditions=(
                ConditionGiven(text="Say what holds later.", mitigation=recommended[0]),
                ConditionGiven(text="Meet us in spring.", owner="Alan's laboratory"),
            ),
        ),
        by=cast.now("dina"),
        version=0,
    )
    decision = Decision.objects.get()
    release_decision(decision=decision, by=cast.now("lena"), version=decision.version)
    at_stage(assessed, Stage.FOLLOW_UP)
    return Decision.objects.select_related("effort__round").get()


def assessed_result(effort):
    """What the newest run found of an effort."""
    return found_of(effort)[1]
