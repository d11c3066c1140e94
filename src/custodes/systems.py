"""Systems that efforts act on: safety, access, holders, and whether a deployment can be undone."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from custodes.quantities import Assumption
from custodes.records import Record


class System(Record):
    """One system, as `systems.toml` states it."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Its id, used in `target_system`."""
    title: str = Field(min_length=1)
    """Its name."""
    developer: str = ""
    """Who develops it."""
    access: Literal["interface", "weights", "internal", ""] = ""
    """How others reach it; empty is not stated."""
    evidence: tuple[str, ...] = ()
    """Ids of audits in `evidence.toml`."""
    quantities: dict[str, Assumption] = Field(default_factory=dict)
    """System quantities by name; what is missing is the built-in system's."""
