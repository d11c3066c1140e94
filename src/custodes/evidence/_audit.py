"""An audit: one or more runs of a test on one system, with who ran it and what it is to show.

A file records what somebody ran. It becomes evidence with an attestation, about one hazard of one
snapshot of one system.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from custodes import catalogue
from custodes.disclosure import Handling
from custodes.efforts import HAZARDS
from custodes.errors import Fault, InputError
from custodes.evidence._attestation import Attestation
from custodes.evidence._checks import CHECKS
from custodes.evidence._runs import Interval, Run
from custodes.evidence._strength import STRENGTHS, DeployedAs, Strength
from custodes.quantities import Assumption, written_amount
from custodes.records import Record, as_entries, as_table, faults_of

Result = Literal["finding", "no_finding", "inconclusive"]
"""What an audit found."""

SCHEMA = "custodes/audits/1"
"""What `schema` of `evidence.toml` may say; the key may be left out."""
_TOP = ("schema", "audit")
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
_SHA256 = "^[0-9a-f]{64}$"


class AuditFile(Record):
    """A file of an audit, as `evidence.toml` names it."""

    path: str = Field(min_length=1)
    """Where it is, from the folder `evidence`."""
    sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    """Digest that was attested; empty is not stated."""
    size: int | None = Field(default=None, ge=0)
    """Its bytes."""


class Reference(Record):
    """Evidence that is held elsewhere."""

    address: str = Field(min_length=1)
    """Where."""
    sha256: str = Field(pattern=_SHA256)
    """Digest of what is there, so that a change is noticed."""


class PassRule(Record):
    """What was to be shown, fixed before the run."""

    scorer: str = Field(min_length=1)
    """The scorer whose samples are counted."""
    metric: Literal["accuracy", "mean"] = "accuracy"
    """The mean over items; other metrics cannot be recomputed from values alone."""
    at_least: float | None = None
    """It passes at this value or above."""
    at_most: float | None = None
    """It passes at this value or below."""
    on: Literal["mean", "p05", "p50", "p95"] = "mean"
    """What is compared: the mean, or an end or the middle of its interval."""
    fixed_on: dt.date
    """When the rule was fixed."""

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            msg = "a rule says either at_least or at_most"
            raise ValueError(msg)
        return self

    def passes(self, *, mean: float, interval: Interval | None) -> bool | None:
        """Whether a recomputed result passes; none where it has no interval to compare.

        Args:
            mean: Mean over items.
            interval: Its Jeffreys interval.
        """
        if self.on != "mean" and interval is None:
            return None
        value = float(getattr(interval, self.on, mean))
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


class Explanation(Record):
    """Why something that stops an audit need not."""

    check: str
    """The check that is explained, by id."""
    by: str = Field(min_length=1)
    """Who explains it."""
    reason: str = Field(min_length=1)
    """Why."""


class NameClaim(Record):
    """A judgement that a test's name promises what its scorer does not measure."""

    hazard: str
    """The hazard for which it shows nothing."""
    by: str = Field(min_length=1)
    """Who says so."""
    reason: str = Field(min_length=1)
    """Why."""


class Audit(Record):
    """One audit, as `evidence.toml` states it, with the runs that its files hold."""

    id: str = Field(pattern=_ID, max_length=100)
    """Its id in the round."""
    system: str = Field(min_length=1)
    """The system, by id."""
    snapshot: str = ""
    """Dated name or weight digest of what was tested; empty is not stated."""
    hazards: tuple[str, ...] = ()
    """Hazards that it tests; without one it moves nothing."""
    efforts: tuple[str, ...] = ()
    """Efforts that it is part of, by id."""
    claims: tuple[str, ...] = ()
    """Claims that it is evidence for, by id."""
    files: tuple[AuditFile, ...] = ()
    """Its files."""
    reference: Reference | None = None
    """Evidence held elsewhere."""
    attestation: Attestation | None = None
    """Who ran it, and for whom; none: nobody attested it."""
    all_runs_listed: bool | None = None
    """Whether every run that was made is listed; none is not stated."""
    pass_rule: PassRule | None = None
    """What was to be shown."""
    outcome: Result | None = None
    """What a named assessor says that it shows, where no rule was fixed before."""
    outcome_by: str = ""
    """That assessor."""
    outcome_reason: str = ""
    """Why."""
    deployed_as: DeployedAs = ""
    """What the deployed system is, beside the one that was tested."""
    method: str = ""
    """The method, in a word, to tell audits that share causes; empty is the test's name."""
    more_capable: str = ""
    """Why it says something about more capable systems; empty: it does not."""
    strength: tuple[Strength, ...] = ()
    """Detection strength, as experts judged it."""
    explanations: tuple[Explanation, ...] = ()
    """Why what stops it need not."""
    name_claims_more: tuple[NameClaim, ...] = ()
    """Hazards for which a person says that it shows nothing."""
    handling: Handling = ""
    """Handling mark; empty is open for counts. Sample text is restricted always."""
    runs: tuple[Run, ...] = ()
    """What its files hold."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.files and self.reference is None:
            msg = "names neither files nor a reference"
            raise ValueError(msg)
        if self.outcome is not None and not (self.outcome_by and self.outcome_reason):
            msg = "an outcome needs outcome_by and outcome_reason"
            raise ValueError(msg)
        return self

    def judged(self, quantity: str, hazard: str) -> Assumption | None:
        """A strength as experts judged it for a hazard; what names the hazard stands first.

        Args:
            quantity: Name of the strength.
            hazard: The hazard.
        """
        named = [each for each in self.strength if hazard in each.hazards]
        others = [each for each in self.strength if not each.hazards]
        for each in (*named, *others):
            if quantity in each.judged:
                return each.judged[quantity]
        return None


def audits_from(table: Mapping[str, Any], *, file: str) -> tuple[Audit, ...]:
    """The audits that `evidence.toml` states, without their runs.

    Args:
        table: What the file says.
        file: Its name, for the faults.

    Raises:
        InputError: Unknown keys, hazards or words, files named twice; every fault is told.
    """
    faults = catalogue.faults_of_frame(table, schema=SCHEMA, keys=_TOP)
    audits: list[Audit] = []
    for number, stated in enumerate(as_entries(table.get("audit", [])), start=1):
        entry = as_table(stated)
        place = f"audit {(entry or {}).get('id', number)}"
        if entry is None:
            faults.append(Fault(message="is not a table", cure="write [[audit]]", field=place))
            continue
        audit, found = _audit(entry)
        faults += [fault.at(field=f"{place}, {fault.field or 'entry'}") for fault in found]
        if audit is not None:
            audits.append(audit)
    faults += _said_twice(audits)
    if faults:
        raise InputError(fault.at(file=file) for fault in faults)
    return tuple(audits)


def _audit(entry: Mapping[str, Any]) -> tuple[Audit | None, list[Fault]]:
    files = [{"path": each} if isinstance(each, str) else each for each in _many(entry, "files")]
    faults = [*_faults_of_hazards(_many(entry, "hazards"), "hazards")]
    strengths: list[Strength] = []
    for each in _many(entry, "strength"):
        strength, found = _written_strength(each)
        faults += found
        strengths += [strength] if strength is not None else []
    first = as_table(files[0]) if files else None
    fields = {
        "id": str((first or {}).get("path", "")).rpartition("/")[2].partition(".")[0],
        **entry,
        "files": files,
        "strength": strengths,
        **{key: _many(entry, key) for key in ("explanations", "name_claims_more")},
    }
    try:
        audit = Audit.model_validate(fields)
    except ValidationError as error:
        return None, [*faults, *faults_of(error)]
    for number, name in enumerate(audit.name_claims_more, start=1):
        faults += _faults_of_hazards([name.hazard], f"name_claims_more {number}")
    faults += [
        Fault(
            message=f"'{each.check}' is not a check",
            cure=catalogue.nearest(each.check, tuple(CHECKS)),
            field="explanations",
        )
        for each in audit.explanations
        if each.check not in CHECKS
    ]
    return audit, faults


def _many(entry: Mapping[str, Any], key: str) -> list[Any]:
    return as_entries(entry[key]) if key in entry else []


def _faults_of_hazards(hazards: list[Any], field: str) -> list[Fault]:
    return [
        Fault(
            message=f"'{name}' is out of scope (paper fn 9)"
            if "structural" in str(name)
            else f"'{name}' is not a hazard",
            cure=catalogue.nearest(str(name), tuple(HAZARDS)),
            field=field,
        )
        for name in hazards
        if name not in HAZARDS
    ]


def _written_strength(stated: object) -> tuple[Strength | None, list[Fault]]:
    entry = as_table(stated)
    if entry is None:
        return None, [Fault(message="is not a table", cure="write [audit.strength]", field="")]
    faults = _faults_of_hazards(_many(entry, "hazards"), "strength.hazards")
    judged: dict[str, Assumption] = {}
    for name in STRENGTHS:
        if name in entry:
            try:
                judged[name] = written_amount(entry[name], STRENGTHS[name])
            except InputError as error:
                faults += [fault.at(field=f"strength.{fault.field}") for fault in error.faults]
    others = {key: value for key, value in entry.items() if key not in STRENGTHS}
    try:
        strength = Strength.model_validate({**others, "judged": judged})
    except ValidationError as error:
        return None, [*faults, *(f.at(field=f"strength.{f.field}") for f in faults_of(error))]
    s, t, d = (judged.get(name) for name in ("sensitivity", "specificity", "gaming"))
    if s is not None and t is not None and (1 - (d.p50 if d else 0)) * s.p50 < 1 - t.p50:
        message = "would find good systems more often than bad ones"
        cure = "give more sensitivity, more specificity or less gaming"
        faults.append(Fault(message=message, cure=cure, field="strength"))
    return strength, faults


def _said_twice(audits: list[Audit]) -> list[Fault]:
    """Ids and files that stand twice, and coverage that two audits state differently."""
    faults: list[Fault] = []
    ids: set[str] = set()
    files: dict[str, str] = {}
    coverage: dict[tuple[str, str], tuple[str, Assumption]] = {}
    for audit in audits:
        if audit.id in ids:
            message = f"'{audit.id}' is there twice"
            faults.append(Fault(message=message, cure="give each its own id", field="id"))
        ids.add(audit.id)
        for each in audit.files:
            if each.path in files:
                message = f"'{each.path}' is in audit {files[each.path]} too"
                cure = "name each file once"
                faults.append(Fault(message=message, cure=cure, field=f"audit {audit.id}, files"))
            files.setdefault(each.path, audit.id)
        for hazard in audit.hazards:
            judged = audit.judged("coverage", hazard)
            if judged is None:
                continue
            key = (audit.system, hazard)
            other, stated = coverage.setdefault(key, (audit.id, judged))
            if stated.numbers != judged.numbers:
                message = f"audit {other} states another coverage of {hazard}"
                cure = "coverage is of all tests of a hazard together; state it once"
                field = f"audit {audit.id}, strength.coverage"
                faults.append(Fault(message=message, cure=cure, field=field))
    return faults
