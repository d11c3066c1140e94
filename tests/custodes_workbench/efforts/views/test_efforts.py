import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage, stand
from custodes_workbench.access import Relation, Stage
from custodes_workbench.efforts.models import Effort, Revision

pytestmark = pytest.mark.django_db

NAME = "Alan&#x27;s laboratory"


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def page(client, row, effort_id="first"):
    return client.get(reverse("efforts:effort", args=[row.slug, effort_id]))


def revise(effort_id, **changes):
    effort = Effort.objects.get(effort_id=effort_id)
    last = effort.revision
    explanation = changes.pop("explanation", last.explanation)
    return Revision.objects.create(
        effort=effort,
        n=last.n + 1,
        record=last.record | changes,
        explanation=explanation,
        what_changed="We thought again.",
        by=last.by,
    )


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("lena", 200, 200),
        ("aud", 200, 200),
        ("dina", 200, 200),
        ("ada", 200, 200),
        ("grace", 200, 404),
        ("carl", 404, 404),
        ("alan", 200, 404),
        ("rhea", 404, 404),
        ("mallory", 404, 404),
    ],
)
def test_an_effort_is_read_by_those_it_is_for(cast, client, row, name, first, second):
    client.force_login(cast.people[name])

    answers = [page(client, row, each).status_code for each in ("first", "second")]

    assert answers == [first, second]


@pytest.mark.parametrize("name", ["ada", "dina", "anna"])
def test_who_applied_is_hidden_on_the_page_in_the_list_and_in_the_file(cast, client, row, name):
    hidden = {"recipients": ["Alan's laboratory"], "source": "Alan's laboratory"}
    revise("first", fiscal_sponsor="Alan's laboratory", **hidden)
    client.force_login(cast.people[name])
    listed = reverse("efforts:efforts", args=[row.slug])

    answers = [page(client, row), client.get(listed), client.get(f"{listed}?as=csv")]
    found = client.get(f"{listed}?find=laboratory").content.decode()

    assert not any("laboratory" in each.content.decode() for each in answers)
    assert "Nothing matches" in found


@pytest.mark.parametrize("name", ["omar", "aud", "alan"])
def test_who_applied_is_told_to_officers_auditors_and_themselves(cast, client, row, name):
    client.force_login(cast.people[name])

    assert NAME in page(client, row).content.decode()


def test_what_was_not_accepted_never_becomes_public(cast, client, row):
    Effort.objects.filter(effort_id="second").update(state=Effort.State.REJECTED)
    at_stage(row, Stage.PUBLISHED)
    client.force_login(cast.mallory)

    answers = [page(client, row, each).status_code for each in ("first", "second")]
    listed = client.get(reverse("efforts:efforts", args=[row.slug])).content.decode()

    assert answers == [200, 404]
    assert ">second<" not in listed


def test_a_difference_is_told_by_signs_and_not_by_colour_alone(cast, client, row):
    revise("first", description="We build three tests.")
    revise("first", description="We build four tests.")
    client.force_login(cast.omar)

    text = page(client, row).content.decode()

    assert "<del>[-three-]</del>" in text
    assert "<ins>[+four+]</ins>" in text
    assert "Revision 3 against revision 2" in text
    assert "We thought again." in text


def test_a_difference_in_a_hidden_field_is_hidden(cast, client, row):
    revise("first", applicant="Alan's other laboratory")
    client.force_login(cast.ada)

    text = page(client, row).content.decode()

    assert "laboratory" not in text


def test_claims_stand_under_their_names(cast, client, row):
    claim = {"id": "c7", "claim": "Deception is found.", "hazard": "sandbagging", "holds": "no"}
    revise("first", explanation={"claims": [claim], "raises": {"other": "By hope."}})
    client.force_login(cast.ada)

    text = page(client, row).content.decode()

    assert 'id="claim-c7"' in text
    assert "Sandbagging (accident)" in text
    assert "By hope." in text


def test_links_are_only_those_that_the_reader_may_follow(cast, client, row):
    links = {}
    for name in ("ada", "omar"):
        client.force_login(cast.people[name])
        links[name] = page(client, row).content.decode()

    assert "Your estimates" in links["ada"]
    assert "Your estimates" not in links["omar"]
    assert not any("What the panel thinks" in each for each in links.values())


def test_an_effort_of_another_round_is_not_there(cast, client, row):
    other = a_workbench_round(cast, Stage.BLIND, title="Another round")
    Effort.objects.filter(round=other, effort_id="second").update(effort_id="third")
    client.force_login(cast.lena)

    assert page(client, row, "third").status_code == 404
    assert page(client, other, "third").status_code == 200


def test_a_conflict_hides_the_effort_in_the_list_too(cast, client, row):
    stand(Effort.objects.get(effort_id="first"), cast.omar, Relation.CONFLICTED)
    client.force_login(cast.omar)

    listed = client.get(reverse("efforts:efforts", args=[row.slug])).content.decode()

    assert (">first<" in listed, ">second<" in listed) == (False, True)


def test_efforts_ask_to_sign_in_first(client, row):
    assert page(client, row).status_code == 302
