"""Likely duplicates: pairs a curator judged, ours beside the plain key; and speed.

The plain key is normalised grantee, amount and month.
"""

import csv
import time
from pathlib import Path

from custodes.exchange import GrantTrace, likely_duplicates

GRANTS = Path(__file__).parents[1].parent / "shared" / "data" / "grants"


def month(date: str) -> tuple[int, int]:
    """The month of a date written as a day."""
    number = 12 * int(date[:4]) + int(date[5:7]) - 1
    return number, number


def pool(rows: list[dict[str, str]], side: str, text: str) -> dict[str, GrantTrace]:
    """The distinct records of one side, by what makes them distinct."""
    traces = {}
    for row in rows:
        key = "\x1f".join(row[f"{side}_{name}"] for name in ("grantee", text, "amount", "date"))
        traces[key] = GrantTrace(
            id=key,
            name=row[f"{side}_grantee"],
            text=row[f"{side}_{text}"],
            amount=float(row[f"{side}_amount"]),
            currency="USD",
            months=month(row[f"{side}_date"]),
        )
    return traces


def score(rows: list[dict[str, str]]) -> dict[str, int]:
    """Labelled pairs found, and links that nobody labelled."""
    left, right = pool(rows, "a", "title"), pool(rows, "b", "purpose")
    labelled = {
        (
            "\x1f".join(row[f"a_{name}"] for name in ("grantee", "title", "amount", "date")),
            "\x1f".join(row[f"b_{name}"] for name in ("grantee", "purpose", "amount", "date")),
        )
        for row in rows
    }
    links = {
        (pair.first, pair.second) for pair in likely_duplicates(left.values(), right.values())
    }
    return {
        "pairs": len(rows),
        "found": len(links & labelled),
        "links": len(links),
        "not labelled": len(links - labelled),
    }


def main() -> None:
    """Print recall, wrong links and F1 on all rows and on those without doubt, then the speed."""
    path = GRANTS / "matching" / "duplicate_pairs_dev.csv"
    if not path.exists():
        print("skipped: the shared data is not beside the repository")
        return
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    sure = [row for row in rows if not row["label_doubt"]]
    for name, part, baseline in (
        ("all", rows, (254, 255, 1)),
        ("without doubt", sure, (246, 246, 0)),
    ):
        ours = score(part)
        for who, (found, links, wrong) in (
            ("baseline", baseline),
            ("ours", (ours["found"], ours["links"], ours["not labelled"])),
        ):
            precision, recall = (links - wrong) / links, found / len(part)
            f1 = 2 * precision * recall / (precision + recall)
            print(
                f"{name:14} {who:9} found {found}/{len(part)} recall {recall:.3f} "
                f"links {links} wrong {wrong} precision {precision:.3f} F1 {f1:.3f}"
            )
    with_speed()


def with_speed() -> None:
    """Compare 95,842 rows among themselves, and print rows a second."""
    from custodes.exchange import read_efforts, traces_of  # noqa: PLC0415 (only the second half needs it)

    path = GRANTS / "scale" / "dlw_institutional.csv.gz"
    traces = traces_of(read_efforts(path, currency="USD").efforts)
    start = time.perf_counter()
    pairs = likely_duplicates(traces)
    seconds = time.perf_counter() - start
    print(f"{len(traces):,} rows among themselves: {len(pairs):,} likely pairs, {seconds:.1f} s")


if __name__ == "__main__":
    main()
