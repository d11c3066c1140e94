"""The page of one effort in an assessment: by mechanism, before and after, and who disagrees."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from custodes.assessment import AssessmentRecord, EffortAssessment
from custodes.judgements import pool, set_aside
from custodes.reports import (
    VERDICTS,
    answers_figure,
    can_be_drawn,
    classes_figure,
    drivers_figure,
    in_words,
    mechanisms_figure,
    own_figure,
    standing_of,
    tell_risk,
    tell_social_value,
    tell_step,
)
from custodes.rounds import Round as LibraryRound
from custodes_workbench.assessments import records, selectors
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.views.runs import run_or_404
from custodes_workbench.web.requests import SignedInRequest

BASES = {
    "judged": "judged by experts",
    "mixed": "partly judged by experts",
    "reference class": "reference class: nobody judged it",
}
"""What the basis of a result means."""


@login_required
def effort(request: SignedInRequest, slug: str, n: int, effort_id: str) -> HttpResponse:
    """What one effort does, for those who see its results."""
    run = run_or_404(request, slug, Run.Kind.ASSESS, n)
    seen = selectors.results_visible_to(request.user, run.round)
    if not run.is_done or effort_id not in seen:
        raise Http404
    record = records.assessment_of(run)
    found = next((each for each in record.efforts if each.id == effort_id), None)
    if found is None:
        raise Http404
    told: dict[str, Any] = {"round": run.round, "run": run, "record": record, "effort": found}
    if selectors.withheld_from(request.user, run, [found]):
        return render(request, "assessments/withheld.html", told)
    inputs = records.inputs_of(run)
    sees_answers = effort_id in selectors.answers_visible_to(request.user, run.round)
    pools_only = not (sees_answers or selectors.publishes_answers(run.round))
    told |= _what_it_does(record, found, pools_only=pools_only) | _conditions(inputs, found)
    if sees_answers:
        told |= _panel(inputs, effort_id) | {"sees_answers": True}
        own = records.own_results_of(run)
        told["own"] = own_figure(found, own, worldviews=record.round.worldviews)
        told |= _had_others_been_heard(record, found)
    if selectors.sees_everything(request.user, run.round):
        told |= {"places": records.places(record, found), "of": len(record.efforts)}
    told["sees_inputs"] = effort_id in selectors.pools_visible_to(request.user, run.round)
    told |= _beside(record, found, seen)
    return render(request, "assessments/effort.html", told)


def _what_it_does(
    record: AssessmentRecord, found: EffortAssessment, *, pools_only: bool
) -> dict[str, Any]:
    names = record.round.worldviews
    lead = found.worldviews[names[0]]
    return {
        "basis": BASES[found.basis],
        "kind": in_words(found.kind),
        "verdict": VERDICTS[standing_of(found)],
        "first": names[0],
        "before": tell_risk(lead.before.net),
        "after": tell_risk(lead.after.net),
        "lead": lead,
        "states": [
            (name, when, result, tell_risk(result.net), tell_social_value(result.social_value))
            for name in names
            for when, result in (
                ("without", found.worldviews[name].before),
                ("with", found.worldviews[name].after),
            )
        ],
        "mechanisms": mechanisms_figure(found, worldviews=names),
        "classes": classes_figure(found, worldviews=names),
        "drivers": drivers_figure(found, worldviews=names),
        "quantities": [
            (in_words(name), each, pools_only and records.is_of_few(each))
            for name, each in found.quantities.items()
        ],
    }


def _conditions(inputs: LibraryRound, found: EffortAssessment) -> dict[str, Any]:
    known = {str(each.id): each for each in inputs.mitigations}
    return {
        "conditions": [(each, known.get(each)) for each in found.conditions],
        "others": [
            (each, known.get(each.id), tell_step(each.net_change, each.standard_error))
            for each in found.others_could
        ],
    }


def _panel(inputs: LibraryRound, effort_id: str) -> dict[str, Any]:
    """Each expert's ranges under their pseudonym, and the pool."""
    heard = tuple(each for each in inputs.judgements if each.effort == effort_id)
    if not heard:
        return {}
    asked = pool(inputs.model_copy(update={"judgements": heard})).questions
    panel = [each for each in asked if each.subject == effort_id]
    drawn = [each for each in panel if can_be_drawn(each, with_experts=True)]
    return {
        "panel": [(in_words(each.quantity), each) for each in panel],
        "heard": len({each.expert for each in heard} - set_aside(effort_id, inputs.conflicts)),
        "answers": answers_figure(drawn, with_experts=True) if drawn else None,
    }


def _had_others_been_heard(record: AssessmentRecord, found: EffortAssessment) -> dict[str, Any]:
    """Net with the conditions as assessed, under each camp, with those set aside, unweighted."""
    names = record.round.worldviews
    as_assessed = [
        (tell_risk(found.worldviews[name].after.net), found.worldviews[name].after.p_raises_risk)
        for name in names
    ]
    others = [
        (
            each.heard,
            ", ".join(in_words(name) for name in each.quantities),
            each.experts,
            [
                (
                    tell_risk(each.worldviews[name].after),
                    each.worldviews[name].p_raises_risk_after,
                )
                for name in names
            ],
        )
        for each in found.other_panels
    ]
    return {"worldviews": names, "as_assessed": as_assessed, "other_panels": others}


def _beside(
    record: AssessmentRecord, found: EffortAssessment, seen: frozenset[str]
) -> dict[str, Any]:
    order = [each for each in record.efforts if each.id in seen]
    at = order.index(found)
    return {
        "previous": order[at - 1] if at else None,
        "next": order[at + 1] if at + 1 < len(order) else None,
    }
