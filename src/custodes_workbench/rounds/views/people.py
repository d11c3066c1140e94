"""The page of who holds which role in one round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from custodes_workbench.access import Act, Role
from custodes_workbench.people.forms import RoundRoleForm
from custodes_workbench.people.selectors import roles_in_round, with_accounts
from custodes_workbench.people.services import give_role, take_role
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.rounds.views.setup import visible_round
from custodes_workbench.web.requests import SignedInRequest


@login_required
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give a role in this round, or take one away."""
    row = visible_round(request, slug, Act.GIVE_ROLES)
    facts = facts_of(request.user, row)
    if taken := request.POST.get("take", ""):
        pk = int(taken) if taken.isdecimal() else 0
        held = get_object_or_404(roles_in_round(slug), pk=pk)
        take_role(membership=held, by=request.user, facts=facts)
        messages.success(request, "The role is taken away.")
        return redirect("rounds:people", slug)
    everybody = list(with_accounts().order_by("name"))
    form = RoundRoleForm(request.POST or None, people=everybody)
    if form.is_valid():
        told = form.cleaned_data
        give_role(
            person=next(each for each in everybody if each.pk == told["person"]),
            role=Role(told["role"]),
            by=request.user,
            facts=facts,
            round_=slug,
            substitute=told["substitute"],
        )
        messages.success(request, "The role is given.")
        return redirect("rounds:people", slug)
    told = {"round": row, "held": roles_in_round(slug), "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "rounds/people.html", told, status=status)
