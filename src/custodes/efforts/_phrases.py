"""Finding listed phrases in a text: folded words, any-ending words, and gaps of a few words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAP = 5
"""Most words that may stand where a phrase has ` .. `."""

_WORD = re.compile(r"[^\W_]+")

_SPELLINGS = (
    ("iour", "ior"),
    ("labour", "labor"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("programme", "program"),
    ("defence", "defense"),
    ("modelling", "modeling"),
    ("judgement", "judgment"),
)
"""British to American, as both stand in proposals and one list of phrases should serve."""


class Token(NamedTuple):
    """One word of a text."""

    folded: str
    """The word as it is compared: lower case, no accents, one spelling."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends in the text."""


class Hit(NamedTuple):
    """A phrase found in a text."""

    phrase: str
    """The phrase as it is listed."""
    first: int
    """Number of its first word in the text."""
    last: int
    """Number of its last word in the text."""


class PhraseIndex:
    """Many phrases, looked for in one walk through a text."""

    def __init__(self, phrases: Iterable[str], *, silent: Iterable[str] = ()) -> None:
        """Arrange the phrases by their first word.

        Args:
            phrases: Lower-case words; `word*` is any word that begins so, ` .. ` a gap.
            silent: Phrases that are not reported, and let no other speak that lies inside them.
        """
        self._silent = frozenset(silent)
        phrases = (*phrases, *self._silent)
        self._whole: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._begun: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for phrase in sorted(set(phrases)):
            first, *rest = (_fold(word) for word in phrase.split())
            shelf = self._begun if first.endswith("*") else self._whole
            shelf.setdefault(first.rstrip("*"), []).append((phrase, tuple(rest)))
        self._lengths = sorted({len(beginning) for beginning in self._begun})

    def hits(self, tokens: Sequence[Token]) -> tuple[Hit, ...]:
        """Every phrase found, except those that lie inside a longer one.

        Args:
            tokens: The words of the text, in order.
        """
        found: list[Hit] = []
        for at, token in enumerate(tokens):
            for phrase, rest in self._beginning_with(token.folded):
                last = _last_word(rest, tokens, at)
                if last is not None:
                    found.append(Hit(phrase, at, last))
        solid = [hit for hit in found if hit.phrase in self._silent or ".." not in hit.phrase]
        return tuple(hit for hit in _outside(found, solid) if hit.phrase not in self._silent)

    def _beginning_with(self, word: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        yield from self._whole.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._begun.get(word[:length], ())


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text; a hyphen or an apostrophe parts two words.

    Args:
        text: Any text, also empty or in another script.
    """
    return tuple(
        Token(_fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)
    )


def _fold(word: str) -> str:
    if not word.isascii():
        parted = unicodedata.normalize("NFKD", word)
        word = "".join(part for part in parted if not unicodedata.combining(part))
    word = word.casefold()
    for british, american in _SPELLINGS:
        if british in word:
            word = word.replace(british, american)
    return word


def _is_like(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _last_word(rest: Sequence[str], tokens: Sequence[Token], at: int) -> int | None:
    gap = False
    for wanted in rest:
        if wanted == "..":
            gap = True
            continue
        reach = range(at + 1, min(at + 2 + (GAP if gap else 0), len(tokens)))
        place = next((one for one in reach if _is_like(tokens[one].folded, wanted)), None)
        if place is None:
            return None
        at, gap = place, False
    return at


def _outside(found: Iterable[Hit], longer: Sequence[Hit]) -> Iterator[Hit]:
    """Those of which no longer phrase holds all the words; both in the order of the text."""
    begin = end = 0
    for hit in found:
        while end < len(longer) and longer[end].first <= hit.first:
            end += 1
        while begin < end and longer[begin].last < hit.first:
            begin += 1
        if not any(_holds(other, hit) for other in longer[begin:end]):
            yield hit


def _holds(longer: Hit, hit: Hit) -> bool:
    return longer.last >= hit.last and longer.last - longer.first > hit.last - hit.first
