import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import settings_of

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Round two",
    "institution": "An institute",
    "budget": "1000000",
    "currency": "USD",
    "horizon": "2050",
    "verdict": "risk",
    "p_raises_risk": "0.25",
    "conditions_cost_share": "0.15",
    "published_answers": "pseudonym",
    "samples": "4096",
    "seed": "0",
    "worldviews": ["central", "cautious"],
}


def as_file(content):
    return SimpleUploadedFile("round.toml", content)


def test_an_officer_starts_a_blank_round(cast, client):
    client.force_login(cast.omar)

    answer = client.post(reverse("rounds:new"), NEW)

    row = Round.objects.get()
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    assert settings_of(row).worldviews == ("central", "cautious")
    assert row.stage_name is Stage.SET_UP


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"samples": "1000"}, "1000 is not a power of two"),
        ({"currency": "GBP"}, "give it, with its day and source"),
        ({"budget": "-1"}, "Budget"),
        ({"p_raises_risk": "3"}, "at most this share"),
    ],
)
def test_what_the_library_refuses_is_told_beside_the_field(cast, client, change, told):
    client.force_login(cast.omar)

    answer = client.post(reverse("rounds:new"), NEW | change)

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "Round two" in answer.content.decode()
    assert not Round.objects.exists()


@pytest.mark.parametrize("who", ["dina", "ada", "mallory", "aud"])
def test_others_start_none(cast, client, who):
    client.force_login(cast.people[who])

    assert client.post(reverse("rounds:new"), NEW).status_code == 404


def test_the_settings_are_a_file_that_another_round_takes(cast, client):
    one, other = (a_workbench_round(cast, Stage.SET_UP, title=name) for name in ("One", "Other"))
    client.force_login(cast.omar)

    file = client.get(reverse("rounds:settings", args=[one.slug]) + "?as=toml")
    url = reverse("rounds:settings", args=[other.slug])
    answer = client.post(url, {"version": other.version, "file": as_file(file.content)})

    assert file["Content-Disposition"] == 'attachment; filename="round.toml"'
    assert answer.status_code == 302
    assert settings_of(Round.objects.get(pk=other.pk)) == settings_of(one)


def test_a_round_starts_from_a_file(cast, client):
    client.force_login(cast.omar)
    text = b'title = "From a file"\ninstitution = "I"\nbudget = 5\ncurrency = "USD"\n'

    answer = client.post(reverse("rounds:new"), {"file": as_file(text)})

    assert answer.status_code == 302
    assert Round.objects.get().title == "From a file"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"no toml at all", "TOML"),
        (b'title = "x"\nbudget = -1\ncurrency = "USD"', "budget"),
        (b'titel = "x"', "titel"),
        (
            b'title="x"\ninstitution="I"\nbudget=1\ncurrency="USD"\nworldviews=["ours"]',
            "ours is no preset",
        ),
    ],
)
def test_a_file_with_faults_is_refused_with_all_of_them(cast, client, text, told):
    client.force_login(cast.omar)

    answer = client.post(reverse("rounds:new"), {"file": as_file(text)})

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Round.objects.exists()


def test_two_who_change_the_settings_lose_nothing_and_the_second_can_go_on(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.omar)
    url = reverse("rounds:settings", args=[row.slug])
    client.post(url, NEW | {"version": row.version, "budget": "111"})

    late = client.post(url, NEW | {"version": row.version, "budget": "222"})
    again = client.post(url, late.context["form"].data)

    assert (late.status_code, again.status_code) == (409, 302)
    assert "budget = 111" in late.content.decode()
    assert settings_of(Round.objects.get(pk=row.pk)).budget == 222


def test_settings_that_nobody_touches_are_saved_as_they_were(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    usd = {"usd_rate": "0.78", "usd_date": "2026-09-01", "usd_source": "A bank"}
    client.force_login(cast.omar)
    url = reverse("rounds:settings", args=[row.slug])
    client.post(url, NEW | usd | {"version": row.version, "currency": "GBP"})
    before = settings_of(Round.objects.get(pk=row.pk))

    form = client.get(url).context["form"]
    typed = {each.html_name: each.value() for each in form if each.value() is not None}
    shown = form["usd_date"].as_widget()
    client.post(url, typed)

    assert 'value="2026-09-01"' in shown
    assert settings_of(Round.objects.get(pk=row.pk)) == before


def test_a_new_round_begins_with_what_the_institution_says(cast, client):
    client.force_login(cast.omar)

    form = client.get(reverse("rounds:new")).context["form"]

    assert form.initial == {
        "institution": "An institute",
        "currency": "GBP",
        "verdict": "risk",
    }


def test_the_stages_page_tells_what_is_missing_and_keeps_what_was_typed_too_late(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.lena)
    url = reverse("rounds:stages", args=[row.slug])

    page = client.get(url).content.decode()
    late = client.post(
        url, {"move": "yes", "to": "call", "reason": "typed", "version": row.version + 5}
    )

    assert "Say when blind estimates closes at the latest." in page
    assert "Publish how the institution decides." in page
    assert late.status_code == 409
    assert "typed" in late.content.decode()


def test_a_second_person_confirms_on_the_page_and_it_waits_for_them(cast, client):
    row = a_workbench_round(cast, Stage.DISCUSSION)
    url = reverse("rounds:stages", args=[row.slug])
    client.force_login(cast.lena)
    client.post(url, {"move": "yes", "to": "blind", "reason": "An error.", "version": row.version})
    omar = Client()
    omar.force_login(cast.omar)
    waits = omar.get("/").content.decode()
    row.refresh_from_db()

    omar.post(url, {"confirm": "yes", "version": row.version})

    assert "Confirm that the round goes back" in waits
    assert "Confirm that it goes back" not in client.get(url).content.decode()
    assert Round.objects.get(pk=row.pk).stage_name is Stage.BLIND


def test_dates_are_set_and_faults_are_told_at_their_stage(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.omar)
    url = reverse("rounds:stages", args=[row.slug])
    wrong = {"blind-opens_at": "2027-03-02 09:00", "blind-closes_at": "2027-03-01 09:00"}

    bad = client.post(url, {"dates": "yes", "version": row.version, **wrong})
    good = client.post(
        url, {"dates": "yes", "version": row.version, "blind-closes_at": "2027-03-01 09:00"}
    )

    assert (bad.status_code, good.status_code) == (400, 302)
    assert "it closes before it opens" in bad.content.decode()
    assert row.stages.get(name="blind").closes_at.isoformat() == "2027-03-01T09:00:00+00:00"


@pytest.mark.parametrize("who", ["lena", "omar"])
def test_a_wish_to_go_back_can_be_dropped(cast, client, who):
    row = a_workbench_round(cast, Stage.DISCUSSION)
    url = reverse("rounds:stages", args=[row.slug])
    client.force_login(cast.lena)
    client.post(url, {"move": "yes", "to": "blind", "reason": "An error.", "version": row.version})
    row.refresh_from_db()
    client.force_login(cast.people[who])

    shown = client.get(url).content.decode()
    client.post(url, {"drop": "yes", "version": row.version})

    now = Round.objects.get(pk=row.pk)
    assert "Leave the round where it is" in shown
    assert (now.stage_name, now.back_to, now.back_asked_by) == (Stage.DISCUSSION, "", None)
