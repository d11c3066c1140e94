"""Pages of an import: the file, its columns, a dry run, the result."""

from __future__ import annotations

import csv
import io
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from custodes.errors import CustodesError, Fault, InputError
from custodes.exchange import (
    ColumnMap,
    EffortsImport,
    likely_duplicates,
    map_as_toml,
    traces_of,
)
from custodes_workbench.access import Act, Refused, decide
from custodes_workbench.efforts import selectors, services
from custodes_workbench.efforts.forms.importing import ColumnsForm, FileForm, RunForm, safe_name
from custodes_workbench.efforts.models import Effort, Upload
from custodes_workbench.efforts.records import mapping_of
from custodes_workbench.efforts.services.importing import dry_run, may_take_back
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import safe_cell
from custodes_workbench.web.requests import SignedInRequest

MOST_SHOWN = 200
"""So many rows a page shows; the rest is counted."""


def _round(request: SignedInRequest, slug: str) -> Round:
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not decide(Act.IMPORT_EFFORTS, facts_of(request.user, row)):
        raise Http404
    return row


def _upload(request: SignedInRequest, slug: str, pk: uuid.UUID) -> Upload:
    row = _round(request, slug)
    found = get_object_or_404(selectors.uploads_of(request.user, row), pk=pk)
    if found.state == Upload.State.OPEN and found.expires_at < timezone.now():
        raise Http404
    return found


@login_required
def imports(request: SignedInRequest, slug: str) -> HttpResponse:
    """Step 1: a file; and what was imported before."""
    row = _round(request, slug)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        upload = services.keep_upload(
            round_=row, name=safe_name(str(sent.name)), content=sent.read(), by=request.user
        )
        return redirect(upload)
    earlier = [
        (each, may_take_back(each, request.user), each.efforts.count())
        for each in selectors.uploads_of(request.user, row)
        if each.state != Upload.State.OPEN or each.expires_at > timezone.now()
    ]
    told = {"round": row, "form": form, "earlier": earlier}
    return render(request, "efforts/import.html", told, status=400 if form.errors else 200)


@login_required
def columns(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Step 2: which of their columns is which of ours, with examples and what is unused."""
    upload = _upload(request, slug, pk)
    if upload.state != Upload.State.OPEN:
        return redirect("efforts:imports", slug)
    try:
        read = mapping_of(upload)
    except CustodesError as error:
        return _cannot_read(request, upload, error)
    form = ColumnsForm(read, request.POST or None, version=upload.version)
    if request.method == "POST" and request.POST.get("do") == "guess":
        services.keep_column_map(
            upload=upload, columns=None, by=request.user, version=upload.version
        )
        return redirect(upload)
    if request.method == "POST" and form.is_valid():
        chosen = form.as_map()
        other_sheet = chosen.sheet not in (None, read.table.sheet)
        if other_sheet:  # its columns are guessed anew
            chosen = ColumnMap(sheet=chosen.sheet)
        services.keep_column_map(
            upload=upload,
            columns=chosen,
            by=request.user,
            version=form.cleaned_data["version"],
        )
        return redirect(upload) if other_sheet else redirect("efforts:check", slug, pk)
    told = {"round": upload.round, "upload": upload, "form": form, "read": read}
    return render(request, "efforts/columns.html", told, status=400 if form.errors else 200)


def _cannot_read(request: SignedInRequest, upload: Upload, error: CustodesError) -> HttpResponse:
    found = error.faults if isinstance(error, InputError) else ()
    faults = [_for_a_page(fault) for fault in found] or [str(error)]
    told = {"round": upload.round, "upload": upload, "faults": faults}
    return render(request, "efforts/cannot_read.html", told, status=400)


def _for_a_page(fault: Fault) -> str:
    """A fault with a cure that can be carried out here, not in a file or on a command line."""
    if fault.field in ("title", "cost"):
        return f"{fault.message}; choose it among the columns"
    if fault.field == "currency" and fault.row is None:
        return f"{fault.message}; write the currency below the columns"
    return str(fault)


@login_required
def check(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Step 3: the dry run; sent, it imports all or nothing."""
    upload = _upload(request, slug, pk)
    if upload.state != Upload.State.OPEN:
        return redirect("efforts:imports", slug)
    try:
        read = dry_run(upload)
    except CustodesError as error:
        return _cannot_read(request, upload, error)
    form = RunForm(request.POST or None, read=read, version=upload.version)
    faults: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            rows = services.import_upload(
                upload=upload,
                by=request.user,
                version=form.cleaned_data["version"],
                leave_out_refused=form.cleaned_data.get("leave_out", False),
            )
        except Refused as refused:
            faults = (str(refused),)
        else:
            messages.success(request, f"{len(rows)} efforts are imported, to be screened.")
            return redirect("efforts:imports", slug)
    told = {
        "round": upload.round,
        "upload": upload,
        "read": read,
        "form": form,
        "faults": faults,
        **_outlook(request, upload, read),
    }
    return render(request, "efforts/check.html", told, status=400 if faults else 200)


def _outlook(request: SignedInRequest, upload: Upload, read: EffortsImport) -> dict[str, object]:
    settings = settings_of(upload.round)
    # only beside efforts that this officer sees: a conflict of interest hides the others
    seen = selectors.records_shown_to(request.user, upload.round)
    held = [record for effort, record in seen if effort.state != Effort.State.WITHDRAWN]
    titles = {str(each.id): each.title for each in (*read.efforts, *held)}
    new = traces_of(read.efforts)
    pairs = [*likely_duplicates(new), *likely_duplicates(new, traces_of(held))]
    currencies = {each.currency for each in read.efforts}
    return {
        "notes": [note for note in read.notes if "--" not in note],
        "created": list(zip(read.rows, read.efforts, strict=True))[:MOST_SHOWN],
        "faults_of_rows": read.faults[:MOST_SHOWN],
        "pairs": [(titles[each.first], titles[each.second], each.reasons) for each in pairs],
        "without_rate": sorted(currencies - {"", settings.currency, *settings.rates}),
        "more": max(0, len(read.efforts) - MOST_SHOWN),
    }


@login_required
def column_map(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """The map as a file that the command line reads too."""
    upload = _upload(request, slug, pk)
    try:
        text = map_as_toml(mapping_of(upload).columns)
    except CustodesError as error:
        return _cannot_read(request, upload, error)
    return _file(text, name="MAP.toml", of_type="application/toml")


@login_required
def refused(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """The refused rows as a file, with what is wrong with each."""
    upload = _upload(request, slug, pk)
    try:
        read = dry_run(upload)
    except CustodesError as error:
        return _cannot_read(request, upload, error)
    return _file(_refused_text(read), name="refused.csv", of_type="text/csv")


def _refused_text(read: EffortsImport) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["refused_row", "refused_because", *map(safe_cell, read.table.header)])
    for row in read.refused:
        why = "; ".join(f"{fault.message} ({fault.cure})" for fault in row.faults)
        writer.writerow([row.number, safe_cell(why), *map(safe_cell, row.cells)])
    return text.getvalue()


def _file(text: str, *, name: str, of_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{of_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def take_back(request: SignedInRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Take an import back, until the round's next stage."""
    upload = _upload(request, slug, pk)
    number = services.take_back_import(upload=upload, by=request.user)
    messages.success(request, f"The import is taken back: {number} efforts are withdrawn.")
    return redirect("efforts:imports", slug)
