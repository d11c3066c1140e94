import pytest

from answers import bare
from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements.models import Answer, Draft
from workbench_answers import PANEL, a_judged_round, address, answered, fields, handed_in, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


@pytest.fixture
def page(row):
    return address(row, "estimate", "success")


def send(client, page, act="answer", **typed):
    return client.post(page, {"version": "0", "act": act, **fields(**typed)})


def test_answer_is_saved_as_it_was_typed_and_read(cast, client, page):
    client.force_login(cast.ada)

    answer = send(client, page, numbers=("0.3%", "1 in 50", "5e-2"), reason="a reason")

    assert answer.status_code == 302
    record = Answer.objects.get().record
    assert (record["p05"], record["p50"], record["p95"]) == (0.003, 0.02, 0.05)
    assert (record["raw"], record["wording"]) == ("0.3% / 1 in 50 / 5e-2", "success/1")
    assert Answer.objects.get().revision.n == 1


@pytest.mark.parametrize("typed", [",9", "near 0", "5-10", "0+", "< 0.1", "Less than 1"])
def test_number_that_says_no_number_is_refused_and_the_text_comes_back(cast, client, page, typed):
    client.force_login(cast.ada)

    answer = send(client, page, numbers=("0.1", typed, "0.9"), reason="kept text")

    assert answer.status_code == 200
    assert Answer.objects.count() == 0
    assert "kept text" in answer.content.decode()
    assert answer.context["form"].errors["p50"]


def test_one_field_may_hold_the_whole_range(cast, client, page):
    client.force_login(cast.ada)

    send(client, page, numbers=("", "10% to 30%", ""))

    record = Answer.objects.get().record
    assert (record["p05"], record["p95"], record["raw"]) == (0.1, 0.3, "10% to 30%")


@pytest.mark.parametrize(
    ("numbers", "field"), [((0.5, 0.2, 0.1), "p50"), ((0.5, 0.7, 1.2), "p95")]
)
def test_order_and_range_are_repaired_by_the_form(cast, client, page, numbers, field):
    client.force_login(cast.ada)

    answer = send(client, page, numbers=numbers)

    assert field in answer.context["form"].errors
    assert Answer.objects.count() == 0


def test_answer_needs_a_reason_and_abstaining_does_not(cast, client, page):
    client.force_login(cast.ada)

    without = send(client, page, reason="")
    abstained = client.post(
        page, {"version": "0", "act": "answer", "abstain": "not_my_field", "reason": ""}
    )

    assert "reason" in without.context["form"].errors
    assert abstained.status_code == 302
    assert Answer.objects.get().record["abstain"] == "not_my_field"


@pytest.mark.parametrize(
    ("numbers", "more", "flag"),
    [
        ((0.2, 0.2, 0.2), {}, "point"),
        ((0, 0.2, 0.4), {}, "certain"),
        ((1e-9, 0.5, 0.99999), {}, "wide"),
        ((0.1, 0.2, 0.3), {"confidence": "30%"}, "unsure"),
    ],
)
def test_what_is_odd_is_asked_about_once(cast, client, page, numbers, more, flag):
    client.force_login(cast.ada)

    asked = send(client, page, numbers=numbers, **more)
    again = send(client, page, numbers=numbers, asked=asked.context["form"].data["asked"], **more)

    assert asked.status_code == 200
    assert flag in asked.context["form"].data["asked"].split()
    assert f'value="{asked.context["form"].data["asked"]}"' in asked.content.decode()
    assert again.status_code == 302


def test_reference_class_is_shown_only_after_an_answer_of_ones_own(cast, client, page):
    client.force_login(cast.ada)

    before = client.get(page)
    send(client, page)
    after = client.get(page)

    assert before.context["reference"] is None
    assert "not an answer; shown because" not in before.content.decode()
    assert after.context["reference"] is not None
    assert "not an answer; shown because" in after.content.decode()


def test_draft_comes_back_with_its_text(cast, client, page):
    client.force_login(cast.ada)

    send(client, page, act="draft", numbers=("5 perce", "", ""), reason="half a thou")
    answer = client.get(page)

    assert 'value="5 perce"' in answer.content.decode()
    assert "half a thou" in answer.content.decode()
    assert Answer.objects.count() == 0


def test_draft_is_kept_by_htmx_and_its_version_follows(cast, client, page):
    client.force_login(cast.ada)

    first = client.post(f"{page}draft/", {"version": "0", **fields(reason="one")})
    second = client.post(f"{page}draft/", {"version": "1", **fields(reason="two")})
    same = client.post(f"{page}draft/", {"version": "1", **fields(reason="two")})

    assert 'name="version" id="id_version" value="1"' in first.content.decode()
    assert 'value="2"' in second.content.decode()
    assert 'value="2"' in same.content.decode()
    assert Draft.objects.get().typed["reason"] == "two"


def test_second_tab_gets_a_page_with_both_texts(cast, client, page):
    client.force_login(cast.ada)
    send(client, page, act="draft", reason="from the first tab")

    fragment = client.post(f"{page}draft/", {"version": "0", **fields(reason="from the second")})
    answer = send(client, page, act="draft", reason="from the second")
    settled = client.post(
        page, {"act": "draft", **fields(reason="from the second"), "version": "1"}
    )

    assert "Another tab or device" in fragment.content.decode()
    assert answer.status_code == 409
    assert "from the first tab" in answer.content.decode()
    assert "from the second" in answer.content.decode()
    assert "There is a problem" not in answer.content.decode()
    assert settled.status_code == 302
    assert Draft.objects.get().typed["reason"] == "from the second"


def test_picture_is_drawn_of_what_is_typed_and_keeps_nothing(cast, client, page):
    client.force_login(cast.ada)

    answer = client.post(f"{page}picture/", fields(numbers=("1%", "1 in 50", "5e-2")))

    text = answer.content.decode()
    assert text.count("<svg") == 2
    assert text.count("<circle") == 20
    assert "0.02 = 2\u00a0% = 1 in 50" in text
    assert "1 in 20 that it is above 0.05" in text
    assert "central" in text
    assert not Draft.objects.exists()


def test_picture_is_there_without_javascript(cast, client, page):
    client.force_login(cast.ada)

    answer = send(client, page, act="picture", numbers=(0.1, 0.2, 0.4), reason="")

    assert answer.content.decode().count("<svg") == 2
    assert Draft.objects.get().typed["p50"] == "0.2"
    assert 'value="1"' in answer.content.decode()


def test_picture_does_not_move_with_anybody_elses_answers(cast, client, row, page):
    client.force_login(cast.ada)
    typed = fields(numbers=(0.1, 0.2, 0.4))

    before = client.post(f"{page}picture/", typed)
    answered(cast, row, "grace", numbers=(0.9, 0.95, 0.99))
    answered(cast, row, "grace", numbers=(0.9, 0.95, 0.99), quantity="adoption")
    handed_in(cast, row, "grace")
    after = client.post(f"{page}picture/", typed)

    assert bare(before) == bare(after)


@pytest.mark.parametrize("who", ["carl", "mallory", "lena", "dina", "alan", "rhea"])
@pytest.mark.parametrize("part", ["", "picture/", "draft/"])
def test_estimate_is_not_there_for_who_does_not_judge(cast, client, row, who, part):
    client.force_login(cast.people[who])
    page = f"{address(row, 'estimate', 'success', effort='second')}{part}"

    answer = client.post(page, {"version": "0", **fields()})
    nothing = client.post(page.replace("second", "none"), {"version": "0", **fields()})

    assert answer.status_code == 404
    assert bare(answer) == bare(nothing)


def test_unknown_question_is_not_there(cast, client, row):
    client.force_login(cast.ada)

    assert client.get(address(row, "estimate", "reach")).status_code == 404


def test_estimate_asks_to_sign_in_first(client, page):
    assert client.get(page).status_code == 302


def test_closed_stage_refuses_and_gives_the_text_back(cast, client, row, page):
    client.force_login(cast.ada)
    moved(row, Stage.DISCUSSION)

    answer = send(client, page, reason="a text of ten minutes")
    fragment = client.post(f"{page}draft/", {"version": "0", **fields()})

    assert answer.status_code == 403
    assert "a text of ten minutes" in answer.content.decode()
    assert "it is possible at blind estimates" in answer.content.decode()
    assert "Not saved" in fragment.content.decode()
    assert Entry.objects.filter(action="act refused", actor=cast.ada.history_name).exists()
    assert Answer.objects.count() == 0


def test_blind_page_is_the_same_whatever_others_answered(cast, client, row, page):
    client.force_login(cast.ada)
    pages = (page, address(row, "estimate"), "/my/", "/")

    before = [bare(client.get(each)) for each in pages]
    for name, number in (("grace", 0.111), ("joan", 0.222)):
        answered(cast, row, name, numbers=(number, 0.4, 0.9), reason=f"secret of {name}")
        handed_in(cast, row, name)
    after = [bare(client.get(each)) for each in pages]

    assert before == after


def test_revision_shows_the_first_answers_of_others_and_hides_their_second(cast, client):
    row = a_judged_round(cast, Stage.REVISION)
    answered(cast, row, "grace", numbers=(0.31, 0.42, 0.53), reason="second thoughts of grace")
    handed_in(cast, row, "grace")
    client.force_login(cast.ada)

    text = client.get(address(row, "estimate", "success")).content.decode()

    assert "what grace thinks" in text
    assert "second thoughts of grace" not in text
    assert "what ada thinks" in text


def test_revision_begins_from_the_first_answer_and_keeps_it(cast, client):
    row = a_judged_round(cast, Stage.REVISION)
    client.force_login(cast.ada)
    page = address(row, "estimate", "success")

    shown = client.get(page)
    send(client, page, numbers=(0.2, 0.3, 0.4), reason="joan is right")

    assert 'value="0.1"' in shown.content.decode()
    rounds = Answer.objects.filter(member__person=cast.ada).values_list("answer_round", flat=True)
    assert sorted(rounds) == [1, 2]


def test_no_name_stands_on_a_page_of_answers(cast, client):
    row = a_judged_round(cast, Stage.REVISION, reasons=dict.fromkeys(PANEL, "a reason"))
    client.force_login(cast.ada)

    text = client.get(address(row, "estimate", "success")).content.decode()

    assert not any(name in text for name in ("Grace", "Joan", "E-02", "E-03", "@"))


def test_history_tells_of_handing_in_and_not_of_questions_or_numbers(cast, client, row, page):
    client.force_login(cast.ada)

    send(client, page, numbers=(0.123, 0.234, 0.345))
    client.post(address(row, "hand-in"))

    told = [
        (each.action, each.object) for each in Entry.objects.filter(actor=cast.ada.history_name)
    ]
    assert told == [("answers handed in", f"effort {row.slug}/first")]


def test_draft_of_an_ended_session_says_so_in_its_place(client, page):
    answer = client.post(f"{page}draft/", {"version": "3", **fields()})

    assert answer.status_code == 200
    assert "Your session has ended" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert not Draft.objects.exists()
