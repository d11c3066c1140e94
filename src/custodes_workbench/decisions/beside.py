"""What goes beside the public site of a round: the app that has it registers a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from custodes.decisions import Critique, FollowUp

if TYPE_CHECKING:
    from custodes_workbench.rounds.models import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What of public critique goes beside a site."""

    critiques: tuple[Critique, ...] = ()
    """Critiques of the approach and of the round's pages."""
    corrections: Mapping[str, tuple[FollowUp, ...]] = field(
        default_factory=dict[str, tuple[FollowUp, ...]]
    )
    """Corrections of what was published, by the effort's id."""


Teller: TypeAlias = "Callable[[Round], Beside]"
"""Tells what goes beside the site of a round."""

_TELLERS: list[Teller] = []


def tell_beside(teller: Teller) -> None:
    """Add the function of the app that has it; called once, when the app is ready."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def beside(round_: Round) -> Beside:
    """What goes beside the site of a round, from every app that has something.

    Args:
        round_: The round.
    """
    told = [teller(round_) for teller in _TELLERS]
    corrections: dict[str, tuple[FollowUp, ...]] = {}
    for each in told:
        for effort, steps in each.corrections.items():
            corrections[effort] = (*corrections.get(effort, ()), *steps)
    critiques = tuple(critique for each in told for critique in each.critiques)
    return Beside(critiques=critiques, corrections=corrections)
