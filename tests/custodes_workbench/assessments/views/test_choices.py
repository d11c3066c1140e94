import io
import zipfile

import pytest
from django.urls import reverse

import custodes
from cast import a_workbench_round, stand
from custodes.exchange import read_round, result_text
from custodes_workbench.access import Relation, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import choice_of
from custodes_workbench.efforts.models import Effort
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.CHOICE)


@pytest.fixture
def get(cast, client):
    def got(name, row):
        client.force_login(cast.people[name])
        return client.get(reverse("assessments:choose", args=[row.slug]))

    return got


@pytest.fixture
def post(cast, client):
    def sent(name, view, *args, **data):
        client.force_login(cast.people[name])
        return client.post(reverse(f"assessments:{view}", args=args), data)

    return sent


OUT = {"fix-first": "out", "reason": "its team has left"}


def test_a_choice_is_asked_for_carried_out_and_shown(cast, row, post, client):
    sent = post("dina", "choose", row.slug)
    run = a_done_run(cast, row, Run.Kind.CHOOSE)

    page = client.get(sent.url)

    choice = choice_of(run)
    text = page.content.decode()
    assert sent.url == run.get_absolute_url()
    assert [each for each, _, _ in page.context["chosen"]] == list(choice.chosen)
    assert [each for each, _ in page.context["not_chosen"]] == list(choice.not_chosen)
    assert "no portfolio can be better than" in text
    assert "Differences below the standard error are not differences" in text
    assert "style=" not in text


def test_what_is_left_out_stays_out_with_its_reason(cast, row, post, client):
    post("dina", "choose", row.slug, budget="2500000", **OUT)
    run = Run.objects.get()
    a_done_run(cast, row, Run.Kind.CHOOSE, options=run.options)

    page = client.get(run.get_absolute_url())

    run.refresh_from_db()
    assert "first" not in {each.id for each in choice_of(run).chosen}
    assert choice_of(run).budget == 2_500_000
    assert page.context["options"] == ["budget 2,500,000", "first out: its team has left"]


def test_what_if_stands_beside_the_proposal(cast, row, post, client):
    proposal = a_done_run(cast, row, Run.Kind.CHOOSE)
    post("dina", "propose", row.slug, proposal.n, reason="it keeps within the money")
    other = a_done_run(
        cast,
        row,
        Run.Kind.CHOOSE,
        options={
            "fixed": [{"kind": "fixed", "effort": "first", "chosen": True, "reason": "a pilot"}]
        },
    )

    page = client.get(other.get_absolute_url())

    beside = page.context["beside"]
    here = {each.id for each in choice_of(other).chosen}
    there = {each.id for each in choice_of(proposal).chosen}
    assert page.context["proposal"].pk == proposal.pk
    assert set(beside.more) == here - there
    assert set(beside.fewer) == there - here


def test_choices_so_far_stand_side_by_side_the_proposal_first(cast, row, get, post):
    first = a_done_run(cast, row, Run.Kind.CHOOSE)
    second = a_done_run(cast, row, Run.Kind.CHOOSE, options={"budget": 1e6})
    post("dina", "propose", row.slug, first.n, reason="it keeps within the money")

    page = get("omar", row)

    assert [run.n for run, _, _ in page.context["choices"]] == [first.n, second.n]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"fix-first": "both", "reason": "why"}, "both is not one of the available choices"),
        ({"fix-first": "in"}, "Say why; it is shown with the choice"),
        ({"cvar_limit": "0"}, "Give the level too"),
        ({"cap_p_raises_risk": "2"}, "less than or equal to 1"),
        ({"budget": "much"}, "Enter a number"),
    ],
)
def test_a_form_that_cannot_be_is_refused_and_keeps_what_was_typed(row, post, data, told):
    answer = post("dina", "choose", row.slug, budget_note="", **data)

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Run.objects.exists()


def test_a_proposal_needs_a_reason(cast, row, post):
    run = a_done_run(cast, row, Run.Kind.CHOOSE)

    answer = post("dina", "propose", row.slug, run.n, reason=" ")

    assert answer.status_code == 400
    assert not Run.objects.filter(is_proposal=True).exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("lena", 200),
        ("dina", 200),
        ("anna", 200),
        ("aud", 200),
        ("ada", 404),
        ("rhea", 404),
        ("alan", 404),
        ("mallory", 404),
    ],
)
def test_choices_are_for(cast, row, get, name, status):
    a_done_run(cast, row, Run.Kind.CHOOSE)

    assert get(name, row).status_code == status


def test_an_auditor_reads_choices_and_asks_for_none(row, get, post):
    page = get("aud", row).content.decode()
    refused = post("aud", "choose", row.slug)

    assert "What if" not in page
    assert refused.status_code == 403
    assert not Run.objects.exists()


def test_who_has_a_conflict_is_told_why_and_sees_no_choice(cast, row, get, client):
    stand(Effort.objects.get(round=row, effort_id="second"), cast.sven, Relation.CONFLICTED)
    run = a_done_run(cast, row, Run.Kind.CHOOSE)

    page = get("sven", row)
    result = client.get(run.get_absolute_url())

    assert page.status_code == 403
    assert "a conflict of interest stands between you and it" in page.content.decode()
    assert result.status_code == 404


def test_there_is_no_choice_before_its_stage(cast, get, post):
    row = a_workbench_round(cast, Stage.CHALLENGE)

    page, sent = get("dina", row), post("dina", "choose", row.slug)

    assert (page.status_code, sent.status_code) == (404, 404)


def test_an_expert_never_sees_a_choice(cast, row, client):
    run = a_done_run(cast, row, Run.Kind.CHOOSE)
    client.force_login(cast.ada)

    assert client.get(run.get_absolute_url()).status_code == 404


def test_a_choice_is_hidden_when_the_round_goes_back(cast, row, client):
    run = a_done_run(cast, row, Run.Kind.CHOOSE)
    moved(row, Stage.ASSESSMENT)
    client.force_login(cast.dina)

    assert client.get(run.get_absolute_url()).status_code == 404


def test_the_folder_of_a_what_if_gives_the_same_choice(cast, row, client, tmp_path):
    fixed = {"kind": "fixed", "effort": "first", "chosen": False, "reason": "its team has left"}
    run = a_done_run(cast, row, Run.Kind.CHOOSE, options={"fixed": [fixed]})
    client.force_login(cast.lena)

    answer = client.get(reverse("assessments:inputs", args=[row.slug, "choose", run.n]))

    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    again = custodes.choose(custodes.assess(read_round(tmp_path / row.slug)))
    assert result_text(again) == run.result_json
