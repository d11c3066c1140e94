import pytest

from custodes.errors import InputError
from custodes.exchange import predictions_as_csv, read_predictions, read_round
from round_folders import write_files

GOOD = """\
id,about,text,made_on,resolves_by,family,p05,p50,p95,outcome,resolved_on,source
p1,effort:audits,"It is published, with code",2027-03-01,2028-03-01,,,0.7,,yes,2027-11-02,a journal
p2,system:assistant,It needs so many months,2027-03-01,2028-03-01,positive,1,3,9,4.5,2027-12-01,
p3,effort:honest,It is replicated,2027-03-01,2028-03-01,event,,0.4,,unresolvable,,
p4,effort:honest,It is adopted,2027-03-01,2028-03-01,event,,0.4,,,,
"""


def read(folder, text):
    write_files(folder, **{"predictions.csv": text})
    round_ = read_round(folder)
    return read_predictions(folder, round_, ())


def test_predictions_are_read_and_written_back(tmp_path):
    found = read(tmp_path / "one", GOOD)

    assert [(each.family, each.amount.p50, each.outcome) for each in found] == [
        ("event", 0.7, 1.0),
        ("positive", 3.0, 4.5),
        ("event", 0.4, None),
        ("event", 0.4, None),
    ]
    assert [each.is_unresolvable for each in found] == [False, False, True, False]
    assert read(tmp_path / "two", predictions_as_csv(found)) == found


def test_every_fault_is_told_with_its_row(tmp_path):
    bad = (
        GOOD.replace("effort:audits", "effort:audit")
        .replace("positive,1,3,9", "positive,,3,9")
        .replace("p3,effort:honest,It is replicated", "p1,effort:honest,")
        .replace("event,,0.4,,,,", "event,0.1,0.4,,perhaps,,")
    )

    with pytest.raises(InputError) as refused:
        read(tmp_path, bad)

    assert [(fault.row, fault.field) for fault in refused.value.faults] == [
        (3, "p05"),
        (4, "text"),
        (5, "p05"),
        (5, "outcome"),
        (2, "about"),
    ]
