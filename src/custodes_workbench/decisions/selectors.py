"""Reads of deciding: decisions and publications that a person sees, and what blocks one."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from custodes.assessment import EffortAssessment
from custodes.rounds import inputs_sha256
from custodes_workbench.access import Act, Relation, decide
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import assessment_of, inputs_of
from custodes_workbench.assessments.selectors import facts_of_all, newest_run, round_of
from custodes_workbench.challenges.selectors import open_challenges
from custodes_workbench.decisions.models import Decision, Publication
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import (
    efforts_computed,
    efforts_visible_to,
    facts_about,
    relations_in,
)
from custodes_workbench.efforts.selectors.standing_in import nobody_decides
from custodes_workbench.judgements.selectors.panel import touched_by_conflict
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import is_alone
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of
from custodes_workbench.web.missing import Missing
from custodes_workbench.web.waiting import Waiting


def decisions_visible_to(reader: Reader, round_: Round) -> QuerySet[Decision]:
    """The decisions of a round that a reader sees; after publication the released ones alone.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    seen = [
        effort.pk
        for effort in efforts_visible_to(reader, round_)
        for relation in [relations.get(effort.pk, Relation.STRANGER)]
        if decide(Act.SEE_DECISION, facts_of(reader, round_, relation=relation))
    ]
    rows = Decision.objects.filter(effort__pk__in=seen).select_related(
        "effort__round", "assessment", "choice"
    )
    if not decide(Act.PREVIEW_PUBLICATION, facts_of(reader, round_)) and round_.is_public:
        rows = rows.filter(released_at__isnull=False)
    return rows.prefetch_related("conditions", "dissents", "effort__revisions")


def decision_about(reader: Reader, effort: Effort) -> Decision | None:
    """The decision about an effort, if there is one that the reader sees."""
    return decisions_visible_to(reader, effort.round).filter(effort=effort).first()


def what_blocks(effort: Effort) -> list[str]:
    """Everything that stands between an effort and support, in sentences.

    Args:
        effort: The effort; who asks must be allowed to decide on it.
    """
    blocks = []
    run = newest_run(effort.round)
    if run is None:
        blocks.append("The round has not been assessed.")
    elif run.inputs_sha256 != inputs_sha256(round_of(effort.round)):
        blocks.append(f"Something has changed since {run}: assess the round again.")
    blocks += [f"Challenge {each.challenge_id} is open." for each in open_challenges(effort)]
    return blocks


def corrections_that_wait(person: User) -> list[Waiting]:
    """Published rounds in which a decision was touched by a conflict since: a correction waits.

    Args:
        person: With the roles of the request.
    """
    return [
        Waiting(
            text=f"Publish a correction about {each.effort.effort_id}: an answer was set aside",
            url=reverse("decisions:publications", args=[row.slug]),
            round=row.title,
        )
        for row in Round.objects.prefetch_related("stages")
        if row.is_public and decide(Act.PUBLISH, facts_of_all(person, row))
        for each in _not_corrected(row)
    ]


def _not_corrected(row: Round) -> list[Decision]:
    """Released decisions that a conflict touches, where the public site does not say so."""
    shown = published(row.slug)
    if shown is None:
        return []
    inputs = inputs_of(shown.run)
    said = {
        each.effort: (each.touched_by_conflict, each.touched_because)
        for each in shown.decisions_read(inputs)
    }
    rows = Decision.objects.filter(effort__round=row, released_at__isnull=False)
    return [
        each
        for each in rows.select_related("effort__round")
        if touched_by_conflict(each.effort)
        and said.get(each.effort.effort_id) != (each.stands or "open", each.stands_because)
    ]


def missing_at_decisions(round_: Round) -> list[Missing]:
    """Efforts about which nobody can decide, since all who could have a conflict.

    Args:
        round_: With its stages.
    """
    if round_.is_public or is_alone():
        return []
    number = len(nobody_decides(round_, efforts_computed(round_)))
    if not number:
        return []
    told = "effort has" if number == 1 else "efforts have"
    return [
        Missing(
            text=f"{number} {told} nobody who can decide; name a substitute without a conflict.",
            url=reverse("rounds:people", args=[round_.slug]),
        )
    ]


def assessed(effort: Effort) -> tuple[Run, EffortAssessment] | None:
    """The newest result about an effort, with its run; none before there is one.

    Only behind a ruling.
    """
    run = newest_run(effort.round)
    if run is None:
        return None
    found = [each for each in assessment_of(run).efforts if each.id == effort.effort_id]
    return (run, found[0]) if found else None


def may_decide_on(reader: Reader, effort: Effort) -> bool:
    """Whether the reader may decide on this effort now."""
    return bool(decide(Act.DECIDE, facts_about(reader, effort)))


def publications_of(round_: Round) -> QuerySet[Publication]:
    """Every publication of a round, newest first; only behind a ruling."""
    return Publication.objects.filter(round=round_).select_related("job")


def published(slug: str) -> Publication | None:
    """The newest released publication of a round, for everybody; none before there is one."""
    released = Publication.objects.filter(round__slug=slug, released_at__isnull=False)
    return released.select_related("round").first()


def folder_of(publication: Publication) -> Path:
    """Where the site of a publication lies."""
    return (
        Path(settings.MEDIA_ROOT)
        / "publications"
        / publication.round.slug
        / str(publication.n)
        / "site"
    )
