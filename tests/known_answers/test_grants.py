"""Every file of `../shared/data/grants` against `known_answers/grants.json`, to the cent."""

import json
import statistics
from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

import pytest

from custodes.errors import InputError
from custodes.exchange import (
    ColumnMap,
    Taken,
    efforts_as_csv,
    read_efforts,
    read_efforts_csv,
    read_table,
)
from custodes.exchange._starts import parse_start
from shared_files import shared

FUNDING = (
    "rounds/uk-aisi.json",
    "rounds/ftx-future-fund.json",
    "rounds/fli.json",
    "rounds/foresight.json",
    "rounds/four_funders.csv",
    "rounds/ltff_ai_safety.csv",
    "portfolios/coefficient_ai_tagged.csv",
    "portfolios/coefficient-grants.json",
    "portfolios/ea-grants-database.csv",
    "portfolios/dlw_ai_safety_with_reasons.csv",
    "scale/dlw_institutional.csv.gz",
    "messy/OpenPhilGrants.csv",
    "messy/dlw_multicurrency_missing_values.csv",
    "messy/org-reported.json",
    "messy/longview.json",
)
NEEDS_A_CURRENCY = {
    "rounds/ftx-future-fund.json",
    "portfolios/coefficient-grants.json",
    "portfolios/dlw_ai_safety_with_reasons.csv",
    "scale/dlw_institutional.csv.gz",
    "messy/OpenPhilGrants.csv",
    "messy/dlw_multicurrency_missing_values.csv",
}
CENT = Decimal("0.01")
each_file = pytest.mark.parametrize("file", FUNDING)


def known(file):
    return known_answers()["files"][file]


@cache
def known_answers():
    return json.loads(shared("data", "known_answers", "grants.json").read_text("utf-8"))


def path_of(file):
    return shared("data", "grants", *file.split("/"))


@cache
def imported(file):
    currency = "USD" if file in NEEDS_A_CURRENCY else None
    return read_efforts(path_of(file), currency=currency)


@cache
def table(file):
    return read_table(path_of(file))


def column(file, name):
    at = table(file).header.index(name)
    return [row.cells[at] if at < len(row.cells) else "" for row in table(file).rows]


def cents(number):
    return str(number.quantize(CENT, ROUND_HALF_EVEN))


def total(efforts):
    exact = sum((Decimal(repr(effort.cost.p50)) for effort in efforts), Decimal(0))
    return {"rows": len(efforts), "total": cents(exact)}


def by_row(file):
    return dict(zip(imported(file).rows, imported(file).efforts, strict=True))


@each_file
def test_every_row_is_imported_or_refused_as_known(file):
    answer = imported(file)

    assert len(answer.table.rows) == known(file)["rows"]
    assert len(answer.efforts) == known(file)["imported"]
    assert len(answer.refused) + len(answer.left_out) == known(file)["refused"]
    left_out = {"not_a_grant": len(answer.left_out)} if answer.left_out else {}
    assert answer.refused_by_class | left_out == known(file)["refused_by_class"]


@each_file
def test_totals_are_known_to_the_cent_by_currency(file):
    efforts = imported(file).efforts
    totals = {}
    for currency in sorted({effort.currency for effort in efforts}):
        own = [effort for effort in efforts if effort.currency == currency]
        totals[currency] = total(own) | {
            "stated": total([effort for effort in own if effort.cost_is_estimate != "yes"]),
            "estimated": total([effort for effort in own if effort.cost_is_estimate == "yes"]),
        }
    extras = ("total_if_each_row_is_rounded_first", "total_exact")
    wanted = {
        currency: {name: value for name, value in answer.items() if name not in extras}
        for currency, answer in known(file)["totals_of_imported"].items()
    }

    assert totals == wanted


@each_file
def test_columns_and_missing_cells_are_seen(file):
    names = [name for name in table(file).header if name != "amountEstimated"]
    missing = {
        name: number
        for name in table(file).header
        if (number := sum(not cell.strip() for cell in column(file, name)))
    }

    if file.endswith(".json"):
        assert sorted(table(file).header) == sorted(known(file)["columns"])
    else:
        assert list(table(file).header) == known(file)["columns"]
    assert {name: missing.get(name, 0) for name in names if name != "areas"} == {
        name: known(file)["missing_cells"].get(name, 0) for name in names if name != "areas"
    }


@each_file
def test_dates_are_read_as_written_and_as_stated(file):
    dates = known(file)["dates"]
    written = Counter(
        "unix seconds"
        if cell.isdigit() and len(cell) > 4
        else parse_start(cell).written or "missing"
        for cell in column(file, dates["column"])
    )
    stated = dates.get("precision_column")

    assert dict(written) == dates["as_written"]
    if stated and stated in table(file).header:
        counts = Counter(cell or "not stated" for cell in column(file, stated))
        assert dict(counts) == dates["as_stated_by_the_source"]


@each_file
def test_no_start_is_finer_than_written_or_stated(file):
    order = ("day", "month", "quarter", "year", "multi-year")
    dates = known(file)["dates"]
    written = column(file, dates["column"])
    stated_at = dates.get("precision_column")
    stated = column(file, stated_at) if stated_at in table(file).header else [""] * len(written)
    numbers = [row.number for row in table(file).rows]
    cells = dict(zip(numbers, zip(written, stated, strict=True), strict=True))

    for row, effort in by_row(file).items():
        text, precision = cells[row]
        if not text.strip():
            assert (effort.start, effort.start_precision) == ("", "")
            continue
        coarser = max(order.index(parse_start(text).written), order.index(precision or "day"))
        assert order.index(effort.start_precision) >= coarser
        assert len(effort.start) <= (10, 7, 7, 4, 9)[order.index(effort.start_precision)]


@each_file
def test_text_is_kept_as_it_was(file):
    counted = known(file)["text"]
    rows = [row.cells for row in table(file).rows]

    assert (
        sum(any(not c.isascii() for c in cells) for cells in rows)
        == counted["rows_with_non_ascii"]
    )
    assert (
        sum(any("\n" in c or "\r" in c for c in cells) for cells in rows)
        == counted["rows_with_line_break_in_a_cell"]
    )
    if "description" in imported(file).columns.columns:
        at = table(file).header.index(imported(file).columns.columns["description"].columns[0])
        kept = {
            row.number: row.cells[at].strip() for row in table(file).rows if at < len(row.cells)
        }
        changed = [
            row
            for row, effort in by_row(file).items()
            if kept.get(row) and effort.description != kept[row]
        ]
        assert changed == []


@each_file
def test_amounts_have_the_known_spread(file):
    answer = known(file)["amounts"]
    cost = imported(file).columns.columns["cost"].columns[0]
    amounts = [
        Decimal(cell.strip().removeprefix("$").replace(",", ""))
        for cell in column(file, cost)
        if cell.strip()
    ]

    assert len(amounts) == answer["n"]
    assert (min(amounts), max(amounts)) == (Decimal(answer["min"]), Decimal(answer["max"]))
    assert statistics.median(amounts) == Decimal(answer["median"])


@each_file
def test_explanation_is_never_filled_in(file):
    assert {effort.explanation for effort in imported(file).efforts} == {""}


@each_file
def test_efforts_csv_gives_back_what_was_imported(file, tmp_path):
    efforts = imported(file).efforts[:3000]
    (tmp_path / "efforts.csv").write_text(efforts_as_csv(efforts), "utf-8", newline="")

    again = read_efforts_csv(tmp_path / "efforts.csv")

    assert again.faults == ()
    assert again.efforts == efforts


@each_file
def test_importing_twice_gives_the_same_ids(file):
    if file.startswith("scale/"):
        pytest.skip("its ids are the source's own; the smaller files say enough")
    currency = "USD" if file in NEEDS_A_CURRENCY else None

    again = read_efforts(path_of(file), currency=currency)

    assert [e.id for e in again.efforts] == [e.id for e in imported(file).efforts]
    assert len({e.id for e in again.efforts}) == len(again.efforts)


@pytest.mark.parametrize("file", sorted(NEEDS_A_CURRENCY - {"scale/dlw_institutional.csv.gz"}))
def test_currency_is_asked_for_and_never_guessed(file):
    with pytest.raises(InputError, match="--currency") as caught:
        read_efforts(path_of(file))

    assert [fault.field for fault in caught.value.faults] == ["currency"]


GUESSED = {
    "rounds/uk-aisi.json": {
        "title": "first words of description",
        "description": "description",
        "applicant": "recipient",
        "cost": "amount",
        "currency": "currency",
        "cost_is_estimate": "amountEstimated",
        "start": "date",
        "source": "sourceUrl",
    },
    "rounds/four_funders.csv": {
        "id": "id",
        "title": "first words of description",
        "applicant": "grantee",
        "cost": "amount",
        "cost_is_estimate": "amount_is_estimate",
        "source": "source_url",
    },
    "rounds/ltff_ai_safety.csv": {
        "id": "id",
        "title": "first words of description",
        "applicant": "recipient",
        "cost": "amount_usd",
        "currency": "always 'USD'",
        "start": "date",
    },
    "portfolios/coefficient_ai_tagged.csv": {"title": "title", "applicant": "grantee"},
    "portfolios/coefficient-grants.json": {"id": "id", "title": "title", "applicant": "org"},
    "portfolios/ea-grants-database.csv": {"title": "title", "source": "url"},
    "portfolios/dlw_ai_safety_with_reasons.csv": {
        "id": "row_id",
        "title": "donee with intended_use_of_funds_category",
        "description": "intended_use_of_funds, else notes",
        "applicant": "donee",
        "cost": "amount",
        "start": "donation_date",
        "source": "url",
    },
    "scale/dlw_institutional.csv.gz": {"id": "row_id", "title": "donee", "description": "notes"},
    "messy/OpenPhilGrants.csv": {
        "title": "Grant",
        "applicant": "Organization Name",
        "cost": "Amount",
        "start": "Date",
    },
    "messy/dlw_multicurrency_missing_values.csv": {
        "title": "donee",
        "description": "notes",
        "applicant": "donee",
        "original_cost": "amount_original_currency",
    },
}


@pytest.mark.parametrize("file", GUESSED)
def test_columns_are_guessed_as_known(file):
    guessed = {guess.ours: guess.theirs for guess in imported(file).guesses}

    assert {ours: guessed.get(ours) for ours in GUESSED[file]} == GUESSED[file]


GROUPED_BY = {
    "rounds/uk-aisi.json": "program",
    "rounds/four_funders.csv": "funder",
    "portfolios/dlw_ai_safety_with_reasons.csv": "donor",
}


@pytest.mark.parametrize("file", GROUPED_BY)
def test_groups_by_a_kept_column_have_known_totals(file):
    name = GROUPED_BY[file]
    groups = {
        group["group"]: total(
            [e for e in imported(file).efforts if e.extra.get(name) == group["group"]]
        )
        for group in known(file)["groups"]
    }

    assert groups == {
        group["group"]: {"rows": group["rows_with_amount"], "total": group["total"]}
        for group in known(file)["groups"]
    }


def test_balances_are_no_grants():
    file = "portfolios/ea-grants-database.csv"
    numbers = set(imported(file).left_out)
    left_out = [row for row in table(file).rows if row.number in numbers]
    at = {name: place for place, name in enumerate(table(file).header)}
    by_maker = Counter(row.cells[at["grantmaker"]] for row in left_out)

    assert by_maker == {group["group"]: group["rows"] for group in known(file)["residual_rows"]}
    assert (
        cents(sum(Decimal(row.cells[at["amount_usd"]]) for row in left_out))
        == (known(file)["residual_total"])
    )


def test_original_amounts_stay_beside_converted_ones():
    file = "messy/dlw_multicurrency_missing_values.csv"
    converted = [effort for effort in imported(file).efforts if effort.original_currency]
    wanted = {
        code: one for code, one in known(file)["original_currency"].items() if code != "none"
    }

    assert {
        code: {
            "rows": len(own),
            "total_original": cents(sum(Decimal(effort.original_cost) for effort in own)),
            "total_usd": total(own)["total"],
        }
        for code in wanted
        for own in [[effort for effort in converted if effort.original_currency == code]]
    } == {
        code: {name: one[name] for name in ("rows", "total_original", "total_usd")}
        for code, one in wanted.items()
    }
    assert all(effort.rate for effort in converted)


def test_the_other_map_takes_the_original_amounts_as_costs():
    file = "messy/dlw_multicurrency_missing_values.csv"
    columns = imported(file).columns
    other = ColumnMap(
        columns={
            "title": columns.columns["title"],
            "cost": Taken(first_filled=("amount_original_currency",)),
            "currency": Taken(first_filled=("original_currency",)),
        }
    )

    efforts = read_efforts(path_of(file), columns=other).efforts

    assert {
        code: total([effort for effort in efforts if effort.currency == code])
        for code in {effort.currency for effort in efforts}
    } == {
        code: {"rows": one["rows"], "total": one["total_original"]}
        for code, one in known(file)["original_currency"].items()
        if code != "none"
    }


def test_quarters_of_the_long_term_future_fund_stay_quarters():
    file = "rounds/ltff_ai_safety.csv"
    efforts = imported(file).efforts
    groups = {group["group"].replace(" ", "-"): group for group in known(file)["groups"]}

    assert {effort.start_precision for effort in efforts} == {"quarter"}
    assert {
        start: total([effort for effort in efforts if effort.start == start]) for start in groups
    } == {
        start: {"rows": group["rows"], "total": group["total"]} for start, group in groups.items()
    }


def test_four_json_files_and_one_csv_say_the_same():
    parts = [
        imported(f"rounds/{name}.json")
        for name in ("ftx-future-fund", "fli", "uk-aisi", "foresight")
    ]
    seen = [
        (e.cost, e.currency, e.start, e.start_precision, e.cost_is_estimate == "yes", e.title)
        for part in parts
        for e in part.efforts
    ]
    whole = [
        (e.cost, e.currency, e.start, e.start_precision, e.cost_is_estimate == "yes", e.title)
        for e in imported("rounds/four_funders.csv").efforts
    ]

    assert whole == seen


def effort_of(file, **wanted):
    found = [
        effort
        for effort in imported(file).efforts
        if all(getattr(effort, name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1
    return found[0]


def test_spot_rows():
    uk = by_row("rounds/uk-aisi.json")
    ltff = "rounds/ltff_ai_safety.csv"
    tagged = "portfolios/coefficient_ai_tagged.csv"
    mila = effort_of("portfolios/dlw_ai_safety_with_reasons.csv", id="dlw-053490")
    miri = effort_of("portfolios/dlw_ai_safety_with_reasons.csv", id="dlw-079741")
    life = by_row("messy/dlw_multicurrency_missing_values.csv")[468]
    langsikt = by_row("messy/OpenPhilGrants.csv")[2]
    malaria = by_row("portfolios/coefficient-grants.json")[1]
    told = by_row("messy/org-reported.json")[17]

    assert (uk[1].applicant, uk[1].cost.p50, uk[1].start) == (
        "University of Oxford", 100_000, "2025-04-03",
    )  # fmt: skip
    assert uk[26].title == (
        "Investigating the potential for AI debate to autonomously provide meaningful oversight"
        " on difficult-to-evaluate safety-relevant tasks"
    )
    assert (effort_of(ltff, id="eaf-00099").cost.p50, effort_of(ltff, id="eaf-00099").start) == (
        73_333.33, "2024-Q3",
    )  # fmt: skip
    assert "\n" in effort_of(ltff, id="eaf-01084").description
    assert not effort_of(ltff, id="eaf-01115").description.endswith("\n")
    assert effort_of(tagged, id="grants-18710-0").applicant == ""
    assert "&#044;" in effort_of(tagged, id="grants-15563-0").applicant
    assert (mila.original_cost, mila.original_currency, mila.start) == ("295900", "CAD", "2021-11")
    assert float(mila.rate) == pytest.approx(237_931 / 295_900, rel=1e-9)
    assert (miri.start, miri.start_precision) == ("2012", "multi-year")
    assert miri.extra["start_as_written"] == "2012-07-19"
    assert (life.original_cost, life.original_currency, life.rate_date) == (
        "2500000000.0", "SEK", "2014-01-01",
    )  # fmt: skip
    assert life.extra["currency_conversion_basis"] == "Fixer.io"
    assert life.cost.p50 == 366_796_885.3807183
    assert (langsikt.applicant, langsikt.cost.p50, langsikt.start) == (
        "Langsikt",
        484_000,
        "2024-10",
    )
    assert (malaria.id, malaria.title, malaria.start) == (
        "grants-2873-0", "General Support", "2012-12-28",
    )  # fmt: skip
    assert malaria.extra["areas"].split(" | ")[0] == "GiveWell-Recommended Charities"
    assert (told.cost.p50, told.currency, told.cost_is_estimate, told.start) == (
        632_456, "GBP", "yes", "",
    )  # fmt: skip
    assert "400,000" in told.cost_note


def test_refused_rows_are_named_one_by_one():
    scale = imported("scale/dlw_institutional.csv.gz")
    first = [
        {"data_row": row.number - 1, "row_id": row.cells[0], "reason": row.because}
        for row in scale.refused
        if row.because != "title_missing"
    ][: len(known("scale/dlw_institutional.csv.gz")["first_rows_refused"])]
    plain = imported("messy/OpenPhilGrants.csv")

    assert first == [
        {name: row[name] for name in ("data_row", "row_id", "reason")}
        for row in known("scale/dlw_institutional.csv.gz")["first_rows_refused"]
    ]
    assert [(row.number - 1, row.cells[0].strip()) for row in plain.refused] == [
        (row["data_row"], row["Grant"])
        for row in known("messy/OpenPhilGrants.csv")["refused_rows"]
    ]
    assert [row.faults[0].field for row in plain.refused] == ["Amount"] * 3


def test_what_a_person_should_look_at_is_said():
    assert any(
        "2026-08-19: 1 (row 2635)" in note
        for note in imported("portfolios/coefficient-grants.json").notes
    )
    assert any("more than one grant" in note for note in imported("messy/longview.json").notes)
    assert any("stay marked as such: 76" in note for note in imported("rounds/uk-aisi.json").notes)


def test_the_workbook_is_a_table_and_no_round():
    file = "messy/MIT_AI_Risk_Repository_V3_26_03_2025.xlsx"
    wanted = known(file)["as_a_table"]
    sheet = read_table(path_of(file), sheet=wanted["sheet"])
    cells = {name: [row.cells[at] for row in sheet.rows] for at, name in enumerate(sheet.header)}
    blank = {name: sum(not cell.strip() for cell in column) for name, column in cells.items()}
    rows = {row.number: dict(zip(sheet.header, row.cells, strict=True)) for row in sheet.rows}

    assert (sheet.header_row, list(sheet.header)) == (wanted["header_row"], wanted["columns"])
    assert len(sheet.rows) == wanted["rows"]
    assert {name: number for name, number in blank.items() if number} == wanted["blank_cells"]
    assert Counter(name for _, name in sheet.formulas) == wanted["formula_cells"]
    assert cells["Ev_ID"][:3] == wanted["first_stored_values"]
    assert Counter(cells["Category level"]) == wanted["category_level"]
    assert [
        rows[page["row"]][page["column"]] for page in wanted["page_cells_turned_into_dates"]
    ] == [page["shown"] for page in wanted["page_cells_turned_into_dates"]]
    with pytest.raises(InputError, match="no column is recognised as a cost") as caught:
        read_efforts(path_of(file), sheet=wanted["sheet"])
    assert {fault.file for fault in caught.value.faults} == {
        f"{sheet.file} (sheet '{sheet.sheet}')"
    }
