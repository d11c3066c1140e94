"""The page of a choice: what is chosen and why, and what would change it."""

from __future__ import annotations

from functools import partial
from typing import Any

from custodes.assessment import Assessment, EffortAssessment
from custodes.choice import ChoiceRecord
from custodes.errors import Fault, InputError
from custodes.reports._choice_figures import frontier_figure
from custodes.reports._edition import Edition
from custodes.reports._mechanisms import PARTS, contributions
from custodes.reports._numbers import PPM, places_for, signed
from custodes.reports._open_round import open_round
from custodes.rounds import inputs_sha256

_MOST_REASONS = 3
_RULES = {
    "first": "the first worldview decides",
    "credence": "the worldviews decide together, each by its credence",
    "maximin": "the worldview under which the portfolio does worst decides",
    "regret": "the largest loss against what a worldview alone would choose decides",
}


def choice_page(edition: Edition, choice: ChoiceRecord) -> dict[str, Any]:
    """What the page of a choice shows."""
    efforts = {effort.id: effort for effort in edition.record.efforts}
    first = choice.asked.worldviews[0]
    return {
        "choice": choice,
        "efforts": efforts,
        "rule": _RULES[choice.asked.rule],
        "told": _told,
        "value": partial(_value, choice),
        "unit": "ppm" if choice.verdict == "risk" else "millionths of a catastrophe",
        "reasons": {id_: _reasons(effort, first) for id_, effort in efforts.items()},
        "levels": f"{1 - (choice.asked.cvar_level or 0.95):.3g}",
        "figure": frontier_figure(choice),
        "outbid": sorted(
            (each for each in choice.not_chosen if each.enters_at_budget is not None),
            key=lambda each: (each.enters_at_budget, each.id),
        ),
        "needed_most": sorted(
            (each for each in choice.chosen if each.loss_if_left_out is not None),
            key=lambda each: (-(each.loss_if_left_out or 0.0), each.id),
        ),
        "costs": {each.id: each.cost for each in choice.chosen},
    }


def _told(risk: float) -> str:
    """A risk in ppm, with its sign."""
    return signed(risk * PPM, places_for(risk * PPM, 0.0))


def _value(choice: ChoiceRecord, number: float) -> str:
    unit = "ppm" if choice.verdict == "risk" else "millionths"
    return f"{_told(number)}\u00a0{unit}"


def _reasons(effort: EffortAssessment, view: str) -> dict[str, list[tuple[str, str]]]:
    """The largest parts for and against an effort, with its recommended conditions."""
    parts = contributions(effort.worldviews[view].after)
    ordered = sorted(parts, key=lambda part: parts[part].mean)
    good = [part for part in ordered if parts[part].mean < 0]
    bad = [part for part in reversed(ordered) if parts[part].mean > 0]
    return {
        side: [
            (PARTS[part].lstrip("1234 "), _told(parts[part].mean))
            for part in names[:_MOST_REASONS]
        ]
        for side, names in (("good", good), ("bad", bad))
    }


def refuse_withheld(edition: Edition, choice: ChoiceRecord) -> None:
    """Refuse a choice that names an effort which is not published.

    Raises:
        InputError: It does; choose among what `only_open` leaves.
    """
    told = {each.id for each in choice.chosen} | {each.id for each in choice.not_chosen}
    if told - {effort.id for effort in edition.record.efforts}:
        raise InputError(
            [
                Fault(
                    message="the choice names efforts that are not published",
                    cure="choose again among the open efforts: `custodes report` does",
                )
            ]
        )


def only_open(assessment: Assessment) -> Assessment:
    """The assessment of what has no handling mark, as if the rest were not there.

    Efforts and challenges with a mark are left out.

    A choice made from it can be published: neither its money nor its limits say anything of an
    effort that is withheld, and its hash is that of the public inputs.
    """
    round_ = open_round(assessment.round_)
    if round_ is assessment.round_:
        return assessment
    open_ = {str(each.id) for each in round_.efforts}
    efforts = tuple(each for each in assessment.record.efforts if each.id in open_)
    told = {"efforts": efforts, "inputs_sha256": inputs_sha256(round_)}
    return Assessment(record=assessment.record.model_copy(update=told), round_=round_)
