"""The weighted phrases by which a kind is suggested, read once from `kind_words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from custodes.efforts._kinds import KINDS, Kind
from custodes.efforts._phrases import PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False)
class KindWords:
    """Every listed phrase with what it says."""

    index: PhraseIndex
    """Finds the phrases of `weights` and the silent ones."""
    weights: Mapping[str, tuple[tuple[Kind, float], ...]]
    """For each phrase, the kinds it speaks for and how strongly."""
    off_topic: PhraseIndex
    """Phrases of other trades; they speak only where nothing is said about AI."""
    off_topic_weight: float
    """How strongly each of them speaks for `other`."""
    about_ai: PhraseIndex
    """Phrases that show a text to be about AI."""
    unnamed: PhraseIndex
    """Phrases of work on alignment that name no line of work."""
    unnamed_weight: float
    """How strongly such work speaks for `other`."""


@cache
def kind_words() -> KindWords:
    """The phrases of `kind_words.toml`."""
    table = tomllib.loads((files("custodes.efforts") / "kind_words.toml").read_text("utf-8"))
    weights: dict[str, tuple[tuple[Kind, float], ...]] = {}
    for kind in KINDS:
        for weight, phrases in table[kind].items():
            for phrase in phrases:
                weights[phrase] = (*weights.get(phrase, ()), (kind, float(weight)))
    return KindWords(
        index=PhraseIndex((*weights, *table["silent"]["phrases"])),
        weights=weights,
        off_topic=PhraseIndex(table["off_topic"]["phrases"]),
        off_topic_weight=float(table["off_topic"]["weight"]),
        about_ai=PhraseIndex(table["about_ai"]["phrases"]),
        unnamed=PhraseIndex(table["unnamed_line"]["phrases"]),
        unnamed_weight=float(table["unnamed_line"]["weight"]),
    )
