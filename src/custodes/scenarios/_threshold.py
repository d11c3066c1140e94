"""How safe a system must be before a developer deploys it, and before society would want it.

The one place of these two formulas: the scenario ``valley`` and the problem of the dangerous
valley both call them. Source: paper pp. 25-27 states the two thresholds; the payoffs behind them
are our assumption, the simplest that has every measure of p. 27 in it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from custodes.scenarios._numbers import Numbers

LARGEST_RIVAL_DEPLOYS = 0.999
"""At certainty that a rival deploys, nothing would be at stake for the developer any more."""


def developer_threshold_logit(
    *,
    harm_internalised: Numbers,
    liability: Numbers,
    harm_benefit: Numbers,
    benefit_captured: Numbers,
    windfall: Numbers,
    usefulness: Numbers,
    rival_deploys: Numbers,
    rents_lost: Numbers,
) -> Numbers:
    """The log-odds of safety above which deploying pays for the developer, elementwise.

    Formula::

        ln(min(harm_internalised + liability, 1) * harm_benefit
           / (benefit_captured * (1 - windfall) * (1 + usefulness)))
        - ln((1 + q * rents_lost) / (1 - q)),    q = min(rival_deploys, 0.999)

    It is where ``p b (1 + q rents_lost) = (1 - p) L (1 - q)``: the benefit captured, and the
    rents that a rival would else take, against the harm borne, which falls on the developer
    only where no rival would have caused it anyway.

    Args:
        harm_internalised: Share of the harm of a failure that the developer bears, [0, 1].
        liability: Share of the harm that liability adds to it, [0, 1].
        harm_benefit: Society's harm of a failure over its benefit of a safe deployment, above 0.
        benefit_captured: Share of that benefit that the developer keeps, [0, 1].
        windfall: Share of what it keeps that it has to give away, [0, 1].
        usefulness: By how much the system is worth more than before, at least 0.
        rival_deploys: Probability that a rival deploys if this developer does not, [0, 1].
        rents_lost: Share of the benefit captured that a rival's deployment would take, at least 0.

    Returns:
        Log-odds, of the shape the arguments broadcast to; minus infinity where the developer bears
        no harm, infinity where it keeps no benefit. Both at once is not defined (nan).

    Source: paper pp. 26-27 (threshold, windfall clauses, licences); payoffs: our assumption.
    """
    rival = np.minimum(rival_deploys, LARGEST_RIVAL_DEPLOYS)
    with np.errstate(divide="ignore", invalid="ignore"):
        borne = np.log(np.minimum(np.add(harm_internalised, liability), 1.0) * harm_benefit)
        kept = np.log(np.multiply(benefit_captured, np.subtract(1.0, windfall)))
        more_useful = np.log1p(usefulness)
        race = np.log1p(rival * rents_lost) - np.log1p(-rival)
        threshold: npt.NDArray[np.float64] = borne - kept - more_useful - race
    return threshold


def society_threshold_logit(harm_benefit: Numbers) -> Numbers:
    """The log-odds of safety above which society gains from a deployment: ln(harm_benefit).

    It is where ``p B = (1 - p) H``: rivals, rents and usefulness to the developer are no part.

    Args:
        harm_benefit: Society's harm of a failure over its benefit of a safe deployment, above 0.

    Returns:
        Log-odds, of the shape of the argument.

    Source: paper pp. 25-26.
    """
    threshold: npt.NDArray[np.float64] = np.log(harm_benefit)
    return threshold
