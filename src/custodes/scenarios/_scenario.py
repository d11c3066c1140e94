"""What a scenario is: inputs with defaults, closed forms, outputs, and a reading of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from custodes.records import Record

Inputs = TypeVar("Inputs", bound=Record)
Outputs = TypeVar("Outputs", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Generic[Inputs, Outputs]):
    """One small model with known answers."""

    name: str
    """As in ``custodes scenario NAME``."""
    title: str
    """What it shows, in one line."""
    pages: str
    """Where the paper speaks of it."""
    inputs: type[Inputs]
    """The keys that can be set, each with its default, range and meaning."""
    outputs: type[Outputs]
    """What comes out; null where there is no such number."""
    solve: Callable[[Inputs], Outputs]
    """The closed forms put together."""
    read: Callable[[Inputs, Outputs], str]
    """What the numbers say, in a paragraph."""
    nulls: Mapping[str, str]
    """Why an output that can be null is null, by its name."""
