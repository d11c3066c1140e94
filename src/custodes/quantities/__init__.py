"""Uncertain amounts: how they are written, their distributions, draws, streams and summaries."""

from custodes.quantities._amount import Amount, Assumption, parse_amount
from custodes.quantities._quantity import (
    Family,
    Mechanism,
    Operation,
    Owner,
    Problem,
    Quantity,
)

__all__ = [
    "Amount",
    "Assumption",
    "Family",
    "Mechanism",
    "Operation",
    "Owner",
    "Problem",
    "Quantity",
    "parse_amount",
]
