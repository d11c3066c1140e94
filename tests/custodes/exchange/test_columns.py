import csv
import io

import pytest

from custodes.errors import InputError
from custodes.exchange import ColumnMap, Taken, map_as_toml, read_column_map, read_efforts

ROWS = [["Grant", "What", "Amount"], ["One", "A text", "5"], ["Two", "Another text", "6"]]


def table_file(tmp_path, rows=ROWS, name="grants.csv"):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    path = tmp_path / name
    path.write_text(stream.getvalue(), "utf-8", newline="")
    return path


def map_file(tmp_path, text):
    path = tmp_path / "MAP.toml"
    path.write_text(text, "utf-8")
    return path


def guesses(path, **settings):
    return {
        guess.ours: (guess.theirs, guess.sure, guess.sample)
        for guess in read_efforts(path, **settings).guesses
    }


def test_guess_says_what_it_rests_on_and_shows_a_value(tmp_path):
    rows = [
        ["id", "Project title", "Total requested budget (GBP)", "Lead organisation"],
        ["a", "One", "5", "Us"],
    ]

    assert guesses(table_file(tmp_path, rows)) == {
        "id": ("id", "same name", "a"),
        "title": ("Project title", "usual name", "One"),
        "applicant": ("Lead organisation", "usual name", "Us"),
        "cost": ("Total requested budget (GBP)", "similar name: please check", "5"),
        "currency": ("always 'GBP'", "in the name of the cost's column", "GBP"),
    }


def test_column_of_words_is_not_taken_for_the_cost(tmp_path):
    rows = [["title", "budget", "amount"], ["One", "see annex", "5"], ["Two", "see annex", "6"]]

    assert guesses(table_file(tmp_path, rows), currency="GBP")["cost"][0] == "amount"


def test_dollars_per_try_is_no_currency(tmp_path):
    rows = [["title", "amount try"], ["One", "5"]]

    with pytest.raises(InputError, match="never guessed"):
        read_efforts(table_file(tmp_path, rows))


def test_our_own_columns_are_taken_by_name(tmp_path):
    rows = [
        ["title", "cost", "currency", "kind", "explanation", "dual_use", "hazards"],
        ["One", "5", "GBP", "control", "Because.", "yes", "sandbagging|dishonesty"],
    ]

    effort = read_efforts(table_file(tmp_path, rows)).efforts[0]

    assert (effort.kind, effort.explanation, effort.dual_use) == ("control", "Because.", "yes")
    assert effort.hazards == ("sandbagging", "dishonesty")


def test_map_that_is_given_is_used_and_nothing_is_guessed(tmp_path):
    columns = read_column_map(
        map_file(
            tmp_path,
            '[columns]\ntitle = "What"\ncost = "Amount"\n[fixed]\ncurrency = "GBP"\n',
        )
    )

    imported = read_efforts(table_file(tmp_path), columns=columns)

    assert [(e.title, e.cost.p50, e.applicant) for e in imported.efforts] == [
        ("A text", 5, ""),
        ("Another text", 6, ""),
    ]
    assert imported.efforts[0].extra == {"Grant": "One"}
    assert {guess.sure for guess in imported.guesses} == {"given"}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('title = "Grant"', "One"),
        ('title = ["Empty", "Grant"]', "One"),
        ('title = { first_words_of = "What" }', "A text"),
        ('title = { join = ["Grant", "What"] }', "One \u2014 A text"),
    ],
)
def test_every_way_of_taking_a_column(line, title, tmp_path):
    rows = [["Grant", "What", "Amount", "Empty"], ["One", "A text \u2014 and its rest", "5", ""]]
    columns = read_column_map(
        map_file(tmp_path, f'[columns]\n{line}\ncost = "Amount"\n[fixed]\ncurrency = "GBP"\n')
    )

    effort = read_efforts(table_file(tmp_path, rows), columns=columns).efforts[0]

    assert effort.title in {title, f"{title} \u2014 and its rest"}


def test_settings_without_columns_still_guess(tmp_path):
    columns = read_column_map(map_file(tmp_path, '[fixed]\ncurrency = "EUR"\n'))

    imported = read_efforts(table_file(tmp_path), columns=columns)

    assert {(e.title, e.currency) for e in imported.efforts} == {("One", "EUR"), ("Two", "EUR")}


def test_map_is_written_as_it_is_read(tmp_path):
    columns = ColumnMap(
        columns={
            "title": Taken(join=("Grant", 'A "quoted" name')),
            "description": Taken(first_filled=("What", "Notes")),
            "applicant": Taken(first_words_of="Who\tand\\where"),
            "cost": Taken(first_filled=("Amount",)),
        },
        fixed={"currency": "GBP"},
        not_efforts={"is balance": ("TRUE", "yes")},
        sheet="Grants 2026",
        header_row=3,
        records_at="grants",
        encoding="cp1252",
        dates="day first",
        html_entities="decode",
    )

    again = read_column_map(map_file(tmp_path, map_as_toml(columns)))

    assert again == columns


def test_guessed_map_given_back_gives_the_same_efforts(tmp_path):
    path = table_file(tmp_path)
    guessed = read_efforts(path, currency="GBP")
    columns = read_column_map(map_file(tmp_path, map_as_toml(guessed.columns)))

    assert read_efforts(path, columns=columns).efforts == guessed.efforts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[columns]\ntitle = 5\n", "title"),
        ('[columns]\nteitle = "Grant"\n', "teitle: not a column of efforts.csv"),
        ('colums = "x"\n', "is not a field we know"),
        ('dates = "sideways"\n', "day first"),
        ("[columns\n", "is not TOML"),
        ('[columns]\ntitle = { join = ["a"], first_words_of = "b" }\n', "exactly one of"),
        ("columns = 5\n", "columns"),
    ],
)
def test_map_at_fault_is_refused(text, told, tmp_path):
    with pytest.raises(InputError) as caught:
        read_column_map(map_file(tmp_path, text))

    assert told in str(caught.value)
    assert {fault.file for fault in caught.value.faults} == {"MAP.toml"}


def test_missing_map_says_how_to_get_one(tmp_path):
    with pytest.raises(InputError, match="`--dry-run` prints a map"):
        read_column_map(tmp_path / "MAP.toml")


def test_column_that_the_table_lacks_is_refused_with_those_it_has(tmp_path):
    columns = ColumnMap(
        columns={"title": Taken(first_filled=("Grnt",)), "cost": Taken(first_filled=("Amount",))}
    )

    with pytest.raises(InputError) as caught:
        read_efforts(table_file(tmp_path), columns=columns, currency="GBP")

    assert [(fault.field, fault.message, fault.cure) for fault in caught.value.faults] == [
        (
            "columns.title",
            "grants.csv has no column 'Grnt'",
            "its columns are: Grant, What, Amount",
        )
    ]


def test_table_without_title_or_cost_is_refused_whole(tmp_path):
    with pytest.raises(InputError) as caught:
        read_efforts(table_file(tmp_path, [["Colour", "Weight"], ["red", "heavy"]]))

    assert [fault.field for fault in caught.value.faults] == ["title", "cost"]
    assert all("Colour, Weight" in fault.message for fault in caught.value.faults)
