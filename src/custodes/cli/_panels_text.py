"""Had others been heard: camps alone and those set aside, as a person reads it in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from custodes.cli._printing import told_ppm
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.assessment import AssessmentRecord, EffortAssessment


def panels_text(record: AssessmentRecord) -> str:
    """Net of efforts under each far-apart camp, and with those set aside; empty without any."""
    return "\n".join(_lines(record))


def _lines(record: AssessmentRecord) -> Iterator[str]:
    first = record.round.worldviews[0]
    efforts = [each for each in record.efforts if each.other_panels]
    if not efforts:
        return
    yield wrapped(
        f"HAD OTHERS BEEN HEARD: net with conditions under {first}, ppm, and P(raises risk): as "
        "assessed; under each camp alone, where experts are far apart; and with those who are set "
        "aside for a conflict, or in full weight where one makes somebody count for less. Nothing "
        "else differs."
    )
    for effort in efforts:
        yield from _of_effort(effort, first)


def _of_effort(effort: EffortAssessment, worldview: str) -> Iterator[str]:
    now = effort.worldview(worldview).after
    yield effort.id
    yield _row("as assessed", now.net.mean, now.p_raises_risk)
    told: tuple[str, ...] = ()
    for panel in effort.other_panels:
        if panel.quantities and panel.quantities != told:
            told = panel.quantities
            yield wrapped(f"parted by {', '.join(told)}:", indent=2, hanging=4)
        there = panel.worldviews[worldview]
        people = "expert" if panel.experts == 1 else "experts"
        name = f"{panel.heard}, {panel.experts} {people}"
        yield _row(name, there.after.mean, there.p_raises_risk_after)


def _row(name: str, net: float, p_raises_risk: float) -> str:
    return f"  {name:46} {told_ppm(net):>10} {p_raises_risk:>5.0%}"
