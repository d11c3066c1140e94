"""The S-process: recommenders' curves of marginal value share out the money, step by step.

The form that is known in public takes the largest positive judgement of whoever has money left:
one strong supporter is enough, which is the unilateralist's curse where efforts can harm. The
signed forms let the others' fears count.
Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from pydantic import Field

from custodes.choice._problem import Numbers
from custodes.records import Record

Variant: TypeAlias = Literal["plain", "signed", "mean"]
"""Whose judgement a step follows; see `share_out`."""
PANEL = "panel"
"""Who gives a step of the variant `mean`: all recommenders together."""
STEPS = 1000
"""Steps into which a pot is divided."""


class Curve(Record):
    """One recommender's marginal value of money for one effort: a row of `curves.csv`."""

    recommender: str = Field(min_length=1)
    """Who judges."""
    effort: str = Field(min_length=1)
    """The effort."""
    first: float
    """Value of the first unit of money, of any sign; below 0 is harm."""
    zero: float = Field(gt=0)
    """Money to the effort, from everybody, at which the value of one more unit is 0."""
    curve: float = Field(default=1.0, gt=0)
    """Concavity: 1 is a straight line, more stays high for longer."""
    reason: str = ""
    """Why."""

    def at(self, money: float) -> float:
        """Marginal value once the effort has this much.

        Formula::

            first (1 - (money/zero)^curve)   for first > 0 and money < zero, 0 beyond
            first                            for first < 0: harm does not saturate
        """
        if self.first <= 0:
            return self.first
        if money >= self.zero:
            return 0.0
        return float(self.first * (1.0 - (money / self.zero) ** self.curve))

    @property
    def worth(self) -> float:
        """Value of all the money up to `zero`; 0 for a harmful effort."""
        if self.first <= 0:
            return 0.0
        return self.first * self.zero * self.curve / (self.curve + 1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of sharing out."""

    recommender: str
    """Who gives; `panel` where all give together."""
    effort: str
    """To whom; empty where nobody is worth it any more."""
    amount: float
    """Money; 0 where a step was refused or a recommender retired."""
    marginal: float | None
    """Value of this unit of money; none where a recommender retired."""
    refused_because: str = ""
    """Why the step was not made."""


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Money shared out by recommenders."""

    given: Mapping[str, float]
    """By effort."""
    left: float
    """Money that nobody wanted to give."""
    steps: tuple[Step, ...]
    """Every step in order, refusals and retirements too."""


def share_out(
    curves: Sequence[Curve],
    *,
    pots: Mapping[str, float],
    variant: Variant = "mean",
    blocked: Mapping[str, str] | None = None,
    rescale: bool = True,
    step: float | None = None,
) -> SharedOut:
    """Money shared out along the curves.

    `plain`: whoever has most left gives a step to the effort they value most. `signed`: as plain,
    but an effort whose weighted mean of signed curves is at most 0 gets nothing from anybody.
    `mean`: the step goes to the effort with the largest weighted mean, while that is above 0.
    The brake goes with each: a step to a blocked effort is refused, and the refusal is recorded.

    Args:
        curves: At most one for each recommender and effort; a missing one is 0.
        pots: Money of each recommender; also their weights.
        variant: plain, signed or mean.
        blocked: Efforts that get nothing, each with its reason; none is no brake.
        rescale: Scale each recommender's curves so that their positive part is worth 1 in all;
            for `mean` only, because plain and signed compare within one recommender.
        step: Money of a step; a thousandth of all the pots, at least 1, where none is given.

    Returns:
        What each effort gets. Ties go to the smaller id, of efforts and of recommenders.
    """
    panel = _Panel(curves, pots, rescale=rescale and variant == "mean")
    amount = step or max(1.0, sum(pots.values()) / STEPS)
    stops = {} if blocked is None else dict(blocked)
    if variant == "mean":
        return _by_mean(panel, amount, stops)
    return _by_turns(panel, amount, stops, signed=variant == "signed")


class _Panel:
    """Curves by recommender and effort, both in the order of their ids."""

    def __init__(
        self, curves: Sequence[Curve], pots: Mapping[str, float], *, rescale: bool
    ) -> None:
        self.recommenders = sorted(pots)
        self.efforts = sorted({each.effort for each in curves})
        self.pots = {name: float(pots[name]) for name in self.recommenders}
        total = sum(self.pots.values())
        self.weights = np.array([self.pots[name] / total for name in self.recommenders])
        self.curves = {(each.recommender, each.effort): each for each in curves}
        scales = [
            sum(each.worth for each in curves if each.recommender == name)
            for name in self.recommenders
        ]
        typical = float(np.median([each for each in scales if each > 0] or [1.0]))
        self.scale = np.array([each if each > 0 else typical for each in scales])
        if not rescale:
            self.scale = np.ones(len(scales))
        self.given = dict.fromkeys(self.efforts, 0.0)

    def values(self, effort: str) -> Numbers:
        """Signed marginal values of one effort, by recommender."""
        money = self.given[effort]
        raw = [
            self.curves[name, effort].at(money) if (name, effort) in self.curves else 0.0
            for name in self.recommenders
        ]
        values: Numbers = np.array(raw) / self.scale
        return values

    def mean(self, effort: str) -> float:
        """Weighted mean of the signed curves of one effort."""
        return float(self.weights @ self.values(effort))


def _by_mean(panel: _Panel, amount: float, blocked: Mapping[str, str]) -> SharedOut:
    left = sum(panel.pots.values())
    steps: list[Step] = []
    told: set[str] = set()
    now = {effort: panel.mean(effort) for effort in panel.efforts}
    while left > 1e-9 * amount:
        best = _largest(now, told)
        if best is None:
            steps.append(Step(PANEL, "", 0.0, None))
            break
        if best in blocked:
            told.add(best)
            steps.append(Step(PANEL, best, 0.0, now[best], blocked[best]))
            continue
        money = min(amount, left)
        steps.append(Step(PANEL, best, money, now[best]))
        panel.given[best] += money
        left -= money
        now[best] = panel.mean(best)
    return SharedOut(given=dict(panel.given), left=left, steps=tuple(steps))


def _by_turns(
    panel: _Panel, amount: float, blocked: Mapping[str, str], *, signed: bool
) -> SharedOut:
    left = dict(panel.pots)
    active = list(panel.recommenders)
    steps: list[Step] = []
    told: dict[str, set[str]] = {name: set() for name in active}
    values = {effort: panel.values(effort) for effort in panel.efforts}
    place = {name: number for number, name in enumerate(panel.recommenders)}
    while active:
        name = max(active, key=lambda each: (left[each], -place[each]))
        if left[name] <= 1e-9 * amount:
            active.remove(name)
            continue
        own = {
            effort: float(each[place[name]])
            for effort, each in values.items()
            if not signed or float(panel.weights @ each) > 0
        }
        best = _largest(own, told[name])
        if best is None:
            active.remove(name)
            steps.append(Step(name, "", 0.0, None))
            continue
        if best in blocked:
            told[name].add(best)
            steps.append(Step(name, best, 0.0, own[best], blocked[best]))
            continue
        money = min(amount, left[name])
        steps.append(Step(name, best, money, own[best]))
        panel.given[best] += money
        left[name] -= money
        values[best] = panel.values(best)
    return SharedOut(given=dict(panel.given), left=sum(left.values()), steps=tuple(steps))


def _largest(values: Mapping[str, float], without: Collection[str]) -> str | None:
    """The effort with the largest value above 0; ties to the smaller id."""
    best: str | None = None
    for effort, value in values.items():
        if effort not in without and value > 0 and (best is None or value > values[best]):
            best = effort
    return best


def fill_up(
    worth: Sequence[float], start: Sequence[float], budget: float
) -> tuple[Numbers, float]:
    """The best split of divisible money where value is `k ln(1 + x/S0)`, and its marginal value.

    The check of sharing out in small steps: water filled up to one level.

    Formula::

        x_i = max(0, k_i/mu - S0_i)   with sum x = budget

    Args:
        worth: k of each effort, above 0.
        start: S0 of each, above 0.
        budget: Money to be split, above 0.
    """
    k, s = np.asarray(worth, np.float64), np.asarray(start, np.float64)
    order = np.argsort(-(k / s), kind="stable")
    level = 0.0
    for number in range(1, len(order) + 1):
        members = order[:number]
        level = float(k[members].sum() / (budget + s[members].sum()))
        if number == len(order) or level >= (k / s)[order[number]]:
            break
    return np.maximum(0.0, k / level - s), level
