import pytest

import report_records as records
from custodes.errors import InputError
from custodes.reports._edition import edit


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
