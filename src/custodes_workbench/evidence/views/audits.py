"""Pages of one audit: taking it in, what it says, correcting it, its files, its findings."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from custodes.errors import Fault, InputError
from custodes.evidence import Explanation, outcome_of
from custodes_workbench.access import Act, decide
from custodes_workbench.evidence import selectors, services
from custodes_workbench.evidence.forms import (
    AnswerForm,
    AuditForm,
    CorrectionForm,
    ExplanationForm,
    NewAuditForm,
    ReaderForm,
    WithdrawForm,
)
from custodes_workbench.evidence.models import AuditVersion, KeptFile
from custodes_workbench.evidence.records import (
    SentFiles,
    audit_record,
    audit_shown,
    criteria_told,
    entry_of,
    reading,
)
from custodes_workbench.evidence.views.systems import round_or_404, system_or_404
from custodes_workbench.handling.views.keys import to_unlock
from custodes_workbench.handling.views.unlocked import private_of
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version

_KEPT = ("strength", "explanations", "name_claims_more", "efforts", "claims", "reference")
"""What a correction leaves as it is."""


@login_required
def take_in(request: SignedInRequest, slug: str, system_id: str) -> HttpResponse:
    """Take an audit in: files, what they test, who ran them; all of it or nothing."""
    row = round_or_404(request, slug)
    system = system_or_404(request, row, system_id)
    if not decide(Act.TAKE_IN_AUDIT, selectors.facts_on(request.user, row, system_id)):
        raise Http404
    people = selectors.people_offered(request.user, row, system_id)
    form = NewAuditForm(request.POST or None, request.FILES or None, people=people)
    faults: tuple[Fault, ...] = ()
    if form.is_valid():
        with reading(form.cleaned_data["logs"]) as sent:
            entry = {**form.entry(), "id": form.cleaned_data["audit_id"], "system": system_id}
            try:
                made = services.take_in_audit(
                    round_=row, given=_given(form, entry, sent, people), by=request.user
                )
            except InputError as error:
                faults = error.faults
                if sent.refused:
                    services.keep_refusals(
                        round_=row, system_id=system_id, faults=sent.refused, by=request.user
                    )
            else:
                messages.success(request, f"Audit {made.audit.audit_id} is taken in.")
                return redirect("evidence:audit", slug, made.audit.audit_id)
    told = {"round": row, "system": system, "form": form, "faults": faults}
    status = 400 if request.method == "POST" else 200
    return render(request, "evidence/take_in.html", told, status=status)


def _given(
    form: AuditForm, entry: dict[str, object], sent: SentFiles, people: list[User]
) -> services.GivenAudit:
    """What was sent, if no file of it was refused.

    Raises:
        InputError: A file was.
    """
    if sent.refused:
        raise InputError(sent.refused)
    chosen = form.cleaned_data.get("readers", ())
    return services.GivenAudit(
        entry=entry,
        files=sent.read,
        readers=tuple(each for each in people if each.pk in chosen),
        reason=form.cleaned_data["reason"],
    )


def _version(request: HttpRequest, row: Round, audit_id: str) -> AuditVersion:
    found = selectors.audit_visible_to(request.user, row, audit_id)
    if found is None:
        raise Http404
    return found


@require_safe
def audit(request: HttpRequest, slug: str, audit_id: str) -> HttpResponse:
    """One audit: what it shows, who ran it criterion by criterion, its files and versions."""
    row = round_or_404(request, slug)
    return _page(request, row, _version(request, row, audit_id))


def _page(
    request: HttpRequest,
    row: Round,
    version: AuditVersion,
    *,
    form: forms.Form | None = None,
    conflict: bool = False,
) -> HttpResponse:
    reader = request.user
    facts = selectors.facts_on(reader, row, version.audit.system_id)
    seen = selectors.evidence_seen_by(reader, row)
    record = audit_record(version)
    found = seen.record and next(
        (each for each in seen.record.audits if each.id == record.id), None
    )
    inside = bool(decide(Act.SEE_MARKED_EVIDENCE, facts))
    answer = form if isinstance(form, AnswerForm) else AnswerForm()
    withdraw = form if isinstance(form, WithdrawForm) else WithdrawForm(initial={"n": version.n})
    told = {
        "round": row,
        "version": version,
        "record": record,
        "shown": found and audit_shown(found),
        "criteria": criteria_told(record.attestation),
        "inside": inside,
        "versions": list(version.audit.versions.all()) if inside else [],
        "is_open": bool(selectors.findings_open([version])),
        "answers": list(version.audit.finding_answers.all()),
        "files": _files(request, version) if inside else [],
        "may_answer": bool(decide(Act.ANSWER_FINDING, facts)),
        "may_correct": bool(decide(Act.TAKE_IN_AUDIT, facts)),
        "answer_form": answer,
        "withdraw_form": withdraw,
        "explain_form": _explain_form(version, form),
        "to_judge": list(record.hazards) if selectors.may_judge_strength(reader, version) else [],
        "form": form,
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if form is not None else 200
    return render(request, "evidence/audit.html", told, status=status)


def _explain_form(version: AuditVersion, form: forms.Form | None) -> forms.Form | None:
    """The form that explains what stops an audit; none where nothing does."""
    if isinstance(form, ExplanationForm):
        return form
    stopping = _stopping(version)
    return ExplanationForm(stopping=stopping, initial={"n": version.n}) if stopping else None


def _files(request: HttpRequest, version: AuditVersion) -> list[dict[str, object]]:
    kept = {each.path: each for each in selectors.kept_files_of(version.audit)}
    people = _offered(request, version)
    found: list[dict[str, object]] = []
    for each in audit_record(version).files:
        held = kept.get(each.path)
        told: dict[str, object] = {"file": each, "kept": held}
        if held is not None:
            readers = selectors.file_readers(held)
            theirs = {reader.key.person_id for reader in readers}
            others = [person for person in people if person.pk not in theirs]
            told |= {
                "may_open": bool(selectors.may_open_file(request.user, held)),
                "readers": readers,
                "openings": list(held.openings.select_related("person")[:20]),
                "reader_form": ReaderForm(people=others) if others else None,
            }
        found.append(told)
    return found


def _offered(request: HttpRequest, version: AuditVersion) -> list[User]:
    row, system_id = version.audit.round, version.audit.system_id
    may = decide(Act.TAKE_IN_AUDIT, selectors.facts_on(request.user, row, system_id))
    if not (may and isinstance(request.user, User)):
        return []
    return selectors.people_offered(request.user, row, system_id)


def _to_correct(request: SignedInRequest, slug: str, audit_id: str) -> tuple[Round, AuditVersion]:
    row = round_or_404(request, slug)
    version = _version(request, row, audit_id)
    facts = selectors.facts_on(request.user, row, version.audit.system_id)
    if not decide(Act.TAKE_IN_AUDIT, facts):
        raise Http404
    return row, version


@login_required
def correct(request: SignedInRequest, slug: str, audit_id: str) -> HttpResponse:
    """Correct an audit, or send more files of it; the earlier version is kept."""
    row, version = _to_correct(request, slug, audit_id)
    before = audit_record(version)
    people = selectors.people_offered(request.user, row, version.audit.system_id)
    initial = {**CorrectionForm.begins_with(before), "n": version.n}
    form = CorrectionForm(
        request.POST or None, request.FILES or None, people=people, initial=initial
    )
    faults: tuple[Fault, ...] = ()
    conflict = False
    if form.is_valid():
        kept = {name: each for name, each in entry_of(before).items() if name in _KEPT}
        with reading(form.cleaned_data["logs"]) as sent:
            try:
                given = _given(form, {**kept, **form.entry()}, sent, people)
                made = services.correct_audit(
                    version=version, given=given, by=request.user, n=form.cleaned_data["n"]
                )
            except InputError as error:
                faults = error.faults
                if sent.refused:
                    services.keep_refusals(
                        round_=row,
                        system_id=version.audit.system_id,
                        faults=sent.refused,
                        by=request.user,
                    )
            except services.ChangedMeanwhileError:
                conflict = True
                see_version(form, version.n, name="n")
            else:
                messages.success(request, f"Audit {audit_id} has version {made.n} now.")
                return redirect("evidence:audit", slug, audit_id)
    told = {
        "round": row,
        "version": version,
        "form": form,
        "faults": faults,
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "evidence/correct.html", told, status=status)


@login_required
@require_POST
def withdraw(request: SignedInRequest, slug: str, audit_id: str) -> HttpResponse:
    """Withdraw an audit: it counts no more, and stays on the page with the reason."""
    row, version = _to_correct(request, slug, audit_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, row, version, form=form)
    try:
        services.withdraw_audit(
            version=version,
            reason=form.cleaned_data["reason"],
            by=request.user,
            n=form.cleaned_data["n"],
        )
    except services.ChangedMeanwhileError:
        see_version(form, version.n, name="n")
        return _page(request, row, version, form=form, conflict=True)
    messages.success(request, f"Audit {audit_id} is withdrawn.")
    return redirect("evidence:audit", slug, audit_id)


@login_required
@require_POST
def explain(request: SignedInRequest, slug: str, audit_id: str) -> HttpResponse:
    """Say why something that stops an audit need not."""
    row, version = _to_correct(request, slug, audit_id)
    form = ExplanationForm(request.POST, stopping=_stopping(version))
    if not form.is_valid():
        return _page(request, row, version, form=form)
    told = form.cleaned_data
    try:
        services.explain_fault(
            version=version,
            explanation=Explanation(check=told["check_id"], by=told["by"], reason=told["reason"]),
            by=request.user,
            n=told["n"],
        )
    except services.ChangedMeanwhileError:
        see_version(form, version.n, name="n")
        return _page(request, row, version, form=form, conflict=True)
    messages.success(request, "The explanation is kept, and shown with what it explains.")
    return redirect("evidence:audit", slug, audit_id)


def _stopping(version: AuditVersion) -> list[str]:
    """What stops runs of an audit, each once."""
    found = outcome_of(audit_record(version))
    flags = [flag for family in found.families for flag in family.flags]
    return list(dict.fromkeys(flag.check for flag in flags if flag.effect == "stop"))


@login_required
@require_POST
def answer(request: SignedInRequest, slug: str, audit_id: str) -> HttpResponse:
    """Write down what somebody says to a finding."""
    row = round_or_404(request, slug)
    version = _version(request, row, audit_id)
    facts = selectors.facts_on(request.user, row, version.audit.system_id)
    if not decide(Act.ANSWER_FINDING, facts):
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, version, form=form)
    services.answer_finding(
        version=version,
        text=form.cleaned_data["text"],
        whose=form.cleaned_data["whose"],
        by=request.user,
    )
    messages.success(request, "The answer is kept.")
    return redirect("evidence:audit", slug, audit_id)


def _file(request: SignedInRequest, version: AuditVersion, pk: int) -> KeptFile:
    for each in selectors.kept_files_of(version.audit):
        if each.pk == pk and selectors.may_open_file(request.user, each):
            return each
    raise Http404


def _unlock(request: SignedInRequest, row: Round, audit_id: str) -> HttpResponse | None:
    """Where somebody unlocks their key first; nothing where it is unlocked."""
    if private_of(request) is not None:
        return None
    return redirect(to_unlock(reverse("evidence:audit", args=[row.slug, audit_id])))


@login_required
@require_POST
def open_file(request: SignedInRequest, slug: str, audit_id: str, pk: int) -> HttpResponse:
    """An audit file as it was sent, for its named readers; that it was opened is kept."""
    row = round_or_404(request, slug)
    file = _file(request, _version(request, row, audit_id), pk)
    unlock = _unlock(request, row, audit_id)
    if unlock is not None:
        return unlock
    content = services.open_file(file=file, by=request.user, private=private_of(request))
    found = HttpResponse(content, content_type="application/octet-stream")
    name = file.path.rpartition("/")[2]
    found["Content-Disposition"] = f'attachment; filename="{name}"'
    found["Cache-Control"] = "no-store"
    return found


@login_required
@require_POST
def name_reader(request: SignedInRequest, slug: str, audit_id: str, pk: int) -> HttpResponse:
    """Let one more person open an audit file."""
    row, version = _to_correct(request, slug, audit_id)
    file = _file(request, version, pk)
    people = _offered(request, version)
    form = ReaderForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, row, version, form=form)
    unlock = _unlock(request, row, audit_id)
    if unlock is not None:
        return unlock
    person = next(each for each in people if each.pk == form.cleaned_data["person"])
    services.name_file_reader(
        file=file, person=person, by=request.user, private=private_of(request)
    )
    messages.success(request, f"{person.name} can open it now.")
    return redirect("evidence:audit", slug, audit_id)
