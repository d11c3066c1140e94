import datetime as dt
import json

import pytest

import report_records as records
from custodes.assessment import assess
from custodes.disclosure import Withheld
from custodes.errors import InputError
from custodes.judgements import Conflict
from custodes.reports import write_site
from custodes.reports._edition import edit
from custodes.reports._open_round import open_round
from custodes.rounds import inputs_sha256
from round_records import a_round, an_effort, answers


def test_marked_efforts_are_withheld_and_counted():
    edition = edit(records.assessment(), records.round_of())

    assert edition.withheld == 1
    assert "secret-plan" not in [effort.id for effort in edition.record.efforts]
    assert "secret-plan" not in {*edition.efforts, *edition.judgements, *edition.pages}
    assert "CANARY" not in edition.record.model_dump_json()


def marked(round_, id_, handling):
    """The round with another mark on one effort."""
    efforts = tuple(
        each.model_copy(update={"handling": handling}) if each.id == id_ else each
        for each in round_.efforts
    )
    return round_.model_copy(update={"efforts": efforts})


def test_an_effort_whose_existence_is_restricted_leaves_no_trace():
    round_, record = records.round_of(), records.assessment()
    hidden = marked(round_, "secret-plan", "restricted-existence")
    gone = round_.model_copy(
        update={"efforts": tuple(each for each in round_.efforts if each.id != "secret-plan")}
    )
    left = tuple(each for each in record.efforts if each.id != "secret-plan")

    edition = edit(record, hidden)

    assert edition.withheld == 0
    assert edition.withheld_told == ()
    assert edition.record.efforts == left
    assert edition.record.inputs_sha256 == inputs_sha256(open_round(hidden))
    assert {each.id for each in open_round(hidden).efforts} == {each.id for each in gone.efforts}


def test_open_written_out_is_open():
    edition = edit(records.assessment(), marked(records.round_of(), "secret-plan", "open"))

    assert edition.withheld == 0
    assert "secret-plan" in edition.efforts


def test_the_published_hash_is_no_test_for_guesses_of_what_is_withheld():
    """Two rounds that differ in withheld text alone are published with one hash."""
    round_ = records.round_of()
    other = round_.model_copy(
        update={
            "efforts": tuple(
                each.model_copy(update={"description": "Something else."})
                if each.id == "secret-plan"
                else each
                for each in round_.efforts
            )
        }
    )

    hashes = {edit(records.assessment(), each).record.inputs_sha256 for each in (round_, other)}

    assert len(hashes) == 1
    assert inputs_sha256(round_) != inputs_sha256(other)


def test_what_the_caller_knows_of_a_withheld_effort_stands_in_its_place():
    known = Withheld(what="effort", ground="misuse", review_by=dt.date(2027, 11, 1))
    finding = Withheld(what="finding", ground="capability", review_by=dt.date(2027, 2, 1))

    edition = edit(records.assessment(), records.round_of(), withheld=(known, finding))

    assert edition.withheld == 1
    assert edition.withheld_told == (known, finding)


def test_result_of_another_round_is_refused_with_every_stranger():
    round_ = records.round_of()
    other = round_.model_copy(
        update={"efforts": round_.efforts[2:], "worldviews": round_.worldviews[1:]}
    )

    with pytest.raises(InputError) as refusal:
        edit(records.assessment(), other)

    assert [fault.message.split("'")[1] for fault in refusal.value.faults] == [
        "honest-reporting",
        "model-organisms",
        "central",
    ]


def test_pages_differ_even_where_a_file_system_ignores_case():
    rows = tuple((id_, *records.EFFORTS[0][1:]) for id_ in ("Probe", "probe", "PROBE"))

    pages = edit(records.assessment(rows), records.round_of(rows)).pages

    assert pages == {"Probe": "Probe.html", "probe": "probe-2.html", "PROBE": "PROBE-3.html"}


@pytest.fixture(params=["pseudonym", "pooled"])
def published(request, tmp_path):
    """How answers are published, the effort's page and the published record."""
    assessment = assess(
        a_round(
            an_effort("audits", kind="evaluations", cost=1e6),
            judgements=(
                *answers("audits", "a", accident_cut=(0.05, 0.1, 0.2)),
                *answers("audits", "b", accident_cut=(0.2, 0.3, 0.4)),
            ),
            conflicts=(Conflict(expert="b", effort="audits", type="employer", decided="recuse"),),
            settings={"judgement": {"published_answers": request.param}},
            samples=128,
        )
    )
    site = tmp_path / "site"
    write_site(assessment.record, assessment.round_, site)
    page = (site / "efforts" / "audits.html").read_text("utf-8")
    record = json.loads((site / "assessment.json").read_text("utf-8"))
    return request.param, page, record["efforts"][0]["other_panels"]


def test_net_with_those_set_aside_is_published_with_the_answers_alone(published):
    answers_told, page, panels = published

    is_told = answers_told == "pseudonym"
    assert ("Had others been heard" in page) == is_told
    assert ("those set aside too" in page) == is_told
    assert [each["heard"] for each in panels] == ["those set aside too"] * is_told
