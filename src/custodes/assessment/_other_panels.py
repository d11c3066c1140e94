"""Who might have been heard instead: each far-apart camp, those set aside, all in full weight.

Source: docs/explanation/judgement.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from custodes import catalogue
from custodes.assessment._inputs import Subject, effort_subject, heard_on
from custodes.assessment._record import Heard
from custodes.efforts import Effort
from custodes.judgements import Voices, camps_of, panel_of, set_aside, voices
from custodes.rounds import Round


@dataclass(frozen=True, slots=True)
class OtherInputs:
    """An effort's quantities, had others been heard."""

    heard: Heard
    """Who."""
    quantities: tuple[str, ...]
    """The questions that part the camps; none where it is no camp."""
    subject: Subject
    """Its quantities, ready to be drawn."""


def other_panels(round_: Round, effort: Effort) -> tuple[OtherInputs, ...]:
    """What an effort is drawn from under each camp, with those set aside, and in full weight.

    Camps count where they are far apart. Who gave no answer to the question that parts them is
    heard in both; what nobody in a camp answered is the reference class.

    Args:
        round_: The round.
        effort: One of its efforts.
    """
    aside = set_aside(effort.id, round_.conflicts)
    heard = heard_on(round_, effort.id, aside=aside)
    others = [
        OtherInputs(
            camp, names, effort_subject(round_, effort, heard_on(round_, effort.id, aside=out))
        )
        for camp, names, out in _camps(round_, heard, aside)
    ]
    everybody = heard_on(round_, effort.id, aside=())
    if everybody != heard:
        others.append(
            OtherInputs("those set aside too", (), effort_subject(round_, effort, everybody))
        )
    in_full = voices(effort.id, round_.judgements, round_.experts, aside=aside)
    if in_full != heard:
        others.append(
            OtherInputs("nobody weighed less", (), effort_subject(round_, effort, in_full))
        )
    return tuple(others)


def _camps(
    round_: Round, heard: Voices, aside: frozenset[str]
) -> Iterator[tuple[Heard, tuple[str, ...], frozenset[str]]]:
    """Each camp, the questions that part it from the other, and who is out where it is alone."""
    parted: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
    for quantity in catalogue.quantities_of("effort"):
        amounts = heard.answers.get(quantity.name)
        if not amounts:
            continue
        panel = panel_of(amounts, quantity, weights=heard.weights, shape=round_.shape)
        split = camps_of(panel)
        if split is not None and split.far_apart:
            names = tuple(panel.amounts)
            lower, upper = (frozenset(names[at] for at in camp) for camp in split.camps)
            parted.setdefault((lower, upper), []).append(quantity.name)
    for (lower, upper), questions in parted.items():
        yield "lower camp", tuple(questions), aside | upper
        yield "upper camp", tuple(questions), aside | lower
