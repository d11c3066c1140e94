import pytest
from django.urls import reverse

from answers import bare
from cast import a_workbench_round, stand
from custodes_workbench.access import Relation, Stage
from custodes_workbench.assessments.records import assessment_of
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Assignment, PanelMember
from custodes_workbench.rounds.models import Round
from panels import a_conflict, rule_on
from workbench_runs import a_done_run, answered, moved

pytestmark = pytest.mark.django_db

PANEL = "Where experts part"
INPUTS = "Inputs, with their basis"


@pytest.fixture
def row(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    answered(row, "first", cast.ada, success=(0.1, 0.2, 0.4))
    answered(row, "first", cast.grace, success=(0.5, 0.7, 0.9))
    return row


@pytest.fixture
def get(cast, client):
    def got(name, row, effort, n=1):
        client.force_login(cast.people[name])
        return client.get(reverse("assessments:effort", args=[row.slug, n, effort]))

    return got


def pooled_only(row):
    judgement = {**row.settings.get("judgement", {}), "published_answers": "pooled"}
    Round.objects.filter(pk=row.pk).update(settings={**row.settings, "judgement": judgement})
    return Round.objects.get(pk=row.pk)


def test_an_effort_is_shown_by_mechanism_before_and_after(cast, row, get):
    a_done_run(cast, row)

    page = get("dina", row, "first")

    text = page.content.decode()
    assert page.status_code == 200
    figures = ("mechanisms", "classes", "answers", "own")
    assert all(f'id="figure-{each}"' in text for each in figures)
    assert text.count("<svg") >= len(figures)
    assert "style=" not in text
    assert "Some different mechanism" in text  # mechanisms of zero are listed too
    assert "Differences below the standard error are not differences" in text
    assert f"64 draws, seed {row.settings['seed']}" in text


def test_the_page_tells_the_numbers_of_the_run(cast, row, get):
    run = a_done_run(cast, row)
    result = assessment_of(run).efforts[0].worldviews["central"].after

    page = get("anna", row, "first")

    (told,) = [each for each in page.context["states"] if each[:2] == ("central", "with")]
    assert told[2] == result


@pytest.mark.parametrize(
    ("name", "effort", "status"),
    [
        ("lena", "second", 200),
        ("aud", "first", 200),
        ("ada", "second", 200),
        ("grace", "first", 200),
        ("grace", "second", 404),
        ("carl", "second", 404),
        ("rhea", "first", 404),
        ("alan", "first", 404),
        ("mallory", "first", 404),
        ("lena", "third", 404),
    ],
)
def test_an_effort_is_for(cast, row, get, name, effort, status):
    a_done_run(cast, row)

    assert get(name, row, effort).status_code == status


def test_what_is_not_theirs_looks_like_what_does_not_exist(cast, row, get):
    a_done_run(cast, row)

    not_theirs, nothing = (get("grace", row, each) for each in ("second", "third"))

    assert bare(not_theirs) == bare(nothing)


@pytest.mark.parametrize(("name", "seen"), [("lena", True), ("grace", True), ("joan", False)])
def test_the_panel_is_seen_by_pseudonym_after_an_own_answer(cast, row, get, name, seen):
    a_done_run(cast, row)

    text = get(name, row, "first").content.decode()

    assert (PANEL in text, INPUTS in text) == (seen, seen)
    assert "Ada" not in text
    assert ('id="figure-own"' in text) == seen
    assert ("first/C" in text) == seen


def test_a_red_teamer_sees_the_result_and_nothing_of_the_panel(cast, row, get):
    a_done_run(cast, row)
    moved(row, Stage.CHALLENGE)

    text = get("rhea", row, "first").content.decode()

    assert "By mechanism" in text
    assert PANEL not in text
    assert INPUTS not in text


def test_fewer_than_three_experts_are_withheld_where_only_pools_are_published(cast, row, get):
    row = pooled_only(row)
    a_done_run(cast, row)
    moved(row, Stage.CHALLENGE)

    told = {name: get(name, row, "first").content.decode() for name in ("rhea", "omar")}
    third = get("rhea", row, "second").content.decode()

    assert "Withheld: fewer than 3 experts" in told["rhea"]
    assert "ppm" not in told["rhea"]
    assert "By mechanism" in told["omar"]
    assert "By mechanism" in third  # nobody was heard about it


def test_three_experts_are_told_where_only_pools_are_published(cast, row, get):
    row = pooled_only(row)
    answered(row, "first", cast.joan, success=(0.3, 0.5, 0.6))
    a_done_run(cast, row)
    moved(row, Stage.CHALLENGE)

    assert "By mechanism" in get("rhea", row, "first").content.decode()


def test_two_results_that_differ_by_one_expert_are_not_both_told(cast, row, get):
    """Else the difference of the two would tell what the fourth said."""
    row = pooled_only(row)
    answered(row, "first", cast.joan, success=(0.3, 0.5, 0.6))
    a_done_run(cast, row)
    member = PanelMember.objects.create(
        round=row, person=cast.mallory, code="E-05", state=PanelMember.State.ACCEPTED
    )
    effort = Effort.objects.get(round=row, effort_id="first")
    Assignment.objects.create(member=member, effort=effort, letter="D")
    answered(row, "first", cast.mallory, success=(0.8, 0.9, 0.95))
    a_done_run(cast, row)
    moved(row, Stage.CHALLENGE)

    told = {
        (name, n): "By mechanism" in get(name, row, "first", n=n).content.decode()
        for name in ("rhea", "omar")
        for n in (1, 2)
    }

    assert told == {("rhea", 1): True, ("rhea", 2): False, ("omar", 1): True, ("omar", 2): True}


def test_a_question_that_one_expert_answered_is_withheld_from_the_public(cast, row, get):
    row = pooled_only(row)
    answered(row, "first", cast.joan, success=(0.3, 0.5, 0.6), delay_share=(0.011, 0.0123, 0.02))
    a_done_run(cast, row)
    moved(row, Stage.PUBLISHED)

    told = {name: get(name, row, "first").content.decode() for name in ("mallory", "omar")}

    assert INPUTS in told["mallory"]
    assert ("0.0123" in told["mallory"], "0.0123" in told["omar"]) == (False, True)


def test_a_place_that_changes_within_the_error_is_a_range(cast, row, get):
    a_done_run(cast, row)

    page = get("dina", row, "first")

    low, high = page.context["places"]["central"]
    assert 1 <= low <= high <= 2


def test_who_has_a_conflict_sees_no_place_among_all(cast, row, get):
    stand(Effort.objects.get(round=row, effort_id="second"), cast.dina, Relation.CONFLICTED)
    a_done_run(cast, row)

    page = get("dina", row, "first")

    assert "places" not in page.context
    assert get("dina", row, "second").status_code == 404


@pytest.mark.parametrize(
    ("decided", "weight", "heard"),
    [("recuse", None, "those set aside too"), ("note", 0.25, "nobody weighed less")],
)
def test_the_result_with_whom_a_conflict_took_out_stands_beside(
    cast, row, get, decided, weight, heard
):
    rule_on(a_conflict(row, cast.ada), cast, decided, weight=weight)
    run = a_done_run(cast, row)
    (other,) = assessment_of(run).efforts[0].other_panels

    page = get("dina", row, "first")

    ((who, _, experts, results),) = page.context["other_panels"]
    assert (who, experts) == (heard, 2)
    assert results[0][1] == other.worldviews["central"].p_raises_risk_after
    assert heard in page.content.decode()


def test_where_nobody_was_taken_out_there_is_nothing_beside(cast, row, get):
    a_done_run(cast, row)

    assert "Had others been heard" not in get("dina", row, "first").content.decode()
