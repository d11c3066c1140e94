import pytest

from custodes.errors import InputError
from custodes.exchange import (
    challenge_typed,
    challenges_as_csv,
    read_challenges_csv,
    read_round,
)
from custodes.rounds import inputs_sha256
from round_folders import write_files

ROWS = """\
id,effort,by,text,quantity,p05,p50,p95,status,answer,handling
c1,audits,red team,It counts what it wants to see.,success,1 %,5 %,0.2,open,,
c2,theory,an applicant,The months are too many.,,,,,rejected,They are measured.,restricted
"""


def written(tmp_path, text):
    path = tmp_path / "challenges.csv"
    path.write_text(text, "utf-8")
    return path


def test_challenges_are_read_and_written_back(tmp_path):
    read = read_challenges_csv(written(tmp_path, ROWS))

    assert read.faults == ()
    assert read.rows == (2, 3)
    assert [each.is_open for each in read.challenges] == [True, False]
    assert (read.challenges[0].p05, read.challenges[0].p95) == (0.01, 0.2)
    again = read_challenges_csv(written(tmp_path, challenges_as_csv(read.challenges)))
    assert again.challenges == read.challenges


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (",audits,x,y,,,,,open,,\n", "id", "is empty"),
        ("c3,audits,,y,,,,,open,,\n", "by", "is empty"),
        ("c3,audits,x,,,,,,open,,\n", "text", "is empty"),
        ("c3,audits,x,y,,,,,,,\n", "status", "is empty"),
        ("c3,audits,x,y,,,,,opened,,\n", "status", "'opened' is not in the list"),
        ("c3,audits,x,y,,,,,answered,,\n", "answer", "the challenge is answered"),
        ("c3,audits,x,y,sucess,0.1,0.2,0.3,open,,\n", "quantity", "'sucess' is not a quantity"),
        ("c3,audits,x,y,,0.1,0.2,0.3,open,,\n", "quantity", "a range is given"),
        ("c3,audits,x,y,success,0.1,,0.3,open,,\n", "p50", "is empty"),
        ("c3,audits,x,y,success,0.1,many,0.3,open,,\n", "p50", "many"),
        ("c3,audits,x,y,success,0.1,0.2,3,open,,\n", "p95", "is outside 0 to 1"),
        ("c3,audits,x,y,success,0.3,0.2,0.4,open,,\n", "p05", "the range falls"),
        ("c 3,audits,x,y,,,,,open,,\n", "id", ""),
    ],
)
def test_what_is_wrong_is_refused_at_its_row(tmp_path, row, field, message):
    (fault,) = read_challenges_csv(written(tmp_path, ROWS + row)).faults

    assert (fault.row, fault.field) == (4, field)
    assert message in fault.message
    assert fault.cure


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ("c3,audit,x,y,,,,,open,,\n", "effort", "'audit' is not an effort of this round"),
        ("c1,audits,x,y,,,,,open,,\n", "id", "'c1' is the id of row 2 too"),
        (
            "c3,audits,x,y,risk_accident,0.1,0.2,0.3,open,,\n",
            "quantity",
            "'risk_accident' is not a quantity of an effort",
        ),
    ],
)
def test_what_does_not_fit_the_round_is_a_fault(tmp_path, row, field, message):
    write_files(tmp_path, **{"challenges.csv": ROWS + row})

    with pytest.raises(InputError) as refusal:
        read_round(tmp_path)

    (fault,) = refusal.value.faults
    assert (fault.file, fault.row, fault.field) == ("challenges.csv", 4, field)
    assert fault.message == message


def test_challenges_count_among_the_inputs_only_where_there_are_some(tmp_path):
    write_files(tmp_path)
    without = inputs_sha256(read_round(tmp_path))
    header, *rows = ROWS.splitlines()

    written(tmp_path, header + "\n")
    empty = inputs_sha256(read_round(tmp_path))
    written(tmp_path, ROWS)
    some = inputs_sha256(read_round(tmp_path))
    written(tmp_path, "\n".join([header, *reversed(rows)]) + "\n")

    assert without == empty != some
    assert inputs_sha256(read_round(tmp_path)) == some


TYPED = {"id": "c1", "effort": "audits", "by": "x", "text": " It is not so. ", "status": "open"}


def test_a_form_is_read_as_a_row_is():
    number = {"quantity": "success", "p05": "1 %", "p50": "1 in 20", "p95": "0.2"}

    challenge, faults = challenge_typed(TYPED | number)

    assert faults == ()
    assert challenge.text == "It is not so."
    assert (challenge.p05, challenge.p50, challenge.p95) == (0.01, 0.05, 0.2)


def test_what_is_wrong_with_a_form_is_told_at_its_field_without_a_row():
    challenge, faults = challenge_typed(TYPED | {"quantity": "success", "p05": "0.1"})

    assert challenge is None
    assert {(fault.field, fault.row, fault.file) for fault in faults} == {
        ("p50", None, None),
        ("p95", None, None),
    }
