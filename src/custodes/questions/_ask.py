"""Which question, about which effort, to which expert is worth most, and what it could change.

Source: docs/explanation/questions.md.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Literal

from custodes import catalogue
from custodes.assessment import Assessment
from custodes.errors import Fault, InputError
from custodes.questions._answers import (
    COST_IN_USD,
    NOT_WORKED_OUT,
    QUESTIONS,
    Answer,
    Answers,
    chosen_again,
)
from custodes.questions._decisions import Decisions, Progress, decisions_of
from custodes.questions._drivers import drivers_of
from custodes.questions._groups import groups_of
from custodes.questions._look import NOT_LOOKED, Looks
from custodes.questions._portfolio import VALUES
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
    cost_of_answer: float | None = None,
    progress: Progress | None = None,
) -> QuestionsRecord:
    """What it would be worth to know each uncertain quantity before deciding under the budget.

    Args:
        assessment: As `assess` gives it.
        worldview: The worldview to decide under; the round's first otherwise.
        cost_of_answer: What one answer of one expert costs, in the round's currency; 500 USD
            otherwise, which is our assumption.
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
    values = Values(decisions, decisions.choices, seed=record.seed)
    unlimited = Values(decisions, decisions.without_limit, seed=record.seed)
    looks = Looks(decisions, assessment.round_)
    cost = (
        COST_IN_USD / assessment.round_.usd_per_unit if cost_of_answer is None else cost_of_answer
    )
    answers = Answers(values, looks.draws_of, cost)
    told = _Telling(decisions, Panel(assessment.round_), unlimited, looks, answers)
    rows = chosen_again(values.rows(), values)
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
        efforts=_effort_values(values, unlimited),
        questions=tuple(told.question(row, place) for place, row in enumerate(rows)),
        groups=groups_of(values, unlimited, draws_of=looks.draws_of),
        drivers=drivers_of(
            values, unlimited, draws_of=looks.draws_of, worldviews=record.round.worldviews
        ),
        cost_of_answer=cost,
        values_chosen_again=VALUES if decisions.price > 0 else 0,
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


class _Telling:
    """Rows of numbers into questions for people, the most valuable first."""

    def __init__(
        self,
        decisions: Decisions,
        panel: Panel,
        unlimited: Values,
        looks: Looks,
        answers: Answers,
    ) -> None:
        self.decisions = decisions
        self.answers = answers
        self.panel = panel
        self.looks = looks
        self.unlimited = {(row.subject, row.quantity): row for row in unlimited.rows()}

    def question(self, row: Row, place: int) -> Question:
        """The question at a place of the list; the first are looked at more closely."""
        name = row.quantity
        quantity = catalogue.CORRECTION_QUANTITIES.get(name) or catalogue.QUANTITIES[name]
        estimate = row.estimate
        beyond = self.unlimited[row.subject, row.quantity]
        worth_asking = estimate.is_distinguishable or beyond.estimate.is_distinguishable
        asked = self.panel.candidates(row.subject, row.quantity) if worth_asking else ()
        seen = beyond if not estimate.is_distinguishable else row
        look = self.looks.at(seen) if worth_asking and seen.choice is not None else NOT_LOOKED
        answer = self._answer(row, place)
        answered = 0
        if row.choice is not None:
            answered = row.choice.stake.assessed.quantities[row.quantity].experts
        basis: Literal["worldview", "reference class"] = (
            "worldview" if row.subject.startswith("world:") else "reference class"
        )
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
            evppi_all_options=beyond.estimate.evppi,
            all_options_standard_error=beyond.estimate.standard_error,
            all_options_distinguishable=beyond.estimate.is_distinguishable,
            under_budget=_under_budget(row, self.decisions),
            decides=seen.decides,
            wins_now=None if row.choice is None else row.choice.wins_now,
            flips=look.flips,
            p_cap_flips=look.p_cap_flips,
            share_between=look.share_between,
            changes=answer.changes,
            evsi_of_experts=answer.evsi_of_experts,
            best_experts=answer.best_experts,
            evppi_at_fixed_price=row.at_fixed_price,
        )

    def _answer(self, row: Row, place: int) -> Answer:
        if row.estimate.is_distinguishable and place < QUESTIONS:
            return self.answers.to(row)
        return NOT_WORKED_OUT


def _under_budget(row: Row, decisions: Decisions) -> UnderBudget:
    if decisions.price == 0:
        return "no budget binds"
    if row.choice is None:
        return "approximate" if row.at_fixed_price is None else "exact"
    return "exact" if decisions.is_exact else "approximate"


def _effort_values(values: Values, unlimited: Values) -> tuple[EffortValue, ...]:
    rows = [
        EffortValue(
            effort=each.stake.assessed.id,
            wins_now=each.wins_now,
            evpi=values.evpi_of(each.stake.assessed.id),
            evpi_all_options=unlimited.evpi_of(each.stake.assessed.id),
            left_out=each.left_out,
        )
        for each in values.decisions.choices
    ]
    return tuple(sorted(rows, key=lambda row: (-row.evpi, row.effort)))
