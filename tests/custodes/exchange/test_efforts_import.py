import csv
import io

import openpyxl
import pytest

from custodes.exchange import read_efforts

HEADER = ["title", "description", "applicant", "cost", "currency", "start"]


def imported(tmp_path, *rows, header=HEADER, name="grants.csv", **settings):
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    path = tmp_path / name
    path.write_text(stream.getvalue(), "utf-8", newline="")
    return read_efforts(path, **settings)


def row(**cells):
    usual = {"title": "One", "description": "A text", "applicant": "Us", "cost": "5"}
    usual |= {"currency": "GBP", "start": ""}
    return [(usual | cells)[name] for name in HEADER]


def one_effort(tmp_path, **cells):
    answer = imported(tmp_path, row(**cells))
    assert answer.faults == ()
    return answer.efforts[0]


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("484000", (484_000, 484_000, 484_000)),
        ("$484,000", (484_000, 484_000, 484_000)),
        ("\u00a312.50", (12.5, 12.5, 12.5)),
        (" 1,234,567.89 ", (1_234_567.89, 1_234_567.89, 1_234_567.89)),
        ("1 / 2 / 3", (1, 2, 3)),
        ("1.5e6", (1_500_000, 1_500_000, 1_500_000)),
        ("USD 484,000", (484_000, 484_000, 484_000)),
        ("$\u00a0484,000", (484_000, 484_000, 484_000)),
    ],
)
def test_costs_are_read_as_written(written, numbers, tmp_path):
    currency = "GBP" if "\u00a3" in written else "USD"

    assert one_effort(tmp_path, cost=written, currency=currency).cost.numbers == numbers


def test_range_of_a_cost_has_a_middle(tmp_path):
    cost = one_effort(tmp_path, cost="100 to 400").cost

    assert (cost.p05, round(cost.p50), cost.p95) == (100, 200, 400)


REFUSED = {
    "": ("amount_missing", "is empty"),
    "tbc": ("amount_not_a_number", "'tbc' is not a number"),
    "5%": ("amount_not_a_number", "'5%' is not a number"),
    "1.234,56": ("amount_not_a_number", "decimal comma"),
    "1234,56": ("amount_not_a_number", "decimal comma"),
    "1.234.567": ("amount_not_a_number", "decimal comma"),
    "1.5m": ("amount_not_a_number", "has a suffix"),
    "100-200": ("amount_not_a_number", "is a span"),
    "(500)": ("amount_not_a_number", "may be negative"),
    "=2+3": ("amount_not_a_number", "is a formula"),
    "3 / 2 / 1": ("amount_not_a_number", "not in order"),
    "NaN": ("amount_not_a_number", "is not a number"),
    "1e99": ("amount_not_a_number", "larger than any sum"),
    "-500": ("amount_negative", "is negative"),
    "-$500": ("amount_negative", "is negative"),
    "0": ("amount_zero", "is not above 0"),
    "0.00": ("amount_zero", "is not above 0"),
}


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_cost_is_refused_with_its_place(written, tmp_path):
    because, told = REFUSED[written]

    refused = imported(tmp_path, row(), row(title="Two", cost=written)).refused

    assert [one.because for one in refused] == [because]
    fault = refused[0].faults[0]
    assert (fault.file, fault.row, fault.field) == ("grants.csv", 3, "cost")
    assert told in fault.message
    assert fault.cure


@pytest.mark.parametrize(
    ("cells", "because", "field"),
    [
        ({"title": " "}, "title_missing", "title"),
        ({"currency": ""}, "currency_missing", "currency"),
        ({"currency": "pounds"}, "currency_unclear", "currency"),
        ({"cost": "\u00a35", "currency": "USD"}, "currency_unclear", "cost"),
        ({"cost": "$5", "currency": "GBP"}, "currency_unclear", "cost"),
        ({"cost": "EUR 5", "currency": "GBP"}, "currency_unclear", "cost"),
        ({"start": "next year"}, "date_unclear", "start"),
        ({"start": "03/04/2026"}, "date_unclear", "start"),
        ({"start": "2026-02-30"}, "date_unclear", "start"),
    ],
)
def test_row_at_fault_is_refused_under_its_class(cells, because, field, tmp_path):
    refused = imported(tmp_path, row(**cells)).refused

    assert [(one.because, one.faults[0].field) for one in refused] == [(because, field)]


def test_every_fault_of_a_row_is_told_and_the_first_class_counts(tmp_path):
    answer = imported(tmp_path, row(title="", cost="tbc", currency="pounds", start="soon"))

    assert [fault.field for fault in answer.faults] == ["title", "cost", "currency", "start"]
    assert answer.refused_by_class == {"title_missing": 1}
    assert answer.refused[0].cells == ("", "A text", "Us", "tbc", "pounds", "soon")


def test_row_with_more_cells_than_names_is_refused(tmp_path):
    answer = imported(tmp_path, [*row(), "left over"], [*row(title="Two"), "", ""])

    assert answer.refused_by_class == {"ragged": 1}
    assert [effort.title for effort in answer.efforts] == ["Two"]


def test_row_with_fewer_cells_is_taken_and_told(tmp_path):
    answer = imported(tmp_path, row()[:5])

    assert answer.efforts[0].start == ""
    assert any("fewer cells" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("written", "start", "precision"),
    [
        ("2026", "2026", "year"),
        ("2026-10", "2026-10", "month"),
        ("2026-10-01", "2026-10-01", "day"),
        ("2026-10-01T00:00:00Z", "2026-10-01", "day"),
        ("October 2024", "2024-10", "month"),
        ("Oct 2024", "2024-10", "month"),
        ("20241005", "2024-10-05", "day"),
        ("5 October 2024", "2024-10-05", "day"),
        ("October 5, 2024", "2024-10-05", "day"),
        ("Q3 2024", "2024-Q3", "quarter"),
        ("2024-Q3", "2024-Q3", "quarter"),
        ("2016/2018", "2016/2018", "multi-year"),
        ("1356652800", "2012-12-28", "day"),
        ("1356652800000", "2012-12-28", "day"),
        ("", "", ""),
    ],
)
def test_dates_keep_how_much_is_known(written, start, precision, tmp_path):
    effort = one_effort(tmp_path, start=written)

    assert (effort.start, effort.start_precision) == (start, precision)


@pytest.mark.parametrize(
    ("cells", "because", "cell"),
    [
        (["=UPPER(C2)", 5, "GBP"], "title_missing", "A2"),
        (["One", "=2+3", "GBP"], "amount_missing", "B2"),
        (["One", 5, '=UPPER("gbp")'], "currency_missing", "C2"),
    ],
)
def test_formula_whose_value_is_not_stored_is_named_by_its_cell(cells, because, cell, tmp_path):
    book = openpyxl.Workbook()
    for line in (["title", "cost", "currency"], cells):
        book.active.append(line)
    book.save(tmp_path / "g.xlsx")

    answer = read_efforts(tmp_path / "g.xlsx")

    assert answer.refused_by_class == {because: 1}
    assert f"cell {cell} holds a formula whose value is not stored" in answer.faults[0].message
    assert "save it again" in answer.faults[0].cure


@pytest.mark.parametrize("written", ["46000", "46000.5"])
def test_day_as_a_spreadsheet_counts_is_told_with_the_day_it_is(written, tmp_path):
    (fault,) = imported(tmp_path, row(start=written)).faults

    # Excel shows 46000 as 9 December 2025
    assert f"looks like an Excel date serial: {written} is 2025-12-09" in fault.message
    assert "or write 2025-12-09" in fault.cure


@pytest.mark.parametrize(
    ("written", "stated", "start", "precision"),
    [
        ("2024-07-01", "quarter", "2024-Q3", "quarter"),
        ("2024-07-01", "month", "2024-07", "month"),
        ("2024-07-01", "year", "2024", "year"),
        ("2012-07-19", "multi-year", "2012", "multi-year"),
        ("2024", "day", "2024", "year"),
        ("2024-07-01", "", "2024-07-01", "day"),
    ],
)
def test_date_is_never_finer_than_written_or_stated(written, stated, start, precision, tmp_path):
    header = [*HEADER, "start_precision"]

    effort = imported(tmp_path, [*row(start=written), stated], header=header).efforts[0]

    assert (effort.start, effort.start_precision) == (start, precision)
    assert effort.extra.get("start_as_written", written) == written


@pytest.mark.parametrize(
    ("day", "precision"), [("01-01", "year"), ("04-01", "quarter"), ("02-01", "month")]
)
def test_days_that_are_all_first_days_are_not_taken_for_days(day, precision, tmp_path):
    rows = [row(title=f"T {year}", start=f"{year}-{day}") for year in range(2000, 2025)]

    answer = imported(tmp_path, *rows)

    assert {effort.start_precision for effort in answer.efforts} == {precision}
    assert any("more is not known" in note for note in answer.notes)


def test_made_ids_are_readable_numbered_and_the_same_again(tmp_path):
    titles = [
        "R&D Investment",
        "General Support",
        "General Support",
        "\u5b89\u5168",
        "Z\u00fcrich!",
    ]
    rows = [row(title=title) for title in titles]

    ids = [effort.id for effort in imported(tmp_path, *rows).efforts]

    assert ids[:3] == ["r-d-investment", "general-support", "general-support-2"]
    assert ids[3].startswith("effort-")
    assert ids[4] == "zurich"
    assert [effort.id for effort in imported(tmp_path, *rows).efforts] == ids


def test_refused_row_keeps_its_number_for_when_it_is_mended(tmp_path):
    broken = imported(tmp_path, row(cost=""), row()).efforts
    mended = imported(tmp_path, row(), row()).efforts

    assert [effort.id for effort in broken] == ["one-2"]
    assert [effort.id for effort in mended] == ["one", "one-2"]


def test_repeated_id_of_the_source_is_refused(tmp_path):
    header = ["id", *HEADER]

    answer = imported(tmp_path, ["a", *row()], ["a", *row(title="Two")], header=header)

    assert [(one.number, one.because) for one in answer.refused] == [(3, "id_repeated")]
    assert "row 2" in answer.faults[0].message


def test_id_that_cannot_stand_is_made_anew_and_kept_beside(tmp_path):
    answer = imported(tmp_path, ["A/12 (3)", *row()], header=["id", *HEADER])

    assert (answer.efforts[0].id, answer.efforts[0].extra) == ("a-12-3", {"source_id": "A/12 (3)"})


def test_currency_of_the_file_wins_over_the_one_given(tmp_path):
    answer = imported(tmp_path, row(), row(currency=""), currency="EUR")

    assert [effort.currency for effort in answer.efforts] == ["GBP", "EUR"]


def test_currency_in_the_cells_of_the_cost_is_enough(tmp_path):
    answer = imported(tmp_path, ["One", "GBP 5,000"], header=["title", "cost"])

    assert (answer.efforts[0].currency, answer.efforts[0].cost.p50) == ("GBP", 5_000)


@pytest.mark.parametrize(
    ("written", "estimate"),
    [("true", "yes"), ("YES", "yes"), ("1", "yes"), ("False", "no"), ("no", "no"), ("", "")],
)
def test_estimates_stay_marked(written, estimate, tmp_path):
    answer = imported(tmp_path, [*row(), written], header=[*HEADER, "amount_is_estimate"])

    assert answer.efforts[0].cost_is_estimate == estimate


def test_conversion_keeps_amount_currency_rate_and_date(tmp_path):
    header = [*HEADER, "amount_original_currency", "original_currency", "currency_conversion_date"]

    effort = imported(
        tmp_path, [*row(cost="80", currency="USD"), "100", "CAD", "2021-11-01"], header=header
    ).efforts[0]

    assert (effort.cost.p50, effort.currency) == (80, "USD")
    assert (effort.original_cost, effort.original_currency) == ("100", "CAD")
    assert (effort.rate, effort.rate_date) == ("0.8", "2021-11-01")


def test_several_recipients_are_listed(tmp_path):
    effort = one_effort(tmp_path, applicant="A Lab|B Lab")

    assert (effort.applicant, effort.recipients) == ("A Lab|B Lab", ("A Lab", "B Lab"))


def test_text_survives_with_everything_inside_it(tmp_path):
    text = "A\u00a0B &amp; C\nsecond \u201cline\u201d, with comma \U0001f600"

    answer = imported(tmp_path, row(description=f"  {text} \n"))

    assert answer.efforts[0].description == text
    assert any("HTML entities" in note for note in answer.notes)
    assert any("blanks" in note for note in answer.notes)


def test_text_that_begins_like_a_formula_is_kept_and_told(tmp_path):
    answer = imported(tmp_path, row(description="=HYPERLINK(1)"), row(title="@home"))

    assert [effort.description for effort in answer.efforts] == ["=HYPERLINK(1)", "A text"]
    assert any("begins like a formula" in note and "row 2, 3" in note for note in answer.notes)


def test_unmapped_columns_are_kept_under_a_name_of_their_own(tmp_path):
    header = [*HEADER, "Project title", "funder"]

    effort = imported(tmp_path, [*row(), "Other", "A fund"], header=header).efforts[0]

    assert effort.extra == {"Project title": "Other", "funder": "A fund"}


def test_title_that_only_repeats_gives_way_to_the_description(tmp_path):
    header = ["title", "recipient", "fund", "amount_gbp", "description"]
    rows = [
        [
            f"Lab {n} \u2014 Big Fund",
            f"Lab {n}",
            "Big Fund",
            "5",
            f"Study number {n} - by a person",
        ]
        for n in range(5)
    ]

    answer = imported(tmp_path, *rows, header=header)

    assert answer.efforts[0].title == "Study number 0"
    assert answer.efforts[0].extra == {"source_title": "Lab 0 \u2014 Big Fund", "fund": "Big Fund"}


def test_unknown_kind_is_refused_with_the_kinds(tmp_path):
    answer = imported(tmp_path, [*row(), "magic"], header=[*HEADER, "kind"])

    assert answer.refused_by_class == {"kind_unknown": 1}
    assert "power_averseness" in answer.faults[0].cure
