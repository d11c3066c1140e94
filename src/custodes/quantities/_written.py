"""An uncertain amount as a TOML file may write it: a number, a text, or a table with reasons."""

from __future__ import annotations

from pydantic import ValidationError

from custodes.errors import Fault, InputError
from custodes.quantities._amount import Assumption, parse_amount
from custodes.quantities._distribution import check_range
from custodes.quantities._quantity import Quantity
from custodes.records import faults_of


def written_amount(value: object, quantity: Quantity) -> Assumption:
    """The amount that a file's value says for a quantity.

    Args:
        value: A number, `"a to b"`, `"a / b / c"`, or a table with p05, p50, p95, reason, source.
        quantity: Gives scale, unit and range.

    Raises:
        InputError: It is none of these, out of order, or outside the quantity's range.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | dict):
        raise InputError(
            [
                Fault(
                    message=f"{value!r} is not an amount",
                    cure="write a number, 'a to b', 'a / b / c' or a table with p05, p50, p95",
                    field=quantity.name,
                )
            ]
        )
    try:
        if isinstance(value, dict):
            stated = Assumption.model_validate(value)
        elif isinstance(value, str):
            amount = parse_amount(value, family=quantity.family, unit=quantity.unit)
            stated = Assumption(p05=amount.p05, p50=amount.p50, p95=amount.p95)
        else:
            stated = Assumption.point(float(value))
        check_range(stated, quantity)
    except ValidationError as error:
        raise InputError(
            fault.at(field=f"{quantity.name}.{fault.field}" if fault.field else quantity.name)
            for fault in faults_of(error)
        ) from error
    except InputError as error:
        raise InputError(fault.at(field=quantity.name) for fault in error.faults) from error
    return stated
