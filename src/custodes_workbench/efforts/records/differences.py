"""What changed between two revisions, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from custodes.efforts import Effort as EffortRecord
from custodes_workbench.efforts.records.explanation import (
    ONCE,
    PROBLEMS_ASKED,
    QUESTIONS_OF_A_CLAIM,
    Explanation,
)

_WORDS = re.compile(r"\s+|[^\s]+")
_SAID_IN_RECORD = {
    "title": "Title",
    "description": "What is to be done",
    "applicant": "Applicant",
    "kind": "Kind",
    "cost": "Cost",
    "currency": "Currency",
    "start": "Start",
    "hazards": "Hazards",
    "target_system": "System",
    "definition_of_alignment": "Definition of alignment",
    "scales_to_future": "Holds for more capable systems",
    "principal": "Principal",
    "dual_use": "Dual use",
    "explanation": "Explanation",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    state: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed."""

    label: str
    pieces: tuple[Piece, ...]


def differences(
    before: tuple[EffortRecord, Explanation], after: tuple[EffortRecord, Explanation]
) -> tuple[Difference, ...]:
    """Every field that changed between two revisions, in the order of the form.

    Args:
        before: What the earlier one says.
        after: What the later one says.
    """
    old, new = _fields(*before), _fields(*after)
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Difference(name, _pieces(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def _fields(record: EffortRecord, explanation: Explanation) -> dict[str, str]:
    told = {label: _told(getattr(record, name)) for name, label in _SAID_IN_RECORD.items()}
    for claim in explanation.claims:
        for asked in QUESTIONS_OF_A_CLAIM:
            told[f"Claim {claim.id}: {asked.label}"] = str(getattr(claim, asked.name))
    for asked in ONCE:
        if asked.name in Explanation.model_fields:
            told[asked.label] = str(getattr(explanation, asked.name))
    for problem, (raises, mitigated) in PROBLEMS_ASKED:
        told[f"{problem.title}: {raises.label}"] = explanation.raises.get(problem.name, "")
        told[f"{problem.title}: {mitigated.label}"] = explanation.mitigated.get(problem.name, "")
    return told


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    numbers = getattr(value, "numbers", None)
    if numbers is None:
        return str(value)
    low, middle, high = numbers
    return f"{middle:,g}" if low == high else f"{low:,g} / {middle:,g} / {high:,g}"


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    one, two = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        gone, come = "".join(one[a:b]), "".join(two[c:d])
        if kind == "equal":
            pieces.append(Piece("same", gone))
            continue
        if gone:
            pieces.append(Piece("removed", gone))
        if come:
            pieces.append(Piece("added", come))
    return tuple(pieces)
