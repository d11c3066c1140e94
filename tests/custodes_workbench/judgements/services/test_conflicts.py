import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.efforts.selectors import efforts_visible_to, relations_in
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements.models import Answer, Assignment, ConflictOfInterest
from custodes_workbench.judgements.records import conflict_of
from custodes_workbench.judgements.services.conflicts import (
    ChangedMeanwhileError,
    RulingGiven,
    decide_conflict,
    find_conflicts,
)
from panels import member_of

pytestmark = pytest.mark.django_db


def found_for(cast, row, name, **person):
    """What is found about somebody of whom this is known; their mail proves nothing."""
    who = cast.people[name]
    person = {"email": f"{name}@gmail.com", **person}
    type(who).objects.filter(pk=who.pk).update(**person)
    who.refresh_from_db()
    return find_conflicts(round_=row, person=who, by=cast.now("omar"))


def a_conflict(row, person, effort="first", **values):
    """A conflict that nobody has decided."""
    about = Effort.objects.get(round=row, effort_id=effort)
    return ConflictOfInterest.objects.create(
        round=row, person=person, effort=about, type="employer", declared=False, **values
    )


def rule_on(conflict, cast, decided, *, by="omar", **told):
    """A ruling, as somebody sees the conflict now."""
    conflict.refresh_from_db()
    decide_conflict(
        conflict=conflict,
        given=RulingGiven(decided=decided, reason="looked into", **told),
        by=cast.now(by),
        version=conflict.version,
    )


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


def test_an_organisation_that_applies_is_a_conflict_that_keeps_out_at_once(cast):
    row = a_workbench_round(cast)

    (found,) = found_for(cast, row, "ada", affiliations="Alan's Lab\nElsewhere")

    assert (found.effort.effort_id, found.rule, found.decided) == ("first", "organisation", "")
    assert Relation.CONFLICTED in relations_in(cast.now("ada"), row).values()
    assert "first" not in {each.effort_id for each in efforts_visible_to(cast.now("ada"), row)}


def test_looking_again_finds_nothing_twice(cast):
    row = a_workbench_round(cast)
    found_for(cast, row, "ada", affiliations="Alan's Lab")

    again = found_for(cast, row, "ada")

    assert again == []


def test_whoever_applied_in_the_round_has_a_conflict_with_every_effort(cast):
    row = a_workbench_round(cast)

    found = found_for(cast, row, "alan")

    rules = {(each.effort.effort_id, each.rule) for each in found}
    assert {("first", "applied for it"), ("second", "applied in this round")} <= rules


def test_the_mail_domain_of_the_applicant_is_a_conflict(cast):
    row = a_workbench_round(cast)

    found = found_for(cast, row, "ada", email="ada@mail.example.org")

    assert [each.rule for each in found] == ["mail domain"]


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
