"""Pages of a round's efforts: the list, and one effort claim by claim."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from custodes import catalogue
from custodes.systems import BUILT_IN
from custodes_workbench.access import Act, Facts, Relation, decide
from custodes_workbench.efforts import selectors
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import (
    DEFINITIONS,
    ONCE,
    PROBLEMS_ASKED,
    QUESTIONS_OF_A_CLAIM,
    Asked,
    Explanation,
    differences,
    explanation_of,
)
from custodes_workbench.efforts.services.applying import may_revise
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest, is_fragment_wanted

COLUMNS = (
    Column("title", "Effort", link="url"),
    Column("kind", "Kind", choices=True),
    Column("cost", "Cost", number=True),
    Column("currency", "Currency", choices=True),
    Column("hazards", "Hazards"),
    Column("start", "Start"),
    Column("state", "State", choices=True),
    Column("revision", "Revision", number=True),
)
APPLICANT = Column("applicant", "Applicant", choices=True)
_LINKS = (
    ("Your estimates", "judgements:questions", True, Act.SEE_OWN_ANSWERS),
    ("What the panel thinks", "judgements:pooled", True, Act.SEE_POOLED),
    ("Results of the round", "assessments:runs", False, Act.SEE_RESULTS),
    ("Challenges of the round", "challenges:challenges", False, Act.SEE_CHALLENGES),
    ("Who should not judge this", "efforts:unwanted", True, Act.SEE_UNWANTED),
    ("Raise a challenge", "challenges:raise", True, Act.CHALLENGE),
    ("Decision", "decisions:decision", True, Act.SEE_DECISION),
    ("Findings open, restricted or unpublished", "assessments:modes", True, Act.SEE_RESULTS),
    ("Hand something in under a mark", "handling:hand_in", True, Act.HAND_IN_MARKED),
)
"""Pages of other apps: what they are called, where, whether of this effort, for whom."""


@login_required
def efforts(request: SignedInRequest, slug: str) -> HttpResponse:
    """The efforts of a round that the reader sees, with the columns that they may."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    facts = facts_of(request.user, row)
    own = facts_of(request.user, row, relation=Relation.OWN)
    named = bool(decide(Act.SEE_APPLICANT, facts))
    columns = (COLUMNS[0], APPLICANT, *COLUMNS[1:]) if named else COLUMNS
    listing = Listing(request, columns, _rows(request.user, row), name="efforts")
    if listing.wants_file:
        return listing.as_file()
    told = {
        "round": row,
        "listing": listing,
        "may_import": bool(decide(Act.IMPORT_EFFORTS, facts)),
        "may_screen": bool(decide(Act.SCREEN_EFFORT, facts)),
        "may_apply": bool(decide(Act.APPLY, own)) and not named,
    }
    return render(request, "efforts/efforts.html", told)


@login_required
@require_safe
def on_system(request: SignedInRequest, slug: str, system_id: str) -> HttpResponse:
    """The efforts that act on a system, of those that the reader sees; as a page or its part."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    known = {each.id: each for each in (BUILT_IN, *systems_of(row))}
    if system_id not in known:
        raise Http404
    acting = [
        effort
        for effort, record in selectors.records_shown_to(request.user, row)
        if (record.target_system or BUILT_IN.id) == system_id
    ]
    told = {"round": row, "system": known[system_id], "efforts": acting}
    part = "efforts/_on_system.html" if is_fragment_wanted(request) else "efforts/on_system.html"
    return render(request, part, told)


def _rows(reader: User, row: Round) -> Iterator[dict[str, object]]:
    for effort, record in selectors.records_shown_to(reader, row):
        yield {
            "title": record.title,
            "url": effort.get_absolute_url(),
            "applicant": record.applicant,
            "kind": record.kind.replace("_", " ") + (" ?" if record.kind_suggested else ""),
            "cost": whole(record.cost.p50),
            "currency": record.currency or row.currency,
            "hazards": ", ".join(each.replace("_", " ") for each in record.hazards),
            "start": record.start,
            "state": effort.get_state_display(),
            "revision": effort.revision.n,
        }


def whole(value: float) -> float | int:
    """A number without a useless fraction, as a list shows it."""
    return int(value) if value.is_integer() else value


@login_required
def effort(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """One effort: what it says claim by claim, how that changed, and what is asked about it."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    seen = selectors.efforts_visible_to(request.user, row)
    return effort_page(request, get_object_or_404(seen, effort_id=effort_id))


def effort_page(request: SignedInRequest, effort: Effort) -> HttpResponse:
    """The page of an effort that the reader sees.

    Args:
        request: The request.
        effort: The effort.
    """
    reader, revisions = request.user, list(effort.revisions.all())
    facts = selectors.facts_about(reader, effort)
    texts = [
        (selectors.record_shown_to(reader, effort, each), explanation_of(each))
        for each in revisions
    ]
    record, explanation = texts[0]
    changes = [
        (revision, differences(before, after))
        for revision, after, before in zip(revisions, texts, texts[1:], strict=False)
    ]
    relation = facts.relation
    told = {
        "round": effort.round,
        "effort": effort,
        "record": record,
        "kind": record.kind.replace("_", " "),
        "currency": record.currency or effort.round.currency,
        "hazards": ", ".join(each.replace("_", " ") for each in record.hazards),
        "definition": DEFINITIONS.get(
            record.definition_of_alignment, record.definition_of_alignment
        ),
        "revision": revisions[0],
        "named": bool(decide(Act.SEE_APPLICANT, facts)),
        "claims": [(claim, _answers(claim)) for claim in explanation.claims],
        "once": _once(explanation),
        "problems": _problems(explanation),
        "changes": changes,
        "quantities": catalogue.quantities_of("effort"),
        "links": list(_links(effort, facts)),
        "may_screen": bool(decide(Act.SCREEN_EFFORT, facts)),
        "is_own": relation is Relation.OWN,
        "may_revise": relation is Relation.OWN and bool(may_revise(reader, effort)),
        "may_withdraw": bool(decide(Act.WITHDRAW_APPLICATION, facts))
        and effort.state not in (Effort.State.WITHDRAWN, Effort.State.REJECTED),
        "tells_why": bool(decide(Act.SEE_APPLICATION, facts)),
    }
    return render(request, "efforts/effort.html", told)


def _answers(claim: object) -> list[tuple[Asked, str]]:
    told = [(asked, str(getattr(claim, asked.name))) for asked in QUESTIONS_OF_A_CLAIM[1:]]
    return [(asked, _in_words(asked, text)) for asked, text in told if text]


def _once(explanation: Explanation) -> list[tuple[str, str]]:
    told = [
        (asked, str(getattr(explanation, asked.name)))
        for asked in ONCE
        if asked.name in Explanation.model_fields
    ]
    return [(asked.label, _in_words(asked, text)) for asked, text in told if text]


def _in_words(asked: Asked, text: str) -> str:
    return dict(asked.choices).get(text, text)


def _problems(explanation: Explanation) -> list[tuple[str, str, str]]:
    return [
        (
            problem.title,
            explanation.raises.get(problem.name, ""),
            explanation.mitigated.get(problem.name, ""),
        )
        for problem, _ in PROBLEMS_ASKED
        if explanation.raises.get(problem.name)
    ]


def _links(effort: Effort, facts: Facts) -> Iterator[tuple[str, str]]:
    for label, name, is_its_own, act in _LINKS:
        if effort.state != Effort.State.ACCEPTED or not decide(act, facts):
            continue
        slug = effort.round.slug
        yield label, reverse(name, args=[slug, effort.effort_id] if is_its_own else [slug])
