import pytest
from django.utils import timezone

from cast import at_stage, stand
from custodes.mitigations import library
from custodes_workbench.access import Refused, Relation, Role, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.records import decision_record
from custodes_workbench.decisions.selectors import assessed as found_of
from custodes_workbench.decisions.selectors import missing_at_decisions
from custodes_workbench.decisions.services import (
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
    record_decision,
    release_decision,
    say_if_stands,
    take_package,
    word_condition,
)
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors.standing_in import nobody_decides
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.people.models import Membership, User
from custodes_workbench.people.selectors import STATEMENT_HOLDS, roles_held
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


def challenged(effort, status, **fields):
    """A challenge to the effort that the assessment knew of."""
    Challenge.objects.create(
        effort=effort,
        revision=effort.revision,
        challenge_id="c1",
        by="Rhea",
        text="Why?",
        status=status,
        answer="" if status == "open" else "So.",
        **fields,
    )
    at_stage(effort.round, Stage.ASSESSMENT)
    start_run(
        round_=Round.objects.get(pk=effort.round_id), kind=Run.Kind.ASSESS, by=cast_lena(effort)
    )
    run_next_job("a test")
    at_stage(effort.round, Stage.CHOICE)
    return Effort.objects.select_related("round").get(pk=effort.pk)


def cast_lena(effort):
    person = User.objects.get(name="Lena")
    person.held = roles_held(person)
    return person


MENDED = ConditionGiven(text="Mend it.", challenge="c1")


@pytest.mark.parametrize(
    ("status", "more", "why"),
    [
        ("open", {}, "c1 is open"),
        ("open", {"challenges": ("c1",)}, "c1 is open"),
        ("open", {"conditions": (MENDED,)}, None),
        ("answered", {}, "does not mention it"),
        ("answered", {"challenges": ("c1",)}, None),
        ("upheld", {"challenges": ("c1",)}, "c1 was upheld"),
        ("upheld", {"conditions": (MENDED,)}, None),
        ("rejected", {}, None),
    ],
)
def test_challenges_ask_of_support_what_the_library_says(effort, cast, status, more, why):
    effort = challenged(effort, status)
    given = DecisionGiven(outcome="support", reasons="Good.", **more)

    if why:
        with pytest.raises(Refused, match=why):
            decided(effort, cast, given=given)
        assert not Decision.objects.exists()
    else:
        record = decision_record(decided(effort, cast, given=given))
        assert record.challenges == more.get("challenges", ())
        assert [each.challenge for each in record.condition] == ["c1"] * ("conditions" in more)


def test_the_recommended_package_is_taken_in_the_words_of_the_library(effort, cast):
    own = ConditionGiven(text="In our own words.")
    gone = ConditionGiven(text="Not recommended.", mitigation="no-such-thing")
    given = DecisionGiven(outcome="support", reasons="Good.", conditions=(own, gone))
    decided(effort, cast, given=given)

    taken = take_package(effort=effort, by=cast.now("dina"), version=1)

    recommended = found_of(effort)[1].conditions
    rows = {each.mitigation: each for each in taken.conditions.all()}
    assert set(rows) == {"", *recommended}
    assert taken.version == 2
    for id_ in recommended:
        one = library()[id_]
        assert rows[id_].text == (one.condition or one.title)
        ours = one.who == "institution"
        assert rows[id_].owner == ("An institute" if ours else "Alan's laboratory")
    assert Entry.objects.filter(action="recommended package taken").count() == 1


def test_taking_the_package_twice_changes_no_wording(effort, cast):
    decided(effort, cast, given=DecisionGiven(outcome="support", reasons="Good."))
    taken = take_package(effort=effort, by=cast.now("dina"), version=1)
    first = taken.conditions.first()
    word_condition(
        condition=first,
        given=ConditionGiven(text="As we say it.", evidence="a page", owner="Ada"),
        by=cast.now("dina"),
        version=2,
    )

    again = take_package(effort=effort, by=cast.now("dina"), version=3)

    kept = again.conditions.first()
    assert (kept.pk, kept.text, kept.evidence) == (first.pk, "As we say it.", "a page")
    assert again.conditions.count() == taken.conditions.count()


@pytest.mark.parametrize("outcome", ["reject", "defer"])
def test_no_package_is_taken_without_support(effort, cast, outcome):
    decided(effort, cast, given=DecisionGiven(outcome=outcome, reasons="No."))

    with pytest.raises(Refused, match="a decision to support"):
        take_package(effort=effort, by=cast.now("dina"), version=1)


def test_a_condition_that_a_challenge_hangs_on_keeps_naming_it(effort, cast):
    effort = challenged(effort, "upheld")
    given = DecisionGiven(outcome="support", reasons="Good.", conditions=(MENDED,))
    decision = decided(effort, cast, given=given)

    with pytest.raises(Refused, match="c1 was upheld"):
        word_condition(
            condition=decision.conditions.get(),
            given=ConditionGiven(text="Mend it."),
            by=cast.now("dina"),
            version=1,
        )
    assert Decision.objects.get().conditions.get().challenge == "c1"


def test_deciding_again_keeps_the_wording_of_what_stays(effort, cast):
    decision = decided(effort, cast)
    word_condition(
        condition=decision.conditions.get(),
        given=ConditionGiven(text="Worded.", evidence="a page"),
        by=cast.now("dina"),
        version=1,
    )

    again = decided(effort, cast, version=2)

    (kept,) = again.conditions.all()
    assert (kept.mitigation, kept.text, kept.evidence) == (
        "scaling-statement",
        "Worded.",
        "a page",
    )


def test_a_challenge_that_a_kept_wording_names_is_dealt_with(effort, cast):
    effort = challenged(effort, "upheld")
    library_one = ConditionGiven(text="Say so.", mitigation="scaling-statement", challenge="c1")
    first = DecisionGiven(outcome="support", reasons="Good.", conditions=(library_one,))
    decided(effort, cast, given=first)
    ticked = ConditionGiven(text="Say so.", mitigation="scaling-statement")

    again = decided(
        effort,
        cast,
        given=DecisionGiven(outcome="support", reasons="Better.", conditions=(ticked,)),
        version=1,
    )

    assert again.conditions.get().challenge == "c1"
