import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custodes.efforts import HAZARDS, KINDS, Effort
from custodes.errors import InputError
from custodes.exchange import efforts_as_csv, read_efforts_csv
from custodes.exchange._efforts_file import KNOWN
from custodes.quantities import Amount


def efforts_file(tmp_path, text):
    path = tmp_path / "efforts.csv"
    path.write_text(text, "utf-8", newline="")
    return path


def read(tmp_path, text):
    return read_efforts_csv(efforts_file(tmp_path, text))


def test_only_id_title_and_cost_are_required(tmp_path):
    answer = read(tmp_path, "id,title,cost\na,One,5\n")

    assert answer.faults == ()
    assert answer.efforts == (Effort(id="a", title="One", cost=Amount.point(5)),)
    assert answer.efforts[0].kind == "other"


def test_every_column_is_read(tmp_path):
    columns = {
        "id": "a",
        "title": "One",
        "description": "A text",
        "applicant": "Us",
        "kind": "control",
        "kind_suggested": "yes",
        "cost": "5",
        "currency": "GBP",
        "cost_is_estimate": "no",
        "start": "2026-10-01",
        "start_precision": "month",
        "hazards": "sandbagging | dishonesty",
        "target_system": "s",
        "definition_of_alignment": "d",
        "scales_to_future": "yes",
        "principal": "p",
        "dual_use": "Yes",
        "explanation": "e",
        "source": "u",
        "cost_note": "n",
        "original_cost": "7",
        "original_currency": "EUR",
        "rate": "0.7",
        "rate_date": "2026",
        "recipients": "A|B",
        "fiscal_sponsor": "F",
        "reference_cost": "1000000",
        "handling": "open",
        "our own mark": "x",
    }

    answer = read(tmp_path, ",".join(columns) + "\n" + ",".join(columns.values()) + "\n")

    assert answer.faults == ()
    assert answer.efforts[0] == Effort(
        id="a",
        title="One",
        description="A text",
        applicant="Us",
        kind="control",
        kind_suggested=True,
        cost=Amount.point(5),
        currency="GBP",
        cost_is_estimate="no",
        start="2026-10",
        start_precision="month",
        hazards=("sandbagging", "dishonesty"),
        target_system="s",
        definition_of_alignment="d",
        scales_to_future="yes",
        principal="p",
        dual_use="yes",
        explanation="e",
        source="u",
        cost_note="n",
        original_cost="7",
        original_currency="EUR",
        rate="0.7",
        rate_date="2026",
        recipients=("A", "B"),
        fiscal_sponsor="F",
        reference_cost=1e6,
        handling="open",
        extra={"our own mark": "x"},
    )


@pytest.mark.parametrize(
    ("header", "cells", "numbers"),
    [
        ("cost", "5", (5, 5, 5)),
        ("cost", '"1,000"', (1000, 1000, 1000)),
        ("cost", "1 / 2 / 3", (1, 2, 3)),
        ("cost", "1 to 4", (1, 2, 4)),
        ("cost_p05,cost_p50,cost_p95", "1,2,3", (1, 2, 3)),
        ("cost,cost_p05,cost_p50,cost_p95", ",1,2,3", (1, 2, 3)),
        ("cost,cost_p05,cost_p50,cost_p95", "5,,,", (5, 5, 5)),
    ],
)
def test_every_way_of_writing_a_cost(header, cells, numbers, tmp_path):
    answer = read(tmp_path, f"id,title,{header}\na,One,{cells}\n")

    assert answer.faults == ()
    assert answer.efforts[0].cost.numbers == pytest.approx(numbers)


FAULTS = {
    "kind": ("magic", "'magic' is not a kind"),
    "hazards": ("sandbagging|magic", "'magic' is not a hazard"),
    "dual_use": ("maybe", "'maybe' is not yes or no"),
    "cost_is_estimate": ("perhaps", "not yes or no"),
    "currency": ("gbp", "gbp"),
    "start": ("soon", "'soon': is not a date"),
    "reference_cost": ("-5", "is not above 0"),
    "cost": ("0", "0 is not above 0"),
    "id": ("a b", "a b"),
    "title": ("", "is empty"),
}


@pytest.mark.parametrize("column", FAULTS)
def test_cell_at_fault_is_told_with_row_and_column(column, tmp_path):
    value, told = FAULTS[column]
    cells = {"id": "b", "title": "Two", "cost": "5"} | {column: value}
    head = ",".join(cells)
    usual = ",".join({"id": "a", "title": "One", "cost": "5"}.get(name, "") for name in cells)

    answer = read(tmp_path, f"{head}\n{usual}\n{','.join(cells.values())}\n")

    assert [(fault.file, fault.row, fault.field) for fault in answer.faults] == [
        ("efforts.csv", 3, column)
    ]
    assert told in answer.faults[0].message
    assert [effort.id for effort in answer.efforts] == ["a"]


def test_every_fault_of_every_row_is_told_at_once(tmp_path):
    answer = read(tmp_path, "id,title,cost,kind\n,,tbc,magic\na,One,5%,\n")

    assert [(fault.row, fault.field) for fault in answer.faults] == [
        (2, "id"),
        (2, "title"),
        (2, "cost"),
        (2, "kind"),
        (3, "cost"),
    ]


def test_one_id_twice_is_told(tmp_path):
    answer = read(tmp_path, "id,title,cost\na,One,5\na,Two,6\n")

    assert [(fault.row, fault.field) for fault in answer.faults] == [(3, "id")]
    assert "row 2" in answer.faults[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("id,title\na,One\n", "has no column 'cost'"),
        ("cost\n5\n", "has no column 'id'"),
        ("id,id,title,cost\n", "two columns are named 'id'"),
        ("id,title,cost,cost_p05,cost_p50,cost_p95\na,One,5,1,2,3\n", "stands beside"),
        ("id,title,cost\na,One,5,left over\n", "has 4 cells"),
    ],
)
def test_file_at_fault_is_refused(text, told, tmp_path):
    try:
        faults = read(tmp_path, text).faults
    except InputError as error:
        faults = error.faults

    assert told in str(faults[0])


def test_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="`custodes new DIR` writes one"):
        read_efforts_csv(tmp_path / "efforts.csv")


def test_rows_that_are_there_stay_as_they_were_written(tmp_path):
    path = efforts_file(tmp_path, 'id,mine,title,cost\na,x,"One, first",1 to 4\n')
    added = Effort(id="b", title="Two", cost=Amount.point(5), currency="GBP", extra={"new": "y"})

    text = efforts_as_csv([added], after=path)

    assert text.splitlines() == [
        "id,mine,title,cost,kind,currency,new",
        'a,x,"One, first",1 to 4',
        "b,,Two,5,other,GBP,y",
    ]
    assert [effort.id for effort in read(tmp_path, text).efforts] == ["a", "b"]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30).map(str.strip)
LINE = TEXT.map(lambda text: " ".join(text.split()))
MONEY = st.floats(0.01, 1e12).map(lambda value: round(value, 2))
EFFORTS = st.builds(
    Effort,
    id=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    title=LINE.filter(bool),
    description=TEXT,
    applicant=TEXT,
    kind=st.sampled_from(KINDS),
    kind_suggested=st.booleans(),
    cost=st.lists(MONEY, min_size=3, max_size=3)
    .map(sorted)
    .map(lambda three: Amount(p05=three[0], p50=three[1], p95=three[2])),
    currency=st.sampled_from(["", "GBP", "USD"]),
    cost_is_estimate=st.sampled_from(["yes", "no", ""]),
    start=st.just(""),
    hazards=st.lists(st.sampled_from(list(HAZARDS)), max_size=3).map(tuple),
    recipients=st.just(()),
    explanation=TEXT,
    extra=st.dictionaries(
        LINE.filter(lambda name: name and name not in KNOWN),
        TEXT.filter(bool),
        max_size=2,
    ),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(efforts=st.lists(EFFORTS, min_size=1, max_size=3, unique_by=lambda effort: effort.id))
def test_efforts_are_read_as_they_were_written(efforts, tmp_path):
    answer = read(tmp_path, efforts_as_csv(efforts))

    assert answer.faults == ()
    assert answer.efforts == tuple(efforts)
