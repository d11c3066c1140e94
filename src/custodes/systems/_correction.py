"""Deployment corrections of one system: who can change what, when, and what was done.

Source: paper p. 24, after O'Brien et al. 2023; docs/explanation/corrections.md.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Literal, get_args

from pydantic import AwareDatetime, Field, model_validator

from custodes.records import Record

AccessDetail = Literal["structured", "weights_to_few", "weights_released"]
"""How others reach the system, in detail."""
LeverKind = Literal[
    "restrict_users",
    "limit_rate",
    "remove_capability",
    "restrict_uses",
    "roll_back",
    "stop",
    "other",
]
"""What a lever does to a deployment."""
TriggerKind = Literal[
    "evaluation",
    "incident",
    "bypass",
    "claim_contradicted",
    "evidence_withdrawn",
    "capability",
    "leak",
]
"""What a trigger watches for."""
TriggerState = Literal["set", "watched", "fired", "decided", "effective", "closed"]
"""Where a trigger stands."""
TRIGGER_STATES: tuple[str, ...] = get_args(TriggerState)
"""Every state, in order."""
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"


class Lever(Record):
    """One way to change a deployment."""

    id: str = Field(pattern=_ID)
    """Its id, used once for the system."""
    kind: LeverKind
    """What it does."""
    who: str = ""
    """Who may pull it: a name or an office that may be public."""
    hours: float | None = Field(default=None, ge=0)
    """Hours from the decision to its effect."""
    last_drill: dt.date | None = None
    """When it was last tried out."""
    tested: bool | None = None
    """Whether it was tried and worked; false is only written down, none is not stated."""
    without_developer: bool | None = None
    """Whether it works without the developer's goodwill; none is not stated."""


class Trigger(Record):
    """What must be noticed, who must notice it, and until when they decide."""

    id: str = Field(pattern=_ID)
    """Its id, used once for the system."""
    kind: TriggerKind
    """What it watches for."""
    measure: str = ""
    """What is measured."""
    threshold: str = ""
    """From where on it fires."""
    source: str = ""
    """Where the measure comes from."""
    days_between_looks: float | None = Field(default=None, gt=0)
    """How often somebody looks, in days."""
    owner: str = ""
    """Who decides when it fires: a name or an office that may be public."""
    owner_answered_on: dt.date | None = None
    """When the owner last answered that they are there."""
    deputy: str = ""
    """Who decides where the owner does not."""
    deputy_answered_on: dt.date | None = None
    """When the deputy last answered."""
    hours_to_decide: float | None = Field(default=None, gt=0)
    """Hours from noticing until it must be decided."""
    state: TriggerState | None = None
    """Where it stands, as somebody wrote it; none is what its events say."""


class CorrectionEvent(Record):
    """A trigger that fired, and what was done."""

    trigger: str = ""
    """The trigger, by id; empty is something that no trigger watched for."""
    noticed: AwareDatetime | None = None
    """When it was noticed."""
    decided: AwareDatetime | None = None
    """When it was decided what to do."""
    effective: AwareDatetime | None = None
    """When the correction took effect."""
    act: bool | None = None
    """Whether it was decided to act; false is a decision not to, none is not stated."""
    by: str = ""
    """Who decided: a name or an office that may be public."""
    lever: str = ""
    """The lever that was pulled, by id."""
    reason: str = ""
    """Why it was decided so."""
    dissent: str = ""
    """What somebody held against it."""
    outcome: str = ""
    """What came of it."""
    in_time: bool | None = None
    """Whether the correction came before the harm; none is not known."""
    learned: str = ""
    """What was learned."""

    @model_validator(mode="after")
    def _fits_together(self) -> CorrectionEvent:
        times = [
            (name, moment)
            for name in ("noticed", "decided", "effective")
            if (moment := getattr(self, name)) is not None
        ]
        for (early, before), (late, after) in pairwise(times):
            if after < before:
                msg = f"{late} ({after.isoformat()}) is before {early} ({before.isoformat()})"
                raise ValueError(msg)
        if self.act is False and (self.lever or self.effective is not None):
            msg = "a decision not to act pulls no lever and takes no effect"
            raise ValueError(msg)
        return self

    @property
    def waits(self) -> bool:
        """Whether it was noticed and nobody has decided."""
        return self.noticed is not None and self.decided is None


class Correction(Record):
    """What can be corrected in one system's deployment, and what was."""

    id: str = Field(pattern=_ID)
    """The system, by its id in `systems.toml`."""
    access_detail: AccessDetail | None = None
    """How others reach the system; none is not stated."""
    lever: tuple[Lever, ...] = ()
    """What can be done."""
    trigger: tuple[Trigger, ...] = ()
    """What is watched."""
    event: tuple[CorrectionEvent, ...] = ()
    """What happened."""

    @property
    def is_released(self) -> bool:
        """Whether the weights are released: then the deployment cannot be undone."""
        return self.access_detail == "weights_released"

    def events_of(self, trigger: str) -> tuple[CorrectionEvent, ...]:
        """The events of a trigger, in the order of the file."""
        return tuple(each for each in self.event if each.trigger == trigger)

    def state_of(self, trigger: Trigger) -> TriggerState:
        """Where a trigger stands: what is written of it, or what its last event says."""
        if trigger.state is not None:
            return trigger.state
        events = self.events_of(trigger.id)
        if not events:
            return "set"
        last = events[-1]
        if last.effective is not None:
            return "effective"
        return "fired" if last.decided is None else "decided"
