"""Answering a finding: it stays open until somebody does, whatever other tests show."""

from __future__ import annotations

from django.db import transaction

from custodes_workbench.access import Act, decide, require
from custodes_workbench.evidence.models import AuditVersion, FindingAnswer
from custodes_workbench.evidence.selectors import facts_on
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User


@transaction.atomic
def answer_finding(*, version: AuditVersion, text: str, whose: str, by: User) -> FindingAnswer:
    """Write down what somebody says to what an audit found; no number changes by it.

    Args:
        version: The audit as it stands.
        text: The answer.
        whose: Who says so, as an organisation or an office.
        by: Who writes it down.

    Raises:
        Refused: They may not.
    """
    audit = version.audit
    require(decide(Act.ANSWER_FINDING, facts_on(by, audit.round, audit.system_id)))
    made = FindingAnswer.objects.create(audit=audit, n=version.n, text=text, whose=whose, by=by)
    record_event(
        "finding answered",
        by=by,
        subject=f"{audit.history_name}/{version.n}",
        round_=audit.round.slug,
        reason=text,
        told={"whose": whose},
    )
    return made
