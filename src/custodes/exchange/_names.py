"""Whether two names can mean one body: forms of a name, acronyms, and shared words."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_LITTLE = frozenset(
    (
        *("the", "of", "for", "and", "in", "on", "at", "to", "a", "an", "by"),
        *("de", "la", "le", "und", "et", "von", "der", "das", "des", "du", "di"),
        *("inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ev"),
        *("corp", "corporation", "co", "company"),
    )
)
"""Words that tell no two bodies apart."""
_SPELLINGS = {
    "centre": "center",
    "centres": "center",
    "organisation": "organization",
    "programme": "program",
    "defence": "defense",
    "labour": "labor",
    "univ": "university",
    "intl": "international",
    "usa": "us",
}
_NOBODY = re.compile(
    r"^\W*(?:anonymous|various|several|unknown|undisclosed|not stated|individuals?|n/?a)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|/]\s*|\s+formerly\s+|\s+now\s+|\s*,?\s*fiscally sponsored by\s+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_SHARED_START = 5
"""Letters that two words begin with alike to count as one (agriculture, agricultural)."""
_MOST_LETTERS_APART = 3
_TELLING_LETTERS = 4
"""Letters of a name from which finding it within another says something."""


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Text without accents, case, entities and signs: words between single blanks."""
    flat = unicodedata.normalize("NFKD", html.unescape(text) if "&" in text else text)
    flat = "".join(char for char in flat if not unicodedata.combining(char)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", flat))


@lru_cache(maxsize=200_000)
def words_of_name(text: str) -> tuple[str, ...]:
    """The words of a name that tell it from others, spelt one way."""
    words = [_SPELLINGS.get(word, word) for word in plain(text).split()]
    return tuple(word for word in words if word not in _LITTLE) or tuple(words)


def is_nobody(name: str) -> bool:
    """Whether a name is no name: empty, anonymous, various."""
    return not plain(name) or _NOBODY.match(name) is not None


@lru_cache(maxsize=200_000)
def forms_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The names that one cell holds: the whole, without brackets, in brackets, and each part."""
    texts = [name, _BRACKETS.sub(" ", name), *_BRACKETS.findall(name)]
    texts += [part for text in texts[:2] for part in _PARTS.split(text)]
    forms = dict.fromkeys(words_of_name(text) for text in texts)
    return tuple(form for form in forms if form)


@lru_cache(maxsize=100_000)
def likeness(one: str, two: str) -> tuple[float, str]:
    """How surely two names mean one body, from 0 to 1, and why."""
    if plain(one) == plain(two):
        return 1.0, "same name"
    best = (0.0, "different names")
    for first in forms_of(one):
        for second in forms_of(two):
            best = max(best, _forms_alike(first, second), key=lambda pair: pair[0])
    return best


def _forms_alike(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[float, str]:
    if {*one} == {*two}:
        return 0.95, "same words in the name"
    if _is_acronym(one, two) or _is_acronym(two, one):
        return 0.9, "one name abbreviates the other"
    short, long = sorted((one, two), key=len)
    shared = [word for word in short if any(same_word(word, other) for other in long)]
    if len(shared) == len(short) == len(long):
        return 0.9, "nearly the same words in the name"
    if len(shared) == len(short):
        telling = len("".join(short)) >= _TELLING_LETTERS
        return (
            (0.8, "one name is part of the other") if telling else (0.3, "one short word shared")
        )
    share = len(shared) / len({*one} | {*two})
    return 0.6 * share, "some words of the name shared" if shared else "different names"


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether, shared words left out, the one word left is made of the others' first letters."""
    left = [word for word in short if word not in long]
    right = [word for word in long if word not in short]
    if len(left) != 1 or len(right) < 2:  # noqa: PLR2004 (an acronym stands for several words)
        return False
    letters = "".join(word[:1] for word in right)
    return letters in left


def same_word(one: str, two: str) -> bool:
    """Whether two words differ in their endings at most."""
    if one == two:
        return True
    need = max(_SHARED_START, min(len(one), len(two)) - 1)
    return one[:need] == two[:need] and abs(len(one) - len(two)) <= _MOST_LETTERS_APART
