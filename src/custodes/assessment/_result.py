"""From arrays over worlds to the summaries of a result, each with its standard error."""

from __future__ import annotations

import math

import numpy as np

from custodes.assessment._attribution import Outcome
from custodes.assessment._record import Disagreement, Result, Share, Summary
from custodes.assessment._worlds import Scores
from custodes.catalogue import MECHANISMS
from custodes.quantities import (
    Moments,
    Worlds,
    means_by_scramble,
    standard_error,
    summarise,
)

RAISES_RISK = 1e-13
"""A world in which net is above this is one in which the effort raises risk."""
LEAST_USEFULNESS = 1e-9
"""There is no ratio where mean usefulness is not above this."""
_MILLION = 1e6


def result_of(
    found: Outcome, *, samples: int, cost: float, experts: Scores | None = None
) -> Result:
    """The summaries of one effort under one worldview.

    Args:
        found: The outcome with its parts, shape (samples,) or (1,) where all is certain.
        samples: Draws.
        cost: Mean cost in the round's currency.
        experts: Who speaks in each draw; none where nothing is to be said of disagreement.
    """
    accident, misuse = found.parts.accident, found.parts.misuse
    zero = np.zeros(1)
    rows = {
        "benefit.accident": -accident.get("benefit", zero),
        "benefit.misuse": -misuse.get("benefit", zero),
        **{name: accident.get(name, zero) + misuse.get(name, zero) for name in MECHANISMS},
        "net": found.net,
        "net_accident": _total(accident),
        "net_misuse": _total(misuse),
        "social_value": found.social_value,
        "usefulness": found.usefulness,
    }
    table = np.empty((len(rows), samples))
    for number, row in enumerate(rows.values()):
        table[number] = row
    table += 0.0  # a minus sign before a zero means nothing
    moments = summarise(table)
    told = {name: _summary(moments, number) for number, name in enumerate(rows)}
    place = {name: number for number, name in enumerate(rows)}
    raises = means_by_scramble((table[place["net"]] > RAISES_RISK).astype(np.float64))
    lowers = means_by_scramble((table[place["social_value"]] < -RAISES_RISK).astype(np.float64))
    ratio, ratio_error = _ratio(
        table[place["benefit.accident"]] + table[place["benefit.misuse"]],
        table[place["usefulness"]],
    )
    net = told["net"]
    return Result(
        benefit=Share(accident=told["benefit.accident"], misuse=told["benefit.misuse"]),
        increase={name: told[name] for name in MECHANISMS},
        net=net,
        net_accident=told["net_accident"],
        net_misuse=told["net_misuse"],
        p_raises_risk=float(raises.mean()),
        p_raises_risk_standard_error=float(standard_error(raises)),
        social_value=told["social_value"],
        p_lowers_social_value=float(lowers.mean()),
        p_lowers_social_value_standard_error=float(standard_error(lowers)),
        usefulness=told["usefulness"],
        ratio=ratio,
        ratio_standard_error=ratio_error,
        net_per_million=net.mean / (cost / _MILLION),
        net_per_million_standard_error=net.standard_error / (cost / _MILLION),
        disagreement=_disagreement(table[place["net"]], experts),
    )


def _total(parts: dict[str, Worlds]) -> Worlds:
    total = np.zeros(1)
    for part in parts.values():
        total = total + part
    return total


def _summary(moments: Moments, row: int) -> Summary:
    return Summary(
        mean=float(moments.mean[row]),
        p05=float(moments.p05[row]),
        p50=float(moments.p50[row]),
        p95=float(moments.p95[row]),
        standard_error=float(moments.standard_error[row]),
    )


def _ratio(benefit: Worlds, usefulness: Worlds) -> tuple[float | None, float | None]:
    """Mean benefit over mean usefulness; the error by linearising it in each scramble."""
    benefits, gains = means_by_scramble(benefit), means_by_scramble(usefulness)
    gain = float(gains.mean())
    if gain <= LEAST_USEFULNESS:
        return None, None
    ratio = float(benefits.mean()) / gain
    residuals = (benefits - ratio * gains) / gain
    error = float(residuals.std(ddof=1)) / math.sqrt(len(residuals))
    return ratio, error


def _disagreement(net: Worlds, experts: Scores | None) -> Disagreement | None:
    """Variance of net between and within experts, with shares of draws as weights."""
    if experts is None or experts.speaking is None or len(experts.experts) < 2:  # noqa: PLR2004 (two can disagree)
        return None
    between = within = 0.0
    mean = float(net.mean())
    for number in range(len(experts.experts)):
        mine = net[experts.speaking == number]
        if len(mine):
            weight = len(mine) / len(net)
            between += weight * (float(mine.mean()) - mean) ** 2
            within += weight * float(mine.var())
    total = between + within
    return Disagreement(
        between=between, within=within, share_between=between / total if total > 0 else 0.0
    )
