import pytest
from django.contrib.sessions.models import Session
from django.core import mail as sent
from django.test import Client

from cast import a_workbench_round
from custodes_workbench.access import WHILE_FROZEN, Act, Facts, Refused, Role, Stage, decide
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.operations.services import queue_mail, send_queued
from custodes_workbench.rounds.models import Round, Standstill
from custodes_workbench.rounds.selectors import facts_of, standstill_of
from custodes_workbench.rounds.services import ask_to_thaw, confirm_thaw, freeze_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def now(row):
    return Round.objects.get(pk=row.pk)


def frozen(cast, row, who="omar"):
    freeze_round(round_=row, because="A list of names got out.", by=cast.now(who) if who else None)
    return now(row)


def asked_to_thaw(cast, row, who="omar"):
    version = standstill_of(row).version
    return ask_to_thaw(round_=row, because="It is mended.", by=cast.now(who), version=version)


@pytest.mark.parametrize("who", ["omar", "lena", ""])
def test_one_person_or_the_server_stops_a_round(cast, row, who):
    row = frozen(cast, row, who)

    assert row.frozen_because == "A list of names got out."
    entry = Entry.objects.get(action="round stopped")
    assert entry.actor == (cast.people[who].history_name if who else "command line")


@pytest.mark.parametrize("who", ["dina", "ada", "alan", "aud", "adam", "mallory"])
def test_nobody_else_stops_a_round(cast, row, who):
    with pytest.raises(Refused, match="You may not stop this round"):
        frozen(cast, row, who)

    assert now(row).frozen_because == ""


def test_a_round_is_stopped_once_and_with_a_reason(cast, row):
    with pytest.raises(Refused, match="Say why"):
        freeze_round(round_=row, because=" ", by=cast.now("omar"))
    row = frozen(cast, row)

    with pytest.raises(Refused, match="stands still already"):
        frozen(cast, row)


def test_while_a_round_stands_still_it_is_read_and_nothing_is_done(cast, row):
    refused = {
        act
        for act in Act
        for role in Role
        for before in [Facts(roles=frozenset({role}), stage=Stage.CALL)]
        for after in [Facts(roles=before.roles, stage=Stage.CALL, frozen_because="A leak.")]
        if decide(act, before) and not decide(act, after)
    }

    assert {Act.APPLY, Act.IMPORT_EFFORTS, Act.SCREEN_EFFORT, Act.MOVE_STAGE} <= refused
    assert not refused & WHILE_FROZEN
    ruling = decide(Act.MOVE_STAGE, facts_of(cast.now("lena"), frozen(cast, row)))
    assert ruling.reason.endswith("this round stands still. A list of names got out.")


def test_who_takes_part_is_signed_out_and_who_stopped_it_is_not(cast, row):
    clients = {name: Client() for name in ("ada", "omar", "mallory")}
    for name, client in clients.items():
        client.force_login(cast.people[name])

    frozen(cast, row)

    assert [clients[name].get("/rounds/").status_code for name in clients] == [302, 200, 200]
    assert Session.objects.count() == 2


def test_a_mail_about_the_round_waits_until_it_goes_on(cast, row):
    told = {"kind": "invitation", "subject": "1", "template": "people/mail/invitation.txt"}
    for slug in (row.slug, ""):
        queue_mail(
            to=cast.aud, about=slug or "elsewhere", link="", by=cast.lena, round_=slug, **told
        )
    row = frozen(cast, row)

    counts = send_queued(by=cast.now("omar"), count=1)

    assert sum(counts) == 1
    assert sent.outbox == []  # no such invitation: it was dropped; the other one waits
    asked_to_thaw(cast, row, "omar")
    confirm_thaw(round_=row, by=cast.now("lena"), version=standstill_of(row).version)
    assert sum(send_queued(by=cast.now("omar"), count=1)) == 1


def test_a_round_goes_on_when_a_second_person_confirms(cast, row):
    row = frozen(cast, row)
    assert not asked_to_thaw(cast, row, "omar")
    version = standstill_of(row).version
    with pytest.raises(Refused, match="second person"):
        confirm_thaw(round_=row, by=cast.now("omar"), version=version)

    confirm_thaw(round_=row, by=cast.now("lena"), version=version)

    assert now(row).frozen_because == ""
    assert standstill_of(now(row)) is None
    assert Standstill.objects.get().ended_at is not None
    assert not Entry.objects.get(action="round goes on").by_one_person


def test_going_on_is_not_confirmed_before_it_is_asked_for(cast, row):
    row = frozen(cast, row)

    with pytest.raises(Refused, match="Nobody asks"):
        confirm_thaw(round_=row, by=cast.now("lena"), version=1)


def test_what_changed_meanwhile_is_not_confirmed_unseen(cast, row):
    row = frozen(cast, row)
    version = standstill_of(row).version
    asked_to_thaw(cast, row, "omar")

    with pytest.raises(ChangedMeanwhileError):
        confirm_thaw(round_=row, by=cast.now("lena"), version=version)


def test_one_person_alone_lets_it_go_on_and_that_is_written_down(cast, row):
    you = cast.now("lena")
    you.alone, you.acting_as = True, Role.LEAD_OFFICER.value
    freeze_round(round_=row, because="A mistake.", by=you)

    assert ask_to_thaw(round_=row, because="Mended.", by=you, version=1)

    assert now(row).frozen_because == ""
    assert Entry.objects.get(action="round goes on").by_one_person
