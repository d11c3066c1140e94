import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements.models import Answer, Assignment, ConflictRuling
from custodes_workbench.judgements.records import conflict_of
from custodes_workbench.judgements.selectors.report import ruling_that_waits
from custodes_workbench.judgements.services.rulings import (
    RulingGiven,
    confirm_ruling,
    decide_conflict,
    turn_down_ruling,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError
from panels import a_conflict, found_for, member_of, rule_on

pytestmark = pytest.mark.django_db


def an_answer(row, person, effort="first"):
    """An answer of somebody about an effort."""
    about = Effort.objects.get(round=row, effort_id=effort)
    return Answer.objects.create(
        member=member_of(row, person),
        effort=about,
        subject=effort,
        quantity="benefit",
        answer_round=1,
        record={},
    )


@pytest.mark.parametrize("decided", ["recuse", "block"])
def test_a_late_conflict_sets_answers_aside_and_lifting_it_brings_them_back(cast, decided):
    row = a_workbench_round(cast)
    answer = an_answer(row, cast.ada)
    conflict = a_conflict(row, cast.ada)

    rule_on(conflict, cast, decided)

    answer.refresh_from_db()
    seat = Assignment.objects.get(member__person=cast.ada, effort__effort_id="first")
    assert answer.set_aside_because
    assert seat.ended_because
    rule_on(conflict, cast, "none")
    answer.refresh_from_db()
    seat.refresh_from_db()
    assert (answer.set_aside_because, seat.ended_because) == ("", "")
    assert not Standing.objects.filter(
        person=cast.ada, relation=Relation.CONFLICTED, until=None
    ).exists()


@pytest.mark.parametrize("decided", ["none", "note", "publish"])
def test_a_ruling_that_keeps_nobody_out_lets_them_in(cast, decided):
    row = a_workbench_round(cast)
    (conflict,) = found_for(cast, row, "ada", affiliations="Alan's Lab")

    rule_on(conflict, cast, decided)

    seen = {each.effort_id for each in efforts_visible_to(cast.now("ada"), row)}
    assert "first" in seen


def test_a_finding_is_dismissed_with_its_reason_and_stays(cast):
    row = a_workbench_round(cast)
    (conflict,) = found_for(cast, row, "ada", affiliations="Alan's Lab")

    rule_on(conflict, cast, "none", dismissed=True, pinned=True)

    conflict.refresh_from_db()
    assert (conflict.dismissed, conflict.pinned, conflict.reason) == (True, True, "looked into")
    assert conflict.text == "Alan's Lab and Alan's laboratory"
    assert found_for(cast, row, "ada") == []


def test_a_ruling_is_one_entry_without_its_reason_in_the_chain(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    before = Entry.objects.count()

    rule_on(conflict, cast, "note")

    assert Entry.objects.count() == before + 1
    assert ConflictRuling.objects.get().holds_from is not None
    newest = Entry.objects.order_by("-n").first()
    assert newest.action == "conflict decided"
    assert "looked into" not in f"{newest.action} {newest.object}"


def test_nobody_decides_a_conflict_of_their_own(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.omar)

    with pytest.raises(Refused, match="of their own"):
        rule_on(conflict, cast, "none")


def test_an_officer_with_a_conflict_decides_nothing_there(cast):
    row = a_workbench_round(cast)
    rule_on(a_conflict(row, cast.omar), cast, "recuse", by="lena")
    conflict = a_conflict(row, cast.ada)

    with pytest.raises(Refused, match="conflict of interest stands between you"):
        rule_on(conflict, cast, "none")


@pytest.mark.parametrize("name", ["ada", "dina", "anna", "aud", "adam", "mallory"])
def test_others_decide_no_conflict(cast, name):
    row = a_workbench_round(cast, Stage.INVITING)
    conflict = a_conflict(row, cast.grace)

    with pytest.raises(Refused):
        rule_on(conflict, cast, "none", by=name)


def test_a_second_ruling_on_what_was_seen_before_is_not_written_over_the_first(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    rule_on(conflict, cast, "note")

    with pytest.raises(ChangedMeanwhileError):
        decide_conflict(
            conflict=conflict,
            given=RulingGiven(decided="block", reason="late"),
            by=cast.now("lena"),
            version=1,
        )


def test_a_ruling_here_replaces_what_a_folder_said_of_its_own(cast):
    row = a_workbench_round(cast)
    said = {"dismissed": "no", "decided_by": "somebody", "declared": "no", "strength": "soft"}
    conflict = a_conflict(row, cast.ada, as_read=said)

    rule_on(conflict, cast, "none", dismissed=True)

    conflict.refresh_from_db()
    record = conflict_of(conflict, expert="first/A")
    assert (record.dismissed, record.decided_by) == ("yes", "")
    assert (record.declared, record.strength) == ("no", "soft")


def test_clearing_a_conflict_waits_for_a_second_person(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)

    rule_on(conflict, cast, "none", second="")

    conflict.refresh_from_db()
    waiting = ruling_that_waits(conflict)
    assert (conflict.decided, waiting.given_by) == ("", cast.omar)
    with pytest.raises(Refused, match="A second person must confirm what you cleared"):
        confirm_ruling(ruling=waiting, by=cast.now("omar"), version=conflict.version)
    confirm_ruling(ruling=waiting, by=cast.now("lena"), version=conflict.version)
    conflict.refresh_from_db()
    assert (conflict.decided, conflict.by_one_person) == ("none", False)
    assert conflict.rulings.get().confirmed_by == cast.lena


def test_what_only_may_be_so_is_dismissed_by_one_person(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada, strength="soft")

    rule_on(conflict, cast, "none", second="", dismissed=True)

    conflict.refresh_from_db()
    assert (conflict.decided, conflict.dismissed) == ("none", True)


@pytest.mark.parametrize(
    "values", [{"strength": "hard"}, {"strength": "soft", "declared": True}, {"strength": ""}]
)
def test_what_is_a_fact_or_was_declared_takes_two_to_dismiss(cast, values):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada, **values)

    rule_on(conflict, cast, "none", second="", dismissed=True)

    conflict.refresh_from_db()
    assert (conflict.decided, conflict.dismissed) == ("", False)


def test_a_clearing_that_is_turned_down_never_holds(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    rule_on(conflict, cast, "none", second="")
    conflict.refresh_from_db()
    waiting = ruling_that_waits(conflict)

    turn_down_ruling(ruling=waiting, by=cast.now("lena"), version=conflict.version)

    conflict.refresh_from_db()
    assert (conflict.decided, ruling_that_waits(conflict)) == ("", None)
    with pytest.raises(ChangedMeanwhileError):
        confirm_ruling(ruling=waiting, by=cast.now("lena"), version=conflict.version)


def test_another_ruling_ends_the_clearing_that_waits(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    rule_on(conflict, cast, "none", second="")

    rule_on(conflict, cast, "recuse", by="lena")

    conflict.refresh_from_db()
    assert (conflict.decided, ruling_that_waits(conflict)) == ("recuse", None)


def test_nobody_confirms_that_a_conflict_of_their_own_is_none(cast):
    row = a_workbench_round(cast)
    lena = a_conflict(row, cast.lena)
    rule_on(lena, cast, "none", second="")
    lena.refresh_from_db()

    with pytest.raises(Refused):
        confirm_ruling(ruling=ruling_that_waits(lena), by=cast.now("lena"), version=lena.version)


def test_one_person_alone_clears_with_the_mark(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    lena = cast.now("lena")
    lena.alone, lena.acting_as = True, "officer"

    decide_conflict(
        conflict=conflict,
        given=RulingGiven(decided="none", reason="it is another Ada"),
        by=lena,
        version=1,
    )

    conflict.refresh_from_db()
    assert (conflict.decided, conflict.by_one_person) == ("none", True)
    assert Entry.objects.order_by("-n").first().by_one_person


def test_a_weight_is_what_is_computed_with(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)

    rule_on(conflict, cast, "note", weight=0.5)

    conflict.refresh_from_db()
    assert conflict_of(conflict, expert="first/A").weight == 0.5
    rule_on(conflict, cast, "publish")
    conflict.refresh_from_db()
    assert conflict_of(conflict, expert="first/A").weight is None
