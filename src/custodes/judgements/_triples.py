"""Three answers that must fit together: P(U), P(c) and P(U given c).

Source: docs/explanation/judgement.md, flag `triple`. All three answers are kept; a triple that
does
not fit only stays out of the value of a crux.
"""

from __future__ import annotations

TOLERANCE = 1e-12
"""How far outside [0, 1] rounding may put the implied probability."""


def implied_otherwise(*, p_outcome: float, p_crux: float, p_outcome_if_crux: float) -> float:
    """P(U given not c) = (P(U) - P(c) P(U given c)) / (1 - P(c)).

    Args:
        p_outcome: P(U).
        p_crux: P(c), below 1.
        p_outcome_if_crux: P(U given c).

    Returns:
        The implied probability; outside [0, 1] where the three do not fit together.
    """
    return (p_outcome - p_crux * p_outcome_if_crux) / (1 - p_crux)


def fits_together(*, p_outcome: float, p_crux: float, p_outcome_if_crux: float) -> bool:
    """Whether three answers can be probabilities of the same person at once."""
    if p_crux >= 1:
        return abs(p_outcome - p_outcome_if_crux) <= TOLERANCE
    otherwise = implied_otherwise(
        p_outcome=p_outcome, p_crux=p_crux, p_outcome_if_crux=p_outcome_if_crux
    )
    return -TOLERANCE <= otherwise <= 1 + TOLERANCE
