"""The result of one effort: what `assessment.json` holds of each."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from custodes.records import Record

Basis = Literal["judged", "reference class", "mixed"]
"""Whether experts judged it, nobody did, or experts judged a part."""

Heard = Literal["lower camp", "upper camp", "those set aside too", "nobody weighed less"]
"""Who is heard in place of the panel."""


class Summary(Record):
    """A quantity over the worlds, with the standard error of its mean."""

    mean: float
    """Mean over the worlds."""
    p05: float
    """5th percentile."""
    p50: float
    """Median."""
    p95: float
    """95th percentile."""
    standard_error: float = Field(ge=0)
    """Standard error of the mean, from independent scrambles; 0 for a constant."""


class Share(Record):
    """By how much two classes of risk are cut."""

    accident: Summary
    """Accidents: nobody intended it (paper p. 9)."""
    misuse: Summary
    """Misuse by users or by a principal (paper pp. 10, 28)."""


class Disagreement(Record):
    """How much of the variance of net lies between experts."""

    between: float = Field(ge=0)
    """Variance of the experts' own means."""
    within: float = Field(ge=0)
    """Mean of the experts' own variances."""
    share_between: float = Field(ge=0, le=1)
    """`between` over the sum of both; 0 when net does not vary."""


class Result(Record):
    """What one effort does under one worldview, with or without its conditions."""

    benefit: Share
    """Risk taken away; positive is good."""
    increase: dict[str, Summary]
    """Risk added, by mechanism; positive is bad; every mechanism is present."""
    net: Summary
    """Change in risk, increase minus benefit; NEGATIVE IS SAFER."""
    net_accident: Summary
    """The part of net that is accident risk."""
    net_misuse: Summary
    """The part of net that is misuse risk."""
    p_raises_risk: float = Field(ge=0, le=1)
    """Share of worlds in which net is above 1e-13."""
    p_raises_risk_standard_error: float = Field(ge=0)
    """Its standard error."""
    social_value: Summary
    """The separate verdict, in catastrophes; positive is good."""
    p_lowers_social_value: float = Field(ge=0, le=1)
    """Share of worlds in which social value is below -1e-13."""
    p_lowers_social_value_standard_error: float = Field(ge=0)
    """Its standard error."""
    usefulness: Summary
    """Relative gain in usefulness that is credited to the effort."""
    ratio: float | None
    """Mean risk taken away for a unit of mean usefulness; null where usefulness does not rise."""
    ratio_standard_error: float | None
    """Its standard error (delta method over the scrambles); null where the ratio is."""
    net_per_million: float
    """Mean of net for each million of the round's currency."""
    net_per_million_standard_error: float = Field(ge=0)
    """Its standard error."""
    disagreement: Disagreement | None
    """Between and within experts; null where fewer than two experts judged."""


class BeforeAfter(Record):
    """Without and with the conditions."""

    before: Result
    """No conditions."""
    after: Result
    """The effort in a world with its conditions."""


class QuantityUsed(Record):
    """One input of an effort, as it was used."""

    basis: Basis
    """`judged` or `reference class`."""
    p05: float
    """5th percentile of what was used."""
    p50: float
    """Median of what was used."""
    p95: float
    """95th percentile of what was used."""
    experts: int = Field(ge=0)
    """How many experts' answers are in it."""


class Driver(Record):
    """How much one input drives net: what an analyst looks at first."""

    quantity: str
    """Name of the input."""
    owner: Literal["effort", "system", "world"]
    """What the input belongs to."""
    rank_correlation: float = Field(ge=-1, le=1)
    """Spearman correlation of the input with net over the worlds, before conditions."""


class OtherStep(Record):
    """A mitigation that others could carry out, and what it would do to the effort's net."""

    id: str
    """The mitigation."""
    who: str
    """Who would carry it out."""
    net_change: float
    """Change of the mean net (or of minus social value, where that decides), averaged over the
    worldviews, on top of the package."""
    standard_error: float = Field(ge=0)
    """Its standard error."""


class OtherResult(Record):
    """Net under one worldview, had others been heard."""

    before: Summary
    """Net without conditions."""
    after: Summary
    """Net with the conditions of the effort as assessed."""
    p_raises_risk_before: float = Field(ge=0, le=1)
    """Share of worlds in which it raises risk without conditions."""
    p_raises_risk_after: float = Field(ge=0, le=1)
    """The same with the conditions."""


class OtherPanel(Record):
    """What an effort would do, had others been heard on it; nothing else differs."""

    heard: Heard
    """Which: one of two camps that are far apart, those set aside for a conflict as well, or all
    with their own weight where a conflict makes somebody's answers count for less."""
    quantities: tuple[str, ...]
    """The questions that part the two camps; empty where it is no camp."""
    experts: int = Field(ge=0)
    """How many are heard."""
    worldviews: dict[str, OtherResult]
    """Results by worldview."""


class EffortAssessment(Record):
    """One effort, under every worldview."""

    id: str
    """The effort."""
    title: str
    """Its title."""
    kind: str
    """Its reference class."""
    kind_suggested: bool
    """Whether the kind was only suggested from the text."""
    cost: float
    """Mean cost, in `currency`."""
    currency: str
    """The round's currency."""
    basis: Basis
    """Whether its quantities were judged."""
    quantities: dict[str, QuantityUsed]
    """Every effort quantity, as it was used."""
    conditions: tuple[str, ...]
    """The recommended package, or the one that was given, same in every worldview."""
    conditions_cost: float = Field(ge=0)
    """What the conditions cost the institution, in `currency`."""
    conditions_given: bool
    """Whether a person fixed the package."""
    qualifies: bool
    """Whether P(raises risk) is within the limit under every worldview with the conditions."""
    others_could: tuple[OtherStep, ...]
    """Up to three mitigations outside the institution's reach that would lower net the most."""
    drivers: dict[str, tuple[Driver, ...]]
    """By worldview: the inputs that drive net before conditions, strongest first."""
    worldviews: dict[str, BeforeAfter]
    """Results by worldview."""
    other_panels: tuple[OtherPanel, ...] = ()
    """The same under each camp alone where camps are far apart, with those set aside, and with
    nobody weighed less."""

    def worldview(self, name: str) -> BeforeAfter:
        """The results under one worldview.

        Raises:
            KeyError: It was not assessed under that worldview.
        """
        return self.worldviews[name]
