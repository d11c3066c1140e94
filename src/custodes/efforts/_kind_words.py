"""The weighted phrases by which a kind is suggested, read once from `kind_words.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, get_args

from custodes.efforts._kinds import Kind
from custodes.efforts._phrases import PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, eq=False)
class KindWords:
    """Every listed phrase with what it says."""

    index: PhraseIndex
    """Finds the phrases of `weights`, where no silent phrase hides them."""
    weights: Mapping[str, tuple[tuple[Kind, float], ...]]
    """For each phrase, the kinds it speaks for and how strongly."""
    off_topic: PhraseIndex
    """Phrases of other trades; they speak only where nothing is said about AI."""
    off_topic_weight: float
    """How strongly each of them speaks for `other`."""
    about_ai: PhraseIndex
    """Phrases that show a text to be about AI."""
    standing: PhraseIndex
    """Phrases of what a person is or is given (a doctorate, a mentor, a prize)."""
    standing_weight: float
    """How strongly each of them speaks for `field_building` where no subject is named."""
    group: PhraseIndex
    """Phrases of a group of people who do research."""
    group_weight: float
    """How strongly each of them speaks for `broad_programme` beside `unnamed`."""
    unnamed: PhraseIndex
    """Phrases of work on alignment that name no line of work."""
    unnamed_weight: float
    """How strongly such work speaks for `other`."""


@cache
def kind_words() -> KindWords:
    """The phrases of `kind_words.toml`."""
    table = tomllib.loads((files("custodes.efforts") / "kind_words.toml").read_text("utf-8"))
    weights: dict[str, tuple[tuple[Kind, float], ...]] = {}
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        for weight, phrases in table[kind].items():
            for phrase in phrases:
                weights[phrase] = (*weights.get(phrase, ()), (kind, float(weight)))
    return KindWords(
        index=PhraseIndex(weights, silent=table["silent"]["phrases"]),
        weights=weights,
        off_topic=PhraseIndex(table["off_topic"]["phrases"]),
        off_topic_weight=float(table["off_topic"]["weight"]),
        about_ai=PhraseIndex(table["about_ai"]["phrases"]),
        standing=PhraseIndex(table["standing"]["phrases"]),
        standing_weight=float(table["standing"]["weight"]),
        group=PhraseIndex(table["group"]["phrases"]),
        group_weight=float(table["group"]["weight"]),
        unnamed=PhraseIndex(table["unnamed_line"]["phrases"]),
        unnamed_weight=float(table["unnamed_line"]["weight"]),
    )
