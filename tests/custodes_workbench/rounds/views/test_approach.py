import pytest
from django.test import Client
from django.urls import reverse

from custodes_workbench.rounds.models import Approach
from custodes_workbench.rounds.services import (
    confirm_approach,
    propose_approach,
    write_approach,
)

pytestmark = pytest.mark.django_db
URL = "/approach/"


def publish(cast, text):
    write_approach(text=text, by=cast.now("omar"), version=0)
    propose_approach(by=cast.now("omar"))
    return confirm_approach(by=cast.now("lena"))


def test_versions_are_public_with_what_each_changed(cast):
    publish(cast, "We ask two experts.\nWe publish.")
    publish(cast, "We ask five experts.\nWe publish.")

    page = Client().get(URL).content.decode()

    assert "-We ask two experts." in page
    assert "+We ask five experts." in page
    assert "Save the draft" not in page


def test_a_draft_is_proposed_by_one_and_published_by_another_on_the_page(cast):
    omar, lena = Client(), Client()
    omar.force_login(cast.omar)
    lena.force_login(cast.lena)
    omar.post(URL, {"text": "We ask.", "version": 0})
    omar.post(reverse("rounds:approach_step", args=["propose"]))

    waits = lena.get("/").content.decode()
    hidden = Client().get(URL).content.decode()
    lena.post(reverse("rounds:approach_step", args=["publish"]))

    assert "Publish version 1 of the approach" in waits
    assert "We ask." not in hidden
    assert "We ask." in Client().get(URL).content.decode()


def test_two_who_write_see_both_texts_and_the_second_can_go_on(cast, client):
    client.force_login(cast.omar)
    client.post(URL, {"text": "one", "version": 0})
    client.post(URL, {"text": "two", "version": 1})

    late = client.post(URL, {"text": "three", "version": 1})
    again = client.post(URL, late.context["form"].data)

    assert (late.status_code, again.status_code) == (409, 302)
    assert "two" in late.content.decode()
    assert "three" in late.content.decode()
    assert Approach.objects.get().text == "three"


@pytest.mark.parametrize("who", ["dina", "aud", "ada", "mallory"])
def test_others_neither_write_nor_publish(cast, client, who):
    client.force_login(cast.people[who])

    answers = (
        client.post(URL, {"text": "x", "version": 0}),
        client.post(reverse("rounds:approach_step", args=["propose"])),
    )

    assert {each.status_code for each in answers} == {404}
    assert not Approach.objects.exists()
