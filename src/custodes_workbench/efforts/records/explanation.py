"""The explanation of why an effort reduces risk in particular (paper pp. 18, 24, 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from custodes import catalogue
from custodes.efforts import HAZARDS
from custodes.records import Record
from custodes_workbench.efforts.models import Revision

DEFINITIONS = {
    "minimal": "minimal: the system does what its principal wants",
    "maximal": "maximal: the system does what is good, by some standard",
    "hazard_focused": "hazard-focused: the system is free of hazards such as deception",
}
"""What alignment can mean (paper p. 33)."""

ALIGNED_TO = {
    "developer": "to its developer",
    "user": "to its user",
    "other": "to somebody else, named below",
}
"""With whom a system can be aligned (paper p. 28)."""

NO_WAY = "I see no way, because"
"""How somebody says that an effort cannot raise risk by a problem, with the reason."""

Holds = Literal["yes", "no", ""]


class Claim(Record):
    """One claim: which hazard falls, how, and why risk falls more than usefulness rises."""

    id: str = Field(pattern="^c[1-9][0-9]*$")
    """Its name for challenges, evidence and comments; never given to another claim."""
    claim: str = Field(min_length=1)
    """What is claimed."""
    hazard: str = ""
    """The hazard, from the list."""
    mechanism: str = ""
    """How it reduces risk."""
    in_particular: str = ""
    """Why risk falls more than usefulness rises."""
    systems: str = ""
    """On which systems."""
    holds: Holds = ""
    """Whether it holds for more capable systems."""
    public_text: str = ""
    """What the public text says about that."""
    shown_wrong_by: str = ""
    """What would show it wrong."""
    evidence: str = ""
    """Evidence."""

    @property
    def risk_class(self) -> str:
        """Accident or misuse."""
        return HAZARDS.get(self.hazard, "")


class Explanation(Record):
    """What an applicant says: claims, and what is asked once."""

    claims: tuple[Claim, ...] = ()
    """The claims, in the applicant's order."""
    aligned_to: str = ""
    """Developer, user, or somebody else."""
    who_pays: str = ""
    """Who pays besides the institution."""
    done_anyway: str = ""
    """What developers would do without it, and when."""
    raises: dict[str, str] = Field(default_factory=dict)
    """How it could raise risk, by problem."""
    mitigated: dict[str, str] = Field(default_factory=dict)
    """What the applicant would do about that, by problem."""
    dual_use_findings: str = ""
    """Findings that could help dangerous capabilities."""
    milestones: str = ""
    """What will be done by when."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form: its name, its words, and how long an answer may be."""

    name: str
    label: str
    hint: str = ""
    words: int = 150
    """At most so many words; 0 for a line or a choice."""
    rows: int = 3
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    readers: str = "officers, the panel, red-teamers; everybody once published"


_YES_NO = (("", "not stated"), ("yes", "yes"), ("no", "no"))

QUESTIONS_OF_A_CLAIM = (
    Asked("claim", "What do you claim?", "One sentence that could turn out false.", 60, 2),
    Asked(
        "hazard",
        "Which hazard falls?",
        "Each is an accident or a misuse.",
        0,
        choices=(
            ("", "choose one"),
            *(
                (name, f"{name.replace('_', ' ').capitalize()} ({risk})")
                for name, risk in HAZARDS.items()
            ),
        ),
    ),
    Asked("mechanism", "How does it reduce risk?", "The mechanism, in words.", 200, 4),
    Asked(
        "in_particular",
        "Why does it reduce risk in particular?",
        "Why risk falls by more than usefulness rises. Whatever makes systems more useful "
        "speeds up their successors too (paper p. 18).",
        200,
        4,
    ),
    Asked("systems", "On which systems?", "", 60, 2),
    Asked(
        "holds",
        "Does it hold for more capable systems?",
        "Paper p. 24.",
        0,
        choices=_YES_NO,
    ),
    Asked(
        "public_text",
        "What does the public text say about that?",
        "What a reader of your paper or web page would believe.",
        100,
        3,
        required=False,
    ),
    Asked("shown_wrong_by", "What would show it wrong?", "A result that you could get.", 100, 3),
    Asked("evidence", "Evidence", "Results, papers, addresses.", 150, 3, required=False),
)
"""What is asked about every claim, in order."""

ONCE = (
    Asked(
        "definition_of_alignment",
        "Which definition of alignment do you use?",
        "Paper p. 33.",
        0,
        choices=(("", "choose one"), *DEFINITIONS.items()),
    ),
    Asked(
        "aligned_to",
        "Aligned with whom?",
        "",
        0,
        choices=(("", "choose one"), *ALIGNED_TO.items()),
    ),
    Asked("principal", "Who is the principal?", "Whose wants the systems serve.", 60, 2),
    Asked("who_pays", "Who pays?", "Besides this institution.", 60, 2),
    Asked("done_anyway", "What would developers do anyway, and when?", "", 150, 3),
    Asked(
        "dual_use",
        "Could your findings also speed up dangerous capabilities?",
        "Paper p. 19.",
        0,
        choices=_YES_NO,
    ),
    Asked(
        "dual_use_findings",
        "Which findings, and how would you handle them?",
        "Describe the class of finding, not the finding.",
        150,
        3,
        required=False,
    ),
    Asked("milestones", "Milestones", "What will be done by when.", 150, 4),
)
"""What is asked once."""

PROBLEMS_ASKED = tuple(
    (
        problem,
        (
            Asked(
                f"raises_{problem.name}",
                "How could your effort raise risk in this way?",
                f"If you see no way, write: {NO_WAY} ...",
                200,
                4,
            ),
            Asked(
                f"mitigated_{problem.name}",
                "What would you do about it?",
                "",
                150,
                3,
                required=False,
            ),
        ),
    )
    for problem in catalogue.PROBLEMS
)
"""The paper's problems, each with its two questions."""


def explanation_of(revision: Revision) -> Explanation:
    """What a revision explains; nothing where it was imported."""
    return Explanation.model_validate(revision.explanation)
