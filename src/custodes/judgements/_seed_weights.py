"""Weights from seed questions, brought to the questions of a round.

Source: docs/explanation/judgement.md. The range in which a round's own answers are
informative is taken on the quantity's scale, which is our reading: Cooke's model knows a plain
and a logarithmic one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from custodes.judgements._belief import Panel
from custodes.judgements._calibration import enough_seeds
from custodes.judgements._classical_model import (
    OVERSHOOT,
    SeedScores,
    SeedStudy,
    global_weights,
    information_of,
    kept_calibrations,
    optimised_maker,
)
from custodes.quantities import Worlds

_ENDS = ndtri(np.array([0.05, 0.5, 0.95]))
_SHARES = np.array([0.05, 0.45, 0.45, 0.05])


@dataclass(frozen=True, slots=True, eq=False)
class SeedPanel:
    """How a panel did on seed questions, with the best cut-offs."""

    scores: SeedScores
    """The scores."""
    global_cut_off: float
    """Best cut-off of the global weights."""
    item_cut_off: float
    """Best cut-off of the item weights."""

    def global_weights(self) -> Mapping[str, float]:
        """C I 1(C >= alpha) by expert."""
        return self._by_name(global_weights(self.scores, self.global_cut_off))

    def item_weights(self, panel: Panel) -> Mapping[str, float]:
        """C I_item 1(C >= alpha) by expert, for the question that a panel answered.

        A point, and any range without width on one side, would claim infinite information; its
        author's mean information on the seeds stands in.
        """
        kept = self._by_name(kept_calibrations(self.scores, self.item_cut_off))
        usual = self._by_name(np.nan_to_num(self.scores.information))
        ends = np.array([belief.at(_ENDS) for belief in panel.floored])
        low, high = float(ends.min()), float(ends.max())
        over = OVERSHOOT * (high - low)
        weights: dict[str, float] = {}
        for name, quantiles in zip(panel.amounts, ends, strict=True):
            told = information_of(quantiles, low - over, high + over, _SHARES)
            information = told if math.isfinite(told) else usual.get(name, 0.0)
            weights[name] = kept.get(name, 0.0) * information
        return weights

    def _by_name(self, values: Worlds) -> Mapping[str, float]:
        return dict(zip(self.scores.study.experts, values.tolist(), strict=True))


def seed_panel(study: SeedStudy) -> SeedPanel:
    """A panel's scores on its seed questions.

    Raises:
        InputError: Somebody answered fewer than 8, or nobody any.
    """
    scores = enough_seeds(study)
    return SeedPanel(
        scores=scores,
        global_cut_off=optimised_maker(scores, by="global").cut_off,
        item_cut_off=optimised_maker(scores, by="item").cut_off,
    )
