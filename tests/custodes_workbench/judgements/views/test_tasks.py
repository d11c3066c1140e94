import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import Assignment
from custodes_workbench.people.models import User
from workbench_answers import address, answered, fields, handed_in, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def test_tasks_list_own_efforts_with_their_state(cast, client, row):
    answered(cast, row, "ada")
    client.force_login(cast.ada)

    before = client.get(reverse("judgements:my_tasks")).content.decode()
    handed_in(cast, row, "ada")
    after = client.get(reverse("judgements:my_tasks")).content.decode()

    assert "begun: 1 of 21 answered" in before
    assert "not begun" in before
    assert "handed in" in after


@pytest.mark.parametrize("name", ["mallory", "lena", "alan", "dina"])
def test_tasks_of_who_judges_nothing_are_an_empty_page(cast, client, row, name):
    client.force_login(cast.people[name])

    answer = client.get(reverse("judgements:my_tasks"))

    assert "You judge no effort now" in answer.content.decode()


def test_effort_with_a_conflict_is_not_among_the_tasks(cast, client, row):
    client.force_login(cast.carl)

    text = client.get(reverse("judgements:my_tasks")).content.decode()

    assert "second" not in text


def test_answers_that_wait_stand_on_the_first_page_until_handed_in(cast, client, row):
    client.force_login(cast.grace)
    before = client.get("/").content.decode()
    answered(cast, row, "grace")
    handed_in(cast, row, "grace")

    after = client.get("/").content.decode()

    assert "Blind estimates: first" in before
    assert "Blind estimates: first" not in after


def test_discussion_waits_for_who_handed_in(cast, client, row):
    for name in ("grace", "joan"):
        answered(cast, row, name)
    handed_in(cast, row, "grace")
    moved(row, Stage.DISCUSSION)
    seen = {}
    for name in ("grace", "joan"):
        client.force_login(cast.people[name])
        seen[name] = "Discussion: first" in client.get("/").content.decode()

    assert seen == {"grace": True, "joan": False}


@pytest.mark.parametrize(("name", "there"), [("ada", True), ("lena", False), ("mallory", False)])
def test_way_to_the_tasks_stands_on_every_page_of_an_expert(cast, client, row, name, there):
    client.force_login(cast.people[name])

    text = client.get("/").content.decode()

    assert (">My tasks<" in text) is there


def test_questions_begin_with_the_main_ones_and_follow_the_paper(cast, client, row):
    client.force_login(cast.ada)

    answer = client.get(address(row, "estimate"))

    titles = [group.title for group, _ in answer.context["groups"]]
    assert titles[0] == "Main questions"
    assert len(answer.context["groups"][0][1]) == 12
    assert titles[2:] == [
        "Relative progress",
        "False sense of security",
        "Some different mechanism",
    ]
    assert sum(len(questions) for _, questions in answer.context["groups"]) == 21


def test_hand_in_is_one_act_for_the_effort(cast, client, row):
    client.force_login(cast.ada)
    answered(cast, row, "ada")

    answer = client.post(address(row, "hand-in"))

    assert answer.status_code == 302
    assert Assignment.objects.filter(handed_in_at__isnull=False).count() == 1
    assert "You can still replace one" in client.get(answer.url).content.decode()


def test_hand_in_without_an_answer_says_why_not(cast, client, row):
    client.force_login(cast.ada)

    answer = client.post(address(row, "hand-in"))

    assert answer.status_code == 403
    assert "save one, or say why you abstain" in answer.content.decode()


def test_typed_text_that_is_no_answer_is_told_before_handing_in(cast, client, row):
    client.force_login(cast.ada)
    client.post(address(row, "estimate", "success"), {"act": "draft", "reason": "x"})

    text = client.get(address(row, "estimate")).content.decode()

    assert "not saved as an answer" in text


def test_answer_after_the_end_is_told_to_be_late(cast, client, row):
    client.force_login(cast.ada)
    moved(row, Stage.BLIND, closes_at=timezone.now() - dt.timedelta(hours=1))

    text = client.get(address(row, "estimate")).content.decode()

    assert "kept and marked as late" in text


def test_after_close_the_page_says_so_and_offers_nothing(cast, client, row):
    client.force_login(cast.ada)
    moved(row, Stage.ASSESSMENT)

    text = client.get(address(row, "estimate")).content.decode()

    assert "No answers are taken now" in text
    assert "Hand in my answers" not in text


@pytest.mark.parametrize("page", ["estimate", "hand-in"])
@pytest.mark.parametrize("name", ["carl", "mallory", "lena"])
def test_pages_of_an_expert_are_not_there_for_others(cast, client, row, page, name):
    client.force_login(cast.people[name])
    send = client.get if page == "estimate" else client.post

    assert send(address(row, page, effort="second")).status_code == 404


def test_one_person_alone_judges_every_effort_and_takes_a_seat_by_answering(
    cast, client, row, settings
):
    settings.ALONE = True
    User.objects.exclude(pk=cast.lena.pk).update(email=None)
    client.force_login(cast.lena)
    client.post(reverse("people:act_as"), {"role": "expert"})

    tasks = client.get(reverse("judgements:my_tasks")).content.decode()
    sent = client.post(
        address(row, "estimate", "success"), {"version": "0", "act": "answer", **fields()}
    )
    handed = client.post(address(row, "hand-in"))

    assert "first" in tasks
    assert "second" in tasks
    assert (sent.status_code, handed.status_code) == (302, 302)
    assert Assignment.objects.get(member__person=cast.lena).handed_in_at is not None
