"""Whether a deployment could be corrected today: criteria one by one, never a score.

Source: paper p. 24; docs/explanation/corrections.md. The days and months are our assumption.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from custodes.records import Record
from custodes.systems._correction import Correction, Trigger

DAYS_TO_ANSWER = 30
"""An owner or deputy who has not answered for longer does not count as there."""
MONTHS_OF_A_DRILL = 6
"""A drill this old, or older, does not count."""


class Criterion(Record):
    """One thing that readiness asks."""

    name: str
    """`people`, `drill`, `lever` or `recall`."""
    asks: str
    """What it asks, in a sentence."""
    is_met: bool
    """Whether it is so; what nobody stated is not."""
    reason: str
    """Why it is met or not, in sentences."""


def readiness(correction: Correction, *, today: dt.date) -> tuple[Criterion, ...]:
    """Every criterion of readiness with its reason.

    Args:
        correction: What is recorded of the system.
        today: The day on which it is asked.
    """
    return (
        _people(correction, today),
        _drill(correction, today),
        _lever(correction),
        _recall(correction),
    )


def _people(correction: Correction, today: dt.date) -> Criterion:
    asks = (
        f"Every trigger has an owner and a deputy, and both answered within {DAYS_TO_ANSWER} days."
    )
    if not correction.trigger:
        return _no("people", asks, "No trigger is set: nobody has to notice anything.")
    lacking = [
        f"{trigger.id}: {', '.join(found)}"
        for trigger in correction.trigger
        if (found := _lacking(trigger, today))
    ]
    if lacking:
        return _no("people", asks, f"Not so for {'; '.join(lacking)}.")
    return _yes("people", asks, f"So for all {len(correction.trigger)}.")


def _lacking(trigger: Trigger, today: dt.date) -> list[str]:
    found: list[str] = []
    if trigger.owner and trigger.owner == trigger.deputy:
        found.append("the owner is their own deputy")
    for role, name, answered in (
        ("owner", trigger.owner, trigger.owner_answered_on),
        ("deputy", trigger.deputy, trigger.deputy_answered_on),
    ):
        if not name:
            found.append(f"no {role}")
        elif answered is None:
            found.append(f"the {role} never answered")
        elif answered > today:
            found.append(f"the {role}'s answer of {answered} lies after {today}")
        elif (today - answered).days > DAYS_TO_ANSWER:
            found.append(f"the {role} last answered on {answered}")
    return found


def _drill(correction: Correction, today: dt.date) -> Criterion:
    asks = f"The last drill is less than {MONTHS_OF_A_DRILL} months old."
    drills = [each.last_drill for each in correction.lever if each.last_drill is not None]
    held = [each for each in drills if each <= today]
    if not held:
        planned = f"; one is written down for {min(drills)}, which has not come" if drills else ""
        return _no("drill", asks, f"No drill is recorded{planned}.")
    last = max(held)
    if today >= _months_later(last, MONTHS_OF_A_DRILL):
        return _no("drill", asks, f"The last one was on {last}.")
    return _yes("drill", asks, f"The last one was on {last}.")


def _lever(correction: Correction) -> Criterion:
    asks = "At least one tested lever works without the developer's goodwill."
    if not correction.lever:
        return _no("lever", asks, "No lever is recorded.")
    good = [each.id for each in correction.lever if each.tested and each.without_developer]
    if good:
        return _yes("lever", asks, f"{_named(good)}.")
    tested = [each.id for each in correction.lever if each.tested]
    apart = [each.id for each in correction.lever if each.without_developer]
    return _no(
        "lever",
        asks,
        f"Tested: {_named(tested) or 'none'}; said to work without the developer: "
        f"{_named(apart) or 'none'}; both: none.",
    )


def _recall(correction: Correction) -> Criterion:
    asks = "Nothing depends on recalling released weights."
    is_met = correction.access_detail == "structured"
    reason = _RECALL[correction.access_detail]
    return Criterion(name="recall", asks=asks, is_met=is_met, reason=reason)


CANNOT_BE_UNDONE = "This deployment cannot be undone."
"""What is said wherever the weights of a system are released."""
_RECALL = {
    None: "How others reach the system is not stated (access_detail).",
    "structured": "It is used through an interface, and its weights are not shared.",
    "weights_to_few": "The weights are with a few: a correction reaches a copy only if its "
    "holder lets it.",
    "weights_released": f"The weights are released: no lever reaches the copies. "
    f"{CANNOT_BE_UNDONE}",
}


def _named(names: Iterable[str]) -> str:
    return ", ".join(names)


def _yes(name: str, asks: str, reason: str) -> Criterion:
    return Criterion(name=name, asks=asks, is_met=True, reason=reason)


def _no(name: str, asks: str, reason: str) -> Criterion:
    return Criterion(name=name, asks=asks, is_met=False, reason=reason)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))
