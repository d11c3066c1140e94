"""Audits in a workbench's round: a system with a judged hazard, and logs taken in by a service."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from audit_files import log, sample
from custodes.quantities import Assumption
from custodes.systems import BUILT_IN
from custodes_workbench.evidence.records import reading
from custodes_workbench.evidence.services import GivenAudit, take_in_audit
from custodes_workbench.rounds.models import Round
from custodes_workbench.systems.services import add_system

SNAPSHOT = "model-a-2026-09-01"
ATTESTED = {
    "run_by": "An institute",
    "relation": "public_body",
    "paid_by": "public",
    "scope_set_by": "auditor",
    "may_publish": "without_consent",
    "saw_before": "nobody",
    "ties_last_24_months": "none",
    "access": "api_no_safeguards",
}
RULE = {"scorer": "match", "at_least": 0.9, "on": "mean", "fixed_on": "2026-08-20"}


def an_audited_system(cast, row, **changes):
    """A system of the round of which somebody said how likely power seeking is."""
    hazard = {
        "hidden_problem": Assumption.point(0.2),
        "harm_if_hidden": Assumption.point(0.05),
    }
    told = {
        "id": "model-a",
        "title": "Model A",
        "snapshot": SNAPSHOT,
        "hazards": {"power_seeking": hazard},
    }
    add_system(
        round_=row,
        system=BUILT_IN.model_copy(update=told | changes),
        by=cast.now("omar"),
        reason="The call names it.",
        source="The call.",
    )
    return Round.objects.get(pk=row.pk)


def a_log_file(name="one.json", *, samples=30, secret="a secret question", **changes):  # noqa: S107 (a canary)
    """A log as a browser sends it."""
    told = log([sample(each, input=secret) for each in range(samples)], **changes)
    return SimpleUploadedFile(name, json.dumps(told).encode())


def an_audit(cast, row, *files, id_="power-2026-09", by="omar", readers=(), **entry):
    """An audit that a service took in, with a rule that was fixed before its run."""
    told = {
        "id": id_,
        "system": "model-a",
        "hazards": ["power_seeking"],
        "snapshot": SNAPSHOT,
        "all_runs_listed": True,
        "pass_rule": RULE,
        "attestation": ATTESTED,
        **entry,
    }
    with reading(files or [a_log_file()]) as sent:
        assert sent.refused == ()
        given = GivenAudit(
            entry=told,
            files=sent.read,
            readers=tuple(cast.people[each] for each in readers),
            reason="The call asks for it.",
        )
        return take_in_audit(round_=row, given=given, by=cast.now(by))
