"""What a claim's benchmark says of its effort before anybody judged it: defaults, moved with care.

Source: docs/decisions/0018-claims.md; the correlations are those of `_capability`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from custodes.catalogue import QUANTITIES
from custodes.evidence._capability import CapabilityCorrelation, capability_correlation
from custodes.evidence._claim import Claim
from custodes.quantities import Amount, scale_for
from custodes.records import Record

_End = Literal["p05", "p95"]


class _Rule(NamedTuple):
    share: Literal["capability_share", "worsening_share"]
    end: _End


BENCHMARK_RULES: Mapping[str, _Rule] = {
    "usefulness": _Rule("capability_share", "p95"),
    "insight_months": _Rule("capability_share", "p95"),
    "scaling": _Rule("worsening_share", "p05"),
}
"""Quantities whose default moves: by which share, and towards which end of its own range."""


class MovedDefault(Record):
    """One default of an effort, moved because of a benchmark that a claim of it rests on."""

    quantity: str
    """The quantity."""
    claim: str
    """The claim, by id."""
    benchmark: str
    """The benchmark, by its name in the data."""
    share: float
    """By which share the middle moves towards the end of its range."""
    before: Amount
    """The reference class of the effort's kind."""
    after: Amount
    """The default that stands in its place until the quantity is judged."""


def moved_defaults(
    defaults: Mapping[str, Amount], claims: Iterable[Claim]
) -> tuple[MovedDefault, ...]:
    """The defaults of an effort that its claims' benchmarks move.

    The middle moves, on the quantity's scale, by the share towards one end of the range; the ends
    stay, so nothing is said that the reference class would not say. Of several benchmarks the
    largest share counts. A benchmark without a sign moves nothing.

    Args:
        defaults: The reference class of its kind, by quantity.
        claims: The claims about it that count.
    """
    known: list[tuple[Claim, CapabilityCorrelation]] = [
        (claim, found)
        for claim in claims
        if (found := capability_correlation(claim.benchmark)) is not None and found.sign
    ]
    moved: list[MovedDefault] = []
    for quantity, rule in BENCHMARK_RULES.items():
        if not known:
            break
        claim, found = max(known, key=lambda each: float(getattr(each[1], rule.share)))
        share = float(getattr(found, rule.share))
        before = defaults[quantity]
        after = moved_towards(before, quantity, share=share, end=rule.end)
        if after != before:
            moved.append(
                MovedDefault(
                    quantity=quantity,
                    claim=claim.id,
                    benchmark=found.benchmark,
                    share=share,
                    before=before,
                    after=after,
                )
            )
    return tuple(moved)


def moved_towards(amount: Amount, quantity: str, *, share: float, end: _End) -> Amount:
    """An amount whose middle is moved towards one of its ends; the ends stay.

    ``t50 + share (t_end - t50)`` on the quantity's scale.

    Args:
        amount: The amount; one without a range stays as it is.
        quantity: Gives the scale.
        share: From 0, nothing, to 1, the end itself.
        end: Which one.
    """
    if amount.is_point or share == 0:
        return amount
    scale = scale_for(QUANTITIES[quantity].family, amount.p05, amount.p95)
    middle, towards = scale.forward(amount.p50), scale.forward(getattr(amount, end))
    moved = float(scale.inverse(middle + share * (towards - middle)))
    low, high = sorted((amount.p50, getattr(amount, end)))
    inside = min(max(moved, low), high)
    return Amount(p05=amount.p05, p50=inside, p95=amount.p95)
