"""Reads of a panel's answers by letter, for those who may see them, and of its discussion."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from custodes.judgements import Judgement
from custodes_workbench.access import Act, Relation, Role, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Assignment, Comment
from custodes_workbench.judgements.records import judgement_of
from custodes_workbench.judgements.selectors.counted import counted_answers
from custodes_workbench.judgements.selectors.own import facts_of_judge
from custodes_workbench.people.models import User
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import Reader, not_rolled_back

_SEE_EACH = frozenset(
    {Role.OFFICER, Role.LEAD_OFFICER, Role.AUDITOR, Role.DECISION_MAKER, Role.ANALYST}
)
"""Roles that see each answer wherever they see answers at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAnswer:
    """What one expert answered to one question, by letter."""

    letter: str
    is_own: bool
    first: Judgement | None
    """Before the discussion."""
    revised: Judgement | None
    """After it."""

    @property
    def rounds(self) -> tuple[Judgement, ...]:
        """The answers that there are, the first one first."""
        return tuple(each for each in (self.first, self.revised) if each is not None)


def sees_each_answer(reader: Reader, effort: Effort) -> bool:
    """Whether a reader sees single answers, and not their pool alone.

    Where a round publishes pools only, the public, applicants and red-teamers see no more.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    facts = facts_of_judge(reader, effort)
    if not decide(Act.SEE_ANSWERS, facts):
        return False
    judge = facts.relation is Relation.ASSIGNED and Role.EXPERT in facts.roles
    if facts.roles & _SEE_EACH or (judge and facts.own_handed_in):
        return True
    return settings_of(effort.round).judgement.published_answers == "pseudonym"


def panel_answers(reader: Reader, effort: Effort, quantity: str) -> tuple[PanelAnswer, ...]:
    """The panel's answers to a question, in an order of this reader and question alone.

    Args:
        reader: Signed in or not.
        effort: The effort.
        quantity: The question's name.
    """
    if not sees_each_answer(reader, effort):
        return ()
    letters = _letters(effort)
    given: dict[str, dict[int, Judgement]] = {}
    for row in counted_answers(effort.round, effort=effort.pk):
        if row.quantity == quantity and row.member_id in letters:
            letter = letters[row.member_id]
            record = judgement_of(row, expert=letter)
            given.setdefault(letter, {})[row.answer_round] = record
    own = own_letter(reader, effort)
    return tuple(
        PanelAnswer(
            letter=letter,
            is_own=letter == own,
            first=given[letter].get(1),
            revised=given[letter].get(2),
        )
        for letter in sorted(given, key=lambda each: _place(reader, effort, quantity, each))
    )


def questions_answered(reader: Reader, effort: Effort) -> frozenset[str]:
    """The quantities to which a reader sees answers.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    if not sees_each_answer(reader, effort):
        return frozenset()
    return frozenset(row.quantity for row in counted_answers(effort.round, effort=effort.pk))


def own_letter(reader: Reader, effort: Effort) -> str:
    """The reader's own letter; empty for who is not on the panel."""
    if not isinstance(reader, User):
        return ""
    found = Assignment.objects.filter(member__person=reader, effort=effort).first()
    return found.letter if found else ""


def comments_visible_to(reader: Reader, effort: Effort, about: str = "") -> QuerySet[Comment]:
    """What was said about an effort, oldest first.

    Args:
        reader: Signed in or not.
        effort: The effort.
        about: A quantity's name or `claim:ID`; empty for everything.
    """
    rows = Comment.objects.filter(effort=effort).select_related("assignment")
    if not decide(Act.SEE_DISCUSSION, facts_of_judge(reader, effort)):
        return rows.none()
    rows = rows.filter(not_rolled_back(effort.round, "at"))
    return rows.filter(about=about) if about else rows


def _letters(effort: Effort) -> dict[int, str]:
    """The letter by member; the id of the folder that a round was read from is not shown."""
    rows = Assignment.objects.filter(effort=effort)
    return dict(rows.values_list("member_id", "letter"))


def _place(reader: Reader, effort: Effort, quantity: str, letter: str) -> str:
    """Random, and the same at every reading: no order tells who answered first."""
    told = f"{reader.pk}|{effort.pk}|{quantity}|{letter}"
    return salted_hmac("custodes order of answers", told).hexdigest()
