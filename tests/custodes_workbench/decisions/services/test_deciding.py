import pytest

from cast import at_stage, stand
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.services import (
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
    record_decision,
    release_decision,
)
from custodes_workbench.efforts.models import Effort
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.rounds.models import Round

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
        decided(effort, cast, "sven", version=0)
    decided(effort, cast, "sven", version=1)

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
