import tomllib

import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage
from custodes.systems import systems_from
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.evidence.selectors import round_of
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of

pytestmark = pytest.mark.django_db
NEW = {
    "id": "harbour",
    "title": "Harbour",
    "developer": "Quillfeather",
    "access": "interface",
    "evidence": "a1 | a2",
    "reason": "The call names it.",
    "source": "The call, p. 2",
}
RANGE = {
    "n": "1",
    "p05": "0.2",
    "p50": "0.5",
    "p95": "0.8",
    "reason": "All use goes through its servers.",
    "source": "Its statement of May 2026",
}


@pytest.fixture
def row(cast, client):
    """A round with one system, seen by the analyst who added it."""
    made = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.anna)
    client.post(reverse("systems:add", args=[made.slug]), NEW)
    return made


def page_url(row):
    return reverse("systems:system", args=[row.slug, "harbour"])


def rollback_url(row):
    return reverse("systems:quantity", args=[row.slug, "harbour", "rollback"])


def test_a_system_is_added_and_shown_with_its_ground(row, client):
    page = client.get(page_url(row)).content.decode()

    for told in ("Quillfeather", "through an interface", "a1, a2", "The call names it."):
        assert told in page
    for group in ("Safety", "Access", "Holders", "What can still be corrected"):
        assert f"{group}</h2>" in page
    assert page.count("built-in</strong>") == 10


def test_a_changed_range_is_told_with_what_it_was_and_what_runs_take_is_the_new_one(row, client):
    answer = client.post(rollback_url(row), RANGE)

    page = client.get(page_url(row)).content.decode()
    (taken,) = round_of(Round.objects.get(pk=row.pk)).systems
    assert answer.status_code == 302
    assert "rollback: 0.05 / 0.2 / 0.5 became 0.2 / 0.5 / 0.8" in page
    assert "Its statement of May 2026" in page
    assert taken.quantities["rollback"].p50 == 0.5


def test_the_file_is_read_by_the_library_as_the_same_systems(row, client):
    client.post(rollback_url(row), RANGE)

    answer = client.get(reverse("systems:systems_file", args=[row.slug]))

    table = tomllib.loads(answer.content.decode())
    assert systems_from(table, file="systems.toml") == systems_of(Round.objects.get(pk=row.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="systems.toml"'


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"source": ""}, "required"),
        ({"p95": "0.1"}, "is not in order"),
        ({"p50": "much"}, "Enter a number"),
    ],
)
def test_a_range_that_cannot_be_comes_back_with_its_text(row, client, typed, told):
    answer = client.post(rollback_url(row), RANGE | typed)

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "All use goes through its servers." in answer.content.decode()


def test_who_comes_too_late_keeps_their_text_and_can_go_on(row, client):
    client.post(rollback_url(row), RANGE)

    late = client.post(rollback_url(row), RANGE | {"reason": "Mine."})
    again = client.post(rollback_url(row), late.context["form"].data)

    assert (late.status_code, again.status_code) == (409, 302)
    assert "Mine." in late.content.decode()


def test_what_is_said_besides_numbers_is_changed_with_its_source(row, client):
    url = reverse("systems:change", args=[row.slug, "harbour"])

    answer = client.post(url, NEW | {"n": "1", "access": "weights", "source": "The licence"})

    page = client.get(page_url(row)).content.decode()
    assert answer.status_code == 302
    assert "became by its weights" in page
    assert "The licence" in page


@pytest.mark.parametrize("id_", ["harbour", "default", "no blanks"])
def test_an_id_that_cannot_be_is_refused_with_the_text_kept(row, client, id_):
    answer = client.post(reverse("systems:add", args=[row.slug]), NEW | {"id": id_})

    assert answer.status_code == 400
    assert answer.context["form"].errors["id"]
    assert "The call names it." in answer.content.decode()


def test_the_list_has_the_built_in_system_and_goes_out_as_a_file(row, client):
    url = reverse("systems:systems", args=[row.slug])

    rows = client.get(url, {"as": "csv"}).content.decode().splitlines()

    assert [each.split(",")[1] for each in rows] == ["id", "harbour", "default"]
    assert "Add a system" in client.get(url).content.decode()


def test_the_built_in_system_is_shown_and_never_changed(row, client):
    page = client.get(reverse("systems:system", args=[row.slug, "default"]))
    change = client.get(reverse("systems:change", args=[row.slug, "default"]))

    assert (page.status_code, change.status_code) == (200, 404)
    assert "Lermen et al." in page.content.decode()


def test_the_efforts_that_act_on_it_are_those_that_a_reader_sees(row, cast, client):
    first = Effort.objects.get(round=row, effort_id="first").revision
    first.record = {**first.record, "target_system": "harbour"}
    first.save()
    at_stage(row, Stage.BLIND)
    url = reverse("efforts:on_system", args=[row.slug, "harbour"])
    seen = {}
    for name in ("anna", "ada", "carl"):
        client.force_login(cast.people[name])
        part = client.get(url, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        seen[name] = "efforts/first/" in part

    assert seen == {"anna": True, "ada": True, "carl": False}


def test_a_regulator_sees_systems_once_the_round_is_published(row, cast, client):
    client.force_login(cast.reg)

    before = client.get(page_url(row)).status_code
    at_stage(row, Stage.PUBLISHED)
    after = client.get(page_url(row))

    assert (before, after.status_code) == (404, 200)
    assert "Change" not in after.content.decode().split("<main")[1].split("Help with")[0]
