"""Reads of computing: the runs that a person sees, and what of their results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.urls import reverse

from custodes.assessment import EffortAssessment
from custodes.disclosure import is_public
from custodes.rounds import Round as LibraryRound
from custodes.rounds import inputs_sha256
from custodes_workbench.access import (
    OF_THE_WHOLE,
    PERMITTED,
    Act,
    Facts,
    Purpose,
    Relation,
    Stage,
    decide,
)
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import (
    assessment_of,
    inputs_computed,
    inputs_of,
    is_far_from,
    rests_on_few,
    sha256_of_text,
    voices_in,
)
from custodes_workbench.claims.records import without_audits
from custodes_workbench.claims.selectors import claims_visible_to, round_of
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record, without_applicant
from custodes_workbench.efforts.selectors import (
    as_substitute,
    efforts_computed,
    efforts_visible_to,
    relations_in,
)
from custodes_workbench.evidence.selectors import audits_visible_to
from custodes_workbench.judgements import selectors as judging
from custodes_workbench.operations.models import Job
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import (
    Reader,
    facts_of,
    not_rolled_back,
    rounds_visible_to,
)
from custodes_workbench.web.waiting import Waiting

_COMPUTED = (Stage.ASSESSMENT, Stage.CHALLENGE, Stage.CHOICE)
"""The stages at which a round is computed."""

_WORK_WITH_THE_WHOLE = frozenset(
    role for act in OF_THE_WHOLE for permit in PERMITTED[act] for role in permit.roles
)


def facts_of_all(reader: Reader, round_: Round) -> Facts:
    """What a ruling about all efforts at once is made from: one conflict among them counts.

    So does one effort that enters the results and that the reader may not read.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    conflicted = Relation.CONFLICTED in relations.values()
    relation = Relation.CONFLICTED if conflicted else Relation.STRANGER
    facts = facts_of(reader, round_, relation=relation)
    if facts.roles & _WORK_WITH_THE_WHOLE:
        known = {each.pk for each in efforts_visible_to(reader, round_)} | relations.keys()
        computed = efforts_computed(round_).values_list("pk", flat=True)
        facts = replace(facts, part_hidden=not known.issuperset(computed))
    return as_substitute(reader, round_, facts, round_.efforts.values_list("pk", flat=True))


def sees_everything(reader: Reader, round_: Round) -> bool:
    """Whether the results of every effort are the reader's to see, sums and orders too."""
    return bool(decide(Act.SEE_ALL_RESULTS, facts_of_all(reader, round_)))


def results_visible_to(reader: Reader, round_: Round) -> frozenset[str]:
    """The ids of the efforts whose results a reader sees.

    An effort with a handling mark is shown to those alone who work with the whole round.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    works = bool(decide(Act.SEE_ALL_RESULTS, facts_of(reader, round_)))
    return frozenset(
        each.effort_id
        for each in efforts_visible_to(reader, round_)
        for relation in [relations.get(each.pk, Relation.STRANGER)]
        if decide(Act.SEE_RESULTS, facts_of(reader, round_, relation=relation))
        and (works or is_public(effort_record(each).handling))
    )


def answers_visible_to(reader: Reader, round_: Round) -> frozenset[str]:
    """The ids of the efforts whose panel a reader sees, answer by answer, by pseudonym.

    Once published, a round that publishes pools only shows answers to its own staff alone.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    is_out = round_.stage_name in (Stage.PUBLISHED, Stage.FOLLOW_UP)
    if is_out and not (publishes_answers(round_) or sees_everything(reader, round_)):
        return frozenset()
    return _open_to(reader, round_, Act.SEE_ANSWERS)


def pools_visible_to(reader: Reader, round_: Round) -> frozenset[str]:
    """The ids of the efforts whose pooled inputs a reader sees.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    return _open_to(reader, round_, Act.SEE_POOLED)


def publishes_answers(round_: Round) -> bool:
    """Whether each answer is published under its pseudonym, and not the pools only."""
    return settings_of(round_).judgement.published_answers == "pseudonym"


def _open_to(reader: Reader, round_: Round, act: Act) -> frozenset[str]:
    relations = relations_in(reader, round_)
    handed_in = judging.efforts_handed_in_by(reader, round_)
    return frozenset(
        each.effort_id
        for each in efforts_visible_to(reader, round_)
        for relation in [relations.get(each.pk, Relation.STRANGER)]
        for own in [each.pk in handed_in]
        if decide(act, facts_of(reader, round_, relation=relation, own_handed_in=own))
    )


def answered_anew(effort: Effort, since: dt.datetime) -> tuple[str, ...]:
    """Quantities of an effort about which answers count that were given after a moment.

    Only behind a ruling about results; nobody's number is in it.

    Args:
        effort: The effort.
        since: The moment.
    """
    rows = judging.counted_answers(effort.round, effort=effort.pk)
    return tuple(sorted({each.quantity.replace("_", " ") for each in rows if each.at > since}))


def withheld_from(
    reader: Reader, run: Run, efforts: Collection[EffortAssessment]
) -> frozenset[str]:
    """The ids of efforts whose numbers a reader of aggregates is not told.

    Where a round publishes pools only, whoever does not see the panel's answers gets no number
    that rests on fewer than three experts, and none that differs from those of an earlier run
    by the answers of one or two: those of the earlier run stand.

    Args:
        reader: Signed in or not.
        run: An assessment that is done.
        efforts: Results of it.
    """
    if publishes_answers(run.round):
        return frozenset()
    heard = answers_visible_to(reader, run.round)
    asked = [each for each in efforts if each.id not in heard]
    few = {each.id for each in asked if rests_on_few(each)}
    return frozenset(few | _near_an_earlier_run(run, {each.id for each in asked} - few))


def _near_an_earlier_run(run: Run, efforts: Collection[str]) -> set[str]:
    """Efforts whose results would tell of one or two experts beside those told before."""
    if not efforts:
        return set()
    earlier = Run.objects.filter(round=run.round, kind=Run.Kind.ASSESS, n__lt=run.n)
    told: dict[str, list[dict[str, tuple[str, ...]]]] = {}
    for each in earlier.exclude(result_sha256="").order_by("n"):
        inputs = inputs_of(each)
        few = {found.id for found in assessment_of(each).efforts if rests_on_few(found)}
        for effort in efforts:
            voices = voices_in(inputs, effort)
            before = told.setdefault(effort, [])
            if effort not in few and is_far_from(voices, before):
                before.append(voices)
    inputs = inputs_of(run)
    return {
        each for each in efforts if not is_far_from(voices_in(inputs, each), told.get(each, []))
    }


def runs_visible_to(reader: Reader, round_: Round) -> QuerySet[Run]:
    """The runs of a round, newest first; of assessments only, for who sees single efforts.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    runs = Run.objects.filter(round=round_).select_related("job", "round")
    if decide(Act.SEE_ALL_RESULTS, facts_of(reader, round_)):
        facts = facts_of_all(reader, round_)
        hidden = [
            kind
            for kind, act in (
                (Run.Kind.ASK, Act.SEE_ALL_RESULTS),
                (Run.Kind.CHOOSE, Act.SEE_CHOICE),
            )
            if not decide(act, facts)
        ]
        return runs.exclude(kind__in=hidden)
    if results_visible_to(reader, round_):
        standing = not_rolled_back(round_, "asked_at")
        return runs.filter(standing, kind=Run.Kind.ASSESS).exclude(result_sha256="")
    return runs.none()


def inputs_shown_to(reader: Reader, run: Run) -> LibraryRound | None:
    """What went into a run, as a reader who may export the round takes it.

    Applicants' names and audits are left out for who may not know them; the digest of the inputs
    is then another. Where a computed effort or claim is not the reader's to see, there is nothing
    to take.

    Args:
        reader: Signed in or not; may export the round.
        run: The run.
    """
    inputs = inputs_computed(run)
    shown = {each.effort_id: each for each in efforts_visible_to(reader, run.round)}
    seen = {each.claim.claim_id for each in claims_visible_to(reader, run.round)}
    if any(str(each.id) not in shown for each in inputs.efforts):
        return None
    if not seen.issuperset(each.id for each in inputs.claims):
        return None
    relations = relations_in(reader, run.round)
    named = {
        id_
        for id_, each in shown.items()
        for relation in [relations.get(each.pk, Relation.STRANGER)]
        if decide(Act.SEE_APPLICANT, facts_of(reader, run.round, relation=relation))
    }
    efforts = tuple(
        each if str(each.id) in named else without_applicant(each) for each in inputs.efforts
    )
    known = {each.audit.audit_id for each in audits_visible_to(reader, run.round, Purpose.EXPORT)}
    audits = tuple(each for each in inputs.audits if each.id in known)
    gone = {each.id for each in inputs.audits} - known
    claims = tuple(without_audits(each, gone) for each in inputs.claims)
    return inputs.model_copy(update={"efforts": efforts, "audits": audits, "claims": claims})


def newest_run(round_: Round, kind: str = Run.Kind.ASSESS) -> Run | None:
    """The newest run of a kind that is done; none before there is one.

    Only behind a ruling: it says nothing of who may see it.

    Args:
        round_: The round.
        kind: Which kind.
    """
    runs = Run.objects.filter(not_rolled_back(round_, "asked_at"), round=round_, kind=kind)
    return runs.exclude(result_sha256="").first()


def proposal_of(round_: Round) -> Run | None:
    """The choice that the decision makers are proposed; none before there is one.

    Only behind a ruling, as `newest_run`.

    Args:
        round_: The round.
    """
    standing = not_rolled_back(round_, "asked_at")
    runs = Run.objects.filter(standing, round=round_, is_proposal=True).exclude(result_sha256="")
    return runs.select_related("round", "job").first()


def runs_that_wait(person: User) -> Iterator[Waiting]:
    """What those who run a round have to compute: a result, another after a change, a choice.

    Args:
        person: With the roles of the request.
    """
    for row in rounds_visible_to(person, Purpose.LIST):
        if row.stage_name not in _COMPUTED:
            continue
        facts = facts_of_all(person, row)
        # others may compute too, but whoever sets the dates runs the round
        if decide(Act.SET_DATES, facts) and decide(Act.RUN_ASSESSMENT, facts):
            yield from _to_compute(row)


def _to_compute(row: Round) -> Iterator[Waiting]:
    under_way = Run.objects.filter(round=row, result_sha256="").select_related("job")
    if any(not each.job.is_over for each in under_way):
        return
    newest, proposal, text, page = newest_run(row), proposal_of(row), "", "runs"
    if newest is None:
        text = "Run the assessment"
    elif newest.inputs_sha256 != inputs_sha256(round_of(row)):
        text = f"Assess again: something has changed since {newest}"
    elif row.stage_name is Stage.CHOICE and proposal is None:
        text, page = "Propose a choice to the decision makers", "choose"
    elif proposal and proposal.inputs_sha256 != newest.inputs_sha256:
        text, page = f"Propose a choice again: {proposal} is older than {newest}", "choose"
    if text:
        url = reverse(f"assessments:{page}", args=[row.slug])
        yield Waiting(text=text, url=url, round=row.title, due=row.stage.ends_at)


def report_key(run: Run) -> str:
    """What makes two requests for the report of a run the same."""
    return f"report {run.pk}"


def report_job(run: Run) -> Job | None:
    """The job that makes the report of a run; none before somebody asked for it."""
    return Job.objects.filter(idempotency_key=report_key(run)).first()


def broken_results() -> Iterator[str]:
    """Runs whose inputs or result are not what their digests say."""
    for run in Run.objects.select_related("round").iterator(chunk_size=20):
        name = f"{run} of {run.round.slug}"
        if inputs_sha256(inputs_of(run)) != run.inputs_sha256:
            yield f"{name}: its inputs are not those that were computed"
        if run.is_done and sha256_of_text(run.result_json) != run.result_sha256:
            yield f"{name}: its result is not what came out"
