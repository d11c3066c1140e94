"""What was typed into the form of an estimate, read by the library as a row of a file is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from custodes.errors import Fault
from custodes.exchange import judgement_typed
from custodes.judgements import FLAGS, Judgement
from custodes.quantities import Quantity
from custodes_workbench.judgements.records.questions import wording

NUMBERS = ("p05", "p50", "p95")
"""The three fields of numbers."""
FIELDS = (*NUMBERS, "confidence", "abstain", "reason")
"""Every field that is kept in a draft."""
ASKED_ONCE = MappingProxyType(
    {
        "point": "The three numbers are equal. Is there no uncertainty at all?",
        "certain": "A number is exactly 0 or 1. Is that certain?",
        "wide": "The highest is more than a million times the lowest. Is that meant?",
        "narrow": "The highest is hardly above the lowest. Is that meant?",
        "unsure": "Less likely in the range than out of it. Is that meant?",
    }
)
"""What is asked about once, by flag, before an answer is taken as it is."""
_HALF = 0.5


def kept_fields(posted: Mapping[str, str]) -> dict[str, str]:
    """The form's fields as they were typed, and nothing else that was sent."""
    return {name: posted.get(name, "") for name in FIELDS}


def read_typed(
    typed: Mapping[str, str], *, effort: str, quantity: Quantity, answer_round: int
) -> tuple[Judgement | None, tuple[Fault, ...]]:
    """The answer that the fields say, and what is wrong with them, each at its field.

    Numbers that do not rise or leave the range are faults here, for the form can ask for repair;
    a file keeps them with a flag.

    Args:
        typed: As `kept_fields` gives it.
        effort: The effort's id.
        quantity: What was asked.
        answer_round: 1 blind, 2 revised.
    """
    cells = {
        "effort": effort,
        "expert": "own",
        "quantity": quantity.name,
        "round": str(answer_round),
        "wording": wording(quantity),
        **_cells(typed),
    }
    answer, faults = judgement_typed(cells)
    if answer is not None and not faults:
        faults = tuple(_repairs(answer, quantity))
    return (None if faults else answer), faults


def _cells(typed: Mapping[str, str]) -> dict[str, str]:
    """The columns that the fields fill; a range written into one field is read as such."""
    filled = {name: typed[name].strip() for name in FIELDS if typed.get(name, "").strip()}
    numbers = [name for name in NUMBERS if name in filled]
    if len(numbers) == 1 and (" to " in filled[numbers[0]] or "/" in filled[numbers[0]]):
        return {**filled, numbers[0]: "", "raw": filled[numbers[0]]}
    return filled


def _repairs(answer: Judgement, quantity: Quantity) -> list[Fault]:
    found = []
    if "order" in answer.flags:
        found.append(
            Fault(message=FLAGS["order"], cure="write lowest, best, highest rising", field="p50")
        )
    if "outside" in answer.flags:
        found.append(
            Fault(
                message=FLAGS["outside"],
                cure=f"it runs from {quantity.range_told} {quantity.unit}",
                field="p95",
            )
        )
    return found


def asked_once(answer: Judgement) -> tuple[str, ...]:
    """The flags of an answer that its author is asked about once."""
    unsure = answer.confidence is not None and answer.confidence < _HALF
    flags = (*answer.flags, *(("unsure",) if unsure else ()))
    return tuple(flag for flag in ASKED_ONCE if flag in flags)
