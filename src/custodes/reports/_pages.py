"""What each page shows: names for the templates, every number already told."""

from __future__ import annotations

from typing import Any

from custodes.assessment import EffortAssessment
from custodes.catalogue import MECHANISMS, NO_GOOD_DATA, PROBLEMS, QUANTITIES
from custodes.efforts import reference_classes
from custodes.reports._claims_pages import claims_of_effort
from custodes.reports._edition import Edition, shows_experts
from custodes.reports._figures import (
    classes_figure,
    drivers_figure,
    mechanisms_figure,
    nets_figure,
    safest_first,
    totals_figure,
)
from custodes.reports._judgement_figures import (
    answers_figure,
    calibration_figure,
    can_be_drawn,
)
from custodes.reports._mechanisms import PARTS, tell_parts
from custodes.reports._numbers import side_of, tell_risk, tell_step
from custodes.reports._totals import total_of, totals_by_kind, totals_by_part
from custodes.reports._verdicts import VERDICTS, count_standings, standing_of

Context = dict[str, Any]
"""Names that a template shows."""

BASES = {
    "judged": "judged by experts",
    "mixed": "mixed: partly judged",
    "reference class": "reference class, nobody judged it",
}
"""What the basis of a result means, for a badge."""

_NO_DATA_WORDS = ("no good data", "no data", "no direct data")


def overview(edition: Edition) -> Context:
    """The verdict in words, every effort in a table, and the picture of all nets."""
    efforts = edition.record.efforts
    bases = [effort.basis for effort in efforts]
    return {
        "counts": count_standings(efforts),
        "qualifying": sum(effort.qualifies for effort in efforts),
        "unjudged": bases.count("reference class"),
        "mixed": bases.count("mixed"),
        "judged": bases.count("judged"),
        "suggested": sum(effort.kind_suggested for effort in efforts),
        "estimated": sum(
            edition.efforts[effort.id].cost_is_estimate == "yes" for effort in efforts
        ),
        "social": _social(edition),
        "figure": nets_figure(efforts, worldviews=edition.names) if efforts else None,
        "ranked": safest_first(efforts, worldview=edition.names[0]),
        "standings": {effort.id: standing_of(effort) for effort in efforts},
    }


def _social(edition: Edition) -> int:
    """How many efforts have mean social value above zero under every worldview, conditioned."""
    return sum(
        all(found.after.social_value.mean > 0 for found in effort.worldviews.values())
        for effort in edition.record.efforts
    )


def effort_page(edition: Edition, effort: EffortAssessment) -> Context:
    """One effort: what it does, through which mechanisms, on which inputs, on what conditions."""
    names = edition.names
    order = [each.id for each in edition.record.efforts]
    at = order.index(effort.id)
    written = edition.efforts[effort.id]
    return {
        "effort": effort,
        "written": written,
        "system": edition.systems.get(written.target_system),
        "standing": standing_of(effort),
        "split": _splits(effort, names[0]),
        "kind": reference_classes()[effort.kind],
        "parts": {
            name: {
                "without": tell_parts(effort.worldviews[name].before),
                "with": tell_parts(effort.worldviews[name].after),
            }
            for name in names
        },
        "classes": classes_figure(effort, worldviews=names),
        "mechanisms": mechanisms_figure(effort, worldviews=names),
        "drivers": drivers_figure(effort, worldviews=names),
        "answers": _answers(edition, effort),
        **claims_of_effort(edition, effort),
        **_experts(edition, effort),
        "conditions": [(id_, edition.mitigations.get(id_)) for id_ in effort.conditions],
        "without": [
            (each, tell_step(each.change, each.change_standard_error))
            for each in edition.without
            if each.effort == effort.id and each.worldview == names[0]
        ],
        "others": [
            (
                step,
                edition.mitigations.get(step.id),
                tell_step(step.net_change, step.standard_error),
            )
            for step in effort.others_could
        ],
        "challenges": edition.challenges[effort.id],
        "challenged": [each for each in edition.challenged if each.effort == effort.id],
        "previous": edition.record.efforts[at - 1] if at else None,
        "next": edition.record.efforts[at + 1] if at + 1 < len(order) else None,
    }


def _splits(effort: EffortAssessment, worldview: str) -> bool:
    """Whether the mean lies on one side of zero and most worlds on the other."""
    after = effort.worldviews[worldview].after
    side = side_of(after.net.mean, after.net.standard_error)
    half = 0.5
    return (side == "safer" and after.p_raises_risk > half) or (
        side == "riskier" and after.p_raises_risk < half
    )


def _answers(edition: Edition, effort: EffortAssessment) -> Context:
    """The experts' answers by quantity: each one's last, usable or not."""
    last = {
        (answer.quantity, answer.expert): answer
        for answer in sorted(edition.judgements[effort.id], key=lambda answer: answer.round)
    }
    return {
        quantity: [last[key] for key in sorted(last) if key[0] == quantity]
        for quantity in {key[0] for key in last}
    }


def _experts(edition: Edition, effort: EffortAssessment) -> Context:
    """Who answered, their pools and how far they are apart."""
    questions = edition.panels[effort.id]
    with_experts = shows_experts(edition.settings)
    drawn = [each for each in questions if can_be_drawn(each, with_experts=with_experts)]
    heard = {each.expert for question in questions for each in question.experts}
    return {
        "panel": questions,
        "heard": len(heard),
        "with_experts": with_experts,
        "revised": any(question.revised is not None for question in questions),
        "ranges": answers_figure(drawn, with_experts=with_experts) if drawn else None,
    }


def method(edition: Edition) -> Context:
    """How it is computed, and how the panel did on questions whose answer is known."""
    record = edition.calibration
    return {
        "calibration": record,
        "reliability": calibration_figure(record) if record is not None else None,
    }


def portfolio(edition: Edition) -> Context:
    """Sums over the published efforts, by kind and by mechanism."""
    efforts, names = edition.record.efforts, edition.names
    return {
        "total": total_of("All published efforts", efforts, worldviews=names),
        "kinds": totals_by_kind(efforts, worldviews=names),
        "figure": totals_figure(totals_by_part(efforts, worldviews=names)) if efforts else None,
    }


def worldviews(edition: Edition) -> Context:
    """Every assumption of every worldview, side by side."""
    names = {name for worldview in edition.worldviews for name in worldview.quantities}
    ordered = [name for name in QUANTITIES if name in names]
    ordered += sorted(names - set(ordered))
    return {
        "assumptions": [
            {
                "name": name,
                "quantity": QUANTITIES.get(name),
                "amounts": [
                    (worldview.name, worldview.quantities.get(name))
                    for worldview in edition.worldviews
                ],
                "no_good_data": _lacks_data(edition, name),
            }
            for name in ordered
        ]
    }


def _lacks_data(edition: Edition, name: str) -> bool:
    reasons = [
        worldview.quantities[name].reason.lower()
        for worldview in edition.worldviews
        if name in worldview.quantities
    ]
    return name in NO_GOOD_DATA or any(
        words in reason for words in _NO_DATA_WORDS for reason in reasons
    )


def challenges(edition: Edition) -> Context:
    """Every challenge that is published, whichever effort it is to."""
    told = [each for found in edition.challenges.values() for each in found]
    return {
        "challenges": told,
        "open": sum(each.is_open for each in told),
        "efforts": edition.efforts,
    }


def shared(edition: Edition) -> Context:
    """What every page may use."""
    return {
        "edition": edition,
        "record": edition.record,
        "round": edition.record.round,
        "names": edition.names,
        "VERDICTS": VERDICTS,
        "BASES": BASES,
        "PARTS": PARTS,
        "PROBLEMS": PROBLEMS,
        "MECHANISMS": MECHANISMS,
        "QUANTITIES": QUANTITIES,
        "NO_GOOD_DATA": NO_GOOD_DATA,
        "reference_classes": reference_classes(),
        "tell_risk": tell_risk,
        "has_challenges": any(edition.challenges.values()),
    }
