"""Reads of deciding: decisions and publications that a person sees, and what blocks one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes.assessment import (
    Assessment,
    EffortAssessment,
    QuantityUsed,
    WithoutCondition,
    recomputed,
    without_each_condition,
)
from custodes.decisions import Decision as DecisionRecord
from custodes.decisions import challenges_owed
from custodes.errors import InputError
from custodes.rounds import Round as LibraryRound
from custodes.rounds import inputs_sha256, inputs_sha256_by_part
from custodes_workbench.access import Act, Purpose, Relation, Stage, decide
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import assessment_of, choice_of, inputs_of
from custodes_workbench.assessments.selectors import (
    facts_of_all,
    newest_run,
    proposal_of,
)
from custodes_workbench.claims.selectors import round_of
from custodes_workbench.decisions.models import Condition, Decision, Publication
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
from custodes_workbench.rounds.selectors import Reader, facts_of, rounds_visible_to
from custodes_workbench.web.missing import Missing
from custodes_workbench.web.waiting import Waiting

_SHOWN = 80
"""Letters of a condition that a first page shows."""
_NAMED = 8
"""Undecided efforts of a round that a first page names; more stand behind one link."""


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
    return rows.prefetch_related("conditions", "dissents", "follow_ups", "effort__revisions")


def decision_about(reader: Reader, effort: Effort) -> Decision | None:
    """The decision about an effort, if there is one that the reader sees."""
    return decisions_visible_to(reader, effort.round).filter(effort=effort).first()


def what_blocks(effort: Effort, decision: DecisionRecord | None = None) -> list[str]:
    """Everything that stands between an effort and support, in sentences.

    Args:
        effort: The effort; who asks must be allowed to decide on it.
        decision: As it stands or is being written; none where there is none yet.
    """
    blocks = []
    run, now = newest_run(effort.round), round_of(effort.round)
    if run is None:
        blocks.append("The round has not been assessed.")
    elif run.inputs_sha256 != inputs_sha256(now):
        blocks.append(f"Something has changed since {run}: assess the round again.")
    return blocks + what_challenges_ask(effort, decision, now)


def what_challenges_ask(
    effort: Effort, decision: DecisionRecord | None, now: LibraryRound | None = None
) -> list[str]:
    """What challenges still ask of a decision to support, as `custodes check` says it.

    Args:
        effort: The effort; who asks must be allowed to see its decision.
        decision: As it stands or is being written.
        now: The round as it is, where it is at hand.
    """
    owed = challenges_owed(effort.effort_id, now or round_of(effort.round), decision)
    return [f"{told[0].upper()}{told[1:]}." for told in map(str, owed)]


def without_each(effort: Effort, decision: Decision | None) -> tuple[WithoutCondition, ...]:
    """What the decision would be without each of its conditions from the library.

    Before there is a decision, the recommended package is looked at. Only behind a ruling.

    Args:
        effort: The effort.
        decision: As it stands; none before there is one.
    """
    found = assessed(effort)
    if found is None:
        return ()
    run, result = found
    inputs = inputs_of(run)
    package = result.conditions
    if decision is not None:
        known = {str(each.id) for each in inputs.mitigations}
        named = (each.mitigation for each in decision.conditions.all())
        package = tuple(dict.fromkeys(each for each in named if each in known))
    return without_each_condition(
        Assessment(record=assessment_of(run), round_=inputs),
        [effort.effort_id],
        packages={effort.effort_id: package},
    )


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the choice that the decision makers are proposed says of one effort."""

    run: Run
    """The choice."""
    chosen: bool
    """Whether the effort is among those chosen."""
    conditions: tuple[str, ...]
    """On which conditions, by the titles of the library."""
    why_not: str
    """Why it is not chosen; empty where it is."""
    is_older: bool
    """Whether the round was assessed again since on other inputs."""


def proposed_about(reader: Reader, effort: Effort) -> Proposed | None:
    """What is proposed about an effort; none before a proposal, or where the choice is hidden.

    Args:
        reader: Signed in or not.
        effort: One that the reader sees.
    """
    run = _proposal_shown_to(reader, effort.round)
    if run is None:
        return None
    choice, newest = choice_of(run), newest_run(effort.round)
    named = {str(each.id): each.title for each in inputs_of(run).mitigations}
    chosen = next((each for each in choice.chosen if each.id == effort.effort_id), None)
    left = next((each for each in choice.not_chosen if each.id == effort.effort_id), None)
    return Proposed(
        run=run,
        chosen=chosen is not None,
        conditions=tuple(named.get(each, each) for each in chosen.conditions) if chosen else (),
        why_not=left.reason if left else "",
        is_older=newest is None or newest.inputs_sha256 != run.inputs_sha256,
    )


def _proposal_shown_to(reader: Reader, round_: Round) -> Run | None:
    """A choice is among all efforts at once: who has a conflict with one does not see it."""
    may = decide(Act.SEE_CHOICE, facts_of_all(reader, round_))
    return proposal_of(round_) if may else None


def decisions_that_wait(person: User) -> Iterator[Waiting]:
    """Efforts to decide about once a choice is proposed, and decisions that another made.

    Args:
        person: With the roles of the request.
    """
    for row in rounds_visible_to(person, Purpose.LIST):
        if row.stage_name is not Stage.CHOICE or not decide(
            Act.SEE_DECISION, facts_of(person, row)
        ):
            continue
        made = {each.effort_id: each for each in decisions_visible_to(person, row)}
        efforts = [
            each
            for each in efforts_visible_to(person, row, Purpose.LIST)
            if each.state == Effort.State.ACCEPTED
        ]
        if proposal_of(row):
            yield from _to_decide(person, row, [each for each in efforts if each.pk not in made])
        yield from _to_release(person, row, [each for each in efforts if each.pk in made], made)


def _to_decide(person: User, row: Round, efforts: list[Effort]) -> Iterator[Waiting]:
    found = [each for each in efforts if may_decide_on(person, each)]
    if len(found) > _NAMED:
        yield Waiting(
            text=f"Decide about {len(found)} efforts",
            url=reverse("decisions:decisions", args=[row.slug]),
            round=row.title,
            due=row.stage.ends_at,
        )
        return
    shown = _proposal_shown_to(person, row)
    chosen = {each.id for each in choice_of(shown).chosen} if shown else set()
    for each in found:
        told = ", which is proposed" if each.effort_id in chosen else ""
        told = told or (", which is not proposed" if shown else "")
        yield Waiting(
            text=f"Decide about “{each.title}”{told}",
            url=reverse("decisions:decision", args=[row.slug, each.effort_id]),
            round=row.title,
            due=row.stage.ends_at,
        )


def _to_release(
    person: User, row: Round, efforts: list[Effort], made: dict[int, Decision]
) -> Iterator[Waiting]:
    for effort in efforts:
        decision = made[effort.pk]
        another = person.alone or decision.decided_by_id != person.pk
        if (
            decision.released_at is None
            and another
            and decide(Act.RELEASE_DECISION, facts_about(person, effort))
        ):
            yield Waiting(
                text=f"Release the decision about “{effort.title}”",
                url=reverse("decisions:decision", args=[row.slug, effort.effort_id]),
                round=row.title,
                due=row.stage.ends_at,
            )


def publications_that_wait(person: User) -> Iterator[Waiting]:
    """A public site that a second person has to let out, or that can be prepared now.

    Args:
        person: With the roles of the request.
    """
    for row in rounds_visible_to(person, Purpose.LIST):
        if row.stage_name not in (Stage.CHOICE, Stage.PUBLISHED, Stage.FOLLOW_UP) or not decide(
            Act.PUBLISH, facts_of_all(person, row)
        ):
            continue
        newest = publications_of(row).first()
        text = ""
        if newest is None:
            text = "Prepare the public site" if _all_released(row) else ""
        elif (
            newest.site_sha256
            and not newest.released_at
            and (person.alone or newest.prepared_by_id != person.pk)
        ):
            text = f"Make {newest} public"
        if text:
            url = reverse("decisions:publications", args=[row.slug])
            yield Waiting(text=text, url=url, round=row.title)


def _all_released(row: Round) -> bool:
    """Whether every effort that was assessed has a decision, and each one is released."""
    efforts = {each.pk for each in efforts_computed(row)}
    rows = Decision.objects.filter(effort__in=efforts, released_at__isnull=False)
    return bool(efforts) and efforts == set(rows.values_list("effort_id", flat=True))


def conditions_that_wait(person: User) -> Iterator[Waiting]:
    """Open conditions: the overdue ones for who follows up, the applicant's own before that."""
    rows = (
        Condition.objects.filter(
            state="open",
            due__isnull=False,
            decision__outcome="support",
            decision__released_at__isnull=False,
        )
        .select_related("decision__effort__round")
        .prefetch_related("decision__effort__round__stages", "decision__effort__revisions")
    )
    today = timezone.localdate()
    for each in rows:
        effort, due = each.decision.effort, each.due
        facts = facts_about(person, effort)
        if due is None or not decide(Act.REPORT_ON_CONDITION, facts):
            continue
        late = due < today
        if late or facts.relation is Relation.OWN:
            what = "Overdue condition" if late else "Report on a condition"
            yield Waiting(
                text=f"{what} of {effort.title}: {_short(each.text)}",
                url=reverse("decisions:follow_up", args=[effort.round.slug, effort.effort_id]),
                round=effort.round.title,
                due=dt.datetime.combine(due, dt.time.max, dt.UTC),
            )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} ..."


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision's result computed again: as it was kept, and as it would be today."""

    run: Run
    """The run that was decided on."""
    kept: EffortAssessment
    """What it found of the effort."""
    is_same: bool
    """Whether it comes out the same, bit for bit, from the inputs that were kept."""
    today: EffortAssessment | None
    """What today's inputs give; none for who may not know, or where they no longer fit."""
    changed: tuple[str, ...]
    """Parts of the round that are not what they were."""
    moved: tuple[Moved, ...]
    """Inputs of the effort that moved."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One quantity whose range is not what it was."""

    name: str
    before: QuantityUsed
    after: QuantityUsed


def replayed(decision: Decision, *, with_today: bool) -> Replayed | None:
    """A decision's result computed again; none where it was decided without one.

    Only behind a ruling.

    Args:
        decision: The decision.
        with_today: Whether to compute it from today's inputs too.
    """
    run, effort = decision.assessment, decision.effort
    if run is None:
        return None
    record, inputs = assessment_of(run), inputs_of(run)
    found = [each for each in record.efforts if each.id == effort.effort_id]
    if not found:
        return None
    kept = found[0]
    is_same = recomputed(record, inputs, kept.id) == kept
    if not with_today:
        return Replayed(run, kept, is_same, None, (), ())
    now = round_of(effort.round)
    parts, then = inputs_sha256_by_part(now), inputs_sha256_by_part(inputs)
    changed = tuple(name for name in sorted({*parts, *then}) if parts.get(name) != then.get(name))
    try:
        today = recomputed(record, now, kept.id)
    except InputError:
        return Replayed(run, kept, is_same, None, changed, ())
    moved = tuple(
        Moved(name.replace("_", " "), before, after)
        for name, after in today.quantities.items()
        if (before := kept.quantities.get(name)) is not None and before != after
    )
    return Replayed(run, kept, is_same, today, changed, moved)


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
