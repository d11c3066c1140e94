"""Pages that bring a whole round in: the example, or a folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from custodes.errors import Fault, InputError
from custodes.exchange import read_round, write_starter
from custodes_workbench.access import Act, decide
from custodes_workbench.assessments.forms import FolderForm
from custodes_workbench.assessments.services import read_in_round
from custodes_workbench.web.requests import SignedInRequest

_LEFT_OUT = ("decisions.toml", "approach.toml", "critiques.csv")
"""Files of a round's folder that would have to be prepared and released by two persons here."""

_NOT_KEPT = ("corrections.toml", "predictions.csv")
"""Files of a round's folder that the library reads and the workbench does not keep."""


@login_required
@require_POST
def load_example(request: SignedInRequest) -> HttpResponse:
    """Load the example round, judged, at assessment."""
    with tempfile.TemporaryDirectory() as folder:
        write_starter("demo", into=Path(folder) / "demo")
        round_ = read_round(Path(folder) / "demo")
    row = read_in_round(round_=round_, source="the example round", by=request.user)
    messages.success(
        request,
        "The example round is loaded, judged and not decided yet. Its people are made up.",
    )
    return redirect(row)


@login_required
def read_folder(request: SignedInRequest) -> HttpResponse:
    """Read a round's folder, sent as one zip file; all of it or nothing."""
    if not decide(Act.START_ROUND, request.user.facts):
        raise Http404
    form = FolderForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if form.is_valid():
        uploaded = form.uploaded()
        try:
            with tempfile.TemporaryDirectory() as folder:
                home = uploaded.unpacked(Path(folder))
                round_ = read_round(home)
                left = [name for name in _LEFT_OUT if (home / name).exists()]
                beside = [name for name in _NOT_KEPT if (home / name).exists()]
            row = read_in_round(round_=round_, source=uploaded.name, by=request.user)
        except InputError as error:
            faults = error.faults
        else:
            messages.success(request, f"{len(round_.efforts)} efforts were read in.")
            if left:
                outside = " and ".join(left)
                messages.warning(
                    request, f"{outside} stayed outside: what was decided is decided here anew."
                )
            if beside:
                messages.warning(
                    request,
                    f"{' and '.join(beside)} stayed outside: only the library and the command "
                    "keep them so far. Figures that rest on released weights may differ.",
                )
            return redirect(row)
    told = {"form": form, "faults": faults}
    return render(request, "assessments/read_folder.html", told, status=400 if faults else 200)
