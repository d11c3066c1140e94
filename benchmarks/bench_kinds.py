"""Suggested kinds beside labels, and beside a plain word list, in one run; and time per text.

The labels were made by one reader, a language model (`../shared/data/grants/SOURCES.md`).
The word list is the one that comes with the labels: the first kind of which a word stands in the
text, `other` where none does.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from custodes.efforts import KINDS, suggest_kind

GRANTS = Path(__file__).parents[1].parent / "shared" / "data" / "grants"


class Labelled(NamedTuple):
    """A text, the kinds a careful reader could choose, and whether a tell-tale word names one."""

    text: str
    acceptable: tuple[str, ...]
    named: bool


Suggest = Callable[[str], str | None]


def ours(text: str) -> str | None:
    """The kind that the product suggests."""
    return suggest_kind(text).kind


def word_list(words: dict[str, str]) -> Suggest:
    """The plain list: the first kind of which a word stands in the text."""
    patterns = {kind: re.compile(words[kind], re.IGNORECASE) for kind in words}
    return lambda text: next(
        (kind for kind, pattern in patterns.items() if pattern.search(text)), "other"
    )


def names_its_kind(words: dict[str, str], text: str, acceptable: Iterable[str]) -> bool:
    """Whether a tell-tale word of an acceptable kind stands in the text."""
    return any(
        kind in words and re.search(words[kind], text, re.IGNORECASE) for kind in acceptable
    )


def score(name: str, items: list[Labelled], suggest: Suggest) -> None:
    """Print how many of all, and of those without a tell-tale word, were acceptable."""
    suggested = [suggest(item.text) for item in items]
    right = [kind in item.acceptable for kind, item in zip(suggested, items, strict=True)]
    quiet = [ok for ok, item in zip(right, items, strict=True) if not item.named]
    print(
        f"  {name:<10} {sum(right):>3} of {len(items)} acceptable, "
        f"{sum(quiet):>3} of {len(quiet)} without a tell-tale word, "
        f"{suggested.count(None)} abstained"
    )


def confusion(items: list[Labelled], suggest: Suggest) -> None:
    """Print, for each first label, what was suggested in its place."""
    pairs = Counter(
        (item.acceptable[0], kind if kind in item.acceptable else f"not {kind or 'suggested'}")
        for item in items
        for kind in [suggest(item.text)]
    )
    for label in KINDS:
        row = {said: count for (first, said), count in pairs.items() if first == label}
        if row:
            said = ", ".join(f"{name} {row[name]}" for name in sorted(row, key=lambda n: -row[n]))
            print(f"  {label:<20} {said}")


def main() -> None:
    """Score both on both label files, print the confusion and the time of one text."""
    tagged = json.loads((GRANTS / "kind_labels_from_tags.json").read_text("utf-8"))
    words = tagged["words"]
    read = [
        Labelled(item["text"], tuple(item["acceptable_kinds"]), item["names_its_kind"])
        for item in json.loads((GRANTS / "kind_labels_dev.json").read_text("utf-8"))["items"]
    ]
    titles = [
        Labelled(title, tuple(kinds), names_its_kind(words, title, kinds))
        for title, kinds in tagged["titles"].items()
    ]
    for name, items in (("60 read texts", read), ("distinct tagged titles", titles)):
        print(name)
        score("suggestion", items, ours)
        score("word list", items, word_list(words))
    silent = [title for title in tagged["says_nothing"] if suggest_kind(title).kind is None]
    print(f"titles that say nothing: {len(silent)} of {len(tagged['says_nothing'])} abstained")
    print("confusion on the read texts: first label, then what was suggested")
    confusion(read, ours)
    start = time.perf_counter()
    for item in read:
        suggest_kind(item.text)
    each = (time.perf_counter() - start) / len(read)
    start = time.perf_counter()
    suggest_kind("", "A monitor for untrusted agents. " * 32_000)
    print(
        f"time: {each * 1e3:.2f} ms a text, {(time.perf_counter() - start) * 1e3:.0f} ms for 1 MB"
    )


if __name__ == "__main__":
    main()
