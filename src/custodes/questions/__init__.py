"""Which question to which expert is worth most."""

from custodes.questions._ask import ask
from custodes.questions._evpi import evpi, evpi_of_normal, expected_losses, shares_best
from custodes.questions._evppi import Estimate, evppi, evppi_of_classes
from custodes.questions._record import (
    EffortValue,
    Flip,
    GroupValue,
    Question,
    QuestionsRecord,
)

__all__ = [
    "EffortValue",
    "Estimate",
    "Flip",
    "GroupValue",
    "Question",
    "QuestionsRecord",
    "ask",
    "evpi",
    "evpi_of_normal",
    "evppi",
    "evppi_of_classes",
    "expected_losses",
    "shares_best",
]
