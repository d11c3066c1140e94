"""The public site of a round: prepared in the background, released by a second person."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

import custodes
from custodes.assessment import Assessment, without_each_condition
from custodes.decisions import Decision as DecisionRecord
from custodes.decisions import FollowUp
from custodes.disclosure import Mark, mark_of, strictest
from custodes.exchange import approach_as_toml, critiques_as_csv, decisions_as_toml
from custodes.reports import only_open, write_site
from custodes.rounds import Round as LibraryRound
from custodes.rounds import inputs_sha256
from custodes_workbench.access import Act, Refused, Stage, by_one_person, decide, require
from custodes_workbench.assessments.records import assessment_of
from custodes_workbench.assessments.selectors import facts_of_all, newest_run
from custodes_workbench.decisions.beside import beside
from custodes_workbench.decisions.models import Decision, Publication
from custodes_workbench.decisions.records import decision_record
from custodes_workbench.decisions.selectors import folder_of
from custodes_workbench.decisions.signals import publication_released
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_computed
from custodes_workbench.evidence.records import evidence_to_publish
from custodes_workbench.evidence.selectors import audits_computed
from custodes_workbench.handling.selectors import told_of
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.services import ask_job
from custodes_workbench.operations.works import Tell
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import is_alone, roles_held
from custodes_workbench.people.services import publish_root
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import published_approach
from custodes_workbench.rounds.services import open_published_stage


@transaction.atomic
def prepare_publication(*, round_: Round, by: User) -> Publication:
    """Ask for the public site as it would be now; nobody else sees it before its release.

    Args:
        round_: The round; it must have been assessed.
        by: Who prepares it.

    Raises:
        Refused: They may not now, or the round was not assessed.
    """
    require(decide(Act.PREVIEW_PUBLICATION, facts_of_all(by, round_)))
    run = newest_run(round_)
    if run is None:
        msg = "The round has not been assessed, so there is nothing to publish."
        raise Refused(msg)
    Round.objects.select_for_update().get(pk=round_.pk)
    n = 1 + Publication.objects.filter(round=round_).count()
    job = ask_job(
        kind="publish",
        subject=f"{round_.slug}/{n}",
        round_slug=round_.slug,
        asked_by=by,
        idempotency_key=f"publish {round_.pk} {n}",
    )
    told = beside(round_)
    released = Decision.objects.filter(effort__round=round_, released_at__isnull=False)
    decisions = [
        _with_corrections(decision_record(each), told.corrections.get(each.effort.effort_id, ()))
        for each in released.select_related("effort").prefetch_related(
            "conditions", "dissents", "follow_ups"
        )
    ]
    made = Publication.objects.create(
        round=round_,
        n=n,
        run=run,
        job=job,
        prepared_by=by,
        decisions=decisions_as_toml(decisions),
        approach=approach_as_toml(published_approach()),
        critiques=critiques_as_csv(told.critiques),
    )
    record_event(
        "publication prepared", by=by, subject=f"publication {round_.slug}/{n}", round_=round_.slug
    )
    return made


def _with_corrections(record: DecisionRecord, corrections: Sequence[FollowUp]) -> DecisionRecord:
    """A decision with what was written down since, corrections of the site among it."""
    steps = sorted((*record.follow_up, *corrections), key=lambda each: each.on)
    return record.model_copy(update={"follow_up": tuple(steps)})


def carry_out_publication(job: Job, tell: Tell) -> None:
    """Write the site of a publication: open efforts, released decisions, pseudonyms.

    Args:
        job: The job of the publication.
        tell: Told what is done and in all.
    """
    made = Publication.objects.select_related("round__institution", "run", "prepared_by").get(
        job=job
    )
    _require_still(made)
    inputs = _with_contact(LibraryRound.model_validate_json(made.run.inputs_json), made.round)
    assessment = custodes.assess(inputs)
    if assessment.record != assessment_of(made.run):
        msg = "the assessment does not come out as it did"
        raise RuntimeError(msg)
    tell(1, 3)
    marked = _with_marks_now(inputs, made.round)
    # a mark changes no figure, so that the result is one of the marked round too
    record = assessment.record.model_copy(update={"inputs_sha256": inputs_sha256(marked)})
    open_ = only_open(Assessment(record=record, round_=marked))
    choice = custodes.choose(open_) if open_.record.efforts else None
    tell(2, 3)
    home = folder_of(made)
    write_site(
        record,
        marked,
        home,
        choice=choice,
        decisions=made.decisions_read(inputs),
        without=without_each_condition(open_),
        withheld=told_of(made.round),
        approach=made.approach_read(),
        critiques=made.critiques_read(),
        evidence=evidence_to_publish(marked),
    )
    manifest = (home / "manifest.txt").read_bytes()
    Publication.objects.filter(pk=made.pk).update(site_sha256=hashlib.sha256(manifest).hexdigest())
    tell(3, 3)


def _require_still(made: Publication) -> None:
    """Go on only if whoever prepares it may still do so, now that its turn has come."""
    asker = made.prepared_by
    asker.held, asker.alone = roles_held(asker), False
    if not is_alone():
        require(decide(Act.PREVIEW_PUBLICATION, facts_of_all(asker, made.round)))


def _with_marks_now(inputs: LibraryRound, round_: Round) -> LibraryRound:
    """The round as it was assessed, with a mark wherever there was one then or is one now."""
    now = {each.effort_id: effort_record(each).handling for each in efforts_computed(round_)}
    efforts = tuple(
        each.model_copy(update={"handling": "" if mark is Mark.OPEN else mark.value})
        for each in inputs.efforts
        for mark in [strictest(map(mark_of, (each.handling, now.get(str(each.id), ""))))]
    )
    marks = {each.id: each.handling for each in audits_computed(round_)}
    audits = tuple(
        each.model_copy(update={"handling": "" if mark is Mark.OPEN else mark.value})
        for each in inputs.audits
        for mark in [strictest(map(mark_of, (each.handling, marks.get(each.id, ""))))]
    )
    return inputs.model_copy(update={"efforts": efforts, "audits": audits})


@transaction.atomic
def release_publication(*, publication: Publication, by: User) -> None:
    """Put a prepared site before the public, and the round at the stage of being published.

    Args:
        publication: Which; its site must be ready.
        by: Who releases it; not who prepared it, unless one person is alone.

    Raises:
        Refused: They may not, prepared it themselves, or it is not ready.
    """
    current = Publication.objects.select_for_update().get(pk=publication.pk)
    row = Round.objects.select_for_update().get(pk=current.round_id)
    require(decide(Act.PUBLISH, facts_of_all(by, row)))
    if not current.site_sha256 or current.released_at:
        msg = "The site is not ready, or was released already."
        raise Refused(msg)
    alone = by_one_person(
        Act.PUBLISH, prepared_by=current.prepared_by_id, confirmed_by=by.pk, alone=by.alone
    )
    Publication.objects.filter(pk=current.pk).update(
        released_by=by, released_at=timezone.now(), by_one_person=alone
    )
    record_event(
        "publication released",
        by=by,
        subject=f"publication {row.slug}/{current.n}",
        round_=row.slug,
        by_one_person=alone,
        told={"site_sha256": current.site_sha256},
    )
    if row.stage_name is Stage.CHOICE:
        open_published_stage(round_=row, by=by)
    publication_released.send(Publication, publication=Publication.objects.get(pk=current.pk))
    publish_root(by=by)


def _with_contact(inputs: LibraryRound, row: Round) -> LibraryRound:
    """The round with where the public writes to; no result and no hash rests on it."""
    told = inputs.settings.publication
    contact = told.contact or row.institution.contact
    publication = told.model_copy(update={"contact": contact, "critique": "/critique/"})
    settings_ = inputs.settings.model_copy(update={"publication": publication})
    return inputs.model_copy(update={"settings": settings_})
