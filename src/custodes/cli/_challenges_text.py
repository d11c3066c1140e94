"""Challenges that carry a number, as a person reads what they would change in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from custodes.cli._printing import told_ppm
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.assessment import Assessment


def challenges_text(assessment: Assessment) -> str:
    """Net as assessed and with each challenger's range; empty where none carries a number."""
    return "\n".join(_lines(assessment))


def _lines(assessment: Assessment) -> Iterator[str]:
    from custodes.assessment import with_challenges

    first = assessment.record.round.worldviews[0]
    found = [each for each in with_challenges(assessment) if each.worldview == first]
    if not found:
        return
    status = {each.id: each.status for each in assessment.round_.challenges}
    yield wrapped(
        f"CHALLENGES THAT CARRY A NUMBER: net with conditions under {first}, ppm, and P(raises "
        "risk): as assessed, with the challenger's range instead of the pool, and with the "
        "challenger as one more expert"
    )
    yield f"{'':46} {'assessed':>15} {'instead':>15} {'one more':>15}"
    for each in found:
        name = f"{each.challenge} ({status[each.challenge]})"
        yield (
            f"{name[:17]:17} {each.effort[:28]:28} "
            f"{told_ppm(each.now.mean):>9} {each.p_raises_risk_now:>5.0%} "
            f"{told_ppm(each.instead.mean):>9} {each.p_raises_risk_instead:>5.0%} "
            f"{told_ppm(each.among.mean):>9} {each.p_raises_risk_among:>5.0%}"
        )
        if each.qualifies_now != each.qualifies_instead:
            now = "within" if each.qualifies_instead else "over"
            yield wrapped(
                f"with the challenger's {each.quantity} it is {now} the limit on P(raises risk)",
                indent=4,
                hanging=6,
            )
