"""A proposed alignment effort, its kind, and its explanation of why it reduces risk."""

from custodes.catalogue import HAZARDS
from custodes.efforts._effort import Effort, EffortId
from custodes.efforts._kinds import KINDS, Kind, ReferenceClass, reference_classes
from custodes.efforts._suggestion import KindSuggestion, SpokenWord, suggest_kind

__all__ = [
    "HAZARDS",
    "KINDS",
    "Effort",
    "EffortId",
    "Kind",
    "KindSuggestion",
    "ReferenceClass",
    "SpokenWord",
    "reference_classes",
    "suggest_kind",
]
