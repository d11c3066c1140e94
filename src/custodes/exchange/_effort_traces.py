"""Efforts as traces of grants, so that likely duplicates are found among them."""

from __future__ import annotations

from collections.abc import Iterable

from custodes.efforts import Effort
from custodes.exchange._duplicates import GrantTrace
from custodes.exchange._starts import NotADateError, Precision, parse_start

_FUNDERS = ("funder", "donor", "grantmaker", "funders", "fund")
"""Extra columns that say who gives, most telling first."""
_MONTHS = {"day": 1, "month": 1, "quarter": 3, "year": 12}


def traces_of(efforts: Iterable[Effort]) -> tuple[GrantTrace, ...]:
    """What is known of each effort as a grant."""
    return tuple(
        GrantTrace(
            id=effort.id,
            name=effort.applicant,
            text=f"{effort.title} {effort.description}",
            amount=effort.cost.p50,
            currency=effort.currency,
            original=_original(effort),
            months=_months(effort.start, effort.start_precision),
            funder=next(filter(None, (effort.extra.get(name) for name in _FUNDERS)), ""),
            estimated=effort.cost_is_estimate == "yes",
        )
        for effort in efforts
    )


def _original(effort: Effort) -> tuple[float, str] | None:
    try:
        return float(effort.original_cost.replace(",", "")), effort.original_currency
    except ValueError:
        return None


def _months(start: str, precision: Precision) -> tuple[int, int] | None:
    if precision not in _MONTHS:
        return None
    try:
        day = parse_start(start).first_day
    except NotADateError:
        return None
    if day is None:
        return None
    first = 12 * day.year + day.month - 1
    return first, first + _MONTHS[precision] - 1
