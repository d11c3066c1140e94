"""What a package of conditions would do without each of them, one at a time.

Source: docs/howto/fix-conditions.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from custodes.assessment._assess import Assessment
from custodes.assessment._attribution import score
from custodes.assessment._draws import EffortDraws, draw_effort, draw_round
from custodes.assessment._packages import Package
from custodes.assessment._record import Summary
from custodes.assessment._result import RAISES_RISK
from custodes.quantities import Worlds, means_by_scramble, standard_error, summarise
from custodes.records import Record
from custodes.rounds import Round


class WithoutCondition(Record):
    """One effort under one worldview, with its conditions but one."""

    effort: str
    """The effort."""
    condition: str
    """The mitigation that is left out, by id."""
    worldview: str
    """The worldview."""
    net: Summary
    """Net without it."""
    change: float
    """Mean of net without it minus net with it, on the same draws; above zero it is needed."""
    change_standard_error: float
    """Standard error of `change`."""
    p_raises_risk: float
    """Share of worlds in which the effort raises risk without it."""
    qualifies: bool
    """Whether P(raises risk) stays within the limit under every worldview without it."""

    @property
    def is_told_apart(self) -> bool:
        """Whether the change is more than two standard errors away from zero."""
        return abs(self.change) > 2 * self.change_standard_error


def without_each_condition(
    assessment: Assessment,
    efforts: Sequence[str] | None = None,
    *,
    packages: Mapping[str, Sequence[str]] | None = None,
) -> tuple[WithoutCondition, ...]:
    """What each effort would do without each one of its conditions.

    The other conditions, the seed and the draws stay, so nothing but the one condition differs.

    Args:
        assessment: The result with the conditions that are looked at.
        efforts: By id; every effort where left out.
        packages: Conditions by effort, in place of those of the result.

    Returns:
        One for each effort, condition and worldview, in the order of the result.

    Raises:
        KeyError: An effort is not in the result.
    """
    record = assessment.record
    wanted = [each.id for each in record.efforts] if efforts is None else list(efforts)
    given = packages or {}
    looked_at = {
        name: tuple(given.get(name, assessment.effort(name).conditions)) for name in wanted
    }
    if not any(looked_at.values()):
        return ()
    round_ = _in_order(assessment.round_, record.round.worldviews)
    drawn = draw_round(round_, seed=record.seed, samples=record.samples, sampler=record.sampler)
    written = {str(each.id): each for each in round_.efforts}
    limit = round_.settings.limits.p_raises_risk
    return tuple(
        found
        for name, package in looked_at.items()
        if package
        for found in _without_each(draw_effort(drawn, written[name]), package, limit=limit)
    )


def _in_order(round_: Round, worldviews: Sequence[str]) -> Round:
    named = {each.name: each for each in round_.worldviews}
    return round_.model_copy(update={"worldviews": tuple(named[name] for name in worldviews)})


def _without_each(
    draws: EffortDraws, package: Sequence[str], *, limit: float
) -> Iterable[WithoutCondition]:
    whole = _nets(draws, frozenset(package))
    for left_out in package:
        nets = _nets(draws, frozenset(package) - {left_out})
        raises = {name: _p_raises_risk(net) for name, net in nets.items()}
        qualifies = all(each <= limit + 1e-12 for each in raises.values())
        for name, net in nets.items():
            changes = means_by_scramble(net - whole[name])
            moments = summarise(net[np.newaxis])
            yield WithoutCondition(
                effort=str(draws.inputs.effort.id),
                condition=left_out,
                worldview=name,
                net=Summary(
                    mean=float(moments.mean[0]),
                    p05=float(moments.p05[0]),
                    p50=float(moments.p50[0]),
                    p95=float(moments.p95[0]),
                    standard_error=float(moments.standard_error[0]),
                ),
                change=float(changes.mean()),
                change_standard_error=float(standard_error(changes)),
                p_raises_risk=raises[name],
                qualifies=qualifies,
            )


def _nets(draws: EffortDraws, package: Package) -> dict[str, Worlds]:
    """Net in every world under every worldview; shape (samples,) each."""
    samples = draws.drawn.shared.samples
    found: dict[str, Worlds] = {}
    for name, values in draws.values.items():
        net = score(draws.with_mitigations(values, package), verdict="risk")
        found[name] = np.broadcast_to(net, (samples,)) + 0.0  # no minus sign before a zero
    return found


def _p_raises_risk(net: Worlds) -> float:
    return float(means_by_scramble((net > RAISES_RISK).astype(np.float64)).mean())
