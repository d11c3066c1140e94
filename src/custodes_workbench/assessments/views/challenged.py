"""What a challenge would make of its effort, raised or not: a page, or a part of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes.assessment import Assessment, Challenged, with_challenges
from custodes.challenges import Challenge as ChallengeRecord
from custodes.exchange import challenge_typed
from custodes_workbench.access import Act, decide, require
from custodes_workbench.assessments import records, selectors
from custodes_workbench.assessments.models import Run
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.records import challenge_record
from custodes_workbench.challenges.selectors import challenges_visible_to
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest, is_fragment_wanted

_NUMBER = ("quantity", "p05", "p50", "p95")


@login_required
def challenged(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """What has changed since a challenge, and what its number would do, for who sees results."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    seen = challenges_visible_to(request.user, row)
    challenge = get_object_or_404(seen, challenge_id=challenge_id)
    if challenge.effort.effort_id not in selectors.results_visible_to(request.user, row):
        raise Http404
    told: dict[str, Any] = {
        "challenge": challenge,
        "answered_anew": _anew(challenge, challenge.raised_at),
        "anew_since_answer": _anew(challenge, challenge.answered_at),
    }
    return _page(request, row, challenge_record(challenge), told)


def _anew(challenge: Challenge, since: dt.datetime | None) -> tuple[str, ...]:
    """What the panel has answered since; unknown of a challenge that came with a folder."""
    if challenge.person_id is None or since is None:
        return ()
    return selectors.answered_anew(challenge.effort, since)


@login_required
def weighed(request: SignedInRequest, slug: str, effort: str) -> HttpResponse:
    """What a challenge would do that is not raised yet: its number is in the address."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    about = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort)
    require(decide(Act.CHALLENGE, facts_about(request.user, about)))
    if effort not in selectors.results_visible_to(request.user, row):
        raise Http404
    fixed = {"id": "new", "effort": effort, "by": "you", "text": "not written", "status": "open"}
    given, faults = challenge_typed({name: request.GET.get(name, "") for name in _NUMBER} | fixed)
    told: dict[str, Any] = {"effort": about, "faults": [str(each) for each in faults]}
    return _page(request, row, given, told)


def _page(
    request: SignedInRequest, row: Round, given: ChallengeRecord | None, told: dict[str, Any]
) -> HttpResponse:
    run = selectors.newest_run(row)
    told |= {"round": row, "run": run, "given": given}
    told["quantity"] = given.quantity.replace("_", " ") if given else ""
    if run and given is not None and given.amount is not None:
        told |= _changes(request, run, given)
    part = "_challenged" if is_fragment_wanted(request) else "challenged"
    bad = bool(told.get("faults"))
    return render(request, f"assessments/{part}.html", told, status=400 if bad else 200)


def _changes(request: SignedInRequest, run: Run, given: ChallengeRecord) -> dict[str, Any]:
    record = records.assessment_of(run)
    found = [each for each in record.efforts if each.id == given.effort]
    withheld = bool(selectors.withheld_from(request.user, run, found))
    changes: tuple[Challenged, ...] = ()
    if found and not withheld:
        one = given.model_copy(update={"status": "open"})
        whole = Assessment(record=record, round_=records.inputs_of(run))
        changes = with_challenges(whole, (one,))
    return {"withheld": withheld, "changes": changes}
