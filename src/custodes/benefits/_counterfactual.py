"""What would have happened anyway, and when: neglectedness.

Source: paper pp. 11-13; docs/explanation/model.md.
"""

from __future__ import annotations

from custodes.quantities import Quantity, Worlds

DONE_ANYWAY = Quantity(
    name="done_anyway",
    symbol="f_a",
    meaning="Probability that somebody would do it without support.",
    question="Without this support: how likely is it that somebody else does the work anyway?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="11-13",
)
DELAY_SHARE = Quantity(
    name="delay_share",
    symbol="t_a",
    meaning="How much later it would then come, as a share of the time to the horizon.",
    question="If somebody did it anyway: how much later, as a share of the time to the horizon?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="11-13",
)

QUANTITIES = (DONE_ANYWAY, DELAY_SHARE)


def credit(*, done_anyway: Worlds, delay_share: Worlds) -> Worlds:
    """The credit cf = 1 - f_a (1 - t_a): the share of all effects credited to the support.

    Diversion alone is not scaled by it: money moves whatever others would have done.
    """
    return 1.0 - done_anyway * (1.0 - delay_share)
