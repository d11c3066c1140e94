"""Reads of judging: what is computed with, panels, answers."""

from custodes_workbench.judgements.selectors.computed import (
    conflicts_computed,
    efforts_handed_in_by,
    experts_computed,
    judgements_computed,
    seeds_computed,
)

__all__ = [
    "conflicts_computed",
    "efforts_handed_in_by",
    "experts_computed",
    "judgements_computed",
    "seeds_computed",
]
