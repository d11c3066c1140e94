"""Which kind an effort seems to be of, from its own words, and which words said so.

A suggestion saves a person the first look through sixteen kinds; it never replaces the second
look, so whoever uses one marks the effort's kind as suggested. Weighted phrases were chosen over
a trained model because a reader can see, word by word, why a kind was proposed, and argue.

Source of phrases, weights and constants: our assumption (`kind_words.toml`); measured by
`benchmarks/bench_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 (pydantic reads the annotations)
from typing import Literal, NamedTuple

from custodes.efforts._kind_words import kind_words
from custodes.efforts._kinds import KINDS, Kind
from custodes.efforts._phrases import Hit, PhraseIndex, Token, tokens_of
from custodes.records import Record

FIRST_CHARACTERS = 20_000
"""How much of each field is read; what an effort is stands near the beginning."""

TITLE_FACTOR = 1.5
"""A word in a title counts for so much more than one in the description beside it."""

LATER_FACTOR = 0.6
"""The second word of a kind counts for this share, the third for its square, and so on.

One telling word thus outweighs many vague ones, and a text does not win by its length.
"""

ENOUGH = 2.0
"""Points below which nothing is suggested."""

PURPOSE_KINDS = ("field_building", "other")
"""Kinds that say what the money does, where the others say about what."""

PURPOSE_WEIGHT = 7.0
"""Weight from which a word of a purpose kind says what the money is for."""

SUBJECT_SHARE = 0.5
"""What is left of a subject's points when it is only learnt, met or told about."""

CLEAR, LIKELY = 0.4, 0.15
"""Margins from which a suggestion is called clear, and likely."""


class SpokenWord(Record):
    """A word or phrase of the text that spoke for a kind."""

    text: str
    """As it stands in the text."""
    kind: Kind
    """The kind it speaks for."""
    weight: float
    """How strongly, in points: 1 is a hint, 3 says it, 6 is near certain; more in a title."""
    place: Literal["title", "description"]
    """Where it stands."""


class KindSuggestion(Record):
    """A kind proposed from the words of a text, with the reason; never a fact."""

    kind: Kind | None
    """The proposed kind; none where the text says too little."""
    runner_up: Kind | None
    """The kind that came second, if a word spoke for one."""
    margin: float
    """Lead over the runner-up as a share of the points of the first, from 0 to 1."""
    confidence: Literal["clear", "likely", "close", "none"]
    """The margin in a word; `close` asks a person to weigh both kinds."""
    words: tuple[SpokenWord, ...]
    """Words for the proposed kind, strongest first."""
    runner_up_words: tuple[SpokenWord, ...]
    """Words for the runner-up, strongest first."""
    why: str
    """The reason, in a sentence or two that a person can argue with."""


class _Field(NamedTuple):
    place: Literal["title", "description"]
    text: str
    tokens: tuple[Token, ...]
    factor: float


def suggest_kind(title: str, description: str = "") -> KindSuggestion:
    """Propose a kind for an effort from its title and description.

    Args:
        title: What the effort is called; may be empty.
        description: What is to be done; only the first `FIRST_CHARACTERS` are read.

    Returns:
        The proposal; its `kind` is none where nothing in the text speaks for one.
    """
    fields = _fields(title, description)
    words = _spoken_words(fields)
    points = {kind: _points(words[kind]) for kind in KINDS if words[kind]}
    purpose = _purpose(words, points)
    if purpose is not None:
        points = {
            kind: value if kind in PURPOSE_KINDS else value * SUBJECT_SHARE
            for kind, value in points.items()
        }
    order = sorted(points, key=lambda kind: -points[kind])
    if not order or points[order[0]] < ENOUGH:
        return _without_a_line(fields)
    first = order[0]
    second = order[1] if len(order) > 1 else None
    margin = 1 - points[second] / points[first] if second else 1.0
    return KindSuggestion(
        kind=first,
        runner_up=second,
        margin=margin,
        confidence="clear" if margin >= CLEAR else "likely" if margin >= LIKELY else "close",
        words=words[first],
        runner_up_words=words[second] if second else (),
        why=_why(first, second, words, margin=margin, purpose=purpose),
    )


def _fields(title: str, description: str) -> tuple[_Field, ...]:
    title, description = title[:FIRST_CHARACTERS], description[:FIRST_CHARACTERS]
    described = tokens_of(description)
    return (
        _Field("title", title, tokens_of(title), TITLE_FACTOR if described else 1.0),
        _Field("description", description, described, 1.0),
    )


def _spoken_words(fields: Sequence[_Field]) -> dict[Kind, tuple[SpokenWord, ...]]:
    """For each kind its words, each phrase once, strongest first."""
    listed = kind_words()
    best: dict[tuple[Kind, str], SpokenWord] = {}
    for field in fields:
        for hit in listed.index.hits(field.tokens):
            for kind, weight in listed.weights.get(hit.phrase, ()):
                spoken = _spoken(field, hit, kind, weight)
                known = best.get((kind, hit.phrase))
                if known is None or known.weight < spoken.weight:
                    best[kind, hit.phrase] = spoken
    if not _any(listed.about_ai, fields):
        for field in fields:
            for hit in listed.off_topic.hits(field.tokens):
                best["other", hit.phrase] = _spoken(
                    field, hit, "other", listed.off_topic_weight
                )
    return {
        kind: tuple(
            sorted(
                (word for (owner, _), word in best.items() if owner == kind),
                key=lambda word: -word.weight,
            )
        )
        for kind in KINDS
    }  # pyright: ignore


def _spoken(field: _Field, hit: Hit, kind: Kind, weight: float) -> SpokenWord:
    text = field.text[field.tokens[hit.first].start : field.tokens[hit.last].end]
    return SpokenWord(text=text, kind=kind, weight=weight * field.factor, place=field.place)


def _any(index: PhraseIndex, fields: Sequence[_Field]) -> bool:
    return any(index.hits(field.tokens) for field in fields)


def _points(words: Sequence[SpokenWord]) -> float:
    return sum(word.weight * LATER_FACTOR**rank for rank, word in enumerate(words))


def _purpose(words, points):
    strong = [
        kind for kind in PURPOSE_KINDS if words[kind] and words[kind][0].weight >= PURPOSE_WEIGHT
    ]
    return max(strong, key=lambda kind: points[kind], default=None)


def _without_a_line(fields: Sequence[_Field]) -> KindSuggestion:
    listed = kind_words()
    words = tuple(
        _spoken(field, hit, "other", listed.unnamed_weight)
        for field in fields
        for hit in listed.unnamed.hits(field.tokens)
    )
    return KindSuggestion(
        kind="other" if words else None,
        runner_up=None,
        margin=0.0,
        confidence="close" if words else "none",
        words=words,
        runner_up_words=(),
        why="x",
    )


def _why(first, second, words, *, margin, purpose):
    return "x"
