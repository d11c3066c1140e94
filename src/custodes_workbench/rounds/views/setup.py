"""Pages of setting a round up: a new one, its settings, its stages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from custodes.exchange import settings_as_toml
from custodes.mitigations import library
from custodes.rounds import Round as LibraryRound
from custodes.worldviews import preset
from custodes_workbench.access import Act, Stage, decide
from custodes_workbench.rounds import selectors, services
from custodes_workbench.rounds.forms.settings import NewRoundForm, SettingsFileForm, SettingsForm
from custodes_workbench.rounds.forms.stages import MoveForm, StageForm
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.web.missing import missing_from
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version

STEPS = ("dates", "move", "confirm", "drop")
"""What the page of stages can be asked to do, by the field that a form carries."""


def visible_round(request: SignedInRequest, slug: str, act: Act) -> Round:
    """A round that the reader sees and may do this to; otherwise it is not there."""
    row = get_object_or_404(selectors.rounds_visible_to(request.user), slug=slug)
    if not decide(act, selectors.facts_of(request.user, row)):
        raise Http404
    return row


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Start a blank round, from settings that are typed or from a `round.toml`."""
    if not decide(Act.START_ROUND, request.user.facts):
        raise Http404
    by_file = bool(request.FILES)
    form = NewRoundForm(
        None if by_file else request.POST or None, initial=services.new_round_starts_with()
    )
    file = SettingsFileForm(
        request.POST if by_file else None, request.FILES or None, only_presets=True
    )
    asked: SettingsForm | SettingsFileForm = file if by_file else form
    if asked.is_valid() and asked.settings is not None:
        views = tuple(preset(name) for name in asked.settings.worldviews)
        blank = LibraryRound(
            settings=asked.settings,
            efforts=(),
            worldviews=views,
            mitigations=tuple(library().values()),
        )
        row = services.make_round(round_=blank, stage=Stage.SET_UP, by=request.user)
        messages.success(request, "The round is there. Set its stages, then open the first.")
        return redirect(row)
    status = 400 if request.method == "POST" else 200
    return render(request, "rounds/new.html", {"form": form, "file": file}, status=status)


@login_required
def settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look at the settings, change them, or take them as `round.toml`."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    current = settings_of(row)
    if request.GET.get("as") == "toml":
        answer = HttpResponse(settings_as_toml(current), content_type="application/toml")
        answer["Content-Disposition"] = 'attachment; filename="round.toml"'
        return answer
    may = bool(decide(Act.SET_UP_ROUND, selectors.facts_of(request.user, row)))
    if request.method == "POST" and not may:
        raise Http404
    by_file = bool(request.FILES)
    form = SettingsForm.of(row, current, None if by_file else request.POST or None)
    file = SettingsFileForm(
        request.POST if by_file else None,
        request.FILES or None,
        initial={"version": row.version},
    )
    asked: SettingsForm | SettingsFileForm = file if by_file else form
    conflict = False
    if asked.is_valid() and asked.settings is not None:
        try:
            services.change_settings(
                round_=row,
                settings=asked.settings,
                by=request.user,
                version=asked.cleaned_data["version"] or 0,
            )
        except services.ChangedMeanwhileError:
            conflict = True
            see_version(asked, row.version)
        else:
            messages.success(request, "The settings are changed.")
            return redirect("rounds:settings", slug)
    told = {
        "round": row,
        "settings": current,
        "form": form if may else None,
        "file": file if may else None,
        "conflict": conflict,
        "stands": settings_as_toml(current) if conflict else "",
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "rounds/settings.html", told, status=status)


@login_required
def stages(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open or close a stage, and set the dates of those to come."""
    row = visible_round(request, slug, Act.SET_DATES)
    facts = selectors.facts_of(request.user, row)
    asked = next((each for each in STEPS if each in request.POST), None)
    forms = _stage_forms(row, request.POST if asked == "dates" else None)
    move = MoveForm(
        request.POST if asked == "move" else None,
        stages=row.stages.all(),
        initial={"version": row.version},
    )
    conflict = False
    try:
        done = _step(request, row, asked, forms, move)
    except services.ChangedMeanwhileError:
        done, conflict = "", True
        if move.is_bound:
            see_version(move, row.version)
    if done:
        messages.success(request, done)
        return redirect("rounds:stages", slug)
    told = {
        "round": row,
        "stages": list(row.stages.all()),
        "move": move,
        "forms": forms,
        "missing": missing_from(row),
        "conflict": conflict,
        "may_move": bool(decide(Act.MOVE_STAGE, facts)),
        "may_confirm": bool(decide(Act.CONFIRM_MOVE_BACK, facts))
        and row.back_asked_by_id != request.user.pk,
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "rounds/stages.html", told, status=status)


def _stage_forms(row: Round, data: QueryDict | None) -> list[StageForm]:
    rows = {each.name: each for each in row.stages.all()}
    return [
        StageForm(data, stage=stage, initial=_initial(rows.get(stage.value))) for stage in Stage
    ]


def _step(
    request: SignedInRequest, row: Round, asked: str | None, forms: list[StageForm], move: MoveForm
) -> str:
    """Carry out what was asked; what is told then, or nothing where a form is to be mended."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() else 0
    if asked == "dates":
        right = [each.is_valid() for each in forms]  # each tells its faults
        if not all(right):
            return ""
        given = {each.stage: each.given() for each in forms}
        services.change_stages(round_=row, given=given, by=request.user, version=seen)
        return "The stages are set."
    if asked == "confirm":
        link = request.build_absolute_uri(row.get_absolute_url())
        services.confirm_move_back(round_=row, by=request.user, version=seen, link=link)
        return "The round has gone back."
    if asked == "drop":
        services.drop_move_back(round_=row, by=request.user, version=seen)
        return "The round stays where it is."
    if asked == "move" and move.is_valid():
        opened = services.move_to_stage(
            round_=row,
            to=Stage(move.cleaned_data["to"]),
            by=request.user,
            reason=move.cleaned_data["reason"],
            version=seen,
        )
        return "The stage is open." if opened else "A second person is asked to confirm."
    return ""


def _initial(row: RoundStage | None) -> dict[str, object]:
    if row is None:
        return {"left_out": True}
    with_quorum = row.closes_on == "quorum_then_clock"
    return {
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "grace_minutes": row.grace_minutes,
        "quorum": row.quorum if with_quorum else None,
        "hours_after_quorum": row.hours_after_quorum if with_quorum else None,
    }
