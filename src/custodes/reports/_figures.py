"""The report's pictures: net by effort, net by class of risk, parts by mechanism, drivers.

Each drawing's form is made once with Altair and filled with the numbers of each effort, because
a round has some hundred efforts and a form takes as long to make as a picture to draw.
Risk always runs from safer (left) to riskier (right).
"""

from __future__ import annotations

import math

from custodes.assessment import EffortAssessment, Result, Summary
from custodes.reports._figure import Figure, Table
from custodes.reports._forms import Form, Scale, draw, drivers_form, parts_form, ranges_form
from custodes.reports._mechanisms import PARTS, PROBLEMS, contributions, tell_parts
from custodes.reports._numbers import PPM, Told, in_words, side_of, signed, tell_risk

TALLEST = 30
"""Rows of one drawing, so that a tall figure prints on several pages."""
DRIVERS_SHOWN = 10
"""Inputs in the picture of what drives net; the table has all that were kept."""


def safest_first(
    efforts: tuple[EffortAssessment, ...], *, worldview: str
) -> list[EffortAssessment]:
    """The efforts by mean net with their conditions, the safest first."""
    return sorted(
        efforts, key=lambda effort: (effort.worldviews[worldview].after.net.mean, effort.id)
    )


def nets_figure(efforts: tuple[EffortAssessment, ...], *, worldviews: tuple[str, ...]) -> Figure:
    """Net change in risk of every effort, safest first under the first worldview."""
    first = worldviews[0]
    ranked = safest_first(efforts, worldview=first)
    labels = _labels(ranked)
    rows = [
        _range_row(summary, effort=labels[effort.id], panel=name, when=when)
        for effort in ranked
        for name in worldviews
        for when, summary in _nets(effort, name)
    ]
    form = ranges_form(
        y="effort",
        panels=worldviews,
        width=max(140, 720 // len(worldviews)),
        step=20,
        scale=_scale_of(rows),
    )
    per = TALLEST * len(worldviews) * 2
    told = [
        (effort.title, name, when, *_cells(tell_risk(summary)))
        for effort in ranked
        for name in worldviews
        for when, summary in _nets(effort, name)
    ]
    return Figure(
        id="nets",
        title="Net change in risk of every effort, under each worldview",
        caption=f"Ordered from the safest to the riskiest under the worldview {first}, with "
        "conditions. Filled: with the recommended conditions; hollow: without. A line is the "
        "90 % interval. Left of zero is safer. The scale is stretched near zero, so that "
        "small and large efforts can be seen together: read the numbers, not the lengths.",
        words=_nets_in_words(ranked, worldviews),
        drawings=tuple(draw(form, rows[at : at + per]) for at in range(0, len(rows), per)),
        table=Table(
            columns=("Effort", "Worldview", "Conditions", *_CELLS),
            rows=tuple(told),
        ),
    )


_CELLS = ("Mean, ppm", "5 %", "50 %", "95 %", "Standard error", "In a word")


def _cells(told: Told) -> tuple[str, ...]:
    return (told.mean, told.low, told.middle, told.high, told.error, told.word)


def _nets(effort: EffortAssessment, name: str) -> tuple[tuple[str, Summary], ...]:
    found = effort.worldviews[name]
    return (("without", found.before.net), ("with", found.after.net))


def _range_row(summary: Summary, *, when: str, **names: str) -> Form:
    return {
        **names,
        "when": {"without": "before", "with": "after"}[when],
        "mean": summary.mean * PPM,
        "p05": summary.p05 * PPM,
        "p95": summary.p95 * PPM,
        "side": side_of(summary.mean, summary.standard_error),
    }


def _scale_of(rows: list[Form]) -> Scale:
    """One scale for every drawing of a figure, though efforts differ by orders of magnitude."""
    sizes = sorted(abs(row["mean"]) for row in rows if row["mean"]) or [1.0]
    ends = (min(row["p05"] for row in rows), max(row["p95"] for row in rows))
    start = math.floor(math.log10(sizes[len(sizes) // 4]))
    top = math.floor(math.log10(max(abs(ends[0]), abs(ends[1]), 10.0**start)))
    stride = max(1, math.ceil((top - start) / 3))
    powers = [10.0**power for power in range(top, start, -stride)]
    below = [-power for power in powers if -power >= ends[0]]
    above = [power for power in reversed(powers) if power <= ends[1]]
    return Scale(
        bend=10.0**start,
        ends=(min(ends[0], -(10.0**start)), max(ends[1], 10.0**start)),
        ticks=(*below, 0.0, *above),
    )


def _labels(efforts: list[EffortAssessment]) -> dict[str, str]:
    """A short title for each effort; two that would read the same are told apart by id."""
    short = {effort.id: _shortened(effort.title, 44) for effort in efforts}
    seen: dict[str, int] = {}
    for text in short.values():
        seen[text] = seen.get(text, 0) + 1
    return {
        id_: text if seen[text] == 1 else f"{_shortened(text, 24)} ({_shortened(id_, 18)})"
        for id_, text in short.items()
    }


def _shortened(text: str, length: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= length else f"{plain[: length - 1].rstrip()}\u2026"


def _nets_in_words(efforts: list[EffortAssessment], worldviews: tuple[str, ...]) -> str:
    parts: list[str] = []
    for name in worldviews:
        sides = [
            side_of(net.mean, net.standard_error)
            for effort in efforts
            for net in [effort.worldviews[name].after.net]
        ]
        parts.append(
            f"under {name}, {sides.count('safer')} of {len(sides)} efforts lie on the safer side "
            f"with their conditions and {sides.count('riskier')} on the riskier side"
        )
    return f"Dot and interval chart: {'; '.join(parts)}."


def classes_figure(effort: EffortAssessment, *, worldviews: tuple[str, ...]) -> Figure:
    """Net change in risk of one effort: in all, by accident, by misuse; before and after."""
    rows: list[Form] = []
    told: list[tuple[str, ...]] = []
    for name in worldviews:
        for heading, attribute in _CLASSES:
            for when, result in _states(effort, name):
                summary: Summary = getattr(result, attribute)
                rows.append(_range_row(summary, worldview=name, panel=heading, when=when))
                told.append((heading, name, when, *_cells(tell_risk(summary))))
    form = ranges_form(y="worldview", panels=_HEADS, width=245, step=30)
    nets = {name: tell_risk(effort.worldviews[name].after.net) for name in worldviews}
    return Figure(
        id="classes",
        title="Net change in risk, accident and misuse apart",
        caption="Filled: with the recommended conditions; hollow: without. A line is the 90 % "
        "interval. Left of zero is safer. Net is the sum of accident and misuse.",
        words="Dot and interval chart. With conditions, net is "
        + "; ".join(
            f"under {name} {net.mean} ppm (90 % interval {net.interval}; {net.word})"
            for name, net in nets.items()
        )
        + ".",
        drawings=(draw(form, rows),),
        table=Table(columns=("Class", "Worldview", "Conditions", *_CELLS), rows=tuple(told)),
    )


_CLASSES = (("Net", "net"), ("Accident", "net_accident"), ("Misuse", "net_misuse"))
_HEADS = tuple(heading for heading, _ in _CLASSES)


def _states(effort: EffortAssessment, name: str) -> tuple[tuple[str, Result], ...]:
    found = effort.worldviews[name]
    return (("without", found.before), ("with", found.after))


def mechanisms_figure(effort: EffortAssessment, *, worldviews: tuple[str, ...]) -> Figure:
    """The parts of net by mechanism, before and after the conditions, under each worldview."""
    rows: list[Form] = []
    told: list[tuple[str, ...]] = []
    for name in worldviews:
        for when, result in _states(effort, name):
            texts = tell_parts(result)
            for part, summary in contributions(result).items():
                row = _range_row(summary, part=PARTS[part], panel=name, when=when)
                rows.append(row)
                told.append((PARTS[part], name, when, *_cells(texts[part])))
    form = parts_form(panels=worldviews, width=max(140, 690 // len(worldviews)))
    return Figure(
        id="mechanisms",
        title="Risk taken away and risk added, by mechanism",
        caption=f"Means. Solid: with the recommended conditions; outlined: without. Left of zero "
        f"is safer. Numbers name the problem: {PROBLEMS}. Intervals are in the table.",
        words=_parts_in_words(
            {name: contributions(effort.worldviews[name].after) for name in worldviews}
        ),
        drawings=(draw(form, rows),),
        table=Table(columns=("Part", "Worldview", "Conditions", *_CELLS), rows=tuple(told)),
    )


def _parts_in_words(parts_of: dict[str, dict[str, Summary]]) -> str:
    """The largest parts on either side of zero, by worldview."""
    said: list[str] = []
    for name, parts in parts_of.items():
        best = min(parts, key=lambda part: parts[part].mean)
        worst = max(parts, key=lambda part: parts[part].mean)
        low, high = tell_risk(parts[best]), tell_risk(parts[worst])
        said.append(
            f"under {name} the largest part that makes it safer is {_plain(best)} "
            f"({low.mean} ppm, standard error {low.error}) and the largest that makes it riskier "
            f"is {_plain(worst)} ({high.mean} ppm, standard error {high.error})"
        )
    return f"Bar chart. With conditions, {'; '.join(said)}."


def _plain(part: str) -> str:
    return PARTS[part].lstrip("1234 ").lower()


def drivers_figure(effort: EffortAssessment, *, worldviews: tuple[str, ...]) -> Figure | None:
    """What drives net before conditions; none where nothing varies."""
    strongest: dict[str, float] = {}
    for name in worldviews:
        for driver in effort.drivers.get(name, ()):
            size = abs(driver.rank_correlation)
            strongest[driver.quantity] = max(strongest.get(driver.quantity, 0.0), size)
    if not strongest:
        return None
    order = sorted(strongest, key=lambda quantity: (-strongest[quantity], quantity))
    rows: list[Form] = []
    told: list[tuple[str, ...]] = []
    for quantity in order:
        for name in worldviews:
            for driver in effort.drivers.get(name, ()):
                if driver.quantity != quantity:
                    continue
                label = in_words(quantity)
                rho = driver.rank_correlation
                told.append((label, driver.owner, name, signed(rho, 2)))
                if quantity in order[:DRIVERS_SHOWN]:
                    rank = order.index(quantity)
                    rows.append({"input": label, "worldview": name, "rho": rho, "rank": rank})
    top = in_words(order[0])
    return Figure(
        id="drivers",
        title="What drives the result",
        caption="Rank correlation of each input with net over the worlds, before conditions. To "
        "the right: more of the input goes with more risk. Far from zero: learning more about it "
        "would tell most about the sign.",
        words=f"Dot chart of rank correlations; the strongest driver is {top} "
        f"(at most {strongest[order[0]]:.2f} in size).",
        drawings=(draw(drivers_form(worldviews=worldviews), rows),),
        table=Table(
            columns=("Input", "Belongs to", "Worldview", "Rank correlation"), rows=tuple(told)
        ),
    )


def totals_figure(totals: dict[str, dict[str, dict[str, Summary]]]) -> Figure:
    """Sums over all efforts by mechanism.

    Args:
        totals: By worldview, by `without` and `with`, by part: the sum; only its mean and
            standard error are meant.
    """
    rows: list[Form] = []
    told: list[tuple[str, ...]] = []
    for name, states in totals.items():
        for when, parts in states.items():
            for part, summary in parts.items():
                rows.append(_range_row(summary, part=PARTS[part], panel=name, when=when))
                text = tell_risk(summary)
                told.append((PARTS[part], name, when, text.mean, text.error, text.word))
    form = parts_form(panels=tuple(totals), width=max(140, 690 // len(totals)))
    return Figure(
        id="totals",
        title="Sums over all efforts, by mechanism",
        caption="Sums of means. Solid: every effort with its recommended conditions; outlined: "
        f"without. Left of zero is safer. Numbers name the problem: {PROBLEMS}.",
        words=_parts_in_words({name: states["with"] for name, states in totals.items()}),
        drawings=(draw(form, rows),),
        table=Table(
            columns=(
                "Part",
                "Worldview",
                "Conditions",
                "Sum of means, ppm",
                "Standard error, at most",
                "In a word",
            ),
            rows=tuple(told),
        ),
    )
