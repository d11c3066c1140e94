"""The four scales on which distributions are stated.

Source: docs/explanation/model.md; the logit and logarithm are standard.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from custodes.quantities._quantity import Family
from custodes.quantities._worlds import Worlds

SHARE_END = 1e-9
"""Shares are clipped to [1e-9, 1 - 1e-9] before their log-odds are taken."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A monotone map and its inverse."""

    name: Literal["identity", "ln", "mirrored", "logit"]
    """Which map it is."""
    forward: Callable[[float], float]
    """From the quantity to the scale; one number."""
    inverse: Callable[[Any], Any]
    """From the scale back to the quantity; elementwise."""


def _same(x: Any) -> Any:  # noqa: ANN401 (a number or an array, unchanged)
    return x


def _logit(x: float) -> float:
    share = min(max(x, SHARE_END), 1 - SHARE_END)
    return math.log(share) - math.log1p(-share)


def _expit(t: Worlds) -> Worlds:
    return 1.0 / (1.0 + np.exp(-np.asarray(t)))


def _log_of_loss(x: float) -> float:
    return -math.log(-x)


def _loss(t: Worlds) -> Worlds:
    return -np.exp(-np.asarray(t))


# functions with names, not lambdas: distributions travel to other processes
IDENTITY = Scale("identity", _same, _same)
LN = Scale("ln", math.log, np.exp)
MIRRORED = Scale("mirrored", _log_of_loss, _loss)
LOGIT = Scale("logit", _logit, _expit)


def scale_for(family: Family, p05: float, p95: float) -> Scale:
    """The scale of a family; `signed` looks at the ends: all above 0, all below 0, or mixed."""
    if family == "share":
        return LOGIT
    if family == "positive":
        return LN
    if family == "signed" and p05 > 0:
        return LN
    if family == "signed" and p95 < 0:
        return MIRRORED
    return IDENTITY
