"""What a challenge with a number would make of its effort: a page, or a part of one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes.assessment import Assessment, with_challenges
from custodes_workbench.assessments import records, selectors
from custodes_workbench.challenges.records import challenge_record
from custodes_workbench.challenges.selectors import challenges_visible_to
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest, is_fragment_wanted


@login_required
def challenged(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """The newest result beside the same with the challenger's range, for who sees results."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    seen = challenges_visible_to(request.user, row)
    challenge = get_object_or_404(seen, challenge_id=challenge_id)
    effort = challenge.effort.effort_id
    if not challenge.quantity or effort not in selectors.results_visible_to(request.user, row):
        raise Http404
    run = selectors.newest_run(row)
    record = records.assessment_of(run) if run else None
    found = [each for each in record.efforts if each.id == effort] if record else []
    withheld = bool(found and selectors.withheld_from(request.user, row, found))
    told: dict[str, Any] = {"round": row, "challenge": challenge, "run": run}
    told["withheld"] = withheld
    if run and record and found and not withheld:
        one = challenge_record(challenge).model_copy(update={"status": "open"})
        inputs = records.inputs_of(run)
        told["changes"] = with_challenges(Assessment(record=record, round_=inputs), (one,))
    part = "_challenged" if is_fragment_wanted(request) else "challenged"
    return render(request, f"assessments/{part}.html", told)
