"""What an expert's own numbers say while they are typed; nothing of anybody else goes in."""

from __future__ import annotations

from dataclasses import dataclass

from custodes.assessment import Summary, assess
from custodes.judgements import Feedback, Judgement, feedback_on
from custodes.quantities import Quantity
from custodes.reports import Figure, answer_figure
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.records import ASKED, all_forms, judgement_of
from custodes_workbench.judgements.selectors.own import own_answers
from custodes_workbench.judgements.selectors.pooled import round_of_one
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import Reader

SAMPLES = 256
"""Draws behind the effect on the net: enough for a sign, in a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Net:
    """The effort's net risk under one worldview, from the writer's own answers."""

    worldview: str
    summary: Summary
    p_raises_risk: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What an answer says: said back, drawn, and carried through to the net."""

    forms: tuple[tuple[str, tuple[str, ...]], ...]
    """What each number is called, with its forms."""
    figure: Figure
    feedback: Feedback
    nets: tuple[Net, ...]
    answers: int
    """Own answers behind the nets; the reference class stands for the rest."""


def picture_of(
    reader: Reader, effort: Effort, quantity: Quantity, *, answer: Judgement
) -> Picture | None:
    """The picture of an answer as it is typed; none where the expert abstains.

    Args:
        reader: Whose answer it is.
        effort: The effort.
        quantity: What was asked.
        answer: As read from what was typed.
    """
    amount = answer.amount
    if amount is None:
        return None
    shape = settings_of(effort.round).judgement.shape
    own = _own_with(reader, effort, answer)
    found = assess(
        round_of_one(effort, own), samples=SAMPLES, conditions={effort.effort_id: ()}
    ).record.efforts[0]
    names = ("Lowest (p05)", "Best (p50)", "Highest (p95)")
    return Picture(
        forms=tuple(
            (name, all_forms(value, quantity))
            for name, value in zip(names, amount.numbers, strict=True)
        ),
        figure=answer_figure(amount, quantity, shape=shape),
        feedback=feedback_on(amount, quantity, shape=shape),
        nets=tuple(
            Net(name, each.before.net, each.before.p_raises_risk)
            for name, each in found.worldviews.items()
        ),
        answers=len(own),
    )


def _own_with(reader: Reader, effort: Effort, answer: Judgement) -> list[Judgement]:
    """The writer's last answers to the other questions, and this one."""
    last: dict[str, Judgement] = {}
    rows = own_answers(reader, effort)
    for (name, _), row in sorted(rows.items(), key=lambda each: each[0][1]):
        if name in ASKED and name != answer.quantity:
            last[name] = judgement_of(row, expert="own")
    last[answer.quantity] = answer
    return [each.model_copy(update={"round": 1}) for each in last.values()]
