"""Pages of an applicant: own applications, the form, its preview, withdrawing."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, Refused, Relation, decide
from custodes_workbench.efforts import selectors, services
from custodes_workbench.efforts.forms.application import ApplicationForm, ReasonForm
from custodes_workbench.efforts.models import Application, Effort
from custodes_workbench.efforts.records import kept
from custodes_workbench.efforts.services.applying import may_revise, may_write, read_draft
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.web.requests import SignedInRequest


@login_required
def applications(request: SignedInRequest, slug: str) -> HttpResponse:
    """The reader's own applications and drafts in a round; starting one."""
    row = _round_of_call(request, slug)
    if request.method == "POST":
        draft = services.begin_application(round_=row, by=request.user)
        return redirect(draft)
    sent = [
        (effort, may_revise(request.user, effort), _may_withdraw(request, effort))
        for effort in selectors.own_applications(request.user, row)
    ]
    told = {
        "round": row,
        "drafts": selectors.drafts_of(request.user).filter(round=row),
        "sent": sent,
        "ruling": decide(Act.APPLY, facts_of(request.user, row)),
    }
    return render(request, "efforts/applications.html", told)


def _round_of_call(request: SignedInRequest, slug: str) -> Round:
    return get_object_or_404(selectors.calls_visible_to(request.user), slug=slug)


def _may_withdraw(request: SignedInRequest, effort: Effort) -> bool:
    facts = selectors.facts_about(request.user, effort)
    over = effort.state in (Effort.State.WITHDRAWN, Effort.State.REJECTED)
    return bool(decide(Act.WITHDRAW_APPLICATION, facts)) and not over


def _draft(request: SignedInRequest, slug: str, pk: uuid.UUID) -> Application:
    return get_object_or_404(selectors.drafts_of(request.user), round__slug=slug, pk=pk)


@login_required
def application(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """The form of an application: saved, claims added and removed, previewed, sent in."""
    draft = _draft(request, slug, pk)
    if request.method != "POST":
        return _form_page(request, draft)
    try:
        draft = services.save_draft(
            draft=draft, by=request.user, posted=request.POST, version=_version(request)
        )
        return _done(request, draft, request.POST.get("do", "save"))
    except services.SavedElsewhere as elsewhere:
        return _conflict_page(request, elsewhere.draft)
    except Refused as refused:
        form = _form(draft, kept(request.POST, draft.claims))
        return _form_page(request, draft, form=form, refused=str(refused), status=403)


def _version(request: SignedInRequest) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0  # noqa: PLR2004 (a column's digits)


def _done(request: SignedInRequest, draft: Application, act: str) -> HttpResponse:
    what, _, claim = act.partition(" ")
    if what == "add":
        draft = services.add_claim(draft=draft, by=request.user)
        return redirect(f"{draft.get_absolute_url()}#claim-{draft.claims[-1]}")
    if what == "remove" and claim in draft.claims:
        services.remove_claim(draft=draft, by=request.user, claim=claim)
        messages.info(request, f"Claim {claim} is removed.")
        return redirect(f"{draft.get_absolute_url()}#claims")
    if what == "preview":
        return redirect("efforts:preview", draft.round.slug, draft.pk)
    if what == "submit":
        return _submitted(request, draft)
    messages.info(request, "Your draft is saved. Nobody else sees it.")
    return redirect(draft)


def _submitted(request: SignedInRequest, draft: Application) -> HttpResponse:
    effort = services.submit_application(draft=draft, by=request.user)
    if effort is None:
        form = _form(draft, draft.typed)
        form.tell(read_draft(draft).faults)
        return _form_page(request, draft, form=form, status=400)
    messages.success(request, "Your application is sent in.")
    return redirect(effort)


def _form(draft: Application, typed: dict[str, str] | None = None) -> ApplicationForm:
    revised = draft.effort is not None
    if typed is None:
        return ApplicationForm(draft.claims, initial=draft.typed, is_revision=revised)
    return ApplicationForm(draft.claims, typed, is_revision=revised)


def _form_page(
    request: SignedInRequest,
    draft: Application,
    *,
    form: ApplicationForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    ruling = may_write(request.user, draft)
    told = {
        "round": draft.round,
        "draft": draft,
        "form": form or _form(draft),
        "refused": refused or ruling.reason,
        "may_write": bool(ruling),
        "asked": draft.effort.state_reason if draft.effort else "",
    }
    return render(request, "efforts/application.html", told, status=status)


def _conflict_page(request: SignedInRequest, draft: Application) -> HttpResponse:
    """What was typed here, in the form; what another tab saved, beside it."""
    mine = kept(request.POST, draft.claims)
    form = _form(draft, mine)
    stored = [
        (form.fields[name].label, draft.typed.get(name, ""))
        for name in form.fields
        if draft.typed.get(name, "") != mine.get(name, "")
    ]
    told = {
        "round": draft.round,
        "draft": draft,
        "form": form,
        "stored": stored,
        "may_write": True,
        "asked": draft.effort.state_reason if draft.effort else "",
    }
    return render(request, "efforts/application.html", told, status=409)


@login_required
@require_POST
def keep(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Save while it is typed; answers with what is told beside the buttons."""
    draft = _draft(request, slug, pk)
    told: dict[str, object] = {"version": _version(request)}
    try:
        draft = services.save_draft(
            draft=draft, by=request.user, posted=request.POST, version=_version(request)
        )
        told |= {"version": draft.version, "draft": draft}
    except services.SavedElsewhere:
        told["elsewhere"] = True
    except Refused as refused:
        told["refused"] = str(refused)
    return render(request, "efforts/_kept.html", told)


@login_required
def preview(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """The application as others will read it, and what is still missing."""
    draft = _draft(request, slug, pk)
    told = {
        "round": draft.round,
        "draft": draft,
        "form": None,
        "shown": _form(draft),
        "missing": read_draft(draft).faults,
        "may_write": bool(may_write(request.user, draft)),
    }
    return render(request, "efforts/preview.html", told)


@login_required
@require_POST
def drop(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    services.drop_draft(draft=_draft(request, slug, pk), by=request.user)
    messages.info(request, "The draft is thrown away.")
    return redirect("efforts:applications", slug)


@login_required
@require_POST
def revise(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Open the form on what was sent in."""
    effort = _own(request, slug, effort_id)
    return redirect(services.begin_revision(effort=effort, by=request.user))


@login_required
def withdraw(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Take an application back, with a reason."""
    effort = _own(request, slug, effort_id)
    form = ReasonForm(request.POST or None, initial={"version": effort.version})
    if request.method == "POST" and form.is_valid():
        services.withdraw_application(effort=effort, by=request.user, **form.cleaned_data)
        messages.success(request, "Your application is withdrawn.")
        return redirect("efforts:applications", slug)
    told = {"round": effort.round, "effort": effort, "form": form}
    status = 400 if form.errors else 200
    return render(request, "efforts/withdraw.html", told, status=status)


def _own(request: SignedInRequest, slug: str, effort_id: str) -> Effort:
    row = _round_of_call(request, slug)
    effort = get_object_or_404(
        selectors.efforts_visible_to(request.user, row), effort_id=effort_id
    )
    if selectors.facts_about(request.user, effort).relation is not Relation.OWN:
        raise Http404
    return effort
