"""Whom to ask: no conflict, not answered yet, the field that fits, the fewest open questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from custodes import catalogue
from custodes.efforts import Effort
from custodes.judgements import Expert, set_aside
from custodes.rounds import Round

CANDIDATES = 3
"""Experts named for each question."""
MOST_IN_ONE_SITTING = 12
"""Questions about one effort that one expert is sent (docs/explanation/questions.md)."""
_SHORTEST = 5
_STEM = 6
_COMMON = frozenset(
    (
        "with",
        "that",
        "this",
        "from",
        "their",
        "which",
        "what",
        "they",
        "more",
        "work",
        "research",
        "large",
        "model",
        "models",
        "system",
        "systems",
        "study",
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert who could be asked."""

    expert: str
    """The pseudonym."""
    reason: str
    """Why, in words."""


class Panel:
    """The experts of a round, and how many questions each was given so far."""

    def __init__(self, round_: Round) -> None:
        """The panel before any question is handed out.

        Args:
            round_: The round.
        """
        self._experts = [each for each in round_.experts if each.weight > 0]
        self._efforts = {str(each.id): each for each in round_.efforts}
        self._answered = {
            (each.effort, each.quantity, each.expert)
            for each in round_.judgements
            if each.is_usable or each.abstain in {"not_my_field", "cannot_be_known"}
        }
        self._conflicts = round_.conflicts
        self._abstained = {
            (each.effort, each.expert) for each in round_.judgements if each.abstain == "conflict"
        }
        self._load: Counter[str] = Counter()
        self._sitting: Counter[tuple[str, str]] = Counter()

    def candidates(self, subject: str, quantity: str) -> tuple[Candidate, ...]:
        """Up to three experts for a question; the first of them is given it.

        Args:
            subject: An effort's id, `system:ID` or `world:NAME`.
            quantity: The quantity's name.
        """
        if subject.startswith("world:"):
            return ()
        effort = self._efforts.get(subject)
        wanted = _words(_about(effort, quantity))
        out = set_aside(subject, self._conflicts)
        ranked: list[tuple[int, int, str, str]] = []
        for expert in self._experts:
            name = str(expert.expert)
            if (subject, quantity, name) in self._answered or name in out:
                continue
            if self._conflicted(expert, effort):
                continue
            if self._sitting[name, subject] >= MOST_IN_ONE_SITTING:
                continue
            matches = [field for field in expert.expertise if _words([field]) & wanted]
            why = f"works on {' and '.join(matches)}" if matches else "no field of theirs matches"
            load = self._load[name]
            open_ = f"; {load} more question{'' if load == 1 else 's'} here" if load else ""
            ranked.append((-len(matches), load, name, why + open_))
        ranked.sort()
        chosen = tuple(
            Candidate(expert=name, reason=why) for _, _, name, why in ranked[:CANDIDATES]
        )
        if chosen:
            self._load[chosen[0].expert] += 1
            self._sitting[chosen[0].expert, subject] += 1
        return chosen

    def _conflicted(self, expert: Expert, effort: Effort | None) -> bool:
        """Whether the expert declared a conflict, or belongs to those who would get the money."""
        if effort is None:
            return False
        name = str(expert.expert)
        if (str(effort.id), name) in self._abstained:
            return True
        interests = expert.interests.casefold()
        if str(effort.id).casefold() in interests:
            return True
        paid = [effort.applicant, effort.fiscal_sponsor, *effort.recipients]
        theirs = [_plain(each) for each in expert.affiliations if len(_plain(each)) >= _SHORTEST]
        return any(own in _plain(each) for each in paid for own in theirs)


def _about(effort: Effort | None, quantity: str) -> list[str]:
    """The texts that say which field a question is in."""
    texts = [*_MECHANISM_WORDS.get(quantity, ())]
    if effort is not None:
        texts += [effort.title, effort.kind, *effort.hazards, effort.description]
    return texts


def _mechanism_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for mechanism in catalogue.MECHANISMS.values():
        for name in mechanism.quantities:
            found.setdefault(name, []).append(mechanism.title)
    return {name: tuple(texts) for name, texts in found.items()}


_MECHANISM_WORDS = _mechanism_words()


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Beginnings of the words that say something."""
    found = re.findall(r"[^\W\d_]+", " ".join(texts).casefold())
    return frozenset(
        each[:_STEM] for each in found if len(each) >= _SHORTEST and each not in _COMMON
    )


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
