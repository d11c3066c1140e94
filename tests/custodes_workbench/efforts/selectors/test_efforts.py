import pytest

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Purpose, Relation, Role, Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import (
    efforts_computed,
    efforts_visible_to,
    record_shown_to,
    relations_in,
)
from custodes_workbench.rounds.models import Round

pytestmark = pytest.mark.django_db

STATES = [state for state in Effort.State if state != Effort.State.ACCEPTED]


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def seen(cast, name, row, purpose=Purpose.PAGE):
    row = Round.objects.get(pk=row.pk)
    return {each.effort_id for each in efforts_visible_to(cast.now(name), row, purpose)}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("stage", [Stage.BLIND, Stage.CHALLENGE, Stage.PUBLISHED])
def test_only_what_went_to_the_panel_is_seen_beyond_those_who_run_the_round(
    cast, row, state, stage
):
    at_stage(row, stage)
    Effort.objects.filter(effort_id="first").update(state=state)

    assert "first" in seen(cast, "omar", row) & seen(cast, "alan", row)
    for name in ("ada", "grace", "rhea", "mallory", "reg", "adam"):
        assert "first" not in seen(cast, name, row)


@pytest.mark.parametrize("state", STATES)
def test_only_what_went_to_the_panel_is_computed(row, state):
    Effort.objects.filter(effort_id="first").update(state=state)

    assert [each.effort_id for each in efforts_computed(row)] == ["second"]


def test_nothing_is_seen_for_computing(cast, row):
    assert seen(cast, "lena", row, Purpose.COMPUTE) == set()


def test_one_person_alone_stands_as_the_role_says(cast, row):
    alan = cast.now("alan")
    alan.alone, alan.acting_as = True, Role.EXPERT.value

    assert set(relations_in(alan, row).values()) == {Relation.ASSIGNED}


def test_the_applicant_of_a_record_is_blank_for_those_who_may_not_know(cast, row):
    effort = Effort.objects.get(effort_id="first")

    told = {
        name: record_shown_to(cast.now(name), effort, effort.revision).applicant
        for name in ("omar", "ada", "dina")
    }

    assert told == {"omar": "Alan's laboratory", "ada": "", "dina": ""}


def test_decision_makers_learn_who_applied_at_the_choice(cast, row):
    at_stage(row, Stage.CHOICE)
    effort = Effort.objects.get(effort_id="first")

    told = record_shown_to(cast.now("dina"), effort, effort.revision).applicant

    assert told == "Alan's laboratory"


def mark(row, effort_id):
    effort = Effort.objects.get(round=row, effort_id=effort_id)
    revision = effort.revision
    revision.record = revision.record | {"handling": "restricted"}
    revision.save()


@pytest.mark.parametrize("stage", [Stage.PUBLISHED, Stage.FOLLOW_UP])
def test_an_effort_with_a_handling_mark_does_not_become_public(cast, row, stage):
    mark(row, "first")
    at_stage(row, stage)
    row = Round.objects.get(pk=row.pk)

    names = ("mallory", "reg", "adam", "rhea", "anna", "lena", "ada", "alan", "dina")
    told = {
        name: "first" in [e.effort_id for e in efforts_visible_to(cast.now(name), row)]
        for name in names
    }

    assert told == {name: name in ("lena", "ada", "alan", "dina") for name in names}
