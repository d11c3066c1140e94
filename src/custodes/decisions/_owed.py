"""What challenges still ask of a decision to support, by the rule of `challenges.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from custodes.challenges import Challenge
from custodes.decisions._decision import Decision
from custodes.records import Record
from custodes.rounds import Round


class Owed(Record):
    """One challenge that support still has to deal with."""

    challenge: str
    """The challenge, by id."""
    message: str
    """What is missing, as a sentence without its full stop."""
    cure: str
    """What would do."""

    def __str__(self) -> str:
        """As it is told everywhere: the sentence and its cure."""
        return f"{self.message}: {self.cure}"


def challenges_owed(
    effort: str, round_: Round, decision: Decision | None = None
) -> tuple[Owed, ...]:
    """The challenges to an effort that stand in the way of supporting it, and what would do.

    An open one blocks unless a condition of the decision names it; one that was answered must be
    mentioned by the decision; an upheld one needs a condition that names it, or a later answer of
    the panel whose reason does. Rejected and withdrawn ones ask nothing.

    Args:
        effort: The effort, by id.
        round_: Its round, with challenges and judgements.
        decision: As it stands or as it is being written; none where there is none yet.
    """
    found = (_owed(each, round_, decision) for each in round_.challenges if each.effort == effort)
    return tuple(each for each in found if each is not None)


def _owed(challenge: Challenge, round_: Round, decision: Decision | None) -> Owed | None:
    conditioned = decision is not None and any(
        each.challenge == challenge.id for each in decision.condition
    )
    mentioned = conditioned or (decision is not None and challenge.id in decision.challenges)
    id_ = challenge.id
    if challenge.status == "open" and not conditioned:
        return Owed(
            challenge=id_,
            message=f"challenge {id_} is open",
            cure="answer it, or name it in a condition",
        )
    if challenge.status == "answered" and not mentioned:
        return Owed(
            challenge=id_,
            message=f"challenge {id_} was answered, and the decision does not mention it",
            cure="weigh it and name it in the decision",
        )
    if (
        challenge.status == "upheld"
        and not conditioned
        and not any(_answers_naming(challenge, round_))
    ):
        return Owed(
            challenge=id_,
            message=f"challenge {id_} was upheld",
            cure="name it in a condition, or let the panel change its answer and name it there",
        )
    return None


def _answers_naming(challenge: Challenge, round_: Round) -> Iterator[bool]:
    """Whether each usable answer about what is challenged names the challenge in its reason."""
    name = re.compile(rf"(?<![\w.-]){re.escape(challenge.id)}(?![\w-]|\.\w)")
    for answer in round_.judgements:
        if answer.effort == challenge.effort and answer.is_usable:
            about = not challenge.quantity or answer.quantity == challenge.quantity
            yield about and name.search(answer.reason) is not None
