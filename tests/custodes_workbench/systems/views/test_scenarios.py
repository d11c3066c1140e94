import json
import re

import pytest
from django.urls import reverse

from command_line import run_here
from custodes.scenarios import SCENARIOS

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast, client):
    """Somebody without any role."""
    client.force_login(cast.mallory)
    return client


def page_of(client, view, name, **typed):
    answer = client.get(reverse(f"systems:{view}", args=[name]), typed)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_input_is_asked_with_its_meaning_range_and_own_value(reader, name):
    status, page = page_of(reader, "scenario", name)

    assert status == 200
    for key, field in SCENARIOS[name].inputs.model_fields.items():
        asked = page.split(f'id="id_{key}-hint"')[1].split("</div>")[0]
        assert " ".join(field.description.split()).replace("'", "&#x27;") in asked
        assert re.search(r"number from .* unless changed", asked)
        assert f'name="{key}"' in page


def test_the_file_is_what_the_command_line_prints(reader, monkeypatch, capsys):
    url = reverse("systems:scenario_json", args=["valley"])

    answer = reader.get(url, {"harm": "250", "rival_deploys": "0.5"})

    sets = ("--set", "harm=250", "--set", "rival_deploys=0.5")
    printed = run_here(monkeypatch, capsys, "scenario", "valley", *sets, "--json", "-").out
    assert answer.content.decode() == printed
    assert json.loads(printed)["set"] == {"harm": 250.0, "rival_deploys": 0.5}


def test_the_page_tells_the_command_that_prints_it(reader):
    _, page = page_of(reader, "scenario", "valley", harm="250")

    assert "custodes scenario valley --set harm=250 --json -" in page


def test_an_address_keeps_only_what_was_changed(reader):
    url = reverse("systems:scenario", args=["valley"])

    answer = reader.get(url, {"benefit": "1", "harm": "250", "windfall": ""})

    assert (answer.status_code, answer.url) == (302, f"{url}?harm=250")


def test_all_faults_are_told_at_once_and_the_text_is_kept(reader):
    typed = {"harm": "a lot", "windfall": "1.5", "deployers": "3", "harmm": "2"}

    status, page = page_of(reader, "scenario", "valley", **typed)

    assert status == 400
    assert "a lot is not possible; give a number from" in page
    assert "1.5 is not possible; give a number from 0 to 1" in page
    assert "harmm" in page
    assert 'value="a lot"' in page
    assert 'value="3"' in page
    assert "<svg" not in page


def test_a_fragment_shows_what_is_typed_or_what_cannot_be_read(reader):
    status, drawn = page_of(reader, "solution", "valley", harm="50")
    refused_status, refused = page_of(reader, "solution", "valley", harm="50 apples")

    assert (status, refused_status) == (200, 200)
    assert "<svg" in drawn
    assert "<html" not in drawn
    assert "harm: 50 apples is not possible" in refused
    assert "<svg" not in refused


def test_each_measure_stands_with_its_trade_off_and_a_comparison(reader):
    _, page = page_of(reader, "scenario", "valley", rival_deploys="0.4")

    for measure in ("A licence", "A windfall clause", "Liability", "Fewer deployers", "Less race"):
        assert measure in page
    for price in ("concentrates power", "ends at the developer", "slows useful deployments"):
        assert price in page
    assert "Strong information security around the weights" in page
    assert "two-rival_deploys=0.2" in page


def test_two_cases_stand_side_by_side_with_their_difference(reader):
    """With no rival the developer's threshold is L/(b + L): 1/(0.3 + 1) and 2/(0.3 + 2)."""
    status, page = page_of(reader, "compare", "valley", **{"two-harm": "200"})

    row = re.search(r"p developer.*?</tr>", page, re.DOTALL)[0]
    assert status == 200
    assert re.findall(r'number">([^<]*)<', row) == ["0.7692308", "0.8695652", "+0.1003"]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_comparison_tells_the_faults_of_both(reader):
    typed = {"one-harm": "x", "two-windfall": "7", "two-nothing": "1"}

    status, page = page_of(reader, "compare", "valley", **typed)

    assert status == 400
    assert "First case, harm: x is not possible" in page
    assert "Second case, windfall: 7 is not possible" in page
    assert "nothing" in page


def test_a_key_that_does_not_exist_gives_no_file(reader):
    assert page_of(reader, "scenario_json", "valley", nothing="1")[0] == 404
    assert page_of(reader, "scenario_drawing", "valley", harm="x")[0] == 404
    assert page_of(reader, "scenario", "meadow")[0] == 404


def test_the_picture_is_a_file_too(reader):
    answer = reader.get(reverse("systems:scenario_drawing", args=["detection"]), {"tests": "5"})

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert b"5 passed tests" in answer.content


def test_the_list_goes_out_as_a_file(reader):
    rows = reader.get(reverse("systems:scenarios"), {"as": "csv"}).content.decode().splitlines()

    assert [row.split(",")[0] for row in rows] == ["name", *SCENARIOS]


def test_nobody_works_with_them_who_is_not_signed_in(client, db):
    answer = client.get(reverse("systems:scenario", args=["valley"]))

    assert answer.status_code == 302
    assert "/login/" in answer.url
