"""How strong tests are: experts answer blind, then the answers are pooled into a new version."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping, Sequence

from django.db import transaction

from custodes.evidence import STRENGTHS, Strength, audits_from
from custodes.judgements import pool_answers
from custodes.quantities import Amount, Assumption
from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.evidence.models import Audit, AuditVersion, Judge, StrengthAnswer
from custodes_workbench.evidence.records import audit_record, entry_of
from custodes_workbench.evidence.selectors import facts_on, standing, strengths_counted
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round

SHARED = ("common_cause", "coverage")
"""Strengths that belong to all tests of a hazard together, whichever audit they are of."""


@transaction.atomic
def judge_strength(
    *, version: AuditVersion, hazard: str, judged: Mapping[str, Amount], reason: str, by: User
) -> StrengthAnswer:
    """Keep how strong one expert judges an audit's tests to be; nobody else sees it yet.

    Args:
        version: The audit as it stands.
        hazard: One of the hazards that it tests.
        judged: Ranges by the name of the strength; at least one.
        reason: Why.
        by: Who judges.

    Raises:
        Refused: They may not now, or the audit does not test the hazard.
        InputError: The ranges do not fit together.
    """
    audit = version.audit
    require(decide(Act.JUDGE_STRENGTH, facts_on(by, audit.round, audit.system_id)))
    record = audit_record(version)
    if hazard not in record.hazards or version.withdrawn_because or not judged:
        msg = "There is nothing to judge here."
        raise Refused(msg)
    _check(version, hazard, judged)
    Round.objects.select_for_update().get(pk=audit.round_id)  # one letter each
    pooled = StrengthAnswer.objects.filter(
        audit__round=audit.round,
        audit__system_id=audit.system_id,
        hazard=hazard,
        pooled_in__isnull=False,
    )
    made = StrengthAnswer.objects.create(
        audit=audit,
        n=version.n,
        hazard=hazard,
        judge=_judge(audit, by),
        judged={name: amount.model_dump(mode="json") for name, amount in judged.items()},
        reason=reason,
        answer_round=2 if pooled.exists() else 1,
    )
    record_event(
        "strength judged",
        by=by,
        subject=f"{audit.history_name}/{version.n}, {hazard}",
        round_=audit.round.slug,
        reason=reason,
        told={"judged": made.judged},
    )
    return made


def _check(version: AuditVersion, hazard: str, judged: Mapping[str, Amount]) -> None:
    """Go on only if the library takes the ranges.

    Raises:
        InputError: It does not.
    """
    told = {name: amount.model_dump(mode="json") for name, amount in judged.items()}
    entry = {**entry_of(audit_record(version)), "strength": [{"hazards": [hazard], **told}]}
    audits_from({"audit": [entry]}, file="the form")


def _judge(audit: Audit, person: User) -> Judge:
    found = Judge.objects.filter(
        round=audit.round, system_id=audit.system_id, person=person
    ).first()
    if found is not None:
        return found
    taken = set(
        Judge.objects.filter(round=audit.round, system_id=audit.system_id).values_list(
            "letter", flat=True
        )
    )
    one = list(string.ascii_uppercase)
    free = [each for each in one if each not in taken] or [
        first + second for first in one for second in one if first + second not in taken
    ]
    return Judge.objects.create(
        round=audit.round,
        system_id=audit.system_id,
        person=person,
        letter=secrets.choice(free[:26]),
    )


@transaction.atomic
def pool_strengths(
    *, round_: Round, system_id: str, hazard: str, reason: str, by: User
) -> list[AuditVersion]:
    """Pool what experts answered blind into a new version of each audit of the hazard.

    The linear pool, every expert with the same weight: nobody chooses a number. Coverage and
    common cause belong to all tests of the hazard, so that every audit of it gets the same.

    Args:
        round_: The round.
        system_id: The system.
        hazard: The hazard.
        reason: Why now.
        by: Who closes it.

    Raises:
        Refused: They may not now, or nobody has answered.
        InputError: The pooled ranges do not fit together.
    """
    require(decide(Act.POOL_STRENGTHS, facts_on(by, round_, system_id)))
    Round.objects.select_for_update().get(pk=round_.pk)
    answers = strengths_counted(round_, system_id, hazard)
    if not any(each.pooled_in_id is None for each in answers):
        msg = "Nobody has answered since it was closed last."
        raise Refused(msg)
    shared = _pooled(answers, SHARED)
    made = []
    for version in standing(round_):
        record = audit_record(version)
        if (
            version.audit.system_id != system_id
            or version.withdrawn_because
            or hazard not in record.hazards
        ):
            continue
        own = [each for each in answers if each.audit_id == version.audit_id]
        judged = _pooled(own, [name for name in STRENGTHS if name not in SHARED]) | shared
        new = _new_version(version, hazard, judged, own or answers, reason=reason, by=by)
        waited = StrengthAnswer.objects.filter(pk__in=[each.pk for each in own], pooled_in=None)
        waited.update(pooled_in=new)
        made.append(new)
    return made


def _pooled(answers: Sequence[StrengthAnswer], names: Sequence[str]) -> dict[str, Assumption]:
    """The linear pool of each strength that anybody judged."""
    found: dict[str, Assumption] = {}
    for name in names:
        amounts = {
            each.judge.computed_as: Amount.model_validate(each.judged[name])
            for each in answers  # the newest of one expert last
            if name in each.judged
        }
        if amounts:
            pooled = pool_answers(amounts, STRENGTHS[name])
            told = f"linear pool of {len(amounts)} expert{'s' if len(amounts) > 1 else ''}"
            found[name] = Assumption(p05=pooled.p05, p50=pooled.p50, p95=pooled.p95, reason=told)
    return found


def _new_version(
    version: AuditVersion,
    hazard: str,
    judged: Mapping[str, Assumption],
    answers: Sequence[StrengthAnswer],
    *,
    reason: str,
    by: User,
) -> AuditVersion:
    record = audit_record(version)
    strength = Strength(
        hazards=(hazard,),
        judged=dict(judged),
        judged_by=tuple(sorted({each.judge.computed_as for each in answers})),
        reason=reason,
    )
    others = tuple(each for each in record.strength if each.hazards != (hazard,))
    changed = record.model_copy(update={"strength": (strength, *others)})
    audits_from({"audit": [entry_of(changed)]}, file="the pooled strengths")
    made = AuditVersion.objects.create(
        audit=version.audit,
        n=version.n + 1,
        record=changed.model_dump(mode="json"),
        reason=reason,
        made_by=by,
    )
    record_event(
        "strengths pooled",
        by=by,
        subject=f"{version.audit.history_name}/{made.n}, {hazard}",
        round_=version.audit.round.slug,
        reason=reason,
        told={"answers": [each.pk for each in answers]},
    )
    return made
