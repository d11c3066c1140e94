"""The limits of a round as rows, each with a name a person can read and where it was written.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

import numpy as np

from custodes.choice._options import Alternatives
from custodes.choice._problem import Numbers, Row
from custodes.choice_rules import (
    Category,
    ChoiceRule,
    ChoiceRules,
    Exclusion,
    Fixed,
    Linear,
    Prerequisite,
)

WITHIN = 1e-12
"""A package at exactly the cap on P(raises risk) is allowed."""


def rows_of(
    found: Alternatives,
    rules: ChoiceRules,
    *,
    cap: float,
    cap_origin: str,
    blocked: Mapping[str, str],
) -> tuple[Row, ...]:
    """Every limit beside the budget, as rows over the options.

    Args:
        found: The options.
        rules: What `round.toml` says.
        cap: Cap on P(raises risk) of each package, in every worldview.
        cap_origin: Where the cap was written.
        blocked: Efforts that may not be chosen, each with its reason.
    """
    return (
        *_capped(found, cap, cap_origin),
        *(_blocked(found, effort, why) for effort, why in sorted(blocked.items())),
        *(
            row
            for number, rule in enumerate(rules.rules)
            for row in _of_rule(found, rule, f"round.toml, choice.rules.{number}")
        ),
    )


def over_cap(found: Alternatives, cap: float) -> Numbers:
    """By how much each option passes the cap in its worst worldview; 0 or less if it does not."""
    worst: Numbers = np.max(np.array(list(found.p_raises_risk.values())), axis=0)
    return worst - cap - WITHIN


def _capped(found: Alternatives, cap: float, origin: str) -> Iterator[Row]:
    over = over_cap(found, cap) > 0
    for effort in dict.fromkeys(option.effort for option in found.options):
        mine = np.array([option.effort == effort for option in found.options]) & over
        if mine.any():
            yield Row(
                name=f"P(raises risk) of {effort} at most {cap:g} in every worldview",
                origin=origin,
                coefficients=mine.astype(np.float64),
                upper=0.0,
                kind="cap",
            )


def _blocked(found: Alternatives, effort: str, why: str) -> Row:
    return Row(
        name=f"{effort} is {why}",
        origin="given",
        coefficients=_count(found, effort),
        upper=0.0,
        kind="blocked",
    )


def _of_rule(found: Alternatives, rule: ChoiceRule, origin: str) -> Iterator[Row]:
    match rule:
        case Exclusion():
            yield Row(
                name=f"at most {rule.at_most} of {', '.join(rule.efforts)}{_why(rule.reason)}",
                origin=origin,
                coefficients=_sum(found, rule.efforts, _count),
                upper=float(rule.at_most),
                kind="exclusion",
            )
        case Prerequisite():
            yield Row(
                name=f"{rule.effort} needs {rule.needs}{_why(rule.reason)}",
                origin=origin,
                coefficients=_count(found, rule.effort) - _count(found, rule.needs),
                upper=0.0,
                kind="prerequisite",
            )
        case Category():
            yield from _category(found, rule, origin)
        case Fixed():
            said = "is chosen" if rule.chosen else "is left out"
            yield Row(
                name=f"{rule.effort} {said}: {rule.reason}",
                origin=origin,
                coefficients=_count(found, rule.effort),
                lower=1.0 if rule.chosen else -np.inf,
                upper=1.0 if rule.chosen else 0.0,
                kind="fixed",
            )
        case Linear():
            yield Row(
                name=f"{rule.name}{_why(rule.reason)}",
                origin=origin,
                coefficients=np.array(
                    [rule.coefficients.get(option.effort, 0.0) for option in found.options]
                ),
                lower=-np.inf if rule.lower is None else rule.lower,
                upper=np.inf if rule.upper is None else rule.upper,
            )
        case _:  # pragma: no cover (every kind is above)
            assert_never(rule)


def _category(found: Alternatives, rule: Category, origin: str) -> Iterator[Row]:
    for low, high, weight, unit in (
        (rule.floor, rule.cap, _money, "money"),
        (rule.count_floor, rule.count_cap, _count, "efforts"),
    ):
        if low is not None or high is not None:
            ends = [f"at least {low:,g}"] if low is not None else []
            ends += [f"at most {high:,g}"] if high is not None else []
            yield Row(
                name=f"{rule.name}: {' and '.join(ends)} ({unit}){_why(rule.reason)}",
                origin=origin,
                coefficients=_sum(found, rule.efforts, weight),
                lower=-np.inf if low is None else float(low),
                upper=np.inf if high is None else float(high),
                kind="category",
            )


def _why(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _count(found: Alternatives, effort: str) -> Numbers:
    return np.array([float(option.effort == effort) for option in found.options])


def _money(found: Alternatives, effort: str) -> Numbers:
    return _count(found, effort) * found.cost


def _sum(
    found: Alternatives,
    efforts: tuple[str, ...],
    weight: Callable[[Alternatives, str], Numbers],
) -> Numbers:
    total: Numbers = np.sum([weight(found, each) for each in dict.fromkeys(efforts)], axis=0)
    return total
