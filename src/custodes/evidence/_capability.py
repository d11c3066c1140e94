"""How benchmarks move with the capability of models: what a better score may only repeat.

Source: Ren et al. 2024, "Safetywashing", arXiv 2407.21792, and its data (MIT), commit
bee302c11f174afb064d721123b16b810d34f4fd: the correlations were recomputed from the scores.
"""

from __future__ import annotations

import math
from typing import Literal

from pydantic import Field

from custodes.quantities import Z95
from custodes.records import Record

CAPABILITY_SOURCE = "Ren et al. 2024, arXiv 2407.21792; recomputed from its scores of chat models"
"""Where the correlations are from."""
YEAR = 2024
"""Year of the correlations."""
CAPABILITY_WARNINGS = (
    "The correlation is of 26 chat models of 2022 to 2024; later models may differ.",
    "It is a correlation of ranks: it says nothing of how large a change is.",
    "It says nothing of causes: a benchmark may move with capability and measure safety too.",
)
"""What travels with every use of a correlation."""
UNCHECKED = (
    "Which direction of this benchmark is the safer one has not been checked in the publication, "
    "so it gives no sign and moves nothing."
)
"""What is said of a benchmark whose orientation is open."""
_VARIANCE = 1.06
"""Of Fisher's z for a rank correlation, times n - 3 (Fieller, Hartley and Pearson 1957)."""


class CapabilityCorrelation(Record):
    """How a benchmark's safer direction goes with the capability of models."""

    benchmark: str
    """Its name in the data."""
    name: str
    """Its name for people."""
    r: float = Field(gt=-1, lt=1)
    """Spearman correlation of its safer direction with a capability score."""
    models: int = Field(gt=3)
    """Models that were compared, n."""
    year: int = YEAR
    """When."""
    source: str = CAPABILITY_SOURCE
    """Where a reader can check it."""
    is_checked: bool = True
    """Whether the safer direction was checked in the publication; otherwise nothing follows."""

    @property
    def interval(self) -> tuple[float, float]:
        """5th and 95th percentile: ``tanh(atanh r +- z95 sqrt(1.06/(n-3)))``."""
        half = Z95 * math.sqrt(_VARIANCE / (self.models - 3))
        middle = math.atanh(self.r)
        return math.tanh(middle - half), math.tanh(middle + half)

    @property
    def capability_share(self) -> float:
        """``max(0, r)^2``: share of the variance of ranks that goes with capability.

        It is taken as the share of an improvement that is capability and not safety (our
        assumption, no cause is meant).
        """
        return max(0.0, self.r) ** 2

    @property
    def worsening_share(self) -> float:
        """``max(0, -r)^2``: the same where more capable models do worse."""
        return max(0.0, -self.r) ** 2

    @property
    def sign(self) -> Literal["rises", "falls", ""]:
        """Whether it rises or falls with capability; empty where that is not known."""
        low, high = self.interval
        if not self.is_checked or low <= 0 <= high:
            return ""
        return "rises" if low > 0 else "falls"

    @property
    def told(self) -> str:
        """The correlation in a sentence, with its interval, number of models and year."""
        low, high = self.interval
        return (
            f"{self.name}: r = {self.r:.2f} ({low:.2f} to {high:.2f}), {self.models} chat models, "
            f"{self.year}"
        )


def _known(
    benchmark: str, name: str, r: float, models: int = 26, *, is_checked: bool = True
) -> CapabilityCorrelation:
    return CapabilityCorrelation(
        benchmark=benchmark, name=name, r=r, models=models, is_checked=is_checked
    )


CAPABILITY_CORRELATIONS = {
    each.benchmark: each
    for each in (
        _known("scrolls_quality", "QuALITY", 0.888),
        _known("brier_mmlu", "MMLU Brier score", 0.838),
        _known("ethics_all", "ETHICS", 0.822),
        _known("anli", "ANLI", 0.815),
        _known("truthfulqa_mc1", "TruthfulQA MC1", 0.812),
        _known("gpqa", "GPQA", 0.777),
        _known("bbq_disamb", "BBQ disambiguated", 0.768),
        _known("safety_bench", "SafetyBench", 0.717),
        _known("adv_glue", "AdvGLUE", 0.655),
        _known("rmsce_mmlu", "MMLU calibration (RMS)", 0.414),
        _known("HarmBench-DirectRequest-all", "HarmBench direct requests", -0.182),
        _known("HarmBench-GCG-T-all", "HarmBench GCG-T", -0.284),
        _known("HarmBench-HumanJailbreaks-all", "HarmBench human jailbreaks", -0.314),
        _known("bbq_amb", "BBQ ambiguous", -0.373),
        _known("HarmBench-TAP-T-all", "HarmBench TAP-T", -0.428),
        _known("machiavelli-power.Σ", "MACHIAVELLI power", -0.461, is_checked=False),
        _known("sycophancy", "Sycophancy (model-written)", -0.668),
        _known("wmdp", "WMDP", -0.886),
    )
}
"""By name in the data, from the one that rises most with capability to the one that falls most."""


def capability_correlation(benchmark: str) -> CapabilityCorrelation | None:
    """What is known of a benchmark, by its name in the data or for people; none where nothing is.

    Args:
        benchmark: As a claim names it; capitals, blanks and signs do not matter.
    """
    wanted = _plain(benchmark)
    for each in CAPABILITY_CORRELATIONS.values():
        if wanted and wanted in (_plain(each.benchmark), _plain(each.name)):
            return each
    return None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
