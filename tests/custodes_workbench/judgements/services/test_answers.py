import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.models import Standing
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.models import Answer, Assignment
from custodes_workbench.rounds.models import Round, RoundStage
from workbench_answers import answered, handed_in, moved, the_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def the_seat(cast, name, effort="first"):
    return Assignment.objects.get(member__person=cast.people[name], effort__effort_id=effort)


def computed(row):
    found = selectors.judgements_computed(Round.objects.get(pk=row.pk))
    return [(each.expert, each.round, each.p50) for each in found]


def test_answers_are_handed_in_once_for_an_effort(cast, row):
    answered(cast, row, "ada")

    handed_in(cast, row, "ada")
    at = the_seat(cast, "ada").handed_in_at
    handed_in(cast, row, "ada")

    assert at is not None
    assert the_seat(cast, "ada").handed_in_at == at
    assert the_seat(cast, "ada", "second").handed_in_at is None
    assert Entry.objects.filter(action="answers handed in").count() == 1


def test_nothing_is_handed_in_without_an_answer(cast, row):
    with pytest.raises(Refused, match="no answer"):
        handed_in(cast, row, "ada")


def test_answer_counts_only_when_handed_in_and_the_stage_has_closed(cast, row):
    answered(cast, row, "ada")
    answered(cast, row, "grace")
    handed_in(cast, row, "grace")

    during = computed(row)
    moved(row, Stage.DISCUSSION)

    assert during == []
    assert computed(row) == [("first/B", 1, 0.25)]


def test_newest_answer_counts_and_the_old_one_stays(cast, row):
    answered(cast, row, "ada", numbers=(0.1, 0.2, 0.3))
    handed_in(cast, row, "ada")
    answered(cast, row, "ada", numbers=(0.4, 0.5, 0.6))
    moved(row, Stage.DISCUSSION)

    assert computed(row) == [("first/C", 1, 0.5)]
    assert Answer.objects.count() == 2
    assert Entry.objects.filter(action="answers handed in again").count() == 1


def test_same_text_again_is_the_same_answer(cast, row):
    first = answered(cast, row, "ada")

    again = answered(cast, row, "ada")

    assert again.pk == first.pk


def test_second_round_counts_only_when_it_has_closed(cast, row):
    answered(cast, row, "ada", numbers=(0.1, 0.2, 0.3))
    handed_in(cast, row, "ada")
    row = moved(row, Stage.REVISION)
    answered(cast, row, "ada", numbers=(0.4, 0.5, 0.6))
    handed_in(cast, row, "ada")

    during = computed(row)
    moved(row, Stage.ASSESSMENT)

    assert during == [("first/C", 1, 0.2)]
    assert computed(row) == [("first/C", 1, 0.2), ("first/C", 2, 0.5)]
    assert the_seat(cast, "ada").revised_at is not None


def test_second_round_may_be_handed_in_with_every_first_answer_kept(cast, row):
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")
    row = moved(row, Stage.REVISION)

    handed_in(cast, row, "ada")

    assert the_seat(cast, "ada").revised_at is not None


def test_nobody_hands_in_an_empty_second_round_to_see_the_others(cast, row):
    answered(cast, row, "grace")
    handed_in(cast, row, "grace")
    row = moved(row, Stage.REVISION)

    with pytest.raises(Refused, match="no answer"):
        handed_in(cast, row, "ada")

    assert selectors.panel_answers(cast.now("ada"), the_effort(row), "success") == ()


def test_answer_of_the_second_round_alone_counts_too(cast, row):
    row = moved(row, Stage.REVISION)
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")

    assert computed(moved(row, Stage.ASSESSMENT)) == [("first/C", 2, 0.25)]


def test_late_answer_is_kept_and_counts_from_the_next_close(cast, row):
    past = timezone.now() - dt.timedelta(hours=1)
    row = moved(row, Stage.BLIND, closes_at=past)
    answer = answered(cast, row, "ada")
    handed_in(cast, row, "ada")

    row = moved(row, Stage.DISCUSSION)
    before = computed(row)
    later = timezone.now() + dt.timedelta(hours=1)
    RoundStage.objects.filter(round=row, name="revision").update(
        opened_at=later, closed_at=later + dt.timedelta(days=1)
    )

    assert answer.is_late
    assert before == []
    assert computed(moved(row, Stage.ASSESSMENT)) == [("first/C", 1, 0.25)]


def test_answer_that_is_set_aside_does_not_count(cast, row):
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")
    Answer.objects.update(set_aside_because="conflict of interest")

    assert computed(moved(row, Stage.DISCUSSION)) == []


@pytest.mark.parametrize("stage", [Stage.INVITING, Stage.DISCUSSION, Stage.ASSESSMENT])
def test_answer_is_refused_outside_its_stages(cast, row, stage):
    answered(cast, row, "ada")
    row = moved(row, stage)

    with pytest.raises(Refused):
        handed_in(cast, row, "ada")


def test_answer_is_refused_while_everything_stands_still(cast, row):
    Round.objects.filter(pk=row.pk).update(frozen_because="an incident")

    with pytest.raises(Refused, match="an incident"):
        answered(cast, row, "ada")


def test_conflict_found_later_ends_answering_at_once(cast, row):
    answered(cast, row, "ada")
    Standing.objects.create(
        effort=the_effort(row), person=cast.ada, relation=Relation.CONFLICTED.value
    )

    with pytest.raises(Refused, match="conflict"):
        handed_in(cast, row, "ada")


@pytest.mark.parametrize("name", ["carl", "mallory", "lena"])
def test_who_does_not_judge_cannot_answer(cast, row, name):
    with pytest.raises(Refused):
        answered(cast, row, name, effort="second")


def test_clock_starts_when_every_panel_has_its_quorum(cast, row):
    row = moved(row, Stage.BLIND, quorum=1)
    stage = RoundStage.objects.get(round=row, name="blind")
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")

    stage.refresh_from_db()
    early = stage.quorum_at
    answered(cast, row, "ada", effort="second")
    handed_in(cast, row, "ada", effort="second")
    stage.refresh_from_db()

    assert early is None
    assert stage.quorum_at is not None
    assert stage.ends_at == stage.quorum_at + dt.timedelta(hours=72)


def test_quorum_of_three_waits_for_the_third(cast, row):
    Assignment.objects.filter(effort__effort_id="second").delete()
    row = moved(row, Stage.BLIND, quorum=3)
    seen = []
    for name in ("ada", "grace", "joan"):
        answered(cast, row, name)
        handed_in(cast, row, name)
        seen.append(RoundStage.objects.get(round=row, name="blind").quorum_at is not None)

    assert seen == [False, False, True]


def test_one_person_alone_takes_a_seat_of_their_own(cast, row):
    me = cast.now("lena")
    me.alone, me.acting_as = True, "expert"
    effort = the_effort(row)

    services.save_draft(effort=effort, quantity="success", by=me, typed={"p50": "1"}, version=0)

    seat = Assignment.objects.get(member__person=me)
    assert seat.letter not in "ABC"
    assert seat.member.code not in {"E-01", "E-02", "E-03", "E-04"}
