"""What it would be worth to know several quantities of one effort together.

Where experts disagree as camps, every quantity tells which camp is right, and their single values
must not be added. The group `experts` is that question itself.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from custodes import catalogue
from custodes.assessment import EffortDraws
from custodes.errors import InputError
from custodes.quantities import Worlds
from custodes.questions._decisions import Choice
from custodes.questions._evppi import PERMUTATIONS, evppi, evppi_of_classes, named_generator
from custodes.questions._record import GroupValue
from custodes.questions._values import Values

EFFORTS = 3
"""Efforts looked at: those where knowing everything is worth most."""
EXPERTS = "experts"
"""Name of the group that says which expert is right."""
_REDRAWS = 50
_SHARE = 0.95


def groups_of(
    values: Values,
    unlimited: Values,
    *,
    draws_of: Callable[[Choice], EffortDraws],
) -> tuple[GroupValue, ...]:
    """Groups of the efforts with most at stake, largest first.

    Args:
        values: The decisions with the options that are open.
        unlimited: The same with every option; used where the limit leaves nothing to decide.
        draws_of: The draws of an effort.
    """
    found: list[GroupValue] = []
    for source, all_options in ((values, False), (unlimited, True)):
        stakes = [
            each
            for each in source.choices
            if source.evpi_of(each.stake.assessed.id) > 0
            and (not all_options or values.evpi_of(each.stake.assessed.id) == 0)
        ]
        stakes.sort(key=lambda each: -source.evpi_of(each.stake.assessed.id))
        for choice in stakes[:EFFORTS]:
            found += _of_effort(choice, draws_of(choice), values, all_options=all_options)
    return tuple(sorted(found, key=lambda each: (-each.evppi, each.effort, each.group)))


def _of_effort(
    choice: Choice, draws: EffortDraws, values: Values, *, all_options: bool
) -> list[GroupValue]:
    own = draws.own[values.decisions.worldview]
    varying = set(choice.stake.subject.names)
    rows: list[GroupValue] = []
    for name, members in problem_groups().items():
        present = tuple(each for each in members if each in varying)
        if len(present) < 2:  # noqa: PLR2004 (one is no group)
            continue
        try:
            found = evppi(
                choice.benefits, np.stack([own[each] for each in present]), seed=values.seed
            )
        except InputError:  # too few draws for so many: the single questions stand
            continue
        rows.append(
            GroupValue(
                effort=choice.stake.assessed.id,
                group=name,
                quantities=present,
                evppi=found.evppi,
                standard_error=found.standard_error,
                distinguishable=found.is_distinguishable,
                all_options=all_options,
            )
        )
    speaking = draws.experts.speaking
    if speaking is not None and len(draws.experts.experts) > 1:
        rows.append(
            _of_experts(
                choice, np.asarray(speaking, dtype=np.float64), values, all_options=all_options
            )
        )
    return rows


def _of_experts(
    choice: Choice, speaking: Worlds, values: Values, *, all_options: bool
) -> GroupValue:
    id_ = choice.stake.assessed.id
    generator = named_generator(values.seed, "experts", id_)
    worth = evppi_of_classes(choice.benefits, speaking)
    floor = [
        evppi_of_classes(choice.benefits, generator.permutation(speaking))
        for _ in range(PERMUTATIONS)
    ]
    number = len(speaking)
    again: list[float] = []
    for _ in range(_REDRAWS):
        chosen = generator.integers(number, size=number)
        again.append(evppi_of_classes(choice.benefits[:, chosen], speaking[chosen]))
    error = float(np.std(again, ddof=1))
    return GroupValue(
        effort=id_,
        group=EXPERTS,
        quantities=(),
        evppi=worth,
        standard_error=error,
        distinguishable=worth > max(float(np.quantile(floor, _SHARE)), 2 * error, 0.0),
        all_options=all_options,
    )


def problem_groups() -> dict[str, tuple[str, ...]]:
    """Effort quantities of each mechanism, by the mechanism's name; groups of one left out."""
    groups: dict[str, tuple[str, ...]] = {}
    for mechanism in catalogue.MECHANISMS.values():
        members = tuple(
            name
            for name in mechanism.quantities
            if name in catalogue.QUANTITIES and catalogue.QUANTITIES[name].owner == "effort"
        )
        if len(members) > 1 and members not in groups.values():
            groups[mechanism.name] = members
    return groups
