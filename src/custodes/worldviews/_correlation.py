"""The correlated quantities of one owner, ready for drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from custodes import catalogue
from custodes.quantities import Owner, Worlds, cholesky_factor, correlated
from custodes.worldviews._worldview import Correlation


@dataclass(frozen=True, slots=True, eq=False)
class CorrelationFactor:
    """Which quantities move together, and how."""

    names: tuple[str, ...]
    """The quantities, in the order of the catalogue."""
    factor: npt.NDArray[np.float64]
    """Lower Cholesky factor of the correlation of their normal scores."""

    def apply(self, scores: Mapping[str, Worlds]) -> dict[str, Worlds]:
        """The scores with these quantities correlated; the others as they were."""
        mine = {name: scores[name] for name in self.names}
        return {**scores, **correlated(mine, self.factor)}


def factor_of(correlations: tuple[Correlation, ...], owner: Owner) -> CorrelationFactor | None:
    """The Cholesky factor of one owner's correlated quantities; none where there are none.

    Raises:
        InputError: The matrix is impossible; names the pairs.
    """
    pairs = {
        (each.a, each.b): each.rank
        for each in correlations
        if catalogue.QUANTITIES[each.a].owner == owner
    }
    named = {name for pair in pairs for name in pair}
    names = tuple(name for name in catalogue.QUANTITIES if name in named)
    if not names:
        return None
    return CorrelationFactor(names=names, factor=cholesky_factor(pairs, names))
