"""The page on which an applicant says who should not judge, and officers read it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.forms.unwanted import UnwantedForm
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.efforts.selectors.unwanted import unwanted_visible_to
from custodes_workbench.efforts.services.unwanted import name_unwanted, take_back_unwanted
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


@login_required
def unwanted(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Who should not judge an effort."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    effort = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort_id)
    facts = facts_about(request.user, effort)
    if not decide(Act.SEE_UNWANTED, facts):
        raise Http404
    may = decide(Act.NAME_UNWANTED, facts)
    if request.method == "POST":
        require(may)
    named = unwanted_visible_to(request.user, effort)
    if taken := request.POST.get("take_back", ""):
        pk = int(taken) if taken.isdecimal() else 0
        take_back_unwanted(unwanted=get_object_or_404(named, pk=pk), by=request.user)
        messages.success(request, "It is taken back.")
        return redirect("efforts:unwanted", slug, effort_id)
    form = UnwantedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name_unwanted(effort=effort, given=form.given(), by=request.user)
        messages.success(request, "Officers know it now, and nobody else.")
        return redirect("efforts:unwanted", slug, effort_id)
    told = {"round": row, "effort": effort, "named": named, "form": form if may else None}
    status = 400 if request.method == "POST" else 200
    return render(request, "efforts/unwanted.html", told, status=status)
