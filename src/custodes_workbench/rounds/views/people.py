"""The page of who holds which role in one round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from custodes_workbench.access import Act, Role
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.forms import RoundRoleForm
from custodes_workbench.people.selectors import roles_in_round, with_accounts
from custodes_workbench.people.services import give_role, take_role
from custodes_workbench.rounds.forms.people import InsteadForm
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.rounds.services.making import say_who_decides_instead
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
    instead = InsteadForm(
        request.POST if "decides_instead" in request.POST else None,
        initial={"decides_instead": row.decides_instead, "version": row.version},
    )
    if instead.is_bound and instead.is_valid():
        told = instead.cleaned_data
        try:
            say_who_decides_instead(
                round_=row, who=told["decides_instead"], by=request.user, version=told["version"]
            )
        except ChangedMeanwhileError:
            messages.error(request, "The round changed meanwhile; look at it again.")
        else:
            messages.success(request, "The round says who decides instead.")
        return redirect("rounds:people", slug)
    everybody = list(with_accounts().order_by("name"))
    giving = request.POST if request.POST and not instead.is_bound else None
    form = RoundRoleForm(giving, people=everybody)
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
    told = {
        "round": row,
        "held": roles_in_round(slug),
        "role_form": form,
        "instead_form": instead,
        "form": instead if instead.is_bound else form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "rounds/people.html", told, status=status)
