import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cast import a_workbench_round
from custodes.mitigations import library
from custodes_workbench.access import Stage
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import mitigations_of
from custodes_workbench.rounds.selectors import worldviews_now

pytestmark = pytest.mark.django_db
RANGE = {"p05": "0.01", "p50": "0.05", "p95": "0.2", "reason": "Our own reading."}


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.SET_UP)


def quantity_url(row):
    return reverse("rounds:quantity", args=[row.slug, "central", "risk_accident"])


def test_a_changed_quantity_is_told_with_what_it_was(row, cast, client):
    client.force_login(cast.anna)

    answer = client.post(quantity_url(row), RANGE | {"n": 1})
    page = client.get(reverse("rounds:worldviews", args=[row.slug])).content.decode()

    assert answer.status_code == 302
    assert "changed" in page
    assert "became 0.01 / 0.05 / 0.2" in page


def test_a_range_in_the_wrong_order_comes_back_with_the_librarys_sentence(row, cast, client):
    client.force_login(cast.anna)

    answer = client.post(quantity_url(row), RANGE | {"n": 1, "p95": "0.001"})

    assert answer.status_code == 400
    assert "Our own reading." in answer.content.decode()
    assert worldviews_now(row)[0].n == 1


def test_who_comes_too_late_keeps_their_text_and_can_go_on(row, cast, client):
    client.force_login(cast.anna)
    client.post(quantity_url(row), RANGE | {"n": 1})

    late = client.post(quantity_url(row), RANGE | {"n": 1, "reason": "Mine."})
    again = client.post(quantity_url(row), late.context["form"].data)

    assert (late.status_code, again.status_code) == (409, 302)
    assert "Mine." in late.content.decode()
    assert worldviews_now(row)[0].n == 3


def test_a_preset_is_copied_and_a_worldview_goes_out_and_comes_in_as_a_file(row, cast, client):
    client.force_login(cast.anna)
    url = reverse("rounds:worldviews", args=[row.slug])
    copied = {"names": ["central"], "copy_of": "cautious", "copy_name": "ours"}
    client.post(url, copied | {"version": row.version})
    file = client.get(reverse("rounds:worldview_file", args=[row.slug, "ours"])).content

    now = Round.objects.get(pk=row.pk)
    named = SimpleUploadedFile("theirs.toml", file)
    answer = client.post(url, {"names": ["ours"], "file": named, "version": now.version})

    names = {each.name: each.record for each in worldviews_now(Round.objects.get(pk=row.pk))}
    assert answer.status_code == 302
    assert list(names) == ["ours", "theirs"]
    assert names["ours"]["quantities"] == names["theirs"]["quantities"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"copy_of": "cautious"}, "give both"),
        ({"copy_of": "cautious", "copy_name": "central"}, "there is a central already"),
        ({"file": SimpleUploadedFile("x.toml", b"[")}, "it is no TOML"),
        ({}, "choose at least one"),
    ],
)
def test_a_wrong_copy_or_file_is_refused_beside_its_field(row, cast, client, given, told):
    client.force_login(cast.anna)

    answer = client.post(
        reverse("rounds:worldviews", args=[row.slug]), given | {"version": row.version}
    )

    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_a_mitigation_is_switched_off_and_marked_as_changed(row, cast, client):
    client.force_login(cast.omar)
    first = next(iter(library()))
    values = {"p05": "0.1", "p50": "0.2", "p95": "0.3", "cost_share": "0.01", "reason": "No."}

    answer = client.post(
        reverse("rounds:mitigation", args=[row.slug, first]), values | {"version": row.version}
    )
    page = client.get(reverse("rounds:mitigations", args=[row.slug])).content.decode()

    assert answer.status_code == 302
    assert mitigations_of(Round.objects.get(pk=row.pk))[0].available is False
    assert "switched off" in page
    assert page.count(">changed<") == 1


@pytest.mark.parametrize("who", ["dina", "ada", "rhea", "aud", "mallory"])
def test_others_change_nothing(row, cast, client, who):
    client.force_login(cast.people[who])
    first = next(iter(library()))

    answers = (
        client.post(quantity_url(row), RANGE | {"n": 1}),
        client.post(reverse("rounds:mitigation", args=[row.slug, first]), {}),
        client.post(reverse("rounds:worldviews", args=[row.slug]), {"names": ["central"]}),
    )

    assert {each.status_code for each in answers} == {404}
    assert worldviews_now(row)[0].n == 1
