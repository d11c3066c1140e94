import datetime as dt

import pytest

from custodes.decisions import ApproachVersion, Critique
from custodes.errors import InputError
from custodes.exchange import (
    approach_as_toml,
    critiques_as_csv,
    read_approach,
    read_critiques,
    read_round_folder,
)
from round_folders import write_files
from round_records import a_round, an_effort

DAY = dt.date(2027, 3, 1)
FULL = (
    Critique(id="q1", page="approach", version="2", at=DAY, text='It "counts",\npapers.'),
    Critique(
        id="q2",
        page="effort:probes",
        version="1",
        at=DAY,
        by="=A reader",
        withheld="It told how to misuse it.",
        status="rejected",
        answer="No.",
        answered_at=DAY,
    ),
)


@pytest.fixture
def round_():
    return a_round(an_effort("probes"))


def test_critiques_read_back_the_same(tmp_path, round_):
    (tmp_path / "critiques.csv").write_text(critiques_as_csv(FULL), "utf-8")

    assert read_critiques(tmp_path, round_, ()) == FULL


def test_no_file_is_no_critique_and_no_approach(tmp_path, round_):
    assert read_critiques(tmp_path, round_, ()) == ()
    assert read_approach(tmp_path) == ()


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (",approach,1,2027-03-01,,x,received,,\n", "id", "is empty"),
        ("q9,aproach,1,2027-03-01,,x,received,,\n", "page", "is not written as it should be"),
        ("q9,effort:prboes,1,2027-03-01,,x,received,,\n", "page", "'effort:prboes' is not in"),
        ("q9,decision:probes,1,2027-03-01,,x,received,,\n", "page", "is not in this round"),
        ("q9,approach,,2027-03-01,,x,received,,\n", "version", "is empty"),
        ("q9,approach,1,yesterday,,x,received,,\n", "at", ""),
        ("q9,approach,1,2027-03-01,,x,open,,\n", "status", "is not in the list"),
        ("q9,approach,1,2027-03-01,,x,upheld,,\n", None, "needs an answer"),
        ("q9,approach,1,2027-03-01,,,received,,\n", None, "why it is withheld"),
        ("q1,approach,1,2027-03-01,,x,received,,\n", "id", "is there twice"),
    ],
)
def test_what_is_wrong_is_refused_at_its_row(tmp_path, round_, row, field, message):
    head = "id,page,version,at,by,text,status,answer,answered_at\n"
    first = "q1,approach,1,2027-03-01,,x,received,,\n"
    (tmp_path / "critiques.csv").write_text(head + first + row, "utf-8")

    with pytest.raises(InputError) as refusal:
        read_critiques(tmp_path, round_, ())

    [fault] = refusal.value.faults
    assert (fault.file, fault.row) == ("critiques.csv", 3)
    assert field is None or fault.field == field
    assert message in fault.message
    assert fault.cure


def test_the_approach_reads_back_the_same(tmp_path):
    versions = (
        ApproachVersion(n=1, published_on=DAY, text="We count.\nPapers.", by_one_person=True),
        ApproachVersion(n=2, published_on=DAY, text="We count risk."),
    )
    (tmp_path / "approach.toml").write_text(approach_as_toml(versions), "utf-8")

    assert read_approach(tmp_path) == versions


def test_every_fault_beside_a_round_is_told_at_once(tmp_path):
    text = 'colour = 1\n[[version]]\nn = 1\npublished_on = 2027-03-01\ntext = "x"\n'
    write_files(
        tmp_path,
        **{
            "approach.toml": text + text.removeprefix("colour = 1\n"),
            "critiques.csv": "id,page,version,at,text,status\nq1,what,1,2027-03-01,x,received\n",
        },
    )

    with pytest.raises(InputError) as refusal:
        read_round_folder(tmp_path)

    assert [(each.file, each.field) for each in refusal.value.faults] == [
        ("critiques.csv", "page"),
        ("approach.toml", "colour"),
        ("approach.toml", "version 1"),
    ]
