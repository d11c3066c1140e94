"""Which question, about which effort, to which expert is worth most, and what it could change.

Source: judgement-and-choice.md 6.
"""

from __future__ import annotations

from importlib.metadata import version

from custodes import catalogue
from custodes.assessment import Assessment
from custodes.errors import Fault, InputError
from custodes.questions._decisions import Decisions, Progress, decisions_of
from custodes.questions._record import EffortValue, Question, QuestionsRecord, UnderBudget
from custodes.questions._regression import DEGREES, DRAWS_A_COLUMN
from custodes.questions._values import Row, Values
from custodes.questions._whom import Panel

UNITS = {
    "risk": "probability of a large-scale catastrophe by the horizon",
    "social-value": "catastrophes, social value",
}
"""Unit of every value, by what decides."""


def ask(
    assessment: Assessment,
    *,
    worldview: str | None = None,
    progress: Progress | None = None,
) -> QuestionsRecord:
    """What it would be worth to know each uncertain quantity before deciding under the budget.

    Args:
        assessment: As `assess` gives it.
        worldview: The worldview to decide under; the round's first otherwise.
        progress: Told efforts done and in all.

    Returns:
        Questions, largest value first; those that cannot be told apart from 0 last.

    Raises:
        InputError: There is no such worldview, or too few draws.
    """
    record = assessment.record
    view = record.round.worldviews[0] if worldview is None else worldview
    faults = _faults(assessment, view)
    if faults:
        raise InputError(faults)
    decisions = decisions_of(assessment, worldview=view, progress=progress or _silent)
    values = Values(decisions, seed=record.seed)
    panel = Panel(assessment.round_)
    return QuestionsRecord(
        library_version=version("custodes"),
        seed=record.seed,
        samples=record.samples,
        inputs_sha256=record.inputs_sha256,
        worldview=view,
        verdict=record.round.verdict,
        unit=UNITS[record.round.verdict],
        budget=record.round.budget,
        currency=record.round.currency,
        price_per_million=decisions.price * 1e6,
        evpi=decisions.evpi,
        evpi_basis="money divisible" if decisions.price > 0 else "no budget binds",
        efforts=_effort_values(values),
        questions=tuple(_question(row, decisions, panel) for row in values.rows()),
    )


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _faults(assessment: Assessment, worldview: str) -> list[Fault]:
    record = assessment.record
    faults: list[Fault] = []
    known = tuple(each.name for each in assessment.round_.worldviews)
    if worldview not in known or worldview not in record.round.worldviews:
        faults.append(
            Fault(
                message=f"{worldview!r} is not a worldview of this round",
                cure=catalogue.nearest(worldview, known),
            )
        )
    least = (DEGREES[1] + 1) * DRAWS_A_COLUMN
    if record.samples < least:
        faults.append(
            Fault(
                message=f"{record.samples} draws are too few to tell what a question is worth",
                cure=f"draw {1 << (least - 1).bit_length()} or more",
                field="samples",
            )
        )
    return faults


def _question(row: Row, decisions: Decisions, panel: Panel) -> Question:
    quantity = catalogue.QUANTITIES[row.quantity]
    estimate = row.estimate
    asked = panel.candidates(row.subject, row.quantity) if estimate.is_distinguishable else ()
    answered = 0
    if row.choice is not None:
        answered = row.choice.stake.assessed.quantities[row.quantity].experts
    basis = "worldview" if row.subject.startswith("world:") else "reference class"
    return Question(
        effort=row.subject,
        quantity=row.quantity,
        question=quantity.question,
        unit=quantity.unit,
        basis="judged" if answered else basis,
        answered_by=answered,
        experts=tuple(each.expert for each in asked),
        expert_reasons=tuple(each.reason for each in asked),
        evppi=estimate.evppi,
        standard_error=estimate.standard_error,
        noise_floor=estimate.floor_p95,
        distinguishable=estimate.is_distinguishable,
        under_budget=_under_budget(row, decisions),
        decides=row.decides,
        wins_now=None if row.choice is None else row.choice.wins_now,
    )


def _under_budget(row: Row, decisions: Decisions) -> UnderBudget:
    if decisions.price == 0:
        return "no budget binds"
    return "exact" if row.choice is not None and decisions.is_exact else "approximate"


def _effort_values(values: Values) -> tuple[EffortValue, ...]:
    rows: list[EffortValue] = []
    for each in values.decisions.choices:
        id_ = str(each.stake.assessed.id)
        rows.append(
            EffortValue(
                effort=id_,
                wins_now=each.wins_now,
                evpi=values.gaps[id_].evpi if id_ in values.gaps else 0.0,
                evpi_all_options=each.evpi_all_options,
                left_out=each.left_out,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.evpi, row.effort)))
