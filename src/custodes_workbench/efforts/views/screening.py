"""Pages of an officer who screens applications."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts import selectors, services
from custodes_workbench.efforts.forms.screening import ScreeningForm
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record, explanation_of
from custodes_workbench.efforts.views.efforts import whole
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("title", "Application", link="url"),
    Column("applicant", "Applicant"),
    Column("state", "State", choices=True),
    Column("kind", "Kind", choices=True),
    Column("cost", "Cost", number=True),
    Column("dual_use", "Dual use", choices=True),
    Column("found", "What to look at"),
)


def _round(request: SignedInRequest, slug: str) -> Round:
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not decide(Act.SCREEN_EFFORT, facts_of(request.user, row)):
        raise Http404
    return row


@login_required
def screening(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was sent in, with what speaks about each."""
    row = _round(request, slug)
    found = selectors.findings_about(request.user, row)
    rows = []
    for effort in selectors.applications_to_screen(request.user, row):
        record = effort_record(effort)
        rows.append(
            {
                "title": record.title,
                "url": reverse("efforts:screen", args=[row.slug, effort.effort_id]),
                "applicant": record.applicant,
                "state": effort.get_state_display(),
                "kind": record.kind.replace("_", " ") + (" ?" if record.kind_suggested else ""),
                "cost": whole(record.cost.p50),
                "dual_use": record.dual_use or "not stated",
                "found": "; ".join(each.text for each in found[effort.pk]),
            }
        )
    listing = Listing(request, COLUMNS, rows, name="screening")
    if listing.wants_file:
        return listing.as_file()
    waiting = sum(row["state"] == Effort.State.SUBMITTED.label for row in rows)
    told = {"round": row, "listing": listing, "waiting": waiting}
    return render(request, "efforts/screening.html", told)


@login_required
def screen(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """One application: what speaks about it, and the decision."""
    row = _round(request, slug)
    seen = selectors.applications_to_screen(request.user, row)
    effort = get_object_or_404(seen, effort_id=effort_id)
    record = effort_record(effort)
    form = ScreeningForm(request.POST or None, record=record, version=effort.version)
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            services.screen_effort(
                effort=effort,
                given=form.given(),
                by=request.user,
                version=form.cleaned_data["version"],
            )
        except services.ChangedMeanwhileError:
            conflict = True
            form = _again(request, effort)
        else:
            messages.success(request, f"“{effort.title}”: {_told(form)}.")
            return redirect("efforts:screening", slug)
    told = {
        "round": row,
        "effort": effort,
        "record": record,
        "explanation": explanation_of(effort.revision),
        "found": selectors.findings_about(request.user, row)[effort.pk],
        "form": form,
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if form.errors else 200
    return render(request, "efforts/screen.html", told, status=status)


def _told(form: ScreeningForm) -> str:
    return str(Effort.State(form.cleaned_data["outcome"]).label)


def _again(request: SignedInRequest, effort: Effort) -> ScreeningForm:
    """The form with what was typed, at the version that stands now."""
    fresh = request.POST.copy()
    fresh["version"] = str(selectors.version_now(effort))
    return ScreeningForm(fresh)
