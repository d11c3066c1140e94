import pytest

from custodes.errors import InputError
from custodes.exchange import conflicts_as_csv, read_conflicts_csv, read_round
from round_folders import FILES

ROWS = """\
expert,effort,type,declared,decided,reason,from,to
e1,audits,employer,yes,recuse,works there,2024-01-01,
e2,,none,yes,,,,
"""


def written(tmp_path, text):
    path = tmp_path / "conflicts.csv"
    path.write_text(text, "utf-8")
    return path


def test_conflicts_are_read_and_written_back(tmp_path):
    read = read_conflicts_csv(written(tmp_path, ROWS))

    assert read.faults == ()
    assert [each.keeps_out for each in read.conflicts] == [True, False]
    again = read_conflicts_csv(written(tmp_path, conflicts_as_csv(read.conflicts)))
    assert again.conflicts == read.conflicts


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ("e1,audits,boss,yes,,,,\n", "type", "'boss' is not in the list"),
        ("e1,audits,,yes,,,,\n", "type", "is empty"),
        ("e1,audits,employer,maybe,,,,\n", "declared", "'maybe' is not in the list"),
        ("e1,audits,employer,yes,fine,,,\n", "decided", "'fine' is not in the list"),
        ("e1,audits,employer,yes,,,1 May,\n", "from", "'1 May' is not a day"),
        (",audits,employer,yes,,,,\n", "expert", "is empty"),
    ],
)
def test_an_unknown_value_is_refused_at_its_row(tmp_path, row, field, message):
    (fault,) = read_conflicts_csv(written(tmp_path, ROWS + row)).faults

    assert (fault.row, fault.field) == (4, field)
    assert message in fault.message
    assert fault.cure


def a_folder(tmp_path, conflicts):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    written(tmp_path, conflicts)
    return tmp_path


def test_a_conflict_with_an_effort_that_is_not_there_is_a_fault(tmp_path):
    folder = a_folder(tmp_path, ROWS + "e1,audit,employer,yes,,,,\n")

    with pytest.raises(InputError) as refusal:
        read_round(folder)

    (fault,) = refusal.value.faults
    assert (fault.file, fault.row, fault.field) == ("conflicts.csv", 4, "effort")
    assert "did you mean 'audits'?" in fault.cure


def test_conflicts_with_broken_efforts_are_not_told_twice(tmp_path):
    folder = a_folder(tmp_path, ROWS)
    text = FILES["efforts.csv"].replace("evaluations", "evaluation")
    (folder / "efforts.csv").write_text(text, "utf-8")

    with pytest.raises(InputError) as refusal:
        read_round(folder)

    assert {fault.file for fault in refusal.value.faults} == {"efforts.csv"}


WEIGHED = "expert,effort,type,decided,weight\n"


def test_a_weight_is_read_and_written_back(tmp_path):
    text = WEIGHED + "e1,audits,close,note,0.25\ne2,,close,publish,1\ne3,,none,none,\n"

    read = read_conflicts_csv(written(tmp_path, text))

    assert read.faults == ()
    assert [each.weight for each in read.conflicts] == [0.25, 1.0, None]
    again = read_conflicts_csv(written(tmp_path, conflicts_as_csv(read.conflicts)))
    assert again.conflicts == read.conflicts


@pytest.mark.parametrize(
    ("decided", "weight", "message"),
    [
        ("note", "0", "is not a number above 0"),
        ("note", "1.5", "is not a number above 0"),
        ("note", "nan", "is not a number above 0"),
        ("note", "half", "is not a number above 0"),
        ("recuse", "0.5", "needs a decision under which the answers count"),
        ("", "0.5", "needs a decision under which the answers count"),
    ],
)
def test_a_weight_that_cannot_hold_is_refused(tmp_path, decided, weight, message):
    text = WEIGHED + f"e1,audits,close,{decided},{weight}\n"

    (fault,) = read_conflicts_csv(written(tmp_path, text)).faults

    assert (fault.row, fault.field) == (2, "weight")
    assert message in fault.message
    assert fault.cure
