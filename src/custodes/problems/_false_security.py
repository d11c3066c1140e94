"""Problem 2, false sense of security: risk is believed to be lower than it is.

Source: paper pp. 21-24; docs/explanation/model.md.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Mechanism, Problem, Quantity, Worlds

OVERSTATEMENT = Quantity(
    name="overstatement",
    symbol="o",
    meaning="Believed cut over actual cut, if the effort succeeds; 1 is honest.",
    question="If it succeeds: the reduction of risk that people will believe in, divided by the "
    "real one?",
    unit="ratio",
    low=0,
    high=20,
    family="positive",
    owner="effort",
    page="21-22",
    operation="excess",
)
BELIEVED_IF_FAILED = Quantity(
    name="believed_if_failed",
    symbol="b_f",
    meaning="Believed cut over promised cut, if the effort fails.",
    question="If it fails: what share of the hoped-for reduction will still be believed?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="21",
    operation="times",
)
OVER_GENERALISING = Quantity(
    name="over_generalising",
    symbol="o_g",
    meaning="Share of the audience that takes a cut today for a cut at scale.",
    question="What share of its audience will take a result about today's systems as true of "
    "later, more capable ones?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="22, 24",
    operation="times",
)
COVERAGE_CONFUSION = Quantity(
    name="coverage_confusion",
    symbol="kappa",
    meaning="Hazards not addressed that are believed addressed, for each unit of cut (fn 39).",
    question="For each unit of risk that it cuts: how much risk of other kinds will wrongly be "
    "taken as cut too?",
    unit="ratio",
    low=0,
    high=20,
    family="positive",
    owner="effort",
    page="21, fn 39",
    operation="times",
)
WASHING = Quantity(
    name="washing",
    symbol="omega_w",
    meaning="Risk cut that the audience credits to communication alone.",
    question="What share of the risk will its audience take to be cut because of how it is "
    "communicated, beyond what it does?",
    unit="share of risk",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="22-24",
    operation="times",
)
ROLLBACK = Quantity(
    name="rollback",
    symbol="r_b",
    meaning="Probability that a bad deployment is corrected in time.",
    question="If it turns out to be dangerous after deployment: how likely is it that this is "
    "corrected in time?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="system",
    page="24",
    operation="lift",
)
RELAXATION = Quantity(
    name="relaxation",
    symbol="g",
    meaning="Precautions dropped for each unit of risk cut that is believed but not real.",
    question="If society believes risk to be 10 % lower than it is: by what share of that does "
    "risk rise because precautions are dropped?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="21-24",
)

EFFORT_QUANTITIES = (
    OVERSTATEMENT,
    BELIEVED_IF_FAILED,
    OVER_GENERALISING,
    COVERAGE_CONFUSION,
    WASHING,
)
SYSTEM_QUANTITIES = (ROLLBACK,)
WORLD_QUANTITIES = (RELAXATION,)

FALSE_SECURITY = Problem(
    name="false_security",
    title="False sense of security",
    statement="An effort may make decision makers or society believe that risk is low when it is "
    "not, so that precautions that would have been taken are not.",
    page="21-24",
    mechanisms=(
        Mechanism(
            name="false_security.system",
            title="This system is believed safer than it is",
            statement="A system looks aligned and is not; it is deployed, or watched less.",
            page="21-22",
            formula="cf g k max(H - E, 0)(1 - r_b), and cf rho (Q_p - Q_t) h_1 of the deployment",
            quantities=("overstatement", "believed_if_failed", "relaxation", "rollback"),
        ),
        Mechanism(
            name="false_security.scaling",
            title="Works now, does not scale",
            statement="A method that works for today's systems is taken to work for later ones.",
            page="22",
            formula="cf g k o_g max(E, 0)(1 - s_c)",
            quantities=("over_generalising", "scaling", "relaxation"),
        ),
        Mechanism(
            name="false_security.safety_washing",
            title="Safety-washing",
            statement="Work or talk that is meant to look safe is credited with safety.",
            page="22-23",
            formula="cf g min(omega_w phi, 1)",
            quantities=("washing", "relaxation"),
        ),
        Mechanism(
            name="false_security.partial_coverage",
            title="Partial coverage",
            statement="Some hazards are addressed, and others are believed to be (fn 39).",
            page="21, fn 39",
            formula="cf g k kappa max(E, 0)",
            quantities=("coverage_confusion", "relaxation"),
        ),
    ),
    quantities=EFFORT_QUANTITIES + SYSTEM_QUANTITIES + WORLD_QUANTITIES,
)

MOST_BELIEVED = 0.999
"""Nobody believes that more than this share of risk is cut (docs/explanation/model.md)."""


def cut_believed_if_success(*, cut: Worlds, overstatement: Worlds) -> Worlds:
    """H = min(o F, .999) where F > 0, otherwise F: what is believed if the effort succeeds."""
    return np.where(np.asarray(cut) > 0, np.minimum(overstatement * cut, MOST_BELIEVED), cut)


def cut_believed_if_failure(
    *, cut: Worlds, overstatement: Worlds, believed_if_failed: Worlds
) -> Worlds:
    """H = min(o b_f F, .999) where F > 0, otherwise 0: what is believed although it failed."""
    believed = np.minimum(overstatement * believed_if_failed * cut, MOST_BELIEVED)
    return np.where(np.asarray(cut) > 0, believed, 0.0)


def system(
    *,
    credit: Worlds,
    relaxation: Worlds,
    carry_over: Worlds,
    cut_believed: Worlds,
    cut_true: Worlds,
    rollback: Worlds,
) -> Worlds:
    """The term cf g k max(H - E, 0)(1 - r_b): dropped because a cut is believed (p. 21)."""
    unfounded = np.maximum(cut_believed - cut_true, 0.0)
    return credit * relaxation * carry_over * (1.0 - rollback) * unfounded


def scaling(
    *,
    credit: Worlds,
    relaxation: Worlds,
    carry_over: Worlds,
    over_generalising: Worlds,
    cut_true: Worlds,
    scaling: Worlds,
) -> Worlds:
    """The term cf g k o_g max(E, 0)(1 - s_c): dropped where it fails at scale (p. 22)."""
    lost = credit * relaxation * carry_over * over_generalising * (1.0 - scaling)
    return lost * np.maximum(cut_true, 0.0)


def safety_washing(
    *, credit: Worlds, relaxation: Worlds, washing: Worlds, cost_factor: Worlds
) -> Worlds:
    """The term cf g min(omega_w phi, 1): dropped for appearance alone (pp. 22-23)."""
    return credit * relaxation * np.minimum(washing * cost_factor, 1.0)


def washing_of_claim(*, credited: Worlds, claim_holds: Worlds, claimed_cut: Worlds) -> Worlds:
    """``a (1 - h) e_c``: risk that one claim's audience takes to be cut, and is not (p. 24).

    An effort's `washing` is the sum over its claims, at most 1; a share of risk.
    """
    return credited * (1.0 - claim_holds) * claimed_cut


def partial_coverage(
    *,
    credit: Worlds,
    relaxation: Worlds,
    carry_over: Worlds,
    coverage_confusion: Worlds,
    cut_true: Worlds,
) -> Worlds:
    """The term cf g k kappa max(E, 0): dropped against hazards not addressed (fn 39)."""
    confused = credit * relaxation * carry_over * coverage_confusion
    return confused * np.maximum(cut_true, 0.0)
