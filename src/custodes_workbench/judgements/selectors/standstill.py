"""Reads for a rollback: what it would set aside, and the note that tells of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from custodes_workbench.access import SPOKEN, Role, Stage
from custodes_workbench.judgements.models import Answer, Assignment, Comment
from custodes_workbench.people.models import Membership
from custodes_workbench.rounds.models import Round, RoundStage, Standstill

FEW = 3
"""Fewer are told to the public as "fewer than three"."""
_SEE_ANSWERS = (
    Role.EXPERT,
    Role.OFFICER,
    Role.LEAD_OFFICER,
    Role.AUDITOR,
    Role.DECISION_MAKER,
    Role.ANALYST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackPlan:
    """What going back to a time sets aside; numbers of rows, no content."""

    to: dt.datetime
    """Judgements after this time are set aside."""
    answers: int
    experts: int
    """Whose answers they are."""
    efforts: int
    """That they are about."""
    handed_in: int
    """Hand-ins, of the blind or the second round, that are taken back."""
    comments: int

    def sentences(self) -> tuple[str, ...]:
        """What is done, one thing a sentence."""
        whose = f"of {_many(self.experts, 'expert')} about {_many(self.efforts, 'effort')}"
        return (
            f"{_many(self.answers, 'answer')} {whose} set aside",
            f"{_many(self.handed_in, 'hand-in')} taken back",
            f"{_many(self.comments, 'remark')} of the discussion hidden",
        )


def answers_after(round_: Round, to: dt.datetime) -> list[Answer]:
    """The answers of a round that were given after a time and still count.

    Args:
        round_: The round.
        to: The time.
    """
    rows = Answer.objects.filter(member__round=round_, at__gt=to, set_aside_because="")
    return list(rows.order_by("at", "pk"))


def plan_of_rollback(round_: Round, to: dt.datetime) -> RollbackPlan:
    """What going back to a time would set aside; only behind a ruling.

    Args:
        round_: The round.
        to: The time.
    """
    answers = answers_after(round_, to)
    seats = Assignment.objects.filter(member__round=round_)
    return RollbackPlan(
        to=to,
        answers=len(answers),
        experts=len({each.member_id for each in answers}),
        efforts=len({each.subject for each in answers}),
        handed_in=seats.filter(handed_in_at__gt=to).count()
        + seats.filter(revised_at__gt=to).count(),
        comments=Comment.objects.filter(effort__round=round_, at__gt=to).count(),
    )


def incident_note(standstill: Standstill, plan: RollbackPlan, now: dt.datetime) -> str:
    """The draft of what is kept about a breach, and of what is published about it.

    Args:
        standstill: Of the round, with the rollback that was asked for.
        plan: What it set aside.
        now: When it was carried out.
    """
    round_ = standstill.round
    stages = RoundStage.objects.filter(round=round_, opened_at__isnull=False).order_by("order")
    told = [
        f"# Incident in the round {round_.title}",
        "",
        f"- Stopped: {_time(standstill.began_at)}, because: {standstill.because}",
        f"- Rolled back: {_time(now)} to {_time(plan.to)}, because: {standstill.back_because}",
        *(f"- {each.capitalize()}." for each in plan.sentences()),
        f"- {_letters(standstill)} Nothing was deleted.",
        "- Results computed in that time no longer count: assess the round again.",
        "",
        "## Who could see judgements in that time, by their role",
        "",
        *_who_could_see(round_, plan.to, now),
        "",
        "## Stages",
        "",
        *(
            f"- {SPOKEN[Stage(each.name)].capitalize()}: opened {_time(each.opened_at)}"
            + (f", closed {_time(each.closed_at)}" if each.closed_at else "")
            for each in stages
            if each.opened_at
        ),
        "",
        "What was read is not recorded here. Add what you know from elsewhere.",
        "",
        "## Notice to publish",
        "",
        _notice(standstill, plan, now),
        "",
    ]
    return "\n".join(told)


def _notice(standstill: Standstill, plan: RollbackPlan, now: dt.datetime) -> str:
    whose = f"{_few(plan.answers, 'answer')} by {_few(plan.experts, 'expert')}"
    return (
        f"On {_day(standstill.began_at)} we stopped the round {standstill.round.title}, because "
        "judgements may have been seen or changed by people who should not have. On "
        f"{_day(now)} we set aside every judgement given after {_time(plan.to)}: {whose}. They "
        f"are kept, and do not count. {_letters(standstill)} Decisions rest on what was judged "
        "before that time or anew after it."
    )


def _letters(standstill: Standstill) -> str:
    return f"Experts {'have fresh' if standstill.new_letters else 'keep their'} pseudonyms."


def _who_could_see(round_: Round, since: dt.datetime, until: dt.datetime) -> list[str]:
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=since),
        round__in=("", round_.slug),
        role__in=[role.value for role in _SEE_ANSWERS],
        since__lte=until,
    ).select_related("person")
    by_role = Counter(each.role for each in held)
    return [
        f"- {role.value.replace('_', ' ').capitalize()} ({by_role[role.value]}): "
        + ", ".join(sorted(each.person.name for each in held if each.role == role.value))
        for role in _SEE_ANSWERS
        if by_role[role.value]
    ] or ["- Nobody but the one person of this workbench."]


def _day(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%-d %B %Y}"


def _time(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%F %H:%M} UTC"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _few(number: int, noun: str) -> str:
    return _many(number, noun) if number == 0 or number >= FEW else f"fewer than three {noun}s"
