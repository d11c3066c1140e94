import pytest
from django.utils import timezone

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Role, Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Assignment
from custodes_workbench.people.models import Membership
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.web.missing import missing_from

pytestmark = pytest.mark.django_db


def told(row):
    return [each.text for each in missing_from(Round.objects.get(pk=row.pk))]


@pytest.fixture
def row(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    RoundStage.objects.filter(round=row).update(closes_at=timezone.now())
    return row


def test_dates_an_approach_and_somebody_who_decides_are_missed(cast, row):
    RoundStage.objects.filter(round=row, name="blind").update(closes_at=None)
    Membership.objects.filter(role=Role.DECISION_MAKER).delete()

    assert told(row) == [
        "Say when blind estimates closes at the latest.",
        "Publish how the institution decides.",
        "Say who decides where decision makers and substitutes all have a conflict.",
        "Name a decision maker.",
    ]


def test_an_effort_that_nobody_judges_is_missed(row):
    Assignment.objects.filter(effort__effort_id="second").update(ended_because="busy")

    assert "1 effort has nobody on the panel; assign experts." in told(row)


def test_a_round_without_screened_efforts_misses_them(row):
    Effort.objects.filter(round=row).update(state=Effort.State.SUBMITTED)

    assert "Screen the applications: none has gone to the panel." in told(row)


def test_nothing_is_missed_once_the_panel_has_answered(row):
    at_stage(row, Stage.ASSESSMENT)

    assert told(row) == []
