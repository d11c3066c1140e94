"""Which kind an effort seems to be of, from its own words, and which words said so.

A suggestion saves a person the first look through sixteen kinds; it never replaces the second
look, so whoever uses one marks the effort's kind as suggested. Weighted phrases were chosen over
a trained model because a reader can see, word by word, why a kind was proposed, and argue.

Source of phrases, weights and constants: our assumption (`kind_words.toml`); measured by
`benchmarks/bench_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from custodes.efforts._kind_words import kind_words
from custodes.efforts._kinds import KINDS, Kind
from custodes.efforts._phrases import Hit, PhraseIndex, Token, tokens_of
from custodes.records import Record

Confidence = Literal["clear", "likely", "close", "none"]
"""How far ahead a suggestion is, in a word."""

FIRST_CHARACTERS = 20_000
"""How much of each field is read; what an effort is stands near the beginning."""

TITLE_FACTOR = 1.5
"""A word in a title counts for so much more than one in the description beside it."""

LATER_FACTOR = 0.6
"""The second word of a kind counts for this share, the third for its square, and so on.

One telling word thus outweighs many vague ones, and a text does not win by its length.
"""

ENOUGH = 2.5
"""Points below which nothing is suggested."""

PURPOSE_KINDS: tuple[Kind, ...] = ("field_building", "other")
"""Kinds that say what the money does, where the others say about what."""

PURPOSE_WEIGHT = 7.0
"""Weight from which a word of a purpose kind says what the money is for."""

SUBJECT_SHARE = 0.5
"""What is left of a subject's points when it is only learnt, met or told about."""

SHOWN = 3
"""Words quoted in a reason."""

SUBJECT_WEIGHT = 5.0
"""Weight from which a word names a subject."""

SEVERAL = 3
"""Subjects from which a group or a call is a broad programme (the guide's "several lines")."""

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
    confidence: Confidence
    """The margin in a word; `close` asks a person to weigh both kinds."""
    words: tuple[SpokenWord, ...]
    """Words for the proposed kind, strongest first."""
    runner_up_words: tuple[SpokenWord, ...]
    """Words for the runner-up, strongest first."""
    why: str
    """The reason, in a sentence or two that a person can argue with."""


class _Spoken(NamedTuple):
    word: SpokenWord
    hit: Hit


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
    subjects = _subjects(words)
    group = _said_of_a_group(fields)
    if len(subjects) >= SEVERAL and group:
        named = ", ".join(subjects)
        return _weak(group, f"{_said(group)} speaks of a group or a call, and it names {named}.")
    points, purpose = _weighed(words)
    order: list[Kind] = sorted(points, key=lambda kind: (-points[kind], KINDS.index(kind)))
    if not order or points[order[0]] < ENOUGH:
        return _without_a_subject(fields)
    first, second = order[0], order[1] if len(order) > 1 else None
    margin = 1 - points[second] / points[first] if second else 1.0
    confidence = _confidence(margin)
    return KindSuggestion(
        kind=first,
        runner_up=second,
        margin=margin,
        confidence=confidence,
        words=words[first],
        runner_up_words=words[second] if second else (),
        why=_why(words[first], purpose=purpose, rival=second if confidence == "close" else None),
    )


def _confidence(margin: float) -> Confidence:
    if margin >= CLEAR:
        return "clear"
    return "likely" if margin >= LIKELY else "close"


def _fields(title: str, description: str) -> tuple[_Field, ...]:
    title, description = title[:FIRST_CHARACTERS], description[:FIRST_CHARACTERS]
    described = tokens_of(description)
    return (
        _Field("title", title, tokens_of(title), TITLE_FACTOR if described else 1.0),
        _Field("description", description, described, 1.0),
    )


def _spoken_words(fields: Sequence[_Field]) -> dict[Kind, tuple[SpokenWord, ...]]:
    """For each kind that is spoken for: its words, each word of the text once."""
    listed = kind_words()
    found: dict[Kind, list[_Spoken]] = {}
    for field in fields:
        for hit in listed.index.hits(field.tokens):
            for kind, weight in listed.weights.get(hit.phrase, ()):
                found.setdefault(kind, []).append(_spoken(field, hit, kind, weight))
    if not _found(listed.about_ai, fields, "other", 0):
        off_topic = _found(listed.off_topic, fields, "other", listed.off_topic_weight)
        found.setdefault("other", []).extend(off_topic)
    return {kind: _once(spoken) for kind, spoken in found.items() if spoken}


def _once(found: Sequence[_Spoken]) -> tuple[SpokenWord, ...]:
    """Without phrases said before, or that share words with a stronger one; strongest first."""
    kept: list[_Spoken] = []
    for one in sorted(found, key=lambda spoken: -spoken.word.weight):
        if all(
            one.hit.phrase != other.hit.phrase
            and (
                one.word.place != other.word.place
                or one.hit.last < other.hit.first
                or one.hit.first > other.hit.last
            )
            for other in kept
        ):
            kept.append(one)
    return tuple(spoken.word for spoken in kept)


def _found(
    index: PhraseIndex, fields: Sequence[_Field], kind: Kind, weight: float
) -> tuple[_Spoken, ...]:
    return tuple(
        _spoken(field, hit, kind, weight) for field in fields for hit in index.hits(field.tokens)
    )


def _spoken(field: _Field, hit: Hit, kind: Kind, weight: float) -> _Spoken:
    text = field.text[field.tokens[hit.first].start : field.tokens[hit.last].end]
    weight = weight * field.factor
    return _Spoken(SpokenWord(text=text, kind=kind, weight=weight, place=field.place), hit)


def _subjects(words: Mapping[Kind, Sequence[SpokenWord]]) -> tuple[Kind, ...]:
    """Kinds of research that are named outright."""
    apart: tuple[Kind, ...] = (*PURPOSE_KINDS, "broad_programme")
    return tuple(
        kind
        for kind in words
        if kind not in apart and any(word.weight >= SUBJECT_WEIGHT for word in words[kind])
    )


def _said_of_a_group(fields: Sequence[_Field]) -> tuple[SpokenWord, ...]:
    listed = kind_words()
    return _once(_found(listed.group, fields, "broad_programme", listed.group_weight))


def _weighed(words: Mapping[Kind, Sequence[SpokenWord]]) -> tuple[dict[Kind, float], Kind | None]:
    """Points of every kind that is spoken for, and the kind that says what the money is for."""
    points: dict[Kind, float] = {kind: _points(spoken) for kind, spoken in words.items()}
    said: list[Kind] = [
        kind
        for kind in PURPOSE_KINDS
        if kind in words and any(word.weight >= PURPOSE_WEIGHT for word in words[kind])
    ]
    if not said:
        return points, None
    for kind in points:
        if kind not in PURPOSE_KINDS:
            points[kind] *= SUBJECT_SHARE
    return points, max(said, key=lambda kind: points[kind])


def _points(words: Sequence[SpokenWord]) -> float:
    return sum(word.weight * LATER_FACTOR**rank for rank, word in enumerate(words))


def _without_a_subject(fields: Sequence[_Field]) -> KindSuggestion:
    """What is left to say of a text in which no kind is named strongly enough."""
    listed = kind_words()
    unnamed = _once(_found(listed.unnamed, fields, "other", listed.unnamed_weight))
    group = _said_of_a_group(fields)
    standing = _once(_found(listed.standing, fields, "field_building", listed.standing_weight))
    if unnamed and group:
        return _weak(group, f"{_said(group)} speaks of a group, and it names no one line of work.")
    if unnamed:
        return _weak(
            unnamed, f"{_said(unnamed)} speaks of alignment, and no line of work is named."
        )
    if standing:
        return _weak(standing, f"{_said(standing)} speaks of a person, and no subject is named.")
    return _weak((), "No word of the text speaks for a kind: a person has to choose one.")


def _weak(words: tuple[SpokenWord, ...], why: str) -> KindSuggestion:
    return KindSuggestion(
        kind=words[0].kind if words else None,
        runner_up=None,
        margin=0.0,
        confidence="close" if words else "none",
        words=words,
        runner_up_words=(),
        why=why,
    )


def _why(words: Sequence[SpokenWord], *, purpose: Kind | None, rival: Kind | None) -> str:
    kind = words[0].kind
    why = f"{_said(words)} speaks for {kind}."
    if purpose == kind:
        why += " What the money does counts for more than the subject it is about."
    if rival is not None:
        why += f" It could as well be {rival}: read both definitions."
    return why


def _said(words: Sequence[SpokenWord]) -> str:
    shown = tuple(dict.fromkeys(f'"{word.text}"' for word in words))[:SHOWN]
    return ", ".join(shown)
