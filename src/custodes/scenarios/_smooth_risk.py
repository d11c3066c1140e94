"""Risk when deployers judge safety with noise: it rises, peaks, and falls as alignment grows.

Source: paper pp. 25-27; the curve is our model of its "valley" (docs/explanation/model.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp2, log

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit, log_ndtr, ndtr, ndtri

from custodes.scenarios._numbers import Numbers, root

_REACH = 40.0
"""In units of noise: a normal judgement is never further off than double precision can tell."""
_RARE = -1e-9
"""Log-survival above which 1 - exp is its first term, to double precision."""
_GRID = 4001
"""Points at which a curve with perhaps two peaks is looked at, again and again around the best."""
_FINE = 1e-7
"""Log-odds between points at which a peak is found: the curve is flat there."""
_LOG_ROOT_TWO_PI = 0.5 * log(2 * np.pi)


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A regulator who must agree to a deployment."""

    coverage: float
    """Share of deployments that need the licence, [0, 1]."""
    threshold: float
    """Log-odds of safety from which on the regulator agrees: society's threshold."""
    noise: float
    """Noise of the regulator's own estimate of safety, in log-odds, above 0."""


@dataclass(frozen=True, slots=True)
class Peak:
    """Where the risk is largest."""

    x: float
    """Log-odds of safety."""
    p: float
    """The same as a probability."""
    risk: float
    """P(somebody deploys, and the system fails)."""


def deployers_shift(*, deployers: float, noise: float) -> float:
    """How much earlier the first of N noisy deployers goes: noise * Phi^-1(1/2^(1/N)).

    Where one deployer is as likely as not to deploy, the first of N deploys this many log-odds
    below: it is the median of the largest of N errors.

    Args:
        deployers: N, at least 1.
        noise: Standard deviation of a deployer's error, in log-odds, above 0.

    Returns:
        Log-odds, at least 0; 0 for one deployer.

    Source: paper p. 26 (number of actors); Bostrom, Douglas and Sandberg 2016.
    """
    return float(noise * ndtri(exp2(-1 / deployers)))


def p_deployed(
    x: Numbers,
    *,
    x_developer: float,
    noise: float,
    deployers: float,
    licence: Licence | None = None,
) -> npt.NDArray[np.float64]:
    """1 - (1 - Phi((x - x_D) / noise) * licensed)^N: whether anybody deploys, elementwise.

    ``licensed`` is 1 without a licence, else 1 - c + c Phi((x - x_S) / regulator's noise).

    Args:
        x: Log-odds of safety.
        x_developer: Log-odds from which on a deployer with a clear view deploys.
        noise: Noise of a deployer's estimate, in log-odds, above 0.
        deployers: N, at least 1.
        licence: Who else must agree; None: nobody.

    Source: paper pp. 25-26; docs/explanation/model.md (``stage``).
    """
    return -np.expm1(_log_kept_back(x, x_developer, noise, deployers, licence))


def smooth_risk(
    x: Numbers,
    *,
    x_developer: float,
    noise: float,
    deployers: float,
    licence: Licence | None = None,
) -> npt.NDArray[np.float64]:
    """P(somebody deploys) / (1 + exp(x)): the risk at each log-odds of safety, elementwise.

    Args:
        x: Log-odds of safety.
        x_developer: Log-odds from which on a deployer with a clear view deploys.
        noise: Noise of a deployer's estimate, in log-odds, above 0.
        deployers: How many can deploy on their own, at least 1.
        licence: Who else must agree; None: nobody.

    Source: paper p. 25; docs/explanation/model.md.
    """
    deployed = p_deployed(
        x, x_developer=x_developer, noise=noise, deployers=deployers, licence=licence
    )
    risk: npt.NDArray[np.float64] = deployed * expit(np.negative(x))
    return risk


def peak_of_risk(*, x_developer: float, noise: float, deployers: float) -> Peak:
    """Where the risk is largest: the root of N phi(z) (1 - Phi(z))^(N-1) / (noise P) = p(x).

    z is (x - x_D) / noise and P the probability that anybody deploys. The left side falls in x
    and the right side rises, so there is one root: below it more alignment raises the risk.

    Args:
        x_developer: Log-odds from which on a deployer with a clear view deploys.
        noise: Noise of a deployer's estimate, in log-odds.
        deployers: N, at least 1.

    Source: paper p. 25; docs/explanation/model.md.
    """

    def pull(x: float) -> float:
        z = (x - x_developer) / noise
        kept_back = float(deployers * log_ndtr(-z))
        deployed = (
            log(deployers) + float(log_ndtr(z))
            if kept_back > _RARE
            else float(np.log(-np.expm1(kept_back)))
        )
        density = log(deployers) - z * z / 2 - _LOG_ROOT_TWO_PI
        rest = float((deployers - 1) * log_ndtr(-z))
        return density + rest - log(noise) - deployed - float(log_expit(x))

    high = x_developer + noise
    while pull(high) > 0:
        high += 2 * (high - x_developer)
    x = root(pull, low=x_developer - _REACH * noise, high=high)
    risk = smooth_risk(x, x_developer=x_developer, noise=noise, deployers=deployers)
    return Peak(x=x, p=float(expit(x)), risk=float(risk))


def licensed_peak_of_risk(
    *, x_developer: float, noise: float, deployers: float, licence: Licence
) -> Peak:
    """Where the risk is largest when a regulator must agree: by a grid, then refined.

    With a licence that covers a part only, the curve can have two peaks: one where the
    unlicensed deploy, one where the regulator begins to agree.

    Args:
        x_developer: Log-odds from which on a deployer with a clear view deploys.
        noise: Noise of a deployer's estimate, in log-odds, above 0.
        deployers: How many can deploy on their own, at least 1.
        licence: The regulator who must agree.

    Source: paper p. 26.
    """

    def risk(x: Numbers) -> npt.NDArray[np.float64]:
        return smooth_risk(
            x, x_developer=x_developer, noise=noise, deployers=deployers, licence=licence
        )

    spread = 10 * max(noise, licence.noise) + 10
    ends = sorted((x_developer, licence.threshold))
    low, high = ends[0] - spread, ends[1] + spread
    while True:
        grid = np.linspace(low, high, _GRID)
        best = int(np.argmax(risk(grid)))
        low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, _GRID - 1)])
        if high - low < _FINE:
            x = float(grid[best])
            return Peak(x=x, p=float(expit(x)), risk=float(risk(x)))


def first_deployer_threshold(
    *, x_developer: float, noise: float, deployers: float, licence: Licence | None = None
) -> float:
    """The log-odds of safety at which somebody deploys as likely as not: P(somebody) = 1/2.

    Without a licence it is ``x_developer - deployers_shift``.

    Args:
        x_developer: Log-odds from which on a deployer with a clear view deploys.
        noise: Noise of a deployer's estimate, in log-odds, above 0.
        deployers: How many can deploy on their own, at least 1.
        licence: Who else must agree; None: nobody.

    Source: paper pp. 26-27.
    """
    if licence is None:
        return x_developer - deployers_shift(deployers=deployers, noise=noise)

    def reluctance(x: float) -> float:
        return float(np.exp(_log_kept_back(x, x_developer, noise, deployers, licence))) - 0.5

    reach = _REACH * max(noise, licence.noise)
    low = x_developer - reach
    high = max(x_developer, licence.threshold) + reach
    return root(reluctance, low=low, high=high)


def _log_kept_back(
    x: Numbers, x_developer: float, noise: float, deployers: float, licence: Licence | None
) -> npt.NDArray[np.float64]:
    """Log of the probability that nobody deploys."""
    z = np.divide(np.subtract(x, x_developer), noise)
    if licence is None:
        nobody: npt.NDArray[np.float64] = deployers * log_ndtr(-z)
        return nobody
    agreed = ndtr(np.divide(np.subtract(x, licence.threshold), licence.noise))
    each = ndtr(z) * (1 - licence.coverage + licence.coverage * agreed)
    with np.errstate(divide="ignore"):
        licensed: npt.NDArray[np.float64] = deployers * np.log1p(-each)
    return licensed
