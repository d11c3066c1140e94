import pytest
from django.utils import timezone

from cast import at_stage, stand
from custodes_workbench.access import Refused, Relation, Role, Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.records import decision_record
from custodes_workbench.decisions.selectors import missing_at_decisions
from custodes_workbench.decisions.services import (
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
    record_decision,
    release_decision,
    say_if_stands,
)
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors.standing_in import nobody_decides
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import Membership, User
from custodes_workbench.people.selectors import STATEMENT_HOLDS
from custodes_workbench.rounds.models import Round
from panels import a_conflict, rule_on
from workbench_runs import answered

pytestmark = pytest.mark.django_db

SUPPORT = DecisionGiven(
    outcome="support",
    reasons="It lowers risk.",
    conditions=(ConditionGiven(text="Publish late.", mitigation="scaling-statement"),),
    dissents=(DissentGiven(by="One member", text="Too dear."),),
)


def decided(effort, cast, who="dina", given=SUPPORT, version=0):
    return record_decision(effort=effort, given=given, by=cast.now(who), version=version)


def test_a_decision_is_pending_with_its_conditions_and_dissent(effort, cast):
    decision = decided(effort, cast)

    assert decision.released_at is None
    assert [each.mitigation for each in decision.conditions.all()] == ["scaling-statement"]
    assert [each.text for each in decision.dissents.all()] == ["Too dear."]
    assert decision.assessment.result_sha256
    assert Entry.objects.filter(action="decided", actor=cast.dina.history_name).count() == 1


@pytest.mark.parametrize("who", ["lena", "omar", "anna", "aud", "ada", "alan", "mallory"])
def test_nobody_else_may_decide(effort, cast, who):
    with pytest.raises(Refused, match="You may not decide"):
        decided(effort, cast, who)

    assert not Decision.objects.exists()


def test_a_conflict_locks_a_decision_maker_out_and_the_substitute_acts(effort, cast):
    stand(effort, cast.dina, Relation.CONFLICTED)

    with pytest.raises(Refused, match="a conflict of interest"):
        decided(effort, cast)
    decision = decided(effort, cast, "sven")

    assert decision.decided_by == cast.sven


def test_before_the_choice_nothing_is_decided(effort, cast):
    at_stage(effort.round, Stage.ASSESSMENT)

    with pytest.raises(Refused, match="now: the round is at assessment"):
        decided(Effort.objects.get(pk=effort.pk), cast)


def test_an_open_challenge_stands_in_the_way_of_support_alone(effort, cast):
    Challenge.objects.create(
        effort=effort, revision=effort.revision, challenge_id="c1", by="Rhea", text="Why?"
    )

    with pytest.raises(Refused, match="Challenge c1 is open"):
        decided(effort, cast)
    rejected = decided(effort, cast, given=DecisionGiven(outcome="reject", reasons="No."))

    assert rejected.outcome == "reject"


def test_what_changed_since_the_assessment_stands_in_the_way(effort, cast):
    row = effort.round
    Round.objects.filter(pk=row.pk).update(settings=row.settings | {"seed": 7})

    with pytest.raises(Refused, match="assess the round again"):
        decided(Effort.objects.select_related("round").get(pk=effort.pk), cast)


def test_two_who_decide_at_once_lose_nothing(effort, cast):
    decided(effort, cast)

    with pytest.raises(ChangedMeanwhileError):
        decided(effort, cast, version=0)
    decided(effort, cast, version=1)

    assert Decision.objects.get().version == 2


def test_who_decided_does_not_release(effort, cast):
    decision = decided(effort, cast)

    with pytest.raises(Refused, match="A second person must release"):
        release_decision(decision=decision, by=cast.now("dina"), version=1)
    release_decision(decision=decision, by=cast.now("lena"), version=1)

    decision.refresh_from_db()
    assert (decision.released_by, decision.by_one_person) == (cast.lena, False)


def test_one_person_alone_releases_with_a_mark(effort, cast):
    alone = cast.now("dina")
    alone.alone, alone.acting_as = True, "decision_maker"
    decision = record_decision(effort=effort, given=SUPPORT, by=alone, version=0)

    release_decision(decision=decision, by=alone, version=1)

    decision.refresh_from_db()
    assert decision.by_one_person
    assert Entry.objects.get(action="decision released").by_one_person


def test_a_released_decision_stands(effort, cast):
    decision = decided(effort, cast)
    release_decision(decision=decision, by=cast.now("lena"), version=1)

    with pytest.raises(Refused, match="it stands as it is"):
        decided(effort, cast, version=2)


def test_a_substitute_stands_by_while_the_decision_maker_can_act(effort, cast):
    with pytest.raises(Refused, match="you stand in where the other has a conflict"):
        decided(effort, cast, "sven")

    Membership.objects.filter(person=cast.dina).delete()
    assert decided(effort, cast, "sven").decided_by == cast.sven


def test_a_decision_maker_whose_declaration_is_over_is_replaced(effort, cast):
    long_ago = timezone.localdate() - STATEMENT_HOLDS
    User.objects.filter(pk=cast.dina.pk).update(interests_stated_on=long_ago)

    with pytest.raises(Refused, match="a conflict of interest"):
        decided(effort, cast)
    assert decided(effort, cast, "sven").decided_by == cast.sven


def test_a_substitute_of_the_lead_officer_releases_where_the_lead_has_a_conflict(effort, cast):
    Membership.objects.create(
        person=cast.mallory, role=Role.LEAD_OFFICER, round=effort.round.slug, substitute=True
    )
    decision = decided(effort, cast)

    with pytest.raises(Refused):
        release_decision(decision=decision, by=cast.now("mallory"), version=1)
    stand(effort, cast.lena, Relation.CONFLICTED)
    with pytest.raises(Refused):
        release_decision(decision=decision, by=cast.now("lena"), version=1)
    release_decision(decision=decision, by=cast.now("mallory"), version=1)

    assert Decision.objects.get().released_by == cast.mallory


def test_where_all_have_a_conflict_nobody_decides_until_another_is_named(effort, cast):
    for who in (cast.dina, cast.sven):
        stand(effort, who, Relation.CONFLICTED)

    left = nobody_decides(effort.round, Effort.objects.filter(round=effort.round))
    told = [each.text for each in missing_at_decisions(effort.round)]
    Membership.objects.create(
        person=cast.mallory, role=Role.DECISION_MAKER, round=effort.round.slug, substitute=True
    )

    assert [each.effort_id for each in left] == ["first"]
    assert told == ["1 effort has nobody who can decide; name a substitute without a conflict."]
    assert missing_at_decisions(effort.round) == []
    assert decided(effort, cast, "mallory").decided_by == cast.mallory


def set_aside(effort, cast):
    """An answer of Ada's that a conflict found afterwards sets aside."""
    answered(effort.round, "first", cast.ada, success=0.5)
    rule_on(a_conflict(effort.round, cast.ada), cast, "recuse")


@pytest.mark.parametrize("stage", [Stage.CHOICE, Stage.PUBLISHED, Stage.FOLLOW_UP])
def test_a_decision_maker_says_whether_a_touched_decision_stands(effort, cast, stage):
    decision = decided(effort, cast)
    before = decision_record(decision).touched_by_conflict
    set_aside(effort, cast)
    at_stage(effort.round, stage)
    untold = decision_record(Decision.objects.get()).touched_by_conflict

    say_if_stands(
        decision=decision,
        stands="stands",
        because="Three others agree.",
        by=cast.now("dina"),
        version=1,
    )

    told = decision_record(Decision.objects.get())
    assert (before, untold) == ("", "open")
    assert (told.touched_by_conflict, told.touched_because) == ("stands", "Three others agree.")


def test_of_a_decision_that_nothing_touches_nothing_is_said(effort, cast):
    decision = decided(effort, cast)

    with pytest.raises(Refused, match="No answer about this effort was set aside"):
        say_if_stands(
            decision=decision, stands="stands", because="x", by=cast.now("dina"), version=1
        )


@pytest.mark.parametrize("name", ["lena", "omar", "anna", "sven", "ada"])
def test_nobody_else_says_whether_a_decision_stands(effort, cast, name):
    decision = decided(effort, cast)
    set_aside(effort, cast)

    with pytest.raises(Refused):
        say_if_stands(
            decision=decision, stands="stands", because="x", by=cast.now(name), version=1
        )
