"""The dossier of a system: what whoever licenses, trains or deploys it should have read."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from custodes.assessment._record import Summary
from custodes.evidence import SystemInResult
from custodes.quantities import Operation
from custodes.records import Record

CorrectionSource = Literal["computed", "stated", "cannot be undone"]
"""Where P(corrected in time) comes from: its parts, `rollback`, or released weights."""


class Chance(Record):
    """A share of worlds, with its standard error."""

    p: float = Field(ge=0, le=1)
    """Share of worlds."""
    standard_error: float = Field(ge=0)
    """Of the share, from independent scrambles."""


class Position(Record):
    """Where a system stands at one decision; the four chances add up to 1."""

    developer: Summary
    """Log-odds of safety from which on the developer goes ahead."""
    society: Summary
    """Log-odds of safety from which on society gains."""
    held_back: Chance
    """Below both: the developer does not go ahead, and should not."""
    valley: Chance
    """In the dangerous valley: the developer goes ahead, and society should not want it to."""
    wanted: Chance
    """Above both: the developer goes ahead, and society gains."""
    too_cautious: Chance
    """The developer does not go ahead, and society would gain."""
    p_goes_ahead: Summary
    """P(it goes ahead): some actor thinks it safe enough, and a licence is granted if needed."""


class MeasureChange(Record):
    """What a measure does to one quantity."""

    quantity: str
    """The quantity."""
    operation: Operation
    """How it acts: times, excess (on what is above 1) or lift (towards 1)."""
    p05: float
    """Strength, 5th percentile."""
    p50: float
    """Median."""
    p95: float
    """95th percentile."""
    is_side_effect: bool
    """Whether it is a side effect."""


class Measure(Record):
    """What one measure would do, were it carried out."""

    id: str
    """The mitigation."""
    title: str
    """What is done."""
    page: str
    """Pages of the paper; empty for an institution's own."""
    who: str
    """Who carries it out."""
    p_adopted: float = Field(ge=0, le=1)
    """How likely it is carried out, on the mean; the changes below are as if it were."""
    changes: tuple[MeasureChange, ...]
    """What it changes, side effects too."""
    caution: str
    """What speaks against it, in the paper's sense."""
    training_valley: Chance
    """In the valley at training, with it."""
    deployment_valley: Chance
    """In the valley at deployment, with it."""
    change_in_p_goes_ahead: Summary
    """Change in P(deployment goes ahead), world by world."""
    change_in_p_corrected: Summary
    """Change in P(a bad deployment is corrected in time)."""
    change_in_risk: Summary
    """Change in the risk from this system; NEGATIVE IS SAFER."""
    change_in_principal_risk: Summary
    """Change in the risk that a principal misuses such systems; NEGATIVE IS SAFER."""


class UnderView(Record):
    """A system under one worldview."""

    safety: Summary
    """Log-odds of no catastrophe, deployed as it is."""
    believed: Summary | None
    """The same as decision makers believe it; null where no audit tells, and they are right."""
    training: Position
    """Where it stands when training is decided: the same game, one step earlier."""
    deployment: Position
    """Where it stands when deployment is decided."""
    p_corrected: Summary
    """P(a bad deployment is corrected in time)."""
    risk: Summary
    """P(it causes a large-scale catastrophe by the horizon), all decisions still to be taken."""
    measures: tuple[Measure, ...]
    """What each measure that bears on it would do."""


class SystemDossier(Record):
    """Everything that is computed of one system."""

    system: str
    """The system, by id."""
    title: str
    """Its name."""
    developer: str
    """Who develops it."""
    not_shown: tuple[str, ...] = Field(min_length=1)
    """What none of this shows, in sentences; never empty."""
    evidence: SystemInResult | None
    """What audits show of it; null without one."""
    correction: CorrectionSource
    """Where P(corrected in time) comes from: its parts, `rollback`, or released weights."""
    correction_note: str
    """The same in a sentence."""
    not_judged: tuple[str, ...]
    """Quantities that rest on the built-in system: nobody stated or judged them."""
    efforts: tuple[str, ...]
    """Efforts that act on it, by id."""
    worldviews: dict[str, UnderView]
    """By worldview, in the round's order."""


class DossierRecord(Record):
    """The dossiers of a round's systems."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["custodes/dossiers/1"] = Field(default="custodes/dossiers/1", alias="schema")
    """Which kind of result this is."""
    library_version: str
    """The version that made it."""
    seed: int
    """The seed."""
    samples: int
    """Draws."""
    inputs_sha256: str
    """Hash of the round that it was made from."""
    horizon: int
    """The year its risks speak of."""
    systems: tuple[SystemDossier, ...]
    """In the order of `systems.toml`."""

    def system(self, id_: str) -> SystemDossier:
        """One system's dossier.

        Raises:
            KeyError: There is none.
        """
        for each in self.systems:
            if each.system == id_:
                return each
        raise KeyError(id_)
