"""What a result says in words: does an effort reduce risk, raise it, or turn with conditions?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from custodes.assessment import EffortAssessment
from custodes.reports._numbers import Side, side_of

Standing = Literal["reduces", "turns", "depends", "raises"]
"""Where an effort stands over all worldviews, by the sign of its mean net."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the four things that can be said of an effort."""

    standing: Standing
    """Which."""
    short: str
    """For a badge."""
    told: str
    """Completes 'n efforts ...', for more than one."""
    told_of_one: str
    """Completes '1 effort ...'."""
    meaning: str
    """How it is decided."""


VERDICTS: dict[Standing, Verdict] = {
    verdict.standing: verdict
    for verdict in (
        Verdict(
            standing="reduces",
            short="Reduces risk",
            told="reduce risk as they stand",
            told_of_one="reduces risk as it stands",
            meaning="Mean net is below zero under every worldview, with and without conditions.",
        ),
        Verdict(
            standing="turns",
            short="Turns with conditions",
            told="reduce risk only with their conditions",
            told_of_one="reduces risk only with its conditions",
            meaning="Mean net is below zero under every worldview with the conditions, "
            "and not without them under at least one.",
        ),
        Verdict(
            standing="depends",
            short="Depends on the worldview",
            told="are safer under one worldview and not under another",
            told_of_one="is safer under one worldview and not under another",
            meaning="Even with conditions the worldviews disagree on the sign of mean net, "
            "or it cannot be told from zero.",
        ),
        Verdict(
            standing="raises",
            short="Raises risk",
            told="raise risk even with their conditions",
            told_of_one="raises risk even with its conditions",
            meaning="Mean net is above zero under every worldview, conditions included.",
        ),
    )
}
"""The four verdicts, best first."""


def sides(effort: EffortAssessment, *, after: bool) -> dict[str, Side]:
    """Where mean net lies, by worldview, with or without the conditions."""
    nets = {
        name: (found.after if after else found.before).net
        for name, found in effort.worldviews.items()
    }
    return {name: side_of(net.mean, net.standard_error) for name, net in nets.items()}


def standing_of(effort: EffortAssessment) -> Standing:
    """Where an effort stands over all worldviews."""
    after = set(sides(effort, after=True).values())
    if after == {"safer"}:
        return "reduces" if set(sides(effort, after=False).values()) == {"safer"} else "turns"
    return "raises" if after == {"riskier"} else "depends"


def count_standings(efforts: tuple[EffortAssessment, ...]) -> dict[Standing, int]:
    """How many efforts stand where; every standing is present."""
    counted = Counter(standing_of(effort) for effort in efforts)
    return {standing: counted[standing] for standing in VERDICTS}
