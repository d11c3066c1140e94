"""A round with everything in it that somebody must not see, marked by words found nowhere else."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.test import Client
from django.utils import timezone

from cast import Cast, a_cast, a_workbench_round, at_stage
from custodes.disclosure import Marking
from custodes.evidence import Claim as ClaimRecord
from custodes.judgements import Judgement
from custodes.mitigations import library
from custodes.quantities import Amount
from custodes.systems import BUILT_IN
from custodes_workbench.access import Role, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import ask_report, start_run
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.claims.models import Claim
from custodes_workbench.claims.services import (
    AssessmentGiven,
    assess_claim,
    assign_assessor,
    enter_claim,
)
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.services import (
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
    record_decision,
    release_decision,
    report_on,
)
from custodes_workbench.efforts.models import Application, Effort, Unwanted, Upload
from custodes_workbench.evidence.models import KeptFile
from custodes_workbench.handling.models import Item, SafeguardsMember, Sharing
from custodes_workbench.handling.services import HandedIn, hand_in, make_reader_key
from custodes_workbench.history.models import Root
from custodes_workbench.history.services import sign_root
from custodes_workbench.judgements.models import (
    Answer,
    Assignment,
    Comment,
    ConflictOfInterest,
    Draft,
    Interest,
)
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.people.middleware import BEGAN, LAST_SEEN
from custodes_workbench.people.models import Membership, User
from custodes_workbench.publication.models import Critique
from custodes_workbench.rounds.models import Round, Standstill
from custodes_workbench.systems.records.scenarios import solved
from custodes_workbench.systems.services import add_system, keep_scenario
from page_words import badly_said
from workbench_audits import a_log_file, an_audit

READERS = (
    *("lena", "omar", "dina", "sven", "anna", "aud", "adam", "reg"),
    *("ada", "grace", "carl", "rhea", "alan", "mallory", "nobody"),
)
"""Who asks: everybody of the cast who stands differently, and somebody who is not signed in."""

ANSWER, NUMBER = "xanthic-reason", "0.0123454321"
DRAFT, CONFLICT = "quixotic-draft", "zephyr-conflict"
APPLICATION = "unsent-application"
UNWANTED, INTEREST = "unwanted-because", "umbral-employer"
MARKED, SEALED = "wolfram-finding", "quokka-finding"
CRITIQUE = "umbrage-critique"
DECIDED, REPORTED = "verdigris-verdict", "obsidian-report"
REMARK, UNCONFIRMED = "heliotrope-remark", "unconfirmed-critique"
SAMPLE, AUDIT = "vexillum-sample", "zaffre-snapshot"
SAID_OF_CLAIM = "damson-assessment"
CANARIES = {
    "answer": ANSWER,
    "number": NUMBER,
    "number as pages round it": NUMBER[:6],
    "draft": DRAFT,
    "application": APPLICATION,
    "conflict": CONFLICT,
    "who should not judge": UNWANTED,
    "declared interest": INTEREST,
    "marked": MARKED,
    "sealed": SEALED,
    "withheld critique": CRITIQUE,
    "decision": DECIDED,
    "follow-up": REPORTED,
    "remark of the panel": REMARK,
    "unconfirmed critique": UNCONFIRMED,
    "text of a sample": SAMPLE,
    "marked audit": AUDIT,
    "blind assessment of a claim": SAID_OF_CLAIM,
    "expert's name": "Quillfeather",
    "expert's mail": "ada@example.org",
}
"""Words that stand in one place each."""


@dataclass
class World:
    """A round with its people signed in."""

    row: Round
    clients: dict[str, Client]
    cast: Cast

    @property
    def examples(self):
        """What stands for a part of an address."""
        return {
            "slug": self.row.slug,
            "token": "no-such-token",
            "quantity": "accident_cut",
            "about": "accident_cut",
            "effort": "first",
            "system_id": "harbour",
            "audit_id": "power-2026-09",
            "hazard": "power_seeking",
            "challenge_id": "c1",
            "claim_id": "badge",
            "code": "E-04",
            "comment": Comment.objects.get().pk,
            "n": 1,
            "number": 1,
            "audience": "public",
            "k": 1,
            "other": 1,
            "kind": "assess",
            "path": "index.html",
            "name": "central",
            "id_": str(next(iter(library()))),
            "what": "propose",
            "answer": "accepted",
            "membership": Membership.objects.get(person__name="Rhea").pk,
            "pk": User.objects.get(name="Rhea").pk,
            **{
                f"efforts:{name}": {"pk": Application.objects.get().pk}
                for name in ("application", "keep", "preview", "drop")
            },
            **{
                f"efforts:{name}": {"pk": Upload.objects.get().pk}
                for name in ("columns", "check", "column_map", "refused", "take_back")
            },
            **{
                f"evidence:{name}": {"pk": KeptFile.objects.get().pk}
                for name in ("open_file", "name_reader")
            },
            "judgements:incident_note": {"pk": Standstill.objects.get().pk},
            "history:root": {"n": Root.objects.get().n},
            **{
                f"handling:{name}": {"n": Item.objects.get(mark="restricted").n}
                for name in ("item", "review", "add_reader", "erase", "share")
            },
            "handling:open": {"n": Item.objects.get(mark="round").n},
            "handling:drop_reader": {
                "n": Item.objects.get(mark="restricted").n,
                "person": User.objects.get(email="ada@example.org").pk,
            },
            "handling:sharing": {
                "n": Item.objects.get(mark="restricted").n,
                "pk": Sharing.objects.get().pk,
            },
            "handling:end_membership": {"pk": SafeguardsMember.objects.get().pk},
            "people:sign_in_here": {"token": uuid.UUID(int=0)},
            "judgements:conflict": {"pk": ConflictOfInterest.objects.get().pk},
            "judgements:confirm": {"pk": ConflictOfInterest.objects.get().pk},
            "rounds:quantity": {"quantity": "risk_accident"},
            "systems:quantity": {"quantity": "rollback"},
            **{
                f"systems:{name}": {"name": "valley"}
                for name in (
                    *("scenario", "solution", "compare", "keep"),
                    *("scenario_json", "scenario_drawing"),
                )
            },
        }


def make_world():
    """The round, assessed, with a blind answer, a draft and a conflict in it."""
    cast = a_cast()
    row = a_workbench_round(cast, Stage.BLIND)
    cast.ada.name = "Ada Quillfeather"
    cast.ada.save()
    first = Effort.objects.get(round=row, effort_id="first")
    _answer(first, "ada")
    Draft.objects.create(
        member=Assignment.objects.get(effort=first, member__person=cast.grace).member,
        effort=first,
        quantity="accident_cut",
        answer_round=1,
        typed={"reason": DRAFT, "p50": "0.2"},
    )
    ConflictOfInterest.objects.create(
        round=row,
        person=cast.carl,
        effort=Effort.objects.get(round=row, effort_id="second"),
        type="professional",
        declared=True,
        text=CONFLICT,
        decided="recuse",
        reason=CONFLICT,
    )
    Interest.objects.create(person=cast.carl, type="employer", with_whom=INTEREST)
    Unwanted.objects.create(
        effort=first, name="Grace", type="public_statement", reason=UNWANTED, by=cast.alan
    )
    Comment.objects.create(
        effort=first,
        assignment=Assignment.objects.get(effort=first, member__person=cast.ada),
        by=cast.ada,
        about="accident_cut",
        text=REMARK,
        stage="discussion",
    )
    Challenge.objects.create(
        effort=first,
        revision=first.revision,
        challenge_id="c1",
        by="Rhea",
        person=cast.rhea,
        text="It rests on one study.",
    )
    Application.objects.create(
        round=row, person=cast.alan, typed={"title": APPLICATION}, claims=["c1"], claims_made=1
    )
    Upload.objects.create(
        round=row,
        person=cast.omar,
        file_name="efforts.csv",
        content=b"id,title,cost,currency\nprobe,Probes,1000,USD\n",
        sha256="0" * 64,
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    add_system(
        round_=row,
        system=BUILT_IN.model_copy(update={"id": "harbour", "title": "Harbour"}),
        by=cast.now("omar"),
        reason="The call names it.",
        source="The call.",
    )
    keep_scenario(
        round_=row,
        solved=solved("valley", {"harm": "250"}),
        name="A dearer failure",
        by=cast.now("omar"),
        reason="To weigh it.",
    )
    _marked(cast, first)
    _audited(cast, row)
    _claimed(cast, row)
    Critique.objects.create(
        number=1,
        round=row,
        page="effort:first",
        page_version="1",
        text=CRITIQUE,
        withheld="It names a person.",
        confirmed_at=timezone.now(),
    )
    Critique.objects.create(
        round=row, page="effort:first", page_version="1", by="A reader", text=UNCONFIRMED
    )
    at_stage(row, Stage.ASSESSMENT)
    start_run(round_=Round.objects.get(pk=row.pk), kind=Run.Kind.ASSESS, by=cast.now("lena"))
    run_next_job("a test")
    ask_report(run=Run.objects.get(), by=cast.now("lena"))
    run_next_job("a test")
    _decided(cast, first)
    sign_root(by=cast.lena)
    Standstill.objects.create(
        round=row, because="A leak.", ended_at=timezone.now(), note=f"seen by {cast.ada.name}"
    )
    clients = {}
    for name in READERS:
        clients[name] = Client(raise_request_exception=True)
        if name in cast.people:
            clients[name].force_login(cast.people[name])
            _keep_alive(clients[name])
    return World(Round.objects.get(pk=row.pk), clients, cast)


def _decided(cast, effort):
    """Support with two conditions and a dissent, released, and a report on one of them."""
    at_stage(effort.round, Stage.CHOICE)
    effort = Effort.objects.select_related("round").get(pk=effort.pk)
    decision = record_decision(
        effort=effort,
        given=DecisionGiven(
            outcome="support",
            reasons=DECIDED,
            conditions=(
                ConditionGiven(text="Say what holds later.", mitigation="scaling-statement"),
                ConditionGiven(text="Ask a second study.", challenge="c1", owner="Alan"),
            ),
            dissents=(DissentGiven(by="One member", text=DECIDED),),
        ),
        by=cast.now("dina"),
        version=0,
    )
    release_decision(decision=decision, by=cast.now("lena"), version=decision.version)
    at_stage(effort.round, Stage.FOLLOW_UP)
    effort = Effort.objects.select_related("round").get(pk=effort.pk)
    decision = Decision.objects.select_related("effort__round").get(effort=effort)
    report_on(
        decision=decision,
        text=REPORTED,
        by=cast.now("alan"),
        condition=decision.conditions.first(),
    )


def _keep_alive(client):
    """Mark the session as just used; what a walk rolls back would be written at every request."""
    session, soon = client.session, timezone.now().timestamp() + 3600
    session.update({BEGAN: soon, LAST_SEEN: soon})
    session.save()


def _audited(cast, row):
    """An open audit whose file Lena alone can open, and one that stays within the round."""
    row = Round.objects.get(pk=row.pk)
    an_audit(cast, row, a_log_file(secret=SAMPLE), system="harbour", readers=("lena",))
    an_audit(
        cast,
        row,
        a_log_file("two.json", eval={"eval_id": "two"}),
        id_="marked",
        system="harbour",
        snapshot=AUDIT,
        handling="round",
    )


def _claimed(cast, row):
    """A claim that Grace has assessed and Ada has not, and one that is out."""
    row = Round.objects.get(pk=row.pk)
    for name, role in (
        ("grace", Role.CLAIMS_ASSESSOR),
        ("ada", Role.CLAIMS_ASSESSOR),
        ("alan", Role.DEVELOPER_CONTACT),
    ):
        Membership.objects.create(person=cast.people[name], role=role, round=row.slug)
    for id_, standing in (("badge", "draft"), ("boast", "published")):
        record = ClaimRecord(id=id_, claimant="Badge Ltd", text="It is safe.", effort="second")
        version = enter_claim(
            round_=row, record=record, by=cast.now("omar"), reason="The call names it."
        )
        if standing == "published":
            told = version.record | {"standing": standing}
            version.claim.versions.update(record=told)
            continue
        for name in ("grace", "ada"):
            assign_assessor(version=version, person=cast.now(name), by=cast.now("omar"))
        given = AssessmentGiven(
            verdict="partly",
            amount=Amount(p05=0.1, p50=0.2, p95=0.3),
            reason=SAID_OF_CLAIM,
            praise="",
        )
        assess_claim(version=version, given=given, by=cast.now("grace"), n=0)
        Claim.objects.filter(pk=version.claim_id).update(contact=cast.alan)


def _marked(cast, effort):
    """A finding for the people of the round, and one that Lena and Ada alone can open."""
    for name in ("lena", "ada"):
        make_reader_key(person=cast.people[name], passphrase=f"{name}: five words at random")
    today = timezone.localdate()
    for mark, text in (("round", MARKED), ("restricted", SEALED)):
        item = hand_in(
            effort=effort,
            given=HandedIn(
                kind="finding",
                marking=Marking(
                    mark=mark,
                    ground="misuse",
                    reason="It could be followed.",
                    against="Nobody outside can check it.",
                    decided_by="the lead officer",
                    decided_on=today,
                    review_by=today + dt.timedelta(days=90),
                    lifted_when="The hole is closed.",
                ),
                text=text,
                readers=(cast.lena, cast.ada) if mark == "restricted" else (),
            ),
            by=cast.now("lena"),
        )
    Sharing.objects.create(
        item=item,
        recipient="An institute",
        purpose="Containment",
        shared_on=today,
        terms="Not to be passed on.",
        what="The finding.",
        by=cast.lena,
    )
    SafeguardsMember.objects.create(person=cast.reg, work="Containment", sponsor=cast.lena)


def _answer(effort, name):
    assignment = Assignment.objects.get(effort=effort, member__person__email=f"{name}@example.org")
    Answer.objects.create(
        member=assignment.member,
        effort=effort,
        revision=effort.revision,
        subject="first",
        quantity="accident_cut",
        answer_round=1,
        record=Judgement(
            effort="first",
            expert=name,
            quantity="accident_cut",
            p05=0.01,
            p50=float(NUMBER),
            p95=0.3,
            reason=ANSWER,
            raw=f"0.01, {NUMBER}, 0.3",
        ).model_dump(mode="json"),
    )
    assignment.handed_in_at = assignment.effort.round.made_at
    assignment.save()


def heard(client, address, method):
    """Whether the reader is heard at an address; the words found, and what the page says badly."""
    with transaction.atomic():
        answer = getattr(client, method)(address.url)
        transaction.set_rollback(True)
    content = answer.getvalue() if answer.streaming else answer.content
    page = content.decode("utf-8", "replace")
    text = page + str(answer.headers)
    refused = answer.status_code in (401, 403, 404, 405, 410) or (
        answer.status_code == 302 and "/login/" in answer.url
    )
    words = frozenset(name for name, word in CANARIES.items() if word in text)
    is_read = method == "get" and not (refused or answer.streaming)
    return not refused, words, badly_said(page) if is_read else set()
