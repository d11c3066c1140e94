"""An outside expert."""

from __future__ import annotations

from typing import NewType

from pydantic import Field

from custodes.records import Record

ExpertId = NewType("ExpertId", str)


class Expert(Record):
    """One row of `experts.csv`."""

    expert: ExpertId = Field(min_length=1)
    """The pseudonym or id used in `judgements.csv`."""
    expertise: tuple[str, ...] = ()
    """Fields, separated by a bar in the file."""
    affiliations: tuple[str, ...] = ()
    """Institutions."""
    interests: str = ""
    """Declared interests."""
    weight: float = Field(default=1.0, ge=0)
    """Weight in the pool; 1 is one voice."""
