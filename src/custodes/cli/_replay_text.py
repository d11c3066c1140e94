"""A kept assessment computed again, told: the same, or what moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from custodes.cli._printing import told_ppm
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.assessment import Moved, ReplayedAssessment


def replay_text(found: ReplayedAssessment) -> str:
    """Whether a kept assessment comes out the same, and what moved where it does not.

    Args:
        found: The kept result and the same computed now.
    """
    inputs = "The inputs are what they were" if found.same_inputs else "The inputs have changed"
    if found.is_same:
        return f"{inputs}, and every effort comes out as it was kept, bit for bit."
    opening = (
        f"{inputs}. Net with conditions, in ppm, as it was kept and as it is computed now with "
        "the same draws and seed; negative is safer."
    )
    head = f"{'effort':<26} {'worldview':<12} {'then':>9} {'now':>9} {'change':>9}"
    lines = [wrapped(opening), f"{head} {'P then':>7} {'P now':>6}"]
    lines += [_row(each) for each in found.moved]
    lines += [wrapped(told, hanging=2) for told in _causes(found)]
    return "\n".join(lines)


def _row(each: Moved) -> str:
    then, now = each.then.net.mean, each.now.net.mean
    return (
        f"{each.effort[:26]:<26} {each.worldview[:12]:<12} {told_ppm(then):>9} "
        f"{told_ppm(now):>9} {told_ppm(now - then):>9} {each.then.p_raises_risk:>7.0%} "
        f"{each.now.p_raises_risk:>6.0%}"
    )


def _causes(found: ReplayedAssessment) -> Iterator[str]:
    for effort in dict.fromkeys(each.effort for each in found.moved):
        each = next(one for one in found.moved if one.effort == effort)
        if each.conditions_then != each.conditions_now:
            then, now = (
                ", ".join(conditions) or "none"
                for conditions in (each.conditions_then, each.conditions_now)
            )
            yield f"{effort}: conditions were {then}; they are {now}"
        if each.quantities:
            yield f"{effort}: used otherwise than then: {', '.join(each.quantities)}"
        else:
            yield (
                f"{effort}: none of its own quantities moved; a system, a worldview, a "
                "mitigation or the panel's weights did"
            )
    if found.gone:
        yield f"in the round no more: {', '.join(found.gone)}"
    if found.new:
        yield f"not in it then: {', '.join(found.new)}"
