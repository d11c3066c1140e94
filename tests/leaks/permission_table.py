"""The reviewed table of who is heard where and when; `write_permissions.py` writes it anew."""

import csv
from pathlib import Path

TABLE = Path(__file__).with_name("permissions.csv")
NEVER, ALWAYS = "-", "always"


def told(stages, order):
    """Stages as one cell: never, always, or their names."""
    if len(stages) == len(order):
        return ALWAYS
    return " ".join(each for each in order if each in stages) or NEVER


def read_table():
    """By address, method and reader: the cell."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (row["address"], row["method"], reader): cell
        for row in rows
        for reader, cell in row.items()
        if reader not in ("address", "method")
    }
