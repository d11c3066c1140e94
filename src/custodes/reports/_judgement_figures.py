"""Pictures of what experts answered: each one's range, the pool, the reference class; calibration.

Source: docs/explanation/judgement.md: disagreement always stands beside the pool, and where
two camps are far apart no single view is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from custodes.errors import Fault, InputError
from custodes.judgements import (
    CalibrationRecord,
    ExpertRange,
    Interval,
    PooledQuestion,
    wilson,
)
from custodes.reports._figure import Figure, Table
from custodes.reports._numbers import in_words, percent, significant
from custodes.reports._range_drawing import Look, Range, RangePanel, draw_ranges
from custodes.reports._theme import GRID, INK, MUTED, svg_of

TALLEST = 700
"""Pixels of one drawing, so that a tall figure prints on several pages."""

_OUT = {
    "flagged": "flagged, out",
    "conflict": "set aside: conflict",
    "weight": "weight 0",
    "wording": "another wording",
    "method": "out by the method",
    "never pooled": "never pooled",
}


def answers_figure(questions: Sequence[PooledQuestion], *, with_experts: bool) -> Figure:
    """Each expert's range, the pool and what is assumed without them, a panel a question.

    Args:
        questions: Questions with at least one range to draw.
        with_experts: Whether each expert's own range may be shown.
    """
    panels = [_panel(each, with_experts=with_experts) for each in questions]
    drawings: list[str] = []
    batch: list[RangePanel] = []
    for panel in panels:
        if batch and sum(each.height for each in batch) + panel.height > TALLEST:
            drawings.append(draw_ranges(batch))
            batch = []
        batch.append(panel)
    drawings.append(draw_ranges(batch))
    who = "Each expert's range, their pool" if with_experts else "The experts' pool"
    return Figure(
        id="answers",
        title=f"{who} and the reference class",
        caption="A line runs from the 5th to the 95th percentile, the mark is the median. Thick: "
        "the pool, a mixture that keeps disagreement. Hollow and dashed: what is assumed where "
        "nobody answers. Each question has its own axis; shares stand on log-odds, positive "
        "amounts on a logarithm.",
        words=" ".join(_in_words(question) for question in questions),
        drawings=tuple(drawings),
        table=Table(
            columns=("Question", "Who", "5 %", "50 %", "95 %"),
            rows=tuple(
                (
                    panel.title,
                    each.name,
                    *(significant(number) for number in (each.p05, each.p50, each.p95)),
                )
                for panel in panels
                for each in panel.ranges
            ),
        ),
    )


def answers_picture(questions: Sequence[PooledQuestion]) -> str:
    """Each expert's range, the pools and what is assumed, as one SVG for a person of the round.

    Args:
        questions: Questions; those without a range to draw are left out.

    Raises:
        InputError: None of them has one.
    """
    drawn = [each for each in questions if can_be_drawn(each, with_experts=True)]
    if not drawn:
        fault = Fault(
            message="no question has a range to draw", cure="let an expert answer one first"
        )
        raise InputError([fault])
    return draw_ranges([_panel(each, with_experts=True) for each in drawn])


def can_be_drawn(question: PooledQuestion, *, with_experts: bool) -> bool:
    """Whether a question has an answer that can, and may, stand in a picture."""
    if question.pool is not None:
        return True
    return with_experts and any(map(_expert_range, question.experts))


def _panel(question: PooledQuestion, *, with_experts: bool) -> RangePanel:
    return RangePanel(
        title=f"{in_words(question.quantity)} ({question.unit})",
        scale=question.scale,
        ranges=tuple(_ranges(question, with_experts=with_experts)),
    )


def _ranges(question: PooledQuestion, *, with_experts: bool) -> Iterator[Range]:
    for each in question.experts if with_experts else ():
        found = _expert_range(each)
        if found is not None:
            yield found
    camps = question.camps if question.camps and question.camps.far_apart else None
    for name, camp in (("lower", camps.lower), ("upper", camps.upper)) if camps else ():
        told = f"{name} camp ({len(camp.experts)})"
        yield Range(told, camp.pool.p05, camp.pool.p50, camp.pool.p95, "camp")
    if question.pool is not None:
        pool = question.pool
        look: Look = "behind" if camps else "pool"
        yield Range(f"pool of {pool.experts}", pool.p05, pool.p50, pool.p95, look)
    if question.assumed is not None:
        yield Range("reference class", *question.assumed.numbers, "assumed")


def _expert_range(each: ExpertRange) -> Range | None:
    """The range of one expert; none where there are no numbers that rise."""
    if each.p05 is None or each.p50 is None or each.p95 is None:
        return None
    if not each.p05 <= each.p50 <= each.p95:
        return None
    out = _OUT.get(each.out_because)
    name = f"{each.expert} ({out})" if out else each.expert
    return Range(name, each.p05, each.p50, each.p95, "out" if out else "expert")


def _in_words(question: PooledQuestion) -> str:
    name = in_words(question.quantity)
    if question.pool is None:
        return f"{name}: not pooled."
    pool = question.pool
    told = (
        f"{name}: {pool.experts} answers, pool {significant(pool.p50)} "
        f"({significant(pool.p05)} to {significant(pool.p95)})"
    )
    if question.camps is not None and question.camps.far_apart:
        lower, upper = question.camps.lower.median, question.camps.upper.median
        told += f"; two camps, medians {significant(lower)} and {significant(upper)}"
    return f"{told}."


def calibration_figure(record: CalibrationRecord) -> Figure:
    """Share of truths below each stated level, over all experts together.

    Args:
        record: What seed questions say.
    """
    points = list(_reliability(record))
    rows = [
        {"level": level, "seen": each.share, "low": each.low, "high": each.high}
        for level, each in points
    ]
    axis = {"format": "~%", "values": [0, 0.25, 0.5, 0.75, 1], "grid": True, "gridColor": GRID}
    domain = {"domain": [0, 1], "nice": False}
    x = {
        "field": "level",
        "type": "quantitative",
        "scale": domain,
        "axis": {**axis, "title": "stated: the truth lies below with this probability"},
    }
    y = {
        "field": "seen",
        "type": "quantitative",
        "scale": domain,
        "axis": {**axis, "title": "seen: share of truths below"},
    }
    drawing = svg_of(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "width": 330,
            "height": 330,
            "layer": [
                {
                    "data": {"values": [{"level": 0, "seen": 0}, {"level": 1, "seen": 1}]},
                    "mark": {"type": "line", "color": MUTED, "strokeDash": [4, 3]},
                    "encoding": {"x": x, "y": y},
                },
                {
                    "data": {"values": rows},
                    "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6},
                    "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
                },
                {
                    "data": {"values": rows},
                    "mark": {"type": "circle", "size": 70, "opacity": 1, "color": INK},
                    "encoding": {"x": x, "y": y},
                },
            ],
        }
    )
    held = sum(each.held.held for each in record.experts if each.held)
    asked = sum(each.answered for each in record.experts)
    width = record.levels[-1] - record.levels[0]
    return Figure(
        id="calibration",
        title="How often the truth lay below what was stated",
        caption="All experts together, on questions whose answer is known. On the dashed line "
        "statements come true as often as they say; the bars are 90 % intervals and take the "
        "answers as independent.",
        words=f"{held} of {asked} ranges held the truth, {percent(held / asked)}; "
        f"{percent(width)} were stated to.",
        drawings=(drawing,),
        table=Table(
            columns=("Stated level", "Truths below", "90 % interval"),
            rows=tuple(
                (
                    percent(level),
                    percent(each.share),
                    f"{percent(each.low)} to {percent(each.high)}",
                )
                for level, each in points
            ),
        ),
    )


def _reliability(record: CalibrationRecord) -> Iterator[tuple[float, Interval]]:
    """For each level, the share of truths at or below the stated quantile."""
    asked = sum(each.answered for each in record.experts)
    below = 0
    for place, level in enumerate(record.levels):
        below += sum(each.counts[place] for each in record.experts)
        yield level, wilson(below, asked)
