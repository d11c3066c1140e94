"""A decision to train, deploy or license a system: one entry of `decisions.toml`.

The two stages are the same decision, one step apart (paper p. 26).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from custodes import catalogue
from custodes.decisions._decision import Condition, Dissent, FollowUp
from custodes.errors import Fault
from custodes.records import Record
from custodes.rounds import Round

Stage = Literal["training", "deployment"]
"""Which of the two decisions."""


class SystemDecision(Record):
    """What was decided about one system at one stage; pending until somebody else releases it."""

    system: str = Field(min_length=1)
    """The system, by id."""
    stage: Stage
    """Whether it may be trained, or deployed."""
    outcome: Literal["allow", "refuse", "defer"]
    """What was decided; conditions belong to `allow`."""
    licence: bool = False
    """Whether it is the decision of a licensing body; otherwise of whoever trains or deploys."""
    decided_on: dt.date
    """When."""
    decided_by: tuple[str, ...] = ()
    """Names or offices that may be public."""
    released_by: str = ""
    """Who released it; empty is pending."""
    released_on: dt.date | None = None
    """When it was released."""
    by_one_person: bool = False
    """Whether one person did alone what takes two."""
    dossiers_sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    """SHA-256 of the `dossiers.json` that was looked at."""
    reasons: str = Field(min_length=1)
    """Why."""
    condition: tuple[Condition, ...] = ()
    """What it depends on."""
    dissent: tuple[Dissent, ...] = ()
    """What was held against it."""
    follow_up: tuple[FollowUp, ...] = ()
    """What happened since."""

    @model_validator(mode="after")
    def _fits_together(self) -> SystemDecision:
        if bool(self.released_by) != bool(self.released_on):
            msg = "a released decision needs released_by and released_on, both or neither"
            raise ValueError(msg)
        if self.condition and self.outcome != "allow":
            msg = f"conditions belong to allow, and this says {self.outcome}"
            raise ValueError(msg)
        ids = [each.id for each in self.condition]
        if len(set(ids)) < len(ids):
            msg = "two conditions have the same id"
            raise ValueError(msg)
        return self

    @property
    def is_released(self) -> bool:
        """Whether it may be told to the public."""
        return bool(self.released_by)


def faults_of_system_decisions(
    decisions: Sequence[SystemDecision], round_: Round
) -> Iterator[Fault]:
    """What does not fit between decisions about systems and their round.

    Args:
        decisions: As they were read.
        round_: The round they belong to.
    """
    systems = tuple(each.id for each in round_.systems)
    mitigations = tuple(str(each.id) for each in round_.mitigations)
    seen: set[tuple[str, str, dt.date]] = set()
    for each in decisions:
        place = f"system_decision {each.system}"
        if each.system not in systems:
            yield Fault(
                message=f"{each.system!r} is not a system of this round",
                cure=f"{catalogue.nearest(each.system, systems)}; or describe it in systems.toml",
                field=f"{place}, system",
            )
        key = (each.system, each.stage, each.decided_on)
        if key in seen:
            message = f"the decision on its {each.stage} of {each.decided_on} is there twice"
            yield Fault(message=message, cure="keep one of the two", field=place)
        seen.add(key)
        for condition in each.condition:
            if condition.mitigation and condition.mitigation not in mitigations:
                yield Fault(
                    message=f"{condition.mitigation!r} is not a mitigation of this round",
                    cure=catalogue.nearest(condition.mitigation, mitigations),
                    field=f"{place}, mitigation",
                )
