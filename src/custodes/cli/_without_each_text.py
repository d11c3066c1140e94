"""What each condition is worth, as a person reads it in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from custodes.cli._printing import told_ppm
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.assessment import Assessment, WithoutCondition


def without_each_text(assessment: Assessment) -> str:
    """Net of every effort without each one of its conditions; says so where there are none."""
    return "\n".join(_lines(assessment))


def _lines(assessment: Assessment) -> Iterator[str]:
    from custodes.assessment import without_each_condition

    first = assessment.record.round.worldviews[0]
    found = [each for each in without_each_condition(assessment) if each.worldview == first]
    if not found:
        yield "No effort has conditions."
        return
    yield wrapped(
        f"WITHOUT EACH CONDITION: net under {first} when that one condition is left out, ppm; how "
        "much more that is, with its standard error; and P(raises risk). Above zero the "
        "condition is needed."
    )
    for effort, conditions in groupby(found, key=lambda each: each.effort):
        now = assessment.effort(effort)
        with_all = now.worldview(first).after
        yield effort
        yield (
            f"  {'with all conditions':40} {told_ppm(with_all.net.mean):>10} {'':>22} "
            f"{with_all.p_raises_risk:>5.0%}"
        )
        for each in conditions:
            yield from _row(each, qualifies_now=now.qualifies)


def _row(each: WithoutCondition, *, qualifies_now: bool) -> Iterator[str]:
    change = f"{told_ppm(each.change)} ± {told_ppm(each.change_standard_error).lstrip('+')}"
    yield (
        f"  without {each.condition[:32]:32} {told_ppm(each.net.mean):>10} {change:>22} "
        f"{each.p_raises_risk:>5.0%}"
    )
    if qualifies_now and not each.qualifies:
        yield "    without it the effort is over the limit on P(raises risk)"
