import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.judgements.models import Answer, Assignment, PanelMember
from custodes_workbench.judgements.services.assigning import (
    assign_efforts,
    end_assignment,
    suggest_panel,
)
from custodes_workbench.people.models import User
from panels import all_stated, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """The small round, where everybody has stated their interests; no mail proves a tie."""
    made = a_workbench_round(cast, Stage.INVITING)
    User.objects.filter(pk=cast.alan.pk).update(email="alan@gmail.com")
    all_stated(made)
    return made


def effort_of(row, effort_id):
    """An effort by its id."""
    return Effort.objects.get(round=row, effort_id=effort_id)


def assign(cast, row, name, effort_id, *, by="omar"):
    """Give one effort to one expert."""
    pair = (member_of(row, cast.people[name]), effort_of(row, effort_id))
    return assign_efforts(round_=row, pairs=[pair], by=cast.now(by))


def test_an_assigned_effort_has_a_letter_of_its_own_and_is_seen_from_the_blind_stage(cast, row):
    assign(cast, row, "grace", "second")

    letters = list(Assignment.objects.filter(effort__effort_id="second").values_list("letter"))
    assert len(letters) == len(set(letters)) == 3
    assert Standing.objects.filter(
        effort=effort_of(row, "second"), person=cast.grace, relation=Relation.ASSIGNED
    ).exists()


def test_letters_are_not_drawn_in_the_order_of_assignment(cast, row):
    drawn = set()
    for _ in range(20):
        assign(cast, row, "grace", "second")
        seat = Assignment.objects.get(member__person=cast.grace, effort__effort_id="second")
        drawn.add(seat.letter)
        seat.delete()

    assert len(drawn) > 1


def test_a_suggestion_fills_every_place_that_can_be_filled_and_writes_nothing(cast, row):
    before = Assignment.objects.count()

    found = suggest_panel(round_=row, per_effort=3, by=cast.now("omar"))

    codes = {expert for expert, effort in found.pairs if effort == "second"}
    assert codes <= {"E-02", "E-03"}
    assert {effort for _, effort in found.pairs} == {"second"}
    assert found.missing == {}
    assert Assignment.objects.count() == before


def test_a_suggestion_takes_whose_fields_fit(cast, row):
    User.objects.filter(pk=cast.joan.pk).update(expertise="Evaluations")
    Assignment.objects.filter(member__person=cast.carl).delete()

    found = suggest_panel(round_=row, per_effort=2, by=cast.now("omar"))

    assert found.pairs == (("E-03", "second"),)


@pytest.mark.parametrize(
    ("name", "effort", "why"),
    [
        ("grace", "first", "judges first already"),
        ("alan", "first", "conflict of interest"),
        ("carl", "first", "takes no more than 1"),
        ("joan", "second", "no statement of interests"),
        ("rhea", "second", "has not accepted"),
    ],
)
def test_who_cannot_be_given_an_effort(cast, row, name, effort, why):
    for number, each in enumerate(("alan", "rhea"), start=5):
        PanelMember.objects.create(
            round=row, person=cast.people[each], code=f"E-0{number}", state="accepted"
        )
    all_stated(row)
    PanelMember.objects.filter(person=cast.rhea).update(state="declined")
    PanelMember.objects.filter(person=cast.carl).update(most_efforts=1)
    PanelMember.objects.filter(person=cast.joan).update(statement_at=None)

    with pytest.raises(Refused, match=why):
        assign(cast, row, name, effort)


@pytest.mark.parametrize("name", ["ada", "dina", "aud", "mallory"])
def test_others_assign_nothing(cast, row, name):
    with pytest.raises(Refused):
        assign(cast, row, "grace", "second", by=name)


def test_one_refusal_leaves_everything_as_it_was(cast, row):
    before = Assignment.objects.count()
    pairs = [
        (member_of(row, cast.grace), effort_of(row, "second")),
        (member_of(row, cast.grace), effort_of(row, "first")),
    ]

    with pytest.raises(Refused):
        assign_efforts(round_=row, pairs=pairs, by=cast.now("omar"))

    assert Assignment.objects.count() == before


def test_an_ended_assignment_keeps_its_answers_set_aside(cast):
    row = a_workbench_round(cast, Stage.BLIND)
    seat = Assignment.objects.select_related("effort__round", "member__person").get(
        member__person=cast.grace
    )
    answer = Answer.objects.create(
        member=seat.member,
        effort=seat.effort,
        subject="first",
        quantity="benefit",
        answer_round=1,
        record={},
    )

    end_assignment(assignment=seat, by=cast.now("omar"), reason="is ill")

    answer.refresh_from_db()
    assert answer.set_aside_because == "is ill"
    assert list(efforts_visible_to(cast.now("grace"), row)) == []


def test_an_assignment_ends_once_and_with_a_reason(cast):
    a_workbench_round(cast, Stage.BLIND)
    seat = Assignment.objects.select_related("effort__round", "member__person").get(
        member__person=cast.grace
    )

    with pytest.raises(Refused, match="Say why"):
        end_assignment(assignment=seat, by=cast.now("omar"), reason=" ")


def test_a_conflict_that_is_found_on_assigning_stays_found(cast, row):
    User.objects.filter(pk=cast.carl.pk).update(affiliations="Alan's Lab")

    with pytest.raises(Refused, match="conflict of interest"):
        assign(cast, row, "carl", "first")

    assert cast.carl.conflicts.filter(rule="organisation", decided="").exists()
