"""Import beside the csv module alone, on 95,842 real grants; rows a second and ratios.

The csv module reads cells and checks nothing: it is the floor, not a rival. pandas is measured
beside both where it happens to be installed; its whole-column parse says no row, column or cure.
"""

import csv
import gzip
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from custodes.exchange import efforts_as_csv, read_efforts, read_efforts_csv, read_table

GRANTS = Path(__file__).parents[1].parent / "shared" / "data" / "grants"
BIG = GRANTS / "scale" / "dlw_institutional.csv.gz"
ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """Median wall time."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def plain() -> list[list[str]]:
    """Cells, by the csv module alone."""
    with gzip.open(BIG, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def main() -> None:
    """Print a line a way of reading, each with its ratio to the csv module."""
    if not BIG.exists():
        print("skipped: the shared data is not beside the repository")
        return
    rows = len(plain()) - 1
    floor = seconds(plain)
    ways: dict[str, Callable[[], object]] = {
        "read_table (cells, limits, place of each)": lambda: read_table(BIG),
        "read_efforts (map, checked records, refusals)": lambda: read_efforts(BIG, currency="USD"),
    }
    try:
        pandas = import_module("pandas")
        ways["pandas.read_csv (no checks)"] = lambda: pandas.read_csv(BIG)
    except ImportError:
        print("pandas is not installed, so not measured")
    print(f"{'csv module alone (no checks)':48} {rows / floor:>9,.0f} rows/s  1.0")
    for name, work in ways.items():
        took = seconds(work)
        print(f"{name:48} {rows / took:>9,.0f} rows/s  {took / floor:.1f}")
    own = Path("efforts-bench.csv")
    efforts = read_efforts(BIG, currency="USD").efforts[:20_000]
    try:
        took = seconds(lambda: own.write_text(efforts_as_csv(efforts), "utf-8", newline=""))
        print(f"{'writing efforts.csv':48} {len(efforts) / took:>9,.0f} rows/s")
        took = seconds(lambda: read_efforts_csv(own))
        print(f"{'reading efforts.csv':48} {len(efforts) / took:>9,.0f} rows/s")
    finally:
        own.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
