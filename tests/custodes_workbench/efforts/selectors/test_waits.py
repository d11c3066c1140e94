import pytest

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import what_waits
from custodes_workbench.efforts.services import begin_application
from custodes_workbench.rounds.models import Round

pytestmark = pytest.mark.django_db


def told(cast, name):
    return [each.text for each in what_waits(cast.now(name))]


def test_a_draft_waits_for_its_writer_until_the_call_closes(cast):
    row = a_workbench_round(cast, Stage.CALL)
    begin_application(round_=row, by=cast.now("mallory"))

    before = told(cast, "mallory"), told(cast, "omar")
    at_stage(row, Stage.BLIND)

    assert before == (["Finish your application “Application without a title”"], [])
    assert told(cast, "mallory") == []


def test_a_request_for_more_waits_for_the_applicant(cast):
    row = a_workbench_round(cast, Stage.SCREENING)
    Effort.objects.filter(effort_id="first").update(state=Effort.State.MORE_ASKED)

    assert told(cast, "alan") == ["Answer what was asked about “first”"]
    assert told(cast, "ada") == []
    assert Round.objects.get(pk=row.pk).title == "A round"
