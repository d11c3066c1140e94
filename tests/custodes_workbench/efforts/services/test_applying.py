import pytest

from applications import typed
from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.efforts import services
from custodes_workbench.efforts.models import Application, Effort
from custodes_workbench.efforts.services.applying import MOST_CLAIMS, MOST_DRAFTS
from custodes_workbench.rounds.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.CALL)


@pytest.fixture
def draft(cast, row):
    return services.begin_application(round_=row, by=cast.now("mallory"))


def test_drafts_and_claims_have_a_limit(cast, row, draft):
    mallory = cast.now("mallory")
    for _ in range(MOST_CLAIMS - 1):
        draft = services.add_claim(draft=draft, by=mallory)
    for _ in range(MOST_DRAFTS - 1):
        services.begin_application(round_=row, by=mallory)

    with pytest.raises(Refused, match=f"at most {MOST_CLAIMS} claims"):
        services.add_claim(draft=draft, by=mallory)
    with pytest.raises(Refused, match=f"You have {MOST_DRAFTS} drafts"):
        services.begin_application(round_=row, by=mallory)


def test_nobody_saves_into_the_draft_of_another(cast, draft):
    with pytest.raises(Refused, match="meanwhile"):
        services.save_draft(draft=draft, by=cast.now("alan"), posted=typed(), version=1)


def test_the_same_text_again_changes_nothing(cast, draft):
    mallory = cast.now("mallory")

    first = services.save_draft(draft=draft, by=mallory, posted=typed(), version=1)
    again = services.save_draft(draft=draft, by=mallory, posted=typed(), version=1)

    assert (first.version, again.version) == (2, 2)


def test_a_round_that_stands_still_takes_nothing(cast, row, draft):
    Round.objects.filter(pk=row.pk).update(frozen_because="A leak is looked into.")
    draft = Application.objects.get(pk=draft.pk)

    with pytest.raises(Refused, match="A leak is looked into"):
        services.submit_application(draft=draft, by=cast.now("mallory"))


def test_two_tabs_send_one_application(cast, row, draft):
    mallory = cast.now("mallory")
    draft = services.save_draft(draft=draft, by=mallory, posted=typed(), version=1)
    stale = Application.objects.get(pk=draft.pk)

    services.submit_application(draft=draft, by=mallory)
    with pytest.raises(Refused, match="was sent in"):
        services.submit_application(draft=stale, by=mallory)

    assert Effort.objects.filter(round=row, applicant=mallory).count() == 1


def test_an_applicant_withdraws_only_what_is_theirs_and_once(cast, row):
    first = Effort.objects.get(effort_id="first")
    alan = cast.now("alan")
    services.withdraw_application(effort=first, by=alan, reason="Other money.", version=1)

    with pytest.raises(Refused, match="changed meanwhile"):
        services.withdraw_application(effort=first, by=alan, reason="Again.", version=2)
    with pytest.raises(Refused, match="not yours"):
        services.withdraw_application(
            effort=Effort.objects.get(effort_id="second"), by=alan, reason="No.", version=1
        )
