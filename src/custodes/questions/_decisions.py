"""The decisions of a round in numbers: options, gains, costs, and what is uncertain in each.

Source: docs/explanation/questions.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from custodes.assessment import (
    Assessment,
    EffortAssessment,
    EffortDraws,
    Outcome,
    RoundDraws,
    draw_effort,
    draw_round,
)
from custodes.quantities import Worlds
from custodes.questions._budget import Options, evpi_of_choice, opportunity_prices, shadow_price
from custodes.questions._evppi import Orders, orders_of
from custodes.questions._record import Decision

RAISES_RISK = 1e-13
"""A world in which net is above this is one in which the effort raises risk."""
Progress = Callable[[int, int], None]
"""Called with steps done and steps in all."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """The uncertain quantities of an effort, a system or the world, in the draws of the round."""

    id: str
    """The effort's id, `system:ID` or `world:NAME`."""
    names: tuple[str, ...]
    """Quantities that vary."""
    orders: Orders
    """Draws in the order of each, shape (quantities, draws)."""


@dataclass(frozen=True, slots=True, eq=False)
class Stake:
    """One effort's decision before the rest of the portfolio is looked at."""

    assessed: EffortAssessment
    """The effort, as assessed."""
    subject: Subject
    """Its own uncertain quantities."""
    system: str
    """The system that it acts on."""
    names: tuple[Decision, ...]
    """Every option; the first is to decline."""
    gains: Worlds
    """Gain of each in each draw, shape (options, draws); positive is good."""
    costs: Worlds
    """Cost of each, shape (options,)."""
    forbidden: tuple[bool, ...]
    """Whether each is over the limit on P(raises risk)."""
    raises: Worlds
    """1 in the worlds in which the effort with its conditions raises risk, shape (draws,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One effort's decision at the prices of the rest of the portfolio."""

    stake: Stake
    """The decision."""
    names: tuple[Decision, ...]
    """Options that are open."""
    kept: tuple[int, ...]
    """Their places among all options of the effort."""
    benefits: Worlds
    """Net benefit: gain minus what the money would do elsewhere, shape (options, draws)."""
    left_out: tuple[Decision, ...]
    """Options that are not open."""

    @property
    def wins_now(self) -> Decision:
        """What is best now."""
        return self.names[int(np.argmax(self.benefits.mean(axis=1)))]


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """All decisions of a round under one worldview."""

    drawn: RoundDraws
    """The draws of the round."""
    worldview: str
    """The worldview."""
    choices: tuple[Choice, ...]
    """By effort, in the order of the file."""
    without_limit: tuple[Choice, ...]
    """The same with the options over the limit on P(raises risk), each effort at `price`."""
    systems: Mapping[str, Subject]
    """Systems that efforts act on, by id."""
    world: Subject
    """The worldview's own quantities."""
    budget: float
    """Money in all."""
    price: float
    """Gain of one more unit of money."""
    evpi: float
    """Value of knowing everything before choosing."""
    is_exact: bool
    """Whether the prices of the options are exact."""


def decisions_of(assessment: Assessment, *, worldview: str, progress: Progress) -> Decisions:
    """The decisions that an assessment leads up to.

    Args:
        assessment: The assessment.
        worldview: The worldview to decide under.
        progress: Told efforts done and in all.
    """
    record = assessment.record
    drawn = draw_round(
        assessment.round_, seed=record.seed, samples=record.samples, sampler=record.sampler
    )
    efforts = {str(each.id): each for each in assessment.round_.efforts}
    stakes: list[Stake] = []
    for done, each in enumerate(record.efforts):
        progress(done, len(record.efforts))
        stakes.append(_stake(draw_effort(drawn, efforts[each.id]), each, worldview))
    progress(len(stakes), len(stakes))
    return _priced(drawn, stakes, worldview=worldview, budget=record.round.budget)


def outcome_of(draws: EffortDraws, worldview: str, package: tuple[str, ...]) -> Outcome:
    """What the effort does with a package of conditions."""
    return draws.outcome(worldview, frozenset(package))


def gain_of(found: Outcome, *, verdict: str, draws: int) -> Worlds:
    """What a decision is taken by; positive is good, shape (draws,)."""
    gain = -found.net if verdict == "risk" else found.social_value
    return np.broadcast_to(gain, (draws,))


def varying(values: Mapping[str, Worlds], id_: str) -> Subject:
    """The quantities that vary over the draws."""
    names = tuple(name for name, each in values.items() if len(each) > 1 and np.ptp(each) > 0)
    table = np.stack([values[name] for name in names]) if names else np.zeros((0, 2))
    return Subject(id=id_, names=names, orders=orders_of(table))


def _stake(draws: EffortDraws, assessed: EffortAssessment, worldview: str) -> Stake:
    shared = draws.drawn.shared
    number = shared.samples
    names: list[Decision] = ["decline", "support"]
    gains = [np.zeros(number)]
    costs = [0.0, draws.cost]
    last = outcome_of(draws, worldview, ())
    gains.append(gain_of(last, verdict=shared.verdict, draws=number))
    forbidden = [False, _over(assessed, "before", shared.p_raises_risk)]
    if assessed.conditions:
        names.append("support with conditions")
        last = outcome_of(draws, worldview, assessed.conditions)
        gains.append(gain_of(last, verdict=shared.verdict, draws=number))
        costs.append(draws.cost + assessed.conditions_cost)
        forbidden.append(_over(assessed, "after", shared.p_raises_risk))
    own = {name: each for name, each in draws.own[worldview].items() if name != "cost"}
    return Stake(
        assessed=assessed,
        subject=varying(own, assessed.id),
        system=draws.system,
        names=tuple(names),
        gains=np.stack(gains),
        costs=np.array(costs),
        forbidden=tuple(forbidden),
        raises=(np.broadcast_to(last.net, (number,)) > RAISES_RISK).astype(np.float64),
    )


def _over(assessed: EffortAssessment, when: str, limit: float) -> bool:
    """Whether the option is over the limit on present figures, under any worldview."""
    shares = [
        (each.before if when == "before" else each.after).p_raises_risk
        for each in assessed.worldviews.values()
    ]
    return max(shares) > limit + 1e-12


def _priced(drawn: RoundDraws, stakes: list[Stake], *, worldview: str, budget: float) -> Decisions:
    open_ = [np.flatnonzero(~np.array(each.forbidden) & (each.costs <= budget)) for each in stakes]
    options = [
        Options(gains=each.gains[kept].mean(axis=1), costs=each.costs[kept])
        for each, kept in zip(stakes, open_, strict=True)
    ]
    prices = opportunity_prices(options, budget)
    price = shadow_price(options, budget)
    choices = tuple(
        Choice(
            stake=each,
            names=tuple(each.names[place] for place in kept),
            kept=tuple(int(place) for place in kept),
            benefits=each.gains[kept] - cost[:, None],
            left_out=tuple(
                name for place, name in enumerate(each.names) if place not in set(kept)
            ),
        )
        for each, kept, cost in zip(stakes, open_, prices.by_effort, strict=True)
    )
    without_limit = tuple(
        Choice(
            stake=each,
            names=each.names,
            kept=tuple(range(len(each.names))),
            benefits=each.gains - price * each.costs[:, None],
            left_out=(),
        )
        for each in stakes
    )
    system_ids = sorted({each.system for each in stakes})
    total = evpi_of_choice(
        [each.gains[kept] for each, kept in zip(stakes, open_, strict=True)],
        [each.costs for each in options],
        budget,
    )
    return Decisions(
        drawn=drawn,
        worldview=worldview,
        choices=choices,
        without_limit=without_limit,
        systems={
            name: varying(drawn.asked_of_system(name, worldview), f"system:{name}")
            for name in system_ids
        },
        world=varying(drawn.worlds[worldview], f"world:{worldview}"),
        budget=budget,
        price=price,
        evpi=total,
        is_exact=prices.is_exact,
    )
