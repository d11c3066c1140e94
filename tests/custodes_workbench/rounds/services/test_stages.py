import datetime as dt

import pytest
from django.core import mail as sent
from django.utils import timezone

from cast import ROUND_ROLES, a_workbench_round
from custodes_workbench.access import Act, Refused, Relation, Role, Stage, decide
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.models import Mail
from custodes_workbench.operations.services import send_queued
from custodes_workbench.people.models import Membership
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.rounds.services import (
    ChangedMeanwhileError,
    change_stages,
    confirm_approach,
    confirm_move_back,
    move_to_stage,
    propose_approach,
    write_approach,
)
from custodes_workbench.rounds.services.stages import StageGiven

pytestmark = pytest.mark.django_db


def moved(row, cast, to, *, who="lena", reason="It is time.", version=None):
    move_to_stage(
        round_=row,
        to=to,
        by=cast.now(who),
        reason=reason,
        version=row.version if version is None else version,
    )
    return Round.objects.get(pk=row.pk)


def test_the_lead_officer_opens_the_next_stage(cast):
    row = a_workbench_round(cast, Stage.BLIND)

    row = moved(row, cast, Stage.DISCUSSION)

    assert row.stage_name is Stage.DISCUSSION
    assert row.stages.get(name="blind").closed_at
    assert Entry.objects.filter(action="stage opened", object="stage discussion").count() == 1


@pytest.mark.parametrize("who", ["omar", "dina", "aud", "ada", "mallory"])
def test_nobody_else_opens_a_stage(cast, who):
    row = a_workbench_round(cast, Stage.BLIND)

    with pytest.raises(Refused, match="You may not open or close a stage"):
        moved(row, cast, Stage.DISCUSSION, who=who)


def test_going_back_needs_a_reason_and_a_second_person(cast):
    row = a_workbench_round(cast, Stage.DISCUSSION)

    with pytest.raises(Refused, match="Say why the round goes back"):
        moved(row, cast, Stage.BLIND, reason=" ")
    row = moved(row, cast, Stage.BLIND)
    before = row.stage_name
    with pytest.raises(Refused, match="A second person must confirm"):
        confirm_move_back(round_=row, by=cast.now("lena"), version=row.version)
    confirm_move_back(round_=row, by=cast.now("omar"), version=row.version)

    row = Round.objects.get(pk=row.pk)
    assert (before, row.stage_name, row.back_to) == (Stage.DISCUSSION, Stage.BLIND, "")


def test_whoever_has_a_role_in_a_round_that_went_back_is_told(cast):
    row = moved(a_workbench_round(cast, Stage.DISCUSSION), cast, Stage.BLIND)

    link = "https://example.org/rounds/a-round/"
    confirm_move_back(round_=row, by=cast.now("omar"), version=row.version, link=link)
    Membership.objects.filter(person=cast.rhea).update(until=timezone.now())
    send_queued(by=cast.now("omar"), count=Mail.objects.count())

    told = {each.to[0].partition("@")[0] for each in sent.outbox}
    assert told == set(ROUND_ROLES) - {"rhea"}
    assert all(link in each.body for each in sent.outbox)


@pytest.mark.parametrize("who", ["dina", "aud", "ada", "mallory"])
def test_others_do_not_confirm_that_a_round_goes_back(cast, who):
    row = moved(a_workbench_round(cast, Stage.DISCUSSION), cast, Stage.BLIND)

    with pytest.raises(Refused, match="You may not confirm"):
        confirm_move_back(round_=row, by=cast.now(who), version=row.version)


def test_one_person_alone_goes_back_at_once_and_it_is_marked(cast):
    row = a_workbench_round(cast, Stage.DISCUSSION)
    you = cast.now("lena")
    you.alone, you.acting_as = True, "lead_officer"

    move_to_stage(round_=row, to=Stage.BLIND, by=you, reason="A mistake.", version=row.version)

    assert Round.objects.get(pk=row.pk).stage_name is Stage.BLIND
    assert Entry.objects.get(action="stage moved back").by_one_person


@pytest.mark.parametrize(
    ("at", "to", "told"),
    [
        (Stage.CHOICE, Stage.PUBLISHED, "published by releasing its site"),
        (Stage.SET_UP, Stage.ASSESSMENT, "cannot be opened yet"),
        (Stage.CHOICE, Stage.FOLLOW_UP, "cannot be opened yet"),
        (Stage.BLIND, Stage.BLIND, "is open already"),
    ],
)
def test_a_needed_stage_is_not_jumped_over(cast, at, to, told):
    row = a_workbench_round(cast, at)

    with pytest.raises(Refused, match=told):
        moved(row, cast, to)


def test_a_stage_that_can_be_left_out_can_be_jumped_over(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)

    assert moved(row, cast, Stage.CHOICE).stage_name is Stage.CHOICE


def test_closing_before_the_end_needs_a_reason(cast):
    row = a_workbench_round(cast, Stage.BLIND)

    with pytest.raises(Refused, match="blind estimates has not reached its end"):
        moved(row, cast, Stage.DISCUSSION, reason="")


def test_opening_a_stage_binds_the_round_to_the_published_approach(cast):
    write_approach(text="We ask outside experts.", by=cast.now("omar"), version=0)
    propose_approach(by=cast.now("omar"))
    confirm_approach(by=cast.now("lena"))
    row = a_workbench_round(cast, Stage.BLIND)

    row = moved(row, cast, Stage.DISCUSSION)

    assert row.approach.n == 1


def test_who_saw_another_stage_is_told(cast):
    row = a_workbench_round(cast, Stage.BLIND)
    moved(row, cast, Stage.DISCUSSION)

    with pytest.raises(ChangedMeanwhileError):
        moved(row, cast, Stage.REVISION, version=row.version)


def test_a_stage_past_its_end_takes_no_comment_and_still_shows_what_it_showed(cast):
    row = a_workbench_round(cast, Stage.DISCUSSION)
    RoundStage.objects.filter(round=row, name="discussion").update(
        closes_at=timezone.now() - dt.timedelta(minutes=1)
    )
    row = Round.objects.get(pk=row.pk)

    ada = cast.now("ada")
    facts = facts_of(ada, row, relation=Relation.ASSIGNED, own_handed_in=True)

    assert decide(Act.DISCUSS, facts).reason == (
        "You may not discuss any more: discussion is closed."
    )
    assert decide(Act.SEE_EFFORT, facts)
    assert Role.EXPERT in facts.roles


def test_a_stage_past_its_end_still_takes_answers_that_are_late(cast):
    row = a_workbench_round(cast, Stage.BLIND)
    RoundStage.objects.filter(round=row, name="blind").update(
        closes_at=timezone.now() - dt.timedelta(minutes=1)
    )
    row = Round.objects.get(pk=row.pk)

    assert decide(Act.ANSWER_BLIND, facts_of(cast.now("ada"), row, relation=Relation.ASSIGNED))


@pytest.mark.parametrize(
    ("quorum_at", "closes_at", "ends"), [(None, 9, 9), (1, 9, 4), (8, 9, 9), (1, None, 4)]
)
def test_a_stage_ends_some_time_after_the_quorum_at_the_latest_on_its_date(
    quorum_at, closes_at, ends
):
    def day(number):
        return dt.datetime(2027, 3, number, tzinfo=dt.UTC) if number else None

    stage = RoundStage(
        name="blind",
        closes_on="quorum_then_clock",
        quorum_at=day(quorum_at),
        hours_after_quorum=72,
        closes_at=day(closes_at),
    )

    assert stage.ends_at == day(ends)


def test_a_stage_to_come_can_be_left_out_and_a_needed_one_cannot(cast):
    row = a_workbench_round(cast, Stage.BLIND)

    change_stages(
        round_=row,
        given={Stage.CHALLENGE: StageGiven(left_out=True)},
        by=cast.now("omar"),
        version=row.version,
    )

    row = Round.objects.get(pk=row.pk)
    assert not row.stages.filter(name="challenge").exists()
    with pytest.raises(Refused, match="No round can do without assessment"):
        change_stages(
            round_=row,
            given={Stage.ASSESSMENT: StageGiven(left_out=True)},
            by=cast.now("omar"),
            version=row.version,
        )
