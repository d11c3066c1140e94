"""Answers to different wordings of one question are never pooled.

A survey that randomised three wordings got the same median from two of them and means of 17.8 and
14.5 %: pooled, the mix of wordings would pass for disagreement between people.
Source: docs/explanation/judgement.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from custodes.judgements._judgement import Judgement


def wording_of(answer: Judgement) -> str:
    """The wording that was shown; where none is named, version 1 of the quantity's question."""
    return answer.wording or f"{answer.quantity}/1"


def by_wording(answers: Iterable[Judgement]) -> Mapping[str, tuple[Judgement, ...]]:
    """Answers about one quantity by the wording that was shown; the one that is used comes first.

    Used is the wording with the most usable answers; of equal ones the first in the alphabet.
    """
    found: dict[str, list[Judgement]] = {}
    for answer in answers:
        found.setdefault(wording_of(answer), []).append(answer)
    order = sorted(found, key=lambda name: (-sum(a.is_usable for a in found[name]), name))
    return {name: tuple(found[name]) for name in order}
