"""One effort with its findings open, restricted, and published nowhere."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes.assessment import RESTRICTS, Assessment, publication_modes
from custodes_workbench.assessments import records, selectors
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


@login_required
def modes(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """What restricting an effort's findings would gain and cost, for who sees its results."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    effort = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort_id)
    if effort_id not in selectors.results_visible_to(request.user, row):
        raise Http404
    run = selectors.newest_run(row)
    record = records.assessment_of(run) if run else None
    found = [each for each in record.efforts if each.id == effort_id] if record else []
    withheld = bool(run and found and selectors.withheld_from(request.user, run, found))
    told: dict[str, Any] = {"round": row, "effort": effort, "run": run, "withheld": withheld}
    if run and record and found and not withheld:
        inputs = records.inputs_of(run)
        known = {str(each.id): each for each in inputs.mitigations}
        if {*RESTRICTS} <= {*known}:
            compared = publication_modes(Assessment(record=record, round_=inputs), effort_id)
            told["modes"] = compared
            told["rows"] = [
                (name, compared.open[name], compared.restricted[name], each)
                for name, each in compared.differences.items()
            ]
            told["bases"] = [
                (name.replace("_", " "), basis) for name, basis in compared.bases.items()
            ]
            told["mitigations"] = [known[each] for each in RESTRICTS]
    return render(request, "assessments/modes.html", told)
