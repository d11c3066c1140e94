"""What each measure does to the valley, and what it costs in other respects.

Source: paper pp. 26-27 and fn 56. Strengths: the medians of our own mitigation library, so that
this table and an assessment speak of the same measure; where it has none, our assumption.
"""

from __future__ import annotations

from dataclasses import dataclass

from custodes.records import Record
from custodes.scenarios._smooth_risk import (
    Licence,
    first_deployer_threshold,
    licensed_peak_of_risk,
    peak_of_risk,
)
from custodes.scenarios._valley import ValleyInputs, developer_threshold, society_threshold

LICENCE_COVERAGE = 0.8
"""`deployment-licence`, median: share of deployments that then need a licence. Our assumption."""
REGULATOR_NOISE = 0.5
"""Central worldview, median, in log-odds: a regulator also errs. Our assumption."""
WINDFALL_LIFT = 0.2
"""`windfall-clause`, median: share of what is kept that is then given away. Our assumption."""
LIABLE_ASSETS = 0.05
"""Share of the harm that the developer's assets can pay for. Our assumption."""
DEPLOYERS_EXCESS = 0.6
"""`compute-access-limits`, median: factor on the deployers beyond the first. Our assumption."""
RACE_LEFT = 0.5
"""Factor on the probability that a rival deploys anyway. Our assumption."""


_ROUNDING = 1e-9
"""A change below this is none."""


class Measure(Record):
    """One measure against the valley: the width and the risk with it, and the change."""

    measure: str
    """Short name."""
    change: str
    """What is changed, from what to what."""
    set: dict[str, float]
    """The keys with which the scenario shows the same; empty for a licence, which has no key."""
    width_logit_first_deployer: float | None
    """Log-odds from where somebody deploys as likely as not up to society's threshold."""
    width_change: float | None
    """Against the scenario as set; below 0 the valley is narrower."""
    peak_risk: float | None
    """The largest risk over all degrees of safety."""
    peak_risk_change: float | None
    """Against the scenario as set; below 0 is safer."""
    trade_off: str
    """What the measure costs in other respects."""
    source: str
    """Page of the paper, or our assumption."""


@dataclass(frozen=True, slots=True)
class _Valley:
    """The two figures that every measure can move."""

    width: float | None
    peak_risk: float | None


def measures_on(inputs: ValleyInputs) -> tuple[Measure, ...]:
    """What a licence, a windfall clause, liability, fewer deployers and less race each do.

    Args:
        inputs: The scenario as set; each measure is taken alone and on top of it.
    """
    before = _figures(inputs, licensed=False)
    return (
        _measure(
            before,
            _figures(inputs, licensed=True),
            name="a licence",
            change=f"{LICENCE_COVERAGE:.0%} of deployments need a regulator's consent",
            trade_off="slows useful deployments too; the regulator errs and can be captured",
            source="paper p. 26",
        ),
        *(
            _measure(
                before,
                _figures(inputs.model_copy(update=keys), licensed=False),
                name=name,
                change=_told(inputs, keys),
                keys=keys,
                trade_off=trade_off,
                source=source,
            )
            for name, keys, trade_off, source in _changes(inputs)
        ),
    )


def read_measures(measures: tuple[Measure, ...]) -> str:
    """What the table says: which measure narrows the valley most, which lowers the risk most.

    Args:
        measures: As `measures_on` gives them.
    """
    narrowing = [each for each in measures if (each.width_change or 0) < -_ROUNDING]
    safer = [each for each in measures if (each.peak_risk_change or 0) < -_ROUNDING]
    if not narrowing or not safer:
        return ""
    narrowest = min(narrowing, key=lambda each: each.width_change or 0)
    safest = min(safer, key=lambda each: each.peak_risk_change or 0)
    said = (
        f"Of the measures, each alone and at the strength shown, {narrowest.measure} narrows the "
        f"valley most, by {-(narrowest.width_change or 0):z.3g} in log-odds"
    )
    if safest is narrowest:
        return f"{said}, and lowers the largest risk most, to {safest.peak_risk:z.3g}."
    return f"{said}; {safest.measure} lowers the largest risk most, to {safest.peak_risk:z.3g}."


def _changes(inputs: ValleyInputs) -> tuple[tuple[str, dict[str, float], str, str], ...]:
    return (
        (
            "a windfall clause",
            {"windfall": 1 - (1 - inputs.windfall) * (1 - WINDFALL_LIFT)},
            "takes the same share of the reward for deploying what is safe",
            "paper p. 26",
        ),
        (
            "liability",
            {
                "liability": max(inputs.liability, 1.0),
                "assets": max(inputs.assets, LIABLE_ASSETS * inputs.harm),
            },
            "ends at the developer's assets; favours large developers",
            "our assumption; acts as p. 26 asks, on the risks borne",
        ),
        (
            "fewer deployers",
            {"deployers": 1 + (inputs.deployers - 1) * DEPLOYERS_EXCESS},
            "concentrates power",
            "paper pp. 26-27, fn 56",
        ),
        (
            "less race",
            {"rival_deploys": inputs.rival_deploys * RACE_LEFT},
            "needs rivals to agree, and to see that the others keep to it",
            "our assumption; paper p. 19 on benefit sharing",
        ),
    )


def _told(inputs: ValleyInputs, keys: dict[str, float]) -> str:
    return ", ".join(
        f"{key} {getattr(inputs, key):g} to {value:g}"
        if getattr(inputs, key) != value
        else f"{key} stays {value:g}"
        for key, value in keys.items()
    )


def _figures(inputs: ValleyInputs, *, licensed: bool) -> _Valley:
    developer, society = developer_threshold(inputs).x, society_threshold(inputs).x
    if developer is None:
        return _Valley(width=None, peak_risk=None)
    noise, deployers = inputs.deployer_noise, inputs.deployers
    if not licensed or society is None:
        first = first_deployer_threshold(x_developer=developer, noise=noise, deployers=deployers)
        peak = peak_of_risk(x_developer=developer, noise=noise, deployers=deployers)
    else:
        licence = Licence(coverage=LICENCE_COVERAGE, threshold=society, noise=REGULATOR_NOISE)
        first = first_deployer_threshold(
            x_developer=developer, noise=noise, deployers=deployers, licence=licence
        )
        peak = licensed_peak_of_risk(
            x_developer=developer, noise=noise, deployers=deployers, licence=licence
        )
    return _Valley(width=_less(society, first), peak_risk=peak.risk)


def _measure(
    before: _Valley,
    after: _Valley,
    *,
    name: str,
    change: str,
    trade_off: str,
    source: str,
    keys: dict[str, float] | None = None,
) -> Measure:
    return Measure(
        measure=name,
        change=change,
        set=keys or {},
        width_logit_first_deployer=after.width,
        width_change=_less(after.width, before.width),
        peak_risk=after.peak_risk,
        peak_risk_change=_less(after.peak_risk, before.peak_risk),
        trade_off=trade_off,
        source=source,
    )


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other
