"""What audits show at different levels of capability: whether a result holds for stronger systems.

Source: paper p. 24; docs/explanation/safety-washing.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from custodes.evidence._outcome import AuditOutcome
from custodes.records import Record
from custodes.systems import System


class CapabilityLevel(Record):
    """The audits of systems of one capability."""

    capability: float
    """As `systems.toml` states it."""
    systems: tuple[str, ...]
    """The systems, by id."""
    findings: tuple[str, ...]
    """Audits with a finding, by id."""
    passes: tuple[str, ...]
    """Audits without one."""
    inconclusive: tuple[str, ...]
    """Audits from which nothing can be concluded."""


def capability_levels(
    audits: Iterable[AuditOutcome], systems: Iterable[System]
) -> tuple[CapabilityLevel, ...]:
    """The audits by the capability of their systems, least capable first.

    Audits of systems whose capability nobody stated are left out.

    Args:
        audits: The audits that are looked at.
        systems: The systems of the round.
    """
    stated = {each.id: each.capability for each in systems if each.capability is not None}
    by_level: dict[float, list[AuditOutcome]] = {}
    for each in audits:
        if each.audit.system in stated:
            by_level.setdefault(stated[each.audit.system], []).append(each)
    return tuple(
        CapabilityLevel(
            capability=level,
            systems=tuple(sorted({each.audit.system for each in found})),
            findings=_ids(found, "finding"),
            passes=_ids(found, "no_finding"),
            inconclusive=_ids(found, "inconclusive"),
        )
        for level, found in sorted(by_level.items())
    )


def _ids(audits: Iterable[AuditOutcome], outcome: str) -> tuple[str, ...]:
    return tuple(each.audit.id for each in audits if each.outcome == outcome)


def levels_told(levels: tuple[CapabilityLevel, ...], *, audits: int) -> str:
    """What audits at these levels say of more capable systems, in a sentence.

    Args:
        levels: Least capable first.
        audits: Audits that are about the effort, those of unstated capability too.
    """
    if not audits:
        return "No audit is said to be about it, so nothing was looked at."
    if not levels:
        return "Nobody stated how capable the audited systems are, so nothing follows."
    telling = [each for each in levels if each.findings or each.passes]
    if not telling:
        return "Nothing can be concluded from its audits at any level of capability."
    broken = [each for each in telling if each.findings]
    clean = [each for each in telling if not each.findings]
    if broken and clean and broken[-1].capability > clean[0].capability:
        return (
            f"There is a finding at capability {broken[-1].capability:g} and none at "
            f"{clean[0].capability:g}: it did not hold for the more capable system."
        )
    if len(telling) == 1:
        return (
            f"All of it is at one level of capability ({telling[0].capability:g}), which says "
            "nothing of more capable systems."
        )
    if broken:
        return f"There is a finding at capability {broken[0].capability:g} already."
    return (
        f"No finding from capability {telling[0].capability:g} to "
        f"{telling[-1].capability:g}; beyond that nobody looked."
    )
