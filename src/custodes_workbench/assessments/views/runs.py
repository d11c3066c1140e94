"""Pages of runs: asking for one, its progress, its result, two beside each other."""

from __future__ import annotations

import io
import mimetypes
import zipfile
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from custodes.exchange import round_files
from custodes.reports import nets_figure
from custodes_workbench.access import Act, Relation, decide
from custodes_workbench.assessments import records, selectors, services
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services.runs import ACT_OF, site_of
from custodes_workbench.assessments.tables import MEASURES_TOLD, result_columns, result_rows
from custodes_workbench.assessments.views.choices import choice_told
from custodes_workbench.assessments.views.questions import questions_told
from custodes_workbench.operations.models import Job
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import Listing
from custodes_workbench.web.requests import SignedInRequest, is_fragment_wanted


def _round(request: SignedInRequest, slug: str) -> Round:
    return get_object_or_404(rounds_visible_to(request.user), slug=slug)


def run_or_404(request: SignedInRequest, slug: str, kind: str, n: int) -> Run:
    """A run that the reader sees.

    Raises:
        Http404: There is none, or it is not theirs to see.
    """
    row = _round(request, slug)
    runs = selectors.runs_visible_to(request.user, row).select_related("round")
    return get_object_or_404(runs, kind=kind, n=n)


@login_required
def runs(request: SignedInRequest, slug: str) -> HttpResponse:
    """The runs of a round, and what can be asked for."""
    row = _round(request, slug)
    facts = facts_of(request.user, row)
    assigned = replace(facts, relation=Relation.ASSIGNED)
    if not (decide(Act.SEE_RESULTS, facts) or decide(Act.SEE_RESULTS, assigned)):
        raise Http404
    told = {
        "round": row,
        "stages": list(row.stages.all()),
        "runs": list(selectors.runs_visible_to(request.user, row)),
        "sees_everything": selectors.sees_everything(request.user, row),
        "may_run": bool(decide(Act.RUN_ASSESSMENT, facts)),
        "may_choose": bool(decide(Act.CHOOSE, selectors.facts_of_all(request.user, row))),
    }
    return render(request, "assessments/runs.html", told)


@login_required
@require_POST
def start(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Ask for an assessment, or for what to ask next."""
    row = _round(request, slug)
    if kind not in (Run.Kind.ASSESS, Run.Kind.ASK):
        raise Http404
    run = services.start_run(round_=row, kind=kind, by=request.user)
    return redirect(run)


@login_required
def run(request: SignedInRequest, slug: str, kind: str, n: int) -> HttpResponse:
    """A run: how far it is, or what came out."""
    found = run_or_404(request, slug, kind, n)
    told: dict[str, object] = {"round": found.round, "run": found, "job": found.job}
    told |= _rights(request, found)
    if not found.is_done:
        told["left"] = _left(found.job)
        return render(request, "assessments/progress.html", told)
    if kind == Run.Kind.ASK:
        told |= questions_told(found)
        return render(request, "assessments/questions.html", told)
    if kind == Run.Kind.CHOOSE:
        told |= choice_told(found)
        return render(request, "assessments/choice.html", told)
    return _assessment(request, found, told)


def _left(job: Job) -> str:
    """How long a job will still take at the pace so far, in words; empty before that is known."""
    if job.state != Job.State.RUNNING or not job.done or job.done >= job.total:
        return ""
    left = (timezone.now() - job.asked_at) * (job.total - job.done) / job.done
    seconds = round(left.total_seconds())
    minute = 60
    return f"{seconds} s" if seconds < 2 * minute else f"{round(seconds / minute)} minutes"


def _rights(request: SignedInRequest, found: Run) -> dict[str, object]:
    facts = facts_of(request.user, found.round)
    whole = selectors.facts_of_all(request.user, found.round)
    return {
        "may_cancel": bool(decide(ACT_OF[Run.Kind(found.kind)], facts)),
        "may_choose": bool(decide(Act.CHOOSE, whole)),
        "may_take": bool(decide(Act.EXPORT_ROUND, whole)),
        "sees_everything": bool(decide(Act.SEE_ALL_RESULTS, whole)),
    }


def _assessment(request: SignedInRequest, found: Run, told: dict[str, object]) -> HttpResponse:
    record = records.assessment_of(found)
    seen = selectors.results_visible_to(request.user, found.round)
    withheld = selectors.withheld_from(request.user, found, record.efforts)
    measure = request.GET.get("show", "net")
    measure = measure if measure in MEASURES_TOLD else "net"
    listing = Listing(
        request,
        result_columns(record, measure=measure),
        result_rows(record, only=seen, withheld=withheld, run=found),
        name=f"results of assessment {found.n}",
        keep=("show",),
    )
    if listing.wants_file:
        return listing.as_file()
    drawn = tuple(each for each in record.efforts if each.id in seen - withheld)
    done = [
        each
        for each in selectors.runs_visible_to(request.user, found.round)
        if each.is_done and each.kind == Run.Kind.ASSESS and each.pk != found.pk
    ]
    told |= {
        "record": record,
        "listing": listing,
        "measures": MEASURES_TOLD.items(),
        "measure": measure,
        "nets": nets_figure(drawn, worldviews=record.round.worldviews) if drawn else None,
        "unjudged": sum(each.basis == "reference class" for each in drawn),
        "drawn": len(drawn),
        "others": done,
        "earlier": next((each for each in done if each.n < found.n), None),
    }
    return render(request, "assessments/assessment.html", told)


@login_required
def progress(request: SignedInRequest, slug: str, kind: str, n: int) -> HttpResponse:
    """The progress of a run as a fragment, or its page where that is asked for."""
    found = run_or_404(request, slug, kind, n)
    if not is_fragment_wanted(request):
        return redirect(found)
    told = {"run": found, "job": found.job, "left": _left(found.job), **_rights(request, found)}
    answer = render(request, "assessments/_progress.html", told)
    if found.is_done:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_POST
def cancel(request: SignedInRequest, slug: str, kind: str, n: int) -> HttpResponse:
    """Stop a run."""
    found = run_or_404(request, slug, kind, n)
    services.cancel_run(run=found, by=request.user)
    messages.info(request, "The run stops.")
    return redirect(found)


@login_required
def compare(request: SignedInRequest, slug: str, n: int, other: int) -> HttpResponse:
    """Two assessments: what changed in what went in, and in what came out."""
    later, earlier = (run_or_404(request, slug, Run.Kind.ASSESS, each) for each in (n, other))
    if not (later.is_done and earlier.is_done):
        raise Http404
    seen = selectors.results_visible_to(request.user, later.round)
    for each in (later, earlier):
        efforts = records.assessment_of(each).efforts
        seen -= selectors.withheld_from(request.user, each, efforts)
    told = {
        "round": later.round,
        "later": later,
        "earlier": earlier,
        # which parts changed, or a digest of them, tells of conflicts and answers that are hidden
        "sees_everything": selectors.sees_everything(request.user, later.round),
        "changed": records.changed_inputs(earlier, later),
        "moves": records.moves(earlier, later, only=seen),
    }
    return render(request, "assessments/compare.html", told)


@login_required
def download(request: SignedInRequest, slug: str, kind: str, n: int) -> HttpResponse:
    """The result as the command writes it, byte for byte."""
    found = run_or_404(request, slug, kind, n)
    whole = kind == Run.Kind.CHOOSE or selectors.sees_everything(request.user, found.round)
    if not (found.is_done and whole):
        raise Http404
    name = {"assess": "assessment", "ask": "questions", "choose": "choice"}[kind]
    answer = HttpResponse(found.result_json, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer


@login_required
def inputs(request: SignedInRequest, slug: str, kind: str, n: int) -> HttpResponse:
    """The round as it was computed, as a folder in a zip file."""
    found = run_or_404(request, slug, kind, n)
    if not decide(Act.EXPORT_ROUND, selectors.facts_of_all(request.user, found.round)):
        raise Http404
    shown = selectors.inputs_shown_to(request.user, found)
    if shown is None:
        raise Http404
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        files = round_files(shown)
        left_out = records.left_out_of_folder(records.inputs_of(found), shown)
        if left_out:
            files |= {"WITHHELD.txt": "".join(f"{line}\n" for line in left_out)}
        for name, text in files.items():
            archive.writestr(f"{slug}/{name}", text.encode("utf-8", "surrogatepass"))
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{kind}-{n}.zip"'
    return answer


@login_required
def report(request: SignedInRequest, slug: str, n: int, path: str) -> HttpResponse:
    """A page of the assessment's report, for those who see every effort and every panel.

    It is made when somebody first asks for it: most runs are never looked at in this way.
    """
    found = run_or_404(request, slug, Run.Kind.ASSESS, n)
    if not selectors.sees_everything(request.user, found.round):
        raise Http404
    if request.method == "POST":
        services.ask_report(run=found, by=request.user)
        return redirect("assessments:report", slug, n, "index.html")
    job = selectors.report_job(found)
    if job is None or job.state != Job.State.DONE:
        if path != "index.html":
            raise Http404
        told = {"round": found.round, "run": found, "job": job}
        return render(request, "assessments/report.html", told)
    home = site_of(found)
    file = (home / path).resolve()
    if not file.is_relative_to(home.resolve()) or not file.is_file():
        raise Http404
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return HttpResponse(file.read_bytes(), content_type=kind)
