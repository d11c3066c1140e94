"""What an institution assumes about the world before it looks at any effort."""

from __future__ import annotations

from pydantic import Field

from custodes.quantities import Assumption
from custodes.records import Record


class Correlation(Record):
    """Two quantities that move together."""

    a: str
    """A quantity."""
    b: str
    """Another with the same owner."""
    rank: float = Field(gt=-1, lt=1)
    """Spearman rank correlation."""


class Worldview(Record):
    """Every world quantity, with its reason."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    """Name, as the file is called."""
    title: str = Field(min_length=1)
    """Name for people."""
    summary: str = ""
    """The view in two sentences."""
    base: str = "central"
    """Preset that fills what is missing."""
    horizon: int = Field(default=2050, gt=2000)
    """The year its risks speak of."""
    quantities: dict[str, Assumption]
    """Every world quantity by name."""
    face_value: Assumption = Assumption(p05=0.2, p50=0.5, p95=0.8, reason="no good data")
    """Share of decision makers who take the evidence of audits at face value."""
    harm_arrival_rate: Assumption = Assumption(
        p05=0.005, p50=0.02, p95=0.1, reason="no good data: one in fifty months"
    )
    """Rate a month at which harm arrives once a system's problem is active; it matters only where
    P(corrected in time) is computed."""
    correlations: tuple[Correlation, ...] = ()
    """Rank correlations; none by default."""
