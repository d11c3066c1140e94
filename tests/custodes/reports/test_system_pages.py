import json
import zipfile
from io import BytesIO

import pytest

from custodes.assessment import dossiers_of
from custodes.errors import InputError
from report_pages import parse
from system_rounds import systems_round, write_systems_site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("systems") / "site"
    write_systems_site(folder)
    return folder


def text_of(site, name):
    return parse((site / name).read_text("utf-8"))[0].text


def test_what_is_not_shown_comes_before_every_figure(site):
    page, faults = parse((site / "systems" / "held.html").read_text("utf-8"))
    heads = [each.text for each in page.all("h2")]

    assert faults == []
    assert heads[0] == "What this does not show"
    assert "No audit of Held" in page.text
    assert "reference class, not judged" in page.text


def test_released_weights_cannot_be_undone(site):
    told = text_of(site, "systems/out.html")

    assert "This deployment cannot be undone. The weights are released" in told
    assert "P(a bad deployment is corrected in time): 0 %" in told


def test_a_trigger_that_nobody_decided_stands_on_the_public_page(site):
    told = text_of(site, "systems/held.html")

    assert "Nobody decided. trigger bio fired, noticed 2027-10-20 09:00 UTC" in told
    assert "owner, deputy and decision maker let it pass" in told
    assert "owner, deputy and decision maker let it pass" in text_of(site, "systems.html")


def test_a_decision_that_the_event_contradicts_is_marked(site):
    told = text_of(site, "systems/held.html")

    assert "Evidence changed since the decision on its deployment of 2027-03-01" in told
    assert "Evidence changed since." in text_of(site, "decisions.html")
    assert "custodes assess DIR --replay assessment.json" in text_of(site, "decisions.html")


def test_readiness_is_told_as_of_the_day_and_never_as_a_number(site):
    told = text_of(site, "systems/held.html")

    assert "Readiness as of 2027-11-01" in told
    assert "Not met. Every trigger has an owner and a deputy" in told
    assert "Met. Nothing depends on recalling released weights." in told


def test_each_measure_stands_with_its_side_effects(site):
    told = text_of(site, "systems/held.html")

    assert "A licence is needed to deploy a risky system" in told
    assert "benefit captured times 1.05" in told
    assert "May concentrate power" in told


def test_a_condition_is_overdue_as_of_the_day(site):
    assert "overdue as of 2027-11-01" in text_of(site, "decisions.html")


def test_what_is_pending_or_withheld_is_nowhere(site):
    with zipfile.ZipFile(BytesIO((site / "recompute.zip").read_bytes())) as archive:
        packed = "".join(archive.read(name).decode() for name in archive.namelist())
    told = packed + "".join(
        path.read_text("utf-8")
        for path in site.rglob("*")
        if path.suffix in (".html", ".json", ".csv", ".atom")
    )

    assert "PENDING" not in told
    assert "0.123" not in told
    assert "secret" not in told
    assert "[[system_decision]]" in packed
    assert "condition:tests/k1" in packed


def test_what_people_wrote_is_escaped(site):
    for name in ("systems/held.html", "systems.html", "track-record.html"):
        assert "<script" not in (site / name).read_text("utf-8")


def test_the_figures_stand_beside_the_pages(site):
    dossiers = json.loads((site / "dossiers.json").read_text("utf-8"))
    record = json.loads((site / "track-record.json").read_text("utf-8"))

    assert dossiers["schema"] == "custodes/dossiers/1"
    assert [each["system"] for each in dossiers["systems"]] == ["held", "out"]
    assert dossiers["systems"][0]["efforts"] == ["tests"]
    assert record["all_years"]["predictions"] == 2
    assert record["all_years"]["events"]["brier"] == pytest.approx(0.01)


def test_dossiers_that_rest_on_what_is_withheld_are_refused(tmp_path):
    with pytest.raises(InputError, match="not of the open part of this round"):
        write_systems_site(tmp_path / "site", dossiers=dossiers_of(systems_round()))
