"""The feed, the awards, the approach and the critiques of a site."""

import csv
import datetime as dt
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator

from custodes.assessment import assess
from custodes.decisions import ApproachVersion, Critique, Decision, FollowUp
from custodes.reports import write_site
from report_pages import everything_in, parse
from round_records import a_round, an_effort

DAY = dt.date(2027, 3, 1)
ATOM = "{http://www.w3.org/2005/Atom}"
PUBLICATION = {
    "contact": "office@example.org",
    "address": "https://example.org/round/",
    "funder_id": "GB-COH-01234567",
    "grant_prefix": "360G-example",
    "open_call": "yes",
}
ORGANISATION = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "string", "minLength": 1}, "name": {"type": "string"}},
    },
}
DAY_FORM = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
GRANT = {
    "type": "object",
    "required": [
        *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
        *("recipientOrganization", "fundingOrganization"),
    ],
    "properties": {
        "id": {"type": "string"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "amountAwarded": {"type": "number"},
        "awardDate": DAY_FORM,
        "recipientOrganization": ORGANISATION,
        "fundingOrganization": ORGANISATION,
        "fromOpenCall": {"enum": ["Yes", "No"]},
        "grantProgramme": {"type": "array", "items": {"type": "object"}},
        "plannedDates": {
            "type": "array",
            "items": {"properties": {"startDate": {"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}}},
        },
        "url": {"type": "string"},
    },
}
"""What the schema of the 360Giving standard asks of what we write of a grant, in our words."""


def decided(effort, **more):
    told = {
        "effort": effort,
        "outcome": "support",
        "decided_on": DAY,
        "reasons": f"Reasons about {effort}.",
        "released_by": "Head of programmes",
        "released_on": DAY,
    }
    return Decision.model_validate(told | more)


def critique(id_, page, **more):
    told = {"id": id_, "page": page, "version": "1", "at": DAY, "text": f"Text of {id_}."}
    return Critique.model_validate(told | more)


APPROACH = (
    ApproachVersion(n=1, published_on=DAY, text="Same.\nWe count <b>papers</b>."),
    ApproachVersion(n=2, published_on=dt.date(2027, 5, 1), text="Same.\nWe count risk."),
)
CRITIQUES = (
    critique("q1", "approach", by="A reader"),
    critique("q2", "effort:probes", at=dt.date(2027, 1, 1)),
    critique("q3", "effort:hidden"),
    critique(
        "q4",
        "decision:probes",
        text="CANARY",
        withheld="It told how to misuse it.",
        status="rejected",
        answer="No.",
        answered_at=dt.date(2027, 4, 2),
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    round_ = a_round(
        an_effort("probes", applicant="A university", cost=1e6, start="2027-10"),
        an_effort("audits", applicant="=HYPERLINK(1)", start="2027-Q1", recipient_id="GB-CHC-1"),
        an_effort("nobody"),
        an_effort("hidden", handling="restricted"),
        samples=64,
        settings={"publication": PUBLICATION},
    )
    out = tmp_path_factory.mktemp("public") / "site"
    write_site(
        assess(round_).record,
        round_,
        out,
        decisions=(
            decided(
                "probes",
                amount=9e5,
                follow_up=(FollowUp(on=dt.date(2027, 9, 1), kind="report", text="It came."),),
            ),
            decided("audits"),
            decided("nobody"),
            decided("hidden"),
        ),
        approach=APPROACH,
        critiques=CRITIQUES,
    )
    return out


def test_every_page_is_well_formed_and_leads_somewhere(site):
    for name in ("approach.html", "critiques.html", "decisions.html", "recompute.html"):
        page, faults = parse((site / name).read_text("utf-8"))
        assert faults == []
        links = [each.attributes["href"] for each in page.all("a", "link")]
        assert [each for each in links if not (site / each.partition("#")[0]).exists()] == []


def test_the_approach_shows_what_each_version_changed(site):
    page, _ = parse((site / "approach.html").read_text("utf-8"))

    assert [each.text for each in page.all("h2")] == ["Version 2", "Version 1"]
    assert [each.text for each in page.all("del")] == ["We count <b>papers</b>."]
    assert [each.text for each in page.all("ins")] == ["We count risk."]


def test_critiques_that_wait_come_first_by_age_and_withheld_ones_say_why(site):
    page, _ = parse((site / "critiques.html").read_text("utf-8"))
    everything = "".join(everything_in(site).values())

    assert [each.text.split(":")[0] for each in page.all("h2")] == ["q2", "q1", "q4"]
    assert "2 wait for an answer" in page.text
    assert "write to office@example.org" in page.text
    assert "The text is withheld: It told how to misuse it." in page.text
    assert "Text of q3" not in everything
    assert "CANARY" not in everything


def test_the_feed_is_atom_with_everything_that_happened(site):
    feed = ET.fromstring((site / "feed.atom").read_text("utf-8"))  # noqa: S314 (our own)
    entries = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{ATOM}{name}")
            assert found.text
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id"))
        moment = element.findtext(f"{ATOM}updated")
        assert dt.datetime.fromisoformat(moment).tzinfo
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    titles = [each.findtext(f"{ATOM}title") for each in entries]
    days = [each.findtext(f"{ATOM}updated") for each in entries]
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "An institute"
    assert len(set(ids)) == len(ids)
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    assert titles[0] == "Since the decision: probes (report)"
    assert {"The approach, version 1", "Critique of decision:probes is rejected"} <= {*titles}
    assert "hidden" not in (site / "feed.atom").read_text("utf-8")
    for entry in entries:
        target = entry.find(f"{ATOM}link").attrib["href"]
        name, _, place = target.partition("#")
        assert f'id="{place}"' in (site / name).read_text("utf-8")


def test_the_awards_keep_to_the_standard(site):
    package = json.loads((site / "grants.json").read_text("utf-8"))

    for grant in package["grants"]:
        Draft4Validator(GRANT).validate(grant)
    probes, audits = package["grants"]
    assert probes["id"] == "360G-example-a-round-probes"
    assert probes["amountAwarded"] == 9e5
    assert probes["plannedDates"] == [{"startDate": "2027-10"}]
    assert probes["recipientOrganization"] == [
        {"id": "360G-example-ORG:a-university", "name": "A university"}
    ]
    assert audits["recipientOrganization"][0]["id"] == "GB-CHC-1"
    assert "plannedDates" not in audits
    assert probes["fundingOrganization"][0]["id"] == "GB-COH-01234567"
    assert "1 without a named recipient is left out" in (site / "recompute.html").read_text()


def test_our_extension_says_what_was_assessed(site):
    record = json.loads((site / "assessment.json").read_text("utf-8"))
    grant = json.loads((site / "grants.json").read_text("utf-8"))["grants"][0]

    risk = grant["custodes-risk"]
    net = record["efforts"][0]["worldviews"]["central"]["after"]["net"]
    assert risk["worldviews"]["central"]["after"]["mean"] == net["mean"]
    assert risk["inputsSha256"] == record["inputs_sha256"]


def test_the_table_of_awards_holds_no_formula(site):
    rows = list(csv.DictReader(io.StringIO((site / "awards.csv").read_text("utf-8"))))

    assert [each["Amount Awarded"] for each in rows] == ["900000.0", "10000000.0", "10000000.0"]
    assert rows[1]["Recipient Org:Name"] == "'=HYPERLINK(1)"
    assert float(rows[0]["Net Mean After"])


def test_the_draft_of_a_transparency_record_marks_what_a_person_writes(site):
    text = (site / "atrs-draft.md").read_text("utf-8")

    assert text.count("**To be written by a person.**") == 9
    assert "- Contact: office@example.org" in text
    assert [line for line in text.splitlines() if line.startswith("## ")][-1].endswith(
        "risks, mitigations and impact assessments"
    )


def test_without_identifiers_and_events_there_is_no_file_that_pretends(tmp_path):
    round_ = a_round(an_effort("probes", applicant="A university"), samples=64)
    record = assess(round_).record

    write_site(record, round_, tmp_path / "decided", decisions=(decided("probes"),))
    write_site(record, round_, tmp_path / "not")

    assert not (tmp_path / "decided" / "grants.json").exists()
    assert (tmp_path / "decided" / "awards.csv").exists()
    for name in ("feed.atom", "awards.csv", "approach.html", "critiques.html"):
        assert not (tmp_path / "not" / name).exists()
