"""What an effort's result would be with the range of a challenge: instead of the pool, and in it.

Source: docs/reference/round-files.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor

from custodes.assessment._assess import Assessment, assess
from custodes.assessment._only import only_efforts
from custodes.assessment._record import Summary
from custodes.challenges import Challenge
from custodes.judgements import Judgement
from custodes.records import Record
from custodes.rounds import Round


class Challenged(Record):
    """One challenged effort under one worldview, with its conditions."""

    challenge: str
    """The challenge's id."""
    effort: str
    """The effort."""
    quantity: str
    """The quantity whose range is challenged."""
    worldview: str
    """The worldview."""
    now: Summary
    """Net as assessed."""
    instead: Summary
    """Net with the challenger's range in place of the pool."""
    among: Summary
    """Net with the challenger as one more expert, of weight 1."""
    p_raises_risk_now: float
    """Share of worlds in which it raises risk, as assessed."""
    p_raises_risk_instead: float
    """The same with the challenger's range in place of the pool."""
    p_raises_risk_among: float
    """The same with the challenger as one more expert."""
    qualifies_now: bool
    """Whether P(raises risk) is within the limit under every worldview, as assessed."""
    qualifies_instead: bool
    """The same with the challenger's range in place of the pool."""


def with_challenges(
    assessment: Assessment,
    challenges: Sequence[Challenge] | None = None,
    *,
    executor: Executor | None = None,
) -> tuple[Challenged, ...]:
    """What every challenge that carries a number would make of its effort.

    The same conditions, seed and draws serve all of them, so nothing but the range differs.
    A challenge that is withdrawn is left out.

    Args:
        assessment: The result as it is.
        challenges: Those that are looked at, one that is not raised yet too; the round's where
            left out.
        executor: Any `concurrent.futures.Executor`.

    Returns:
        One for each such challenge and worldview, in the order given.

    Raises:
        KeyError: A challenge is to an effort that the result does not hold.
    """
    return tuple(
        found
        for challenge in (assessment.round_.challenges if challenges is None else challenges)
        if challenge.amount is not None and challenge.status != "withdrawn"
        for found in _challenged(assessment, challenge, executor)
    )


def _challenged(
    assessment: Assessment, challenge: Challenge, executor: Executor | None
) -> Iterable[Challenged]:
    now = assessment.effort(challenge.effort)
    instead, among = (
        _assessed_with(assessment, challenge, judgements, executor).effort(challenge.effort)
        for judgements in (
            _instead(assessment.round_, challenge),
            (*assessment.round_.judgements, _answer(challenge, f"challenge {challenge.id}")),
        )
    )
    for name in assessment.record.round.worldviews:
        yield Challenged(
            challenge=challenge.id,
            effort=challenge.effort,
            quantity=challenge.quantity,
            worldview=name,
            now=now.worldview(name).after.net,
            instead=instead.worldview(name).after.net,
            among=among.worldview(name).after.net,
            p_raises_risk_now=now.worldview(name).after.p_raises_risk,
            p_raises_risk_instead=instead.worldview(name).after.p_raises_risk,
            p_raises_risk_among=among.worldview(name).after.p_raises_risk,
            qualifies_now=now.qualifies,
            qualifies_instead=instead.qualifies,
        )


def _instead(round_: Round, challenge: Challenge) -> tuple[Judgement, ...]:
    """The answers where whoever speaks of the effort gives the challenger's range.

    The same experts speak as before, so that their other answers are drawn as before.
    """
    speaking = dict.fromkeys(
        answer.expert for answer in round_.judgements if answer.effort == challenge.effort
    )
    others = [
        answer
        for answer in round_.judgements
        if (answer.effort, answer.quantity) != (challenge.effort, challenge.quantity)
    ]
    experts = tuple(speaking) or (f"challenge {challenge.id}",)
    return (*others, *(_answer(challenge, expert) for expert in experts))


def _answer(challenge: Challenge, expert: str) -> Judgement:
    return Judgement(
        effort=challenge.effort,
        expert=expert,
        quantity=challenge.quantity,
        p05=challenge.p05,
        p50=challenge.p50,
        p95=challenge.p95,
    )


def _assessed_with(
    assessment: Assessment,
    challenge: Challenge,
    judgements: tuple[Judgement, ...],
    executor: Executor | None,
) -> Assessment:
    record, effort = assessment.record, challenge.effort
    return assess(
        only_efforts(assessment.round_, {effort}, judgements=judgements),
        worldviews=record.round.worldviews,
        samples=record.samples,
        seed=record.seed,
        sampler=record.sampler,
        conditions={effort: assessment.effort(effort).conditions},
        executor=executor,
    )
