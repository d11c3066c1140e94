import pytest

from custodes_workbench.access import Refused, Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements import services
from custodes_workbench.judgements.models import Assignment, Comment
from custodes_workbench.people.models import User
from workbench_answers import a_judged_round, moved, the_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_judged_round(cast, Stage.DISCUSSION)


def say(cast, row, name, text="a remark", **more):
    return services.post_comment(
        effort=the_effort(row), about="success", text=text, by=cast.now(name), **more
    )


def test_comment_is_posted_with_its_stage_and_told_by_letter(cast, row):
    comment = say(cast, row, "ada")

    entry = Entry.objects.get(action="comment posted")
    assert (comment.stage, comment.assignment.letter) == ("discussion", "C")
    assert (entry.actor, entry.object) == ("expert C of first", f"effort {row.slug}/first")


@pytest.mark.parametrize(
    "text",
    [
        "Ask Joan about it.",
        "I know that joan thinks so.",
        "Alan's laboratory has shown it.",
        "Write to somebody@example.org",
        "At the Turing Society they say so.",
    ],
)
def test_names_organisations_and_addresses_are_found_before_posting(cast, row, text):
    User.objects.filter(pk=cast.mallory.pk).update(affiliations="Turing Society")

    with pytest.raises(services.NamesFound) as found:
        say(cast, row, "ada", text)

    assert not Comment.objects.exists()
    assert Entry.objects.filter(action="names found before posting").count() == 1
    assert say(cast, row, "ada", text, named=found.value.names).text == text


def test_warning_is_the_same_whoever_is_on_the_panel(cast, row):
    with pytest.raises(services.NamesFound) as before:
        say(cast, row, "ada", "Joan or Rhea or Mallory")
    Assignment.objects.filter(member__person=cast.joan).update(ended_because="left")

    with pytest.raises(services.NamesFound) as after:
        say(cast, row, "ada", "Joan or Rhea or Mallory")

    assert before.value.names == after.value.names == ("Joan", "Mallory", "Rhea")


def test_new_name_after_a_warning_is_warned_of_again(cast, row):
    with pytest.raises(services.NamesFound):
        say(cast, row, "ada", "Joan and Grace", named=("Joan",))


def test_question_is_marked_as_answered_once(cast, row):
    asked = say(cast, row, "ada", is_question=True)

    services.mark_answered(comment=asked, by=cast.now("grace"))
    services.mark_answered(comment=asked, by=cast.now("joan"))

    asked.refresh_from_db()
    assert asked.is_answered
    assert Entry.objects.filter(action="question marked as answered").count() == 1


def test_remark_is_not_marked_as_answered(cast, row):
    remark = say(cast, row, "ada")

    with pytest.raises(Refused, match="Only a question"):
        services.mark_answered(comment=remark, by=cast.now("grace"))


@pytest.mark.parametrize("name", ["carl", "mallory", "lena", "aud", "alan"])
def test_only_the_panel_discusses(cast, row, name):
    with pytest.raises(Refused):
        say(cast, row, name)


def test_expert_who_has_not_handed_in_does_not_discuss(cast, row):
    Assignment.objects.filter(member__person=cast.joan).update(handed_in_at=None)

    with pytest.raises(Refused, match="before you have handed in"):
        say(cast, row, "joan")


@pytest.mark.parametrize("stage", [Stage.BLIND, Stage.ASSESSMENT])
def test_discussion_is_open_in_its_stages_only(cast, row, stage):
    row = moved(row, stage)

    with pytest.raises(Refused):
        say(cast, row, "ada")
