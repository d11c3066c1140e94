"""What each expert's own answers would make of an effort: where a panel disagrees, and how far."""

from __future__ import annotations

from concurrent.futures import Executor

from custodes.assessment._assess import Assessment, Progress, assess
from custodes.assessment._only import only_efforts
from custodes.assessment._record import Summary
from custodes.records import Record


class OwnResult(Record):
    """One effort under one worldview, with its conditions, on the answers of one expert alone."""

    effort: str
    """The effort's id."""
    expert: str
    """The expert, as in `judgements.csv`."""
    worldview: str
    """The worldview's name."""
    net: Summary
    """Net on this expert's answers; what they did not answer is the reference class."""
    p_raises_risk: float
    """Share of worlds in which it raises risk."""


def by_expert(
    assessment: Assessment,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> tuple[OwnResult, ...]:
    """Net risk of each effort on the answers of one expert at a time.

    The same conditions, seed and draws serve all, so nothing but the answers differs.

    Args:
        assessment: A result.
        executor: Any `concurrent.futures.Executor`.
        progress: Told passes done and in all; the largest panel is that many passes.

    Returns:
        One for each effort, expert with a usable answer, and worldview; efforts about which
        fewer than two experts were asked are left out, for there nobody can disagree.
    """
    heard = _panels(assessment)
    passes = max((len(panel) for panel in heard.values()), default=0)
    found: list[OwnResult] = []
    for at in range(passes):
        speaks = {effort: panel[at] for effort, panel in heard.items() if at < len(panel)}
        found += _one_pass(assessment, speaks, executor=executor)
        if progress is not None:
            progress(at + 1, passes)
    order = {effort.id: place for place, effort in enumerate(assessment.record.efforts)}
    return tuple(sorted(found, key=lambda own: order[own.effort]))


def _panels(assessment: Assessment) -> dict[str, list[str]]:
    panels: dict[str, set[str]] = {}
    for answer in assessment.round_.judgements:
        if ":" not in answer.effort:
            panels.setdefault(answer.effort, set()).add(str(answer.expert))
    return {effort: sorted(panel) for effort, panel in panels.items() if len(panel) > 1}


def _one_pass(
    assessment: Assessment, speaks: dict[str, str], *, executor: Executor | None
) -> list[OwnResult]:
    """One expert of each panel speaks; answers about systems and worlds stay as they are."""
    record, round_ = assessment.record, assessment.round_
    alone = assess(
        only_efforts(
            round_,
            speaks,
            judgements=(
                answer
                for answer in round_.judgements
                if ":" in answer.effort or speaks.get(answer.effort) == answer.expert
            ),
        ),
        worldviews=record.round.worldviews,
        samples=record.samples,
        seed=record.seed,
        sampler=record.sampler,
        conditions={name: assessment.effort(name).conditions for name in speaks},
        executor=executor,
    )
    return [
        OwnResult(
            effort=effort.id,
            expert=speaks[effort.id],
            worldview=name,
            net=found.after.net,
            p_raises_risk=found.after.p_raises_risk,
        )
        for effort in alone.record.efforts
        if effort.basis != "reference class"
        for name, found in effort.worldviews.items()
    ]
