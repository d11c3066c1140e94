"""The page on which efforts are given to experts: by hand, or from a balanced suggestion."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from custodes.judgements import BalancedPanel
from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.forms.panel import BalancedForm
from custodes_workbench.judgements.models import PanelMember
from custodes_workbench.judgements.selectors.panel import Openings
from custodes_workbench.judgements.services.assigning import assign_efforts, suggest_panel
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class Place:
    """One effort and one expert on the page."""

    member: PanelMember
    value: str
    state: str
    """`assigned`, `free`, or why not."""
    ticked: bool

    @property
    def is_free(self) -> bool:
        """Whether it can be ticked."""
        return self.state == "free"


@login_required
def assignments(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who judges what, and who could."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    facts = facts_of(request.user, row)
    if not decide(Act.SEE_PANEL, facts):
        raise Http404
    may_set = decide(Act.SET_PANEL, facts)
    openings = Openings(request.user, row)
    ticked = {pair for pair in request.POST.getlist("pair") if pair}
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        require(may_set)
        try:
            number = assign_efforts(round_=row, pairs=_pairs(openings, ticked), by=request.user)
        except Refused as refused:
            faults = (str(refused),)
            openings = Openings(request.user, row)
        else:
            messages.success(request, f"{number} assigned. Letters were drawn by lot.")
            return redirect("judgements:assignments", slug)
    form = BalancedForm(request.GET if "per_effort" in request.GET else None)
    suggested: BalancedPanel | None = None
    if may_set and form.is_bound and form.is_valid() and not ticked:
        suggested = suggest_panel(
            round_=row, per_effort=form.cleaned_data["per_effort"], by=request.user
        )
        ticked = {f"{expert} {effort}" for expert, effort in suggested.pairs}
    told = {
        "round": row,
        "rows": [
            (effort, [_place(openings, member, effort, ticked) for member in openings.members])
            for effort in openings.efforts
        ],
        "members": [(each, openings.loads.get(each.pk, 0)) for each in openings.members],
        "form": form,
        "suggested": suggested,
        "may_set": bool(may_set),
        "faults": faults,
    }
    return render(request, "judgements/assignments.html", told, status=400 if faults else 200)


def _place(openings: Openings, member: PanelMember, effort: Effort, ticked: set[str]) -> Place:
    value = f"{member.code} {effort.effort_id}"
    if openings.is_assigned(member, effort):
        return Place(member, value, "assigned", ticked=False)
    why = openings.why_not_briefly(member, effort)
    return Place(member, value, why or "free", ticked=value in ticked)


def _pairs(openings: Openings, ticked: set[str]) -> list[tuple[PanelMember, Effort]]:
    """What was ticked, of what is on the page; anything else is not there."""
    known = {
        f"{member.code} {effort.effort_id}": (member, effort)
        for member in openings.members
        for effort in openings.efforts
    }
    if unknown := ticked - set(known):
        msg = f"There is no such expert or effort here: {', '.join(sorted(unknown))}."
        raise Refused(msg)
    return [known[each] for each in sorted(ticked)]
