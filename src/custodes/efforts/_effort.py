"""A proposed alignment effort: one row of `efforts.csv`."""

from __future__ import annotations

from typing import Literal, NewType

from pydantic import Field

from custodes.disclosure import Handling
from custodes.efforts._kinds import Kind
from custodes.quantities import Amount, Currency
from custodes.records import Record

EffortId = NewType("EffortId", str)


class Effort(Record):
    """One proposed effort, as it was written; empty means not stated."""

    id: EffortId = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)
    """Name of the effort in every file and result; letters, digits, dots, hyphens."""
    title: str = Field(min_length=1)
    """What it is called."""
    description: str = ""
    """What is to be done."""
    applicant: str = ""
    """Who would do it."""
    kind: Kind = "other"
    """Its reference class."""
    kind_suggested: bool = False
    """Whether the kind was suggested from the text and no person has confirmed it."""
    cost: Amount
    """What it costs, in `currency`; above 0."""
    currency: Currency = Field(default="", pattern="^([A-Z]{3})?$")
    """ISO 4217 code; empty is the round's."""
    cost_is_estimate: Literal["yes", "no", ""] = ""
    """Whether the cost is somebody's estimate and not a stated amount."""
    start: str = ""
    """When it starts, as precisely as known: 2026, 2026-Q1, 2026-10, 2026-10-01, 2016/2018."""
    start_precision: Literal["day", "month", "quarter", "year", "multi-year", ""] = ""
    """How much of `start` is known."""
    hazards: tuple[str, ...] = ()
    """Hazards it addresses, from the list of hazards."""
    target_system: str = ""
    """The system it acts on, by id; empty is the built-in system."""
    definition_of_alignment: str = ""
    """Which definition of alignment it uses (paper p. 33)."""
    scales_to_future: Literal["yes", "no", ""] = ""
    """Whether it says that it will hold for more capable systems (paper p. 24)."""
    principal: str = ""
    """With whom the system would be aligned (paper p. 28)."""
    dual_use: Literal["yes", "no", ""] = ""
    """Whether its findings could also speed up dangerous capabilities (paper p. 19)."""
    explanation: str = ""
    """Why it reduces risk in particular (paper p. 18)."""
    source: str = ""
    """Where this row comes from."""
    cost_note: str = ""
    """How an estimated cost was made."""
    original_cost: str = ""
    """The amount before a conversion, as written."""
    original_currency: str = ""
    """Its currency."""
    rate: str = ""
    """The rate of the conversion."""
    rate_date: str = ""
    """The day or year of the rate."""
    recipients: tuple[str, ...] = ()
    """Several recipients."""
    fiscal_sponsor: str = ""
    """Who holds the money for the applicant."""
    recipient_id: str = ""
    """Organisation identifier of who gets the money (org-id.guide), as GB-CHC-1234567."""
    reference_cost: float | None = Field(default=None, gt=0)
    """USD at which the quantities are stated; the kind's otherwise."""
    handling: Handling = ""
    """Handling mark; empty is open, anything else keeps it out of a report (paper p. 19)."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Columns that we do not know, kept as they were."""
