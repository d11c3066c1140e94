"""How much of a pooled range is experts disagreeing, and how much each one's own doubt.

Source: docs/explanation/judgement.md; the law of total variance, on the quantity's scale.
"""

from __future__ import annotations

import numpy as np

from custodes.judgements._belief import Panel, scale_moments
from custodes.records import Record


class PanelSpread(Record):
    """Variance on the scale, within and between the experts."""

    within: float
    """Mean of the experts' own variances."""
    between: float
    """Variance of the experts' means."""
    share_between: float | None
    """between / (within + between); null where nobody states or causes any spread."""


def spread_of(panel: Panel) -> PanelSpread:
    """Within = sum w_i var_i, between = sum w_i (mu_i - mu)^2, on the panel's scale."""
    moments = [scale_moments(belief) for belief in panel.floored]
    means = np.array([each.mean for each in moments])
    within = float(np.sum(panel.weights * [each.variance for each in moments]))
    mean = float(np.sum(panel.weights * means))
    between = float(np.sum(panel.weights * (means - mean) ** 2))
    total = within + between
    return PanelSpread(
        within=within, between=between, share_between=between / total if total > 0 else None
    )
