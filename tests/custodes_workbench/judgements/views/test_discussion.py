import pytest

from answers import bare
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import Assignment, Comment
from custodes_workbench.rounds.models import Round
from workbench_answers import PANEL, a_judged_round, address, moved, the_effort

pytestmark = pytest.mark.django_db
SECRETS = {"ada": (0.1111, 0.2, 0.7), "grace": (0.1222, 0.3, 0.8), "joan": (0.1333, 0.4, 0.9)}


@pytest.fixture
def row(cast):
    return a_judged_round(cast, Stage.DISCUSSION, numbers=SECRETS)


@pytest.fixture
def page(row):
    return address(row, "discussion", "success")


def shown_order(client, page):
    return [each.letter for each in client.get(page).context["answers"]]


def test_panel_sees_every_answer_by_letter_with_its_reason(cast, client, page):
    client.force_login(cast.ada)

    answer = client.get(page)

    text = answer.content.decode()
    assert {each.letter for each in answer.context["answers"]} == set("ABC")
    assert all(f"what {name} thinks" in text for name in PANEL)
    assert "C (you)" in text
    assert "<svg" in text


def test_no_name_code_or_time_stands_with_the_answers(cast, client, row, page):
    Comment.objects.create(
        effort=the_effort(row),
        assignment=Assignment.objects.get(member__person=cast.grace),
        by=cast.grace,
        about="success",
        text="a remark",
        stage="discussion",
    )
    client.force_login(cast.ada)

    text = client.get(page).content.decode()

    assert "a remark" in text
    assert not any(each in text for each in ("Grace", "Joan", "E-02", "example.org", "2026"))


def test_order_is_fixed_for_a_reader_and_question_and_differs_between_them(
    cast, client, row, page
):
    orders = set()
    for name in (*PANEL, "lena", "omar", "aud"):
        client.force_login(cast.people[name])
        first = shown_order(client, page)
        assert shown_order(client, page) == first
        orders.add(tuple(first))

    assert len(orders) > 1


@pytest.mark.parametrize("name", ["carl", "mallory", "alan", "rhea", "dina", "reg"])
def test_discussion_is_not_there_for_who_may_not_see_the_answers(cast, client, row, page, name):
    client.force_login(cast.people[name])

    answer = client.get(page)
    nothing = client.get(address(row, "discussion", "success", effort="none"))

    assert answer.status_code == 404
    assert bare(answer) == bare(nothing)


@pytest.mark.parametrize("name", ["ada", "lena", "omar", "aud", "dina", "anna"])
def test_nobody_sees_an_answer_of_others_before_the_close(cast, client, row, page, name):
    moved(row, Stage.BLIND)
    client.force_login(cast.people[name])

    assert client.get(page).status_code == 404


def test_expert_who_has_not_handed_in_sees_nothing(cast, client, page):
    Assignment.objects.filter(member__person=cast.joan).update(handed_in_at=None)
    client.force_login(cast.joan)

    assert client.get(page).status_code == 404


def test_answer_that_was_not_handed_in_is_nobodys_to_see(cast, client, page):
    Assignment.objects.filter(member__person=cast.joan).update(handed_in_at=None)
    client.force_login(cast.ada)

    text = client.get(page).content.decode()

    assert "what joan thinks" not in text


def test_comment_with_a_name_is_warned_of_once_and_the_writer_decides(cast, client, page):
    client.force_login(cast.ada)

    warned = client.post(page, {"text": "Joan knows"})
    posted = client.post(
        page, {"text": "Joan knows", "named": warned.context["form"].data["named"]}
    )

    assert "may name somebody" in warned.content.decode()
    assert "Joan knows" in warned.content.decode()
    assert posted.status_code == 302
    assert Comment.objects.get().text == "Joan knows"


def test_names_that_were_not_warned_of_do_not_count(cast, client, page):
    client.force_login(cast.ada)

    answer = client.post(page, {"text": "Joan knows", "named": "joan\nGrace"})

    assert "may name somebody" in answer.content.decode()


def test_question_is_asked_answered_and_marked(cast, client, row, page):
    client.force_login(cast.ada)
    client.post(page, {"text": "why so high?", "is_question": "on"})
    asked = Comment.objects.get()
    client.force_login(cast.grace)
    client.post(page, {"text": "because of this", "answers_to": str(asked.pk)})

    client.post(address(row, "comments", str(asked.pk), "answered"))

    (thread,) = client.get(page).context["threads"]
    assert thread[0].is_answered
    assert [each.text for each in thread[1]] == ["because of this"]


def test_comment_is_bound_to_a_claim_of_the_explanation(cast, client, row):
    revision = the_effort(row).revision
    revision.explanation = {"claims": [{"id": "c1", "claim": "It detects lies"}]}
    revision.save()
    client.force_login(cast.ada)

    answer = client.post(address(row, "discussion", "claim:c1"), {"text": "does it?"})
    text = client.get(address(row, "discussion", "claim:c1")).content.decode()

    assert answer.status_code == 302
    assert "It detects lies" in text
    assert "does it?" in text
    assert client.get(address(row, "discussion", "claim:c9")).status_code == 404


def test_officer_reads_and_does_not_write(cast, client, page):
    client.force_login(cast.omar)

    shown, sent = client.get(page), client.post(page, {"text": "from an officer"})

    assert shown.status_code == 200
    assert 'id="comment"' not in shown.content.decode()
    assert sent.status_code == 403
    assert not Comment.objects.exists()


def test_public_sees_answers_only_where_the_round_publishes_them(cast, client, row, page):
    row = moved(row, Stage.PUBLISHED)
    client.force_login(cast.mallory)
    each = client.get(page)
    Round.objects.filter(pk=row.pk).update(
        settings={**row.settings, "judgement": {"published_answers": "pooled"}}
    )

    pooled = client.get(page)

    assert "what grace thinks" in each.content.decode()
    assert "what grace thinks" not in pooled.content.decode()
    assert "<svg" not in pooled.content.decode()
    assert "pooled answers only" in pooled.content.decode()


def test_discussion_stays_with_the_panel_when_the_round_is_public(cast, client, row, page):
    client.force_login(cast.ada)
    client.post(page, {"text": "for the panel"})
    moved(row, Stage.PUBLISHED)
    client.force_login(cast.mallory)

    assert "for the panel" not in client.get(page).content.decode()
