"""Whether an effort is said to hold for more capable systems, whether that stands, what it does.

The paper asks that the communication of every effort says whether it will still help with more
capable systems (p. 24). Source: docs/explanation/safety-washing.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from custodes.assessment._draws import EffortDraws
from custodes.assessment._record import EffortAssessment, QuantityUsed
from custodes.efforts import Effort
from custodes.evidence import (
    AuditOutcome,
    CapabilityLevel,
    Claim,
    capability_correlation,
    capability_levels,
    levels_told,
    outcome_of,
)
from custodes.problems import FALSE_SECURITY
from custodes.quantities import Worlds, means_by_scramble, standard_error
from custodes.records import Record
from custodes.rounds import Round

SCALING_STATEMENT = "scaling-statement"
"""The mitigation of the library: every communication says whether the work will still help."""
_EVEN = 0.5


class Step(Record):
    """A mean change, over the worlds."""

    mean: float
    """Mean of the changed minus the unchanged, on the same draws; below 0 is safer."""
    standard_error: float
    """Its standard error."""


class StatementChange(Record):
    """What saying so changes for one effort under one worldview, without other conditions."""

    net: Step
    """Change of net."""
    parts: dict[str, Step]
    """Change of each mechanism of false security."""


class ScalingStatement(Record):
    """What is said of more capable systems, whether it stands, and what saying so changes."""

    effort: str
    """The effort."""
    says: str
    """Whether its text says that it holds for more capable systems: yes, no, or not stated."""
    claimed: tuple[str, ...]
    """Claims that speak of more capable systems, by id."""
    silent: tuple[str, ...]
    """Claims that do not make clear that the result may not hold for them."""
    clear: tuple[str, ...]
    """Claims that do."""
    scaling: QuantityUsed
    """P(it still works for more capable systems), as it was used."""
    levels: tuple[CapabilityLevel, ...]
    """Its audits by the capability of their systems."""
    levels_told: str
    """What they say of more capable systems."""
    notes: tuple[str, ...]
    """Where what is said and what is known do not fit, in sentences."""
    changes: dict[str, StatementChange]
    """By worldview; empty where the round has no such mitigation."""


def scaling_statement(
    round_: Round, effort: Effort, found: EffortAssessment, draws: EffortDraws
) -> ScalingStatement:
    """The scaling statement of one effort.

    Args:
        round_: The round.
        effort: The effort as it is written.
        found: As it was assessed.
        draws: Its draws.
    """
    claims = tuple(each for each in round_.claims_about(effort.id))
    audits = _audits(round_, effort, claims)
    levels = capability_levels(audits, round_.systems)
    scaling = found.quantities["scaling"]
    silent = tuple(
        each.id for each in claims if each.scale != "more_capable" and each.says_so != "yes"
    )
    return ScalingStatement(
        effort=str(effort.id),
        says=effort.scales_to_future,
        claimed=tuple(each.id for each in claims if each.scale == "more_capable"),
        silent=silent,
        clear=tuple(each.id for each in claims if each.says_so == "yes"),
        scaling=scaling,
        levels=levels,
        levels_told=levels_told(levels, audits=len(audits)),
        notes=tuple(_notes(effort, claims, scaling, levels)),
        changes=_changes(draws),
    )


def _audits(round_: Round, effort: Effort, claims: Sequence[Claim]) -> tuple[AuditOutcome, ...]:
    """Audits that name the effort or a claim about it, or that such a claim rests on."""
    named = {audit for claim in claims for audit in claim.evidence}
    about = {claim.id for claim in claims}
    systems = {each.id: each for each in round_.systems}
    return tuple(
        outcome_of(each, systems.get(each.system))
        for each in round_.audits
        if effort.id in each.efforts or each.id in named or not about.isdisjoint(each.claims)
    )


def _notes(
    effort: Effort,
    claims: Sequence[Claim],
    scaling: QuantityUsed,
    levels: Sequence[CapabilityLevel],
) -> Iterator[str]:
    says = effort.scales_to_future
    claimed = [each.id for each in claims if each.scale == "more_capable"]
    if not says:
        yield "It does not say whether it holds for more capable systems."
    if says == "no" and claimed:
        yield f"It says no, and {_listed(claimed)} that it does."
    if says == "yes" or claimed:
        chance = f"{scaling.p50:.0%} ({scaling.p05:.0%} to {scaling.p95:.0%})"
        if scaling.basis == "reference class":
            yield f"It is said to hold; nobody judged that, and its kind gives it {chance}."
        elif scaling.p50 < _EVEN:
            yield f"It is said to hold; those who judged it give that {chance}."
        if any(each.findings for each in levels[1:]):
            yield "It is said to hold, and an audit of a more capable system has a finding."
    for claim in claims:
        found = capability_correlation(claim.benchmark)
        if found is not None and found.sign == "falls":
            yield f"{claim.id} rests on {found.name}, which gets worse in more capable systems."


def _listed(ids: Sequence[str]) -> str:
    return f"claim {ids[0]} says" if len(ids) == 1 else f"claims {', '.join(ids)} say"


def _changes(draws: EffortDraws) -> dict[str, StatementChange]:
    if SCALING_STATEMENT not in draws.drawn.shared.mitigations:
        return {}
    samples = draws.drawn.shared.samples
    changes: dict[str, StatementChange] = {}
    for view in draws.values:
        without = draws.outcome(view, frozenset())
        said = draws.outcome(view, frozenset({SCALING_STATEMENT}))
        parts: dict[str, Step] = {}
        for mechanism in FALSE_SECURITY.mechanisms:
            change: Worlds = np.zeros(1)
            for before, after in (
                (without.parts.accident, said.parts.accident),
                (without.parts.misuse, said.parts.misuse),
            ):
                nothing = np.zeros(1)
                change = change + (
                    after.get(mechanism.name, nothing) - before.get(mechanism.name, nothing)
                )
            parts[mechanism.name] = _step(change, samples)
        changes[view] = StatementChange(net=_step(said.net - without.net, samples), parts=parts)
    return changes


def _step(change: Worlds, samples: int) -> Step:
    means = means_by_scramble(np.broadcast_to(change, (samples,)) + 0.0)
    return Step(mean=float(means.mean()), standard_error=float(standard_error(means)))
