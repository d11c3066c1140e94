import json

import pytest

import report_records as records
from custodes.assessment import assess
from custodes.errors import InputError
from custodes.judgements import Conflict
from custodes.reports import write_site
from custodes.reports._edition import edit
from round_records import a_round, an_effort, answers


def test_marked_efforts_are_withheld_and_counted():
    edition = edit(records.assessment(), records.round_of())

    assert edition.withheld == 1
    assert "secret-plan" not in [effort.id for effort in edition.record.efforts]
    assert "secret-plan" not in {*edition.efforts, *edition.judgements, *edition.pages}
    assert "CANARY" not in edition.record.model_dump_json()


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
