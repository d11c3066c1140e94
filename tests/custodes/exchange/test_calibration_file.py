import pytest

from custodes.errors import InputError
from custodes.exchange import calibration_as_csv, read_calibration_csv, read_round
from round_folders import FILES

ROWS = """\
expert,question,p05,p50,p95,answer,scale
a,Papers in 2025,100,200,300,250,
b,Papers in 2025,150,220,400,250,
a,Cost of a run,1e3,1e5,1e7,2e6,log
a,Left open,,,,,
b,Not known yet,1,2,3,,
"""


def written(tmp_path, text):
    path = tmp_path / "calibration.csv"
    path.write_text(text, "utf-8")
    return path


def test_answers_are_read_and_written_back(tmp_path):
    read = read_calibration_csv(written(tmp_path, ROWS))

    assert read.faults == ()
    assert read.rows == (2, 3, 4, 6)
    assert [each.answer for each in read.answers] == [250, 250, 2e6, None]
    again = read_calibration_csv(written(tmp_path, calibration_as_csv(read.answers)))
    assert again.answers == read.answers


def refused(tmp_path, row):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    (tmp_path / "calibration.csv").write_text(ROWS + row, "utf-8")
    with pytest.raises(InputError) as refusal:
        read_round(tmp_path)
    return refusal.value.faults


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ("c,Papers in 2025,3,2,1,250,\n", "p50", "do not rise"),
        ("c,Papers in 2025,1,1,2,250,\n", "p50", "do not rise"),
        ("c,Papers in 2025,1,2,3,251,\n", "answer", "is 251 here, 250 in row 2"),
        ("c,Cost of a run,1,2,3,2e6,uni\n", "scale", "measured as uni here, as log in row 4"),
        ("c,Cost of a run,-1,2,3,2e6,\n", "scale", "not above 0"),
        ("a,Papers in 2025,1,2,3,250,\n", "expert", "in row 2 already"),
        ("c,Papers in 2025,1,2,,250,\n", "p95", "is empty"),
        ("c,Papers in 2025,few,2,3,250,\n", "p05", "'few' is not a number"),
        ("c,Papers in 2025,1,2,3,250,lin\n", "scale", "'lin' is not a scale"),
        (",Papers in 2025,1,2,3,250,\n", "expert", "is empty"),
    ],
)
def test_what_cannot_be_scored_is_refused_at_its_row(tmp_path, row, field, message):
    faults = refused(tmp_path, row)

    fault = faults[0]
    assert (fault.file, fault.row, fault.field) == ("calibration.csv", 7, field)
    assert message in fault.message
    assert fault.cure


def test_an_unknown_column_is_refused(tmp_path):
    with pytest.raises(InputError, match="'weights' is not a column"):
        read_calibration_csv(written(tmp_path, "expert,question,p05,p50,p95,weights\n"))
