"""What has come to light since a decision, and whether it speaks against what was decided on.

Source: docs/explanation/dossier.md. It finds records with a day after the decision; whether
figures move is told by computing the decision again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from custodes.decisions._decision import Decision
from custodes.decisions._system_decision import SystemDecision
from custodes.evidence import outcome_of
from custodes.records import Record
from custodes.rounds import Round

Kind = Literal["correction", "audit", "claim", "condition"]
"""What came to light."""


class Since(Record):
    """One thing that came to light after a decision."""

    kind: Kind
    """Of which sort it is."""
    on: dt.date | None
    """When; none where the record has no day, as whether a claim was kept."""
    text: str
    """What, in a sentence."""
    is_against: bool
    """Whether it speaks against what was decided on; otherwise it is new and does not."""


def changed_since(decision: Decision | SystemDecision, round_: Round) -> tuple[Since, ...]:
    """What came to light since a decision, the oldest first.

    A decision is marked "evidence changed since" where something of it `is_against`.

    Args:
        decision: About an effort, whose target system counts, or about a system.
        round_: The round as it is now.
    """
    effort = "" if isinstance(decision, SystemDecision) else decision.effort
    system = decision.system if isinstance(decision, SystemDecision) else ""
    if effort:
        targets = {str(each.id): each.target_system for each in round_.efforts}
        system = targets.get(effort, "")
    found = [
        *_corrections(round_, system, decision.decided_on),
        *_audits(round_, system, decision.decided_on),
        *_claims(round_, effort, system, decision.decided_on),
        *_conditions(decision),
    ]
    return tuple(sorted(found, key=lambda each: (each.on or dt.date.max, each.kind, each.text)))


def _corrections(round_: Round, system: str, day: dt.date) -> Iterator[Since]:
    for each in round_.corrections:
        if not system or each.id != system:
            continue
        for event in each.event:
            noticed = event.noticed
            if noticed is None or noticed.date() <= day:
                continue
            name = f"trigger {event.trigger} fired" if event.trigger else "something was noticed"
            what = "nobody has decided yet"
            if event.decided is not None:
                what = "it was decided not to act" if event.act is False else "it was acted on"
            reason = f": {event.reason}" if event.reason else ""
            yield Since(
                kind="correction",
                on=noticed.date(),
                text=f"On {system}, {name}; {what}{reason}.".replace("..", "."),
                is_against=event.act is not False,
            )


def _audits(round_: Round, system: str, day: dt.date) -> Iterator[Since]:
    known = {each.id: each for each in round_.systems}
    for audit in round_.audits:
        ended = [run.created_at.date() for run in audit.runs if run.created_at is not None]
        last = max(ended, default=None)
        if not system or audit.system != system or last is None or last <= day:
            continue
        found = outcome_of(audit, known.get(system)).outcome
        hazards = ", ".join(audit.hazards).replace("_", " ") or "no hazard that anybody named"
        yield Since(
            kind="audit",
            on=last,
            text=f"Audit {audit.id} of {system} ({hazards}): {found.replace('_', ' ')}.",
            is_against=found == "finding",
        )


def _claims(round_: Round, effort: str, system: str, day: dt.date) -> Iterator[Since]:
    for claim in round_.claims:
        mine = bool(effort and claim.effort == effort) or bool(system and claim.system == system)
        if not mine or not claim.counts:
            continue
        said = claim.published_at[:10]
        on = dt.date.fromisoformat(said) if said else None
        if claim.kept == "no":
            text = f"Claim {claim.id} of {claim.claimant} was not kept."
            yield Since(kind="claim", on=None, text=text, is_against=True)
        elif claim.assessment and on is not None and on > day:
            verdict = claim.assessment.replace("_", " ")
            yield Since(
                kind="claim",
                on=on,
                text=f"Claim {claim.id} of {claim.claimant} was assessed: {verdict}.",
                is_against=claim.assessment in ("contradicted", "unsupported"),
            )


def _conditions(decision: Decision | SystemDecision) -> Iterator[Since]:
    for each in decision.condition:
        if each.state == "not_met":
            text = f"Condition {each.id} was not met: {each.reason}.".replace("..", ".")
            yield Since(kind="condition", on=each.due, text=text, is_against=True)
