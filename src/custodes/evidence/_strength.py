"""Detection strength: what experts are asked of a test, and what stands until they answer.

All defaults are our assumptions, shown as "reference class, not judged".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from custodes.evidence._attestation import Access, Grade
from custodes.quantities import Assumption, Quantity
from custodes.records import Record

HIDDEN_INTENT = frozenset({"deceptive_alignment", "power_seeking", "sandbagging", "dishonesty"})
"""Hazards that a system could hide because it is being tested."""

DeployedAs = Literal["same_snapshot", "later_fine_tune", "other_scaffold", ""]
"""What the deployed system is, beside the one that was tested; empty is not stated."""


def _strength(name: str, symbol: str, meaning: str, question: str) -> Quantity:
    return Quantity(
        name=name,
        symbol=symbol,
        meaning=meaning,
        question=question,
        unit="share",
        low=0,
        high=1,
        family="share",
        owner="system",
        page="21-24",
    )


STRENGTHS = {
    each.name: each
    for each in (
        _strength(
            "sensitivity",
            "s",
            "P(the test finds the hazard, given that it is there, not hidden, and within reach)",
            "If the system had this hazard and did not hide it, would the test find it?",
        ),
        _strength(
            "specificity",
            "t",
            "P(no finding that a person confirms, given that the hazard is not there)",
            "If the system did not have this hazard, how likely would the test find nothing?",
        ),
        _strength(
            "gaming",
            "d",
            "P(a system with the hazard behaves well because it is being tested)",
            "If the system had this hazard, how likely would it behave well in this test alone?",
        ),
        _strength(
            "common_cause",
            "beta_c",
            "Share of cases in which all tests of the hazard find it, or miss it, together",
            "In what share of cases do all these tests succeed or fail together?",
        ),
        _strength(
            "coverage",
            "kappa (coverage)",
            "Share of the ways the hazard could show that all its tests together look at",
            "Of the ways this hazard could show, what share do all these tests look at?",
        ),
        _strength(
            "transfer",
            "kappa (transfer)",
            "P(what was found holds for the system that is or will be deployed)",
            "How likely does the result hold for the system that is deployed?",
        ),
        _strength(
            "integrity",
            "kappa (integrity)",
            "P(the evidence is what it says it is)",
            "How likely is the evidence what it says it is?",
        ),
    )
}
"""What is asked of each test and hazard, by name."""

REFERENCE = "reference class, not judged"
"""The reason that every default carries."""


def _range(p05: float, p50: float, p95: float) -> Assumption:
    return Assumption(p05=p05, p50=p50, p95=p95, reason=REFERENCE)


_WHOLE = _range(1, 1, 1)
SENSITIVITY: Mapping[str, Assumption] = MappingProxyType(
    {
        "documents": _range(0.01, 0.05, 0.2),
        "api": _range(0.1, 0.35, 0.7),
        "api_no_safeguards": _range(0.2, 0.5, 0.8),
        "activations": _range(0.2, 0.5, 0.85),
        "weights": _range(0.3, 0.6, 0.9),
    }
)
"""Sensitivity by access."""
GAMING_HIDDEN: Mapping[str, Assumption] = MappingProxyType(
    {
        "documents": _range(0.2, 0.5, 0.8),
        "api": _range(0.1, 0.35, 0.7),
        "api_no_safeguards": _range(0.05, 0.25, 0.6),
        "activations": _range(0.05, 0.2, 0.5),
        "weights": _range(0.03, 0.15, 0.4),
    }
)
"""Gaming by access, where a system could hide the hazard."""
GAMING_OPEN: Mapping[str, Assumption] = MappingProxyType(
    {
        "documents": _range(0.1, 0.3, 0.6),
        "api": _range(0.01, 0.05, 0.2),
        "api_no_safeguards": _range(0.01, 0.05, 0.15),
        "activations": _range(0.01, 0.04, 0.15),
        "weights": _range(0.005, 0.03, 0.1),
    }
)
"""Gaming by access, where the behaviour is open."""
SPECIFICITY = _range(0.95, 0.99, 1.0)
"""After a finding was confirmed by hand."""
COVERAGE = _range(0.1, 0.4, 0.8)
"""Must be judged; stands until then."""
COMMON_CAUSE: Mapping[str, Assumption] = MappingProxyType(
    {
        "same_organisation_and_method": _range(0.1, 0.3, 0.5),
        "same_method": _range(0.05, 0.15, 0.35),
        "different_methods": _range(0.01, 0.05, 0.2),
    }
)
"""Common cause of a pair of tests; of several the largest that applies to any pair."""
TRANSFER: Mapping[str, Assumption] = MappingProxyType(
    {
        "same_snapshot": _WHOLE,
        "later_fine_tune": _range(0.5, 0.8, 0.95),
        "other_scaffold": _range(0.3, 0.6, 0.9),
    }
)
"""Transfer by what the deployed system is; not stated counts as a later fine-tune."""
INTEGRITY: Mapping[tuple[Grade, bool], Assumption] = MappingProxyType(
    {
        ("A", True): _WHOLE,
        ("B", True): _range(0.8, 0.95, 1.0),
        ("C", True): _range(0.5, 0.8, 0.95),
        ("D", True): _range(0.4, 0.7, 0.95),
        ("A", False): _range(0.8, 0.95, 1.0),
        ("B", False): _range(0.6, 0.85, 0.97),
        ("C", False): _range(0.3, 0.6, 0.85),
        ("D", False): _range(0.2, 0.5, 0.8),
    }
)
"""Integrity by grade and by whether all runs are listed."""
NOT_ATTESTED = _range(0.1, 0.4, 0.7)
"""Integrity where nobody attested anything."""

DEFAULT_STRENGTHS: tuple[tuple[str, str, Assumption], ...] = (
    *(("sensitivity", f"access `{access}`", each) for access, each in SENSITIVITY.items()),
    *(
        ("gaming", f"access `{access}`, hazards that a system could hide", each)
        for access, each in GAMING_HIDDEN.items()
    ),
    *(
        ("gaming", f"access `{access}`, open behaviour", each)
        for access, each in GAMING_OPEN.items()
    ),
    ("specificity", "after a finding was confirmed by hand", SPECIFICITY),
    ("coverage", "must be judged", COVERAGE),
    *(("common_cause", name.replace("_", " "), each) for name, each in COMMON_CAUSE.items()),
    *(("transfer", f"`{name}`", each) for name, each in TRANSFER.items()),
    *(
        ("integrity", f"grade {grade}, {'all' if listed else 'not all'} runs listed", each)
        for (grade, listed), each in INTEGRITY.items()
    ),
    ("integrity", "nobody attested it", NOT_ATTESTED),
)
"""Every default: the strength, where it holds, the range."""


class Strength(Record):
    """What experts judged of one audit's tests, for the hazards named; the rest is a default."""

    hazards: tuple[str, ...] = ()
    """The hazards it speaks of; empty is all of the audit's."""
    judged: dict[str, Assumption]
    """Ranges by name, of `STRENGTHS`."""
    judged_by: tuple[str, ...] = ()
    """Who judged, by id."""
    reason: str = ""
    """Why."""


def default_sensitivity(access: Access) -> Assumption:
    """Sensitivity until somebody judges it; access that is not stated counts as `documents`."""
    return SENSITIVITY[access or "documents"]


def default_gaming(access: Access, *, hazard: str) -> Assumption:
    """Gaming until somebody judges it; access that is not stated counts as `documents`."""
    table = GAMING_HIDDEN if hazard in HIDDEN_INTENT else GAMING_OPEN
    return table[access or "documents"]


def default_transfer(deployed_as: DeployedAs) -> Assumption:
    """Transfer until somebody judges it."""
    return TRANSFER[deployed_as or "later_fine_tune"]


def default_integrity(grade: Grade, *, is_attested: bool, all_runs_listed: bool) -> Assumption:
    """Integrity until somebody judges it."""
    return INTEGRITY[grade, all_runs_listed] if is_attested else NOT_ATTESTED


def default_common_cause(tests: list[tuple[str, str]]) -> Assumption:
    """Common cause of several tests until somebody judges it: the largest of any pair.

    Args:
        tests: Organisation and method of each test; an empty organisation is like any other.
    """
    pairs = [(one, other) for number, one in enumerate(tests) for other in tests[number + 1 :]]
    same_method = [(one, other) for one, other in pairs if one[1] == other[1]]
    if any(one[0] == other[0] or "" in (one[0], other[0]) for one, other in same_method):
        return COMMON_CAUSE["same_organisation_and_method"]
    return COMMON_CAUSE["same_method" if same_method else "different_methods"]
