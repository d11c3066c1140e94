"""The page of a choice: what is chosen and why, and what would change it."""

from __future__ import annotations

from functools import partial
from typing import Any

from custodes.choice import ChoiceRecord
from custodes.errors import Fault, InputError
from custodes.reports._choice_figures import frontier_figure
from custodes.reports._edition import Edition
from custodes.reports._mechanisms import largest_parts
from custodes.reports._numbers import PPM, places_for, signed

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
        "reasons": {
            id_: largest_parts(effort.worldviews[first].after) for id_, effort in efforts.items()
        },
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
