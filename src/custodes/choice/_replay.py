"""A kept choice, computed again: the same, or what has changed since.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from custodes.assessment import Assessment, Progress, assess
from custodes.choice._choose import choose
from custodes.choice._record import ChoiceRecord
from custodes.choice._s_process import Curve
from custodes.choice._telling import inputs_of
from custodes.rounds import Round

PARTS: Mapping[str, str] = {
    "settings": "round.toml",
    "efforts": "efforts.csv",
    "judgements": "judgements.csv",
    "experts": "experts.csv",
    "conflicts": "conflicts.csv",
    "calibration": "calibration.csv",
    "challenges": "challenges.csv",
    "worldviews": "worldviews",
    "systems": "systems.toml",
    "mitigations": "mitigations.toml",
    "curves": "curves.csv",
    "corrections": "corrections.toml",
    "claims": "claims.csv",
    "audits": "evidence",
}
"""Where each part of a round is written."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A choice computed again."""

    record: ChoiceRecord
    """What was found now, with the seconds of the kept one."""
    changed: tuple[str, ...]
    """Inputs that are not what they were: files of the round, versions."""
    differs: tuple[str, ...]
    """Fields of the choice that are not what they were."""

    @property
    def is_same(self) -> bool:
        """Whether the choice is what was kept, in every field."""
        return not self.differs


def replay(
    kept: ChoiceRecord,
    round_: Round,
    *,
    curves: Sequence[Curve] = (),
    progress: Progress | None = None,
) -> Replayed:
    """Compute a kept choice again, from the round as it is now.

    Args:
        kept: The choice as it was written.
        round_: The round.
        curves: Its recommenders' curves.
        progress: Told how far it is.

    Raises:
        InputError: The round lacks what the choice hangs on.
    """
    asked = kept.asked
    assessment = assess(
        round_,
        worldviews=asked.worldviews,
        samples=asked.samples,
        seed=asked.seed,
        sampler=asked.sampler,
        conditions=asked.conditions,
        progress=progress,
    )
    found = choose(
        assessment,
        budget=asked.budget,
        cap_p_raises_risk=asked.cap_p_raises_risk,
        cvar=None if asked.cvar_level is None else (asked.cvar_level, asked.cvar_limit or 0.0),
        cap_p_portfolio=asked.cap_p_portfolio,
        rule=asked.rule,
        packages=asked.packages,
        blocked=asked.blocked,
        curves=curves,
        progress=progress,
    )
    certificate = found.certificate.model_copy(update={"seconds": kept.certificate.seconds})
    found = found.model_copy(update={"certificate": certificate})
    return Replayed(
        record=found,
        changed=changed_inputs(kept, assessment, curves),
        differs=tuple(
            name
            for name in ChoiceRecord.model_fields
            if getattr(found, name) != getattr(kept, name)
        ),
    )


def changed_inputs(
    kept: ChoiceRecord, assessment: Assessment, curves: Sequence[Curve]
) -> tuple[str, ...]:
    """What a choice hangs on and is not what it was, in words."""
    now = inputs_of(assessment, curves)
    told = [
        f"{PARTS.get(part, part)} has changed"
        for part in sorted({*now, *kept.inputs})
        if now.get(part) != kept.inputs.get(part)
    ]
    if kept.library_version != version("custodes"):
        told.append(f"Custodes was {kept.library_version} and is {version('custodes')}")
    libraries = f"scipy {version('scipy')}, numpy {version('numpy')}"
    if kept.certificate.library != libraries:
        told.append(f"libraries were {kept.certificate.library} and are {libraries}")
    return tuple(told)
