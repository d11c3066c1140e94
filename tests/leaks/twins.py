"""Two databases in one: what is hidden from a reader is changed, and nothing that they see may.

Everything else, keys and times among it, stays as it is, so that two answers can be compared to
the byte.
"""

import json
import re
import uuid
from unittest import mock

from django.db import transaction
from django.utils import timezone
from world import CRITIQUE, DECIDED, REMARK, REPORTED, UNCONFIRMED

from custodes import assess, choose
from custodes.assessment import by_expert
from custodes.exchange import result_text
from custodes.rounds import inputs_sha256
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import sha256_of_text
from custodes_workbench.assessments.selectors import round_of
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.decisions.models import Decision, Dissent, FollowUp
from custodes_workbench.efforts.models import Application, Effort, Revision, Unwanted
from custodes_workbench.judgements.models import (
    Answer,
    Comment,
    ConflictOfInterest,
    Draft,
    Interest,
    PanelMember,
)
from custodes_workbench.people.models import User
from custodes_workbench.publication.models import Critique
from custodes_workbench.rounds.models import Round

OTHER = "another-word"
_NEW_EVERY_TIME = re.compile(rb'(name="(?:csrfmiddlewaretoken|post_key)" value=")[^"]*')


def answers_of_others():
    """Ada's blind answer says something else, and how much."""
    for row in Answer.objects.all():
        Answer.objects.filter(pk=row.pk).update(
            record=row.record | {"p05": 0.2, "p50": 0.3, "p95": 0.4, "reason": OTHER}
        )


def another_answer():
    """Ada has handed in one answer more."""
    row = Answer.objects.order_by("pk").first()
    row.pk, row.quantity = uuid.uuid4(), "misuse_cut"
    row.record = row.record | {"quantity": "misuse_cut"}
    row.save(force_insert=True)


def drafts():
    """Grace has typed something else."""
    Draft.objects.update(typed={"reason": OTHER, "p50": "0.7"})


def identities(reader):
    """The experts are other people, with other addresses; but for the reader, who knows theirs."""
    panel = User.objects.filter(pk__in=PanelMember.objects.values("person"))
    for row in panel.exclude(email=f"{reader}@example.org"):
        User.objects.filter(pk=row.pk).update(name=f"{OTHER} {row.pk}", email=f"x{row.pk}@x.org")


def conflicts():
    """Carl's conflict is another one, and so is what he declared."""
    ConflictOfInterest.objects.update(text=OTHER, reason=OTHER, type="employer")
    Interest.objects.update(with_whom=OTHER)


def unwanted():
    """The applicant wants somebody else not to judge."""
    Unwanted.objects.update(name=OTHER, reason=OTHER)


def applications():
    """What has not been sent says something else."""
    Application.objects.update(typed={"title": OTHER})


def withheld_critiques():
    """What was withheld, or never confirmed, says something else."""
    Critique.objects.filter(text__in=(CRITIQUE, UNCONFIRMED)).update(text=OTHER)


def remarks():
    """The panel says something else."""
    Comment.objects.filter(text=REMARK).update(text=OTHER)


def decisions():
    """It was decided otherwise."""
    Decision.objects.filter(reasons=DECIDED).update(reasons=OTHER, amount=7.0)
    Dissent.objects.update(text=OTHER)


def reports():
    """The grant was reported on otherwise."""
    FollowUp.objects.filter(text=REPORTED).update(text=OTHER)


def challenges():
    """The red team said something else."""
    Challenge.objects.update(text=OTHER)


def restricted_effort():
    """The effort under a mark is about something else, at another price; results are new."""
    row = Revision.objects.get(effort__effort_id="second")
    record = row.record | {
        "title": OTHER,
        "description": OTHER,
        "applicant": OTHER,
        "kind": "control",
        "cost": row.record["cost"] | {"p05": 1e6, "p50": 1e6, "p95": 1e6},
    }
    Revision.objects.filter(pk=row.pk).update(record=record)
    results_anew()


def restrict(row):
    """Put the second effort under a mark, with the results of all efforts computed so."""
    effort = Effort.objects.get(round=row, effort_id="second")
    revision = effort.revision
    Revision.objects.filter(pk=revision.pk).update(
        record=revision.record | {"handling": "restricted"}
    )
    results_anew()


def results_anew():
    """Every run as it would have come out of the round as it is now."""
    now = round_of(Round.objects.get())
    found = assess(now)
    own = json.dumps([each.model_dump(mode="json") for each in by_expert(found)])
    for row in Run.objects.exclude(result_sha256=""):
        is_assessment = row.kind == Run.Kind.ASSESS
        text = result_text(found.record if is_assessment else choose(found))
        Run.objects.filter(pk=row.pk).update(
            inputs_json=now.model_dump_json(by_alias=True),
            own_json=own if is_assessment else "",
            inputs_sha256=inputs_sha256(now),
            result_json=text,
            result_sha256=sha256_of_text(text),
        )


def told(client, address, method, at):
    """An answer as its reader gets it, to the byte, but for what is new in every answer."""
    with transaction.atomic(), mock.patch.object(timezone, "now", return_value=at):
        answer = getattr(client, method)(address.url)
        content = answer.getvalue() if answer.streaming else answer.content
        transaction.set_rollback(True)
    headers = tuple(sorted(answer.headers.items()))
    return answer.status_code, headers, _NEW_EVERY_TIME.sub(rb"\1", content)


def differences(client, everything, change, methods=("get",)):
    """Addresses whose answer changes with what is hidden.

    Args:
        client: The reader's.
        everything: The addresses that are asked.
        change: Makes the twin; taken back afterwards.
        methods: How each is asked.
    """
    at = timezone.now()
    asked = [(address, method) for address in everything for method in methods]
    here = [told(client, address, method, at) for address, method in asked]
    with transaction.atomic():
        change()
        there = [told(client, address, method, at) for address, method in asked]
        transaction.set_rollback(True)
    pairs = zip(asked, here, there, strict=True)
    return [f"{method} {each.name}" for (each, method), one, two in pairs if one != two]
