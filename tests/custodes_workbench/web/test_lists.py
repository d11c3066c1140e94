import pytest
from django.test import RequestFactory

from custodes_workbench.web.lists import Column, Listing

COLUMNS = (Column("cost", "Cost", number=True), Column("name", "Name"))


def listing(**query):
    rows = [{"cost": value, "name": value} for value in (2_500_000, 999, -1234.5, 0.25, None)]
    return Listing(RequestFactory().get("/", query), COLUMNS, rows, name="costs")


def test_thousands_stand_apart_in_columns_of_numbers_alone():
    shown = [tuple(cell.text for cell in row) for row in listing().cells]

    assert shown == [
        ("2,500,000", "2500000"),
        ("999", "999"),
        ("-1,234.5", "-1234.5"),
        ("0.25", "0.25"),
        ("", ""),
    ]


@pytest.mark.parametrize("typed", ["2,500,000", "2500000"])
def test_a_number_is_found_as_it_is_shown_and_as_it_is_typed(typed):
    assert len(listing(find=typed).rows) == 1


def test_a_file_holds_plain_numbers():
    assert listing().as_file().content.decode().splitlines()[1] == "2500000,2500000"
