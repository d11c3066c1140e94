"""Problem 3, the dangerous valley: safe enough to be deployed, not safe enough for society.

Source: paper pp. 25-27; docs/explanation/model.md. The two thresholds are those of
`custodes.scenarios`.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from custodes.quantities import Mechanism, Problem, Quantity, Worlds, mean_exponential

MADE_SAFER_SHARE = Quantity(
    name="made_safer_share",
    symbol="alpha",
    meaning="Share of the cut that acts by making deployed systems safer (1) and not by blocking "
    "bad ones (0).",
    question="Of what it prevents: what share comes from making deployed systems safer? The rest "
    "comes from stopping bad ones.",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="6-7, 25",
)
SAFETY_LOGIT = Quantity(
    name="safety_logit",
    symbol="x_0",
    meaning="Log-odds of no catastrophe, given that the system is deployed as it is.",
    question="If the system were deployed as it is: what are the odds of no catastrophe (as a "
    "natural log)?",
    unit="logit",
    low=-12,
    high=20,
    family="real",
    owner="system",
    page="25",
)
REACH = Quantity(
    name="reach",
    symbol="rho_0",
    meaning="Probability that the system is of catastrophic reach.",
    question="How likely is it that this system could cause a large-scale catastrophe at all?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="system",
    page="25",
)
MISUSE_SHARE = Quantity(
    name="misuse_share",
    symbol="mu",
    meaning="Share of its hazard that is misuse by users.",
    question="Of the danger of this system: what share is misuse by its users?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="system",
    page="9-10, 25",
)
TRAINING_SHARE = Quantity(
    name="training_share",
    symbol="tau",
    meaning="Share of its hazard that arises in training or limited deployment.",
    question="Of the danger of this system: what share is there already in training or limited "
    "deployment?",
    unit="share",
    low=0,
    high=0.99,
    family="share",
    owner="system",
    page="26",
)
DEPLOYERS = Quantity(
    name="deployers",
    symbol="N",
    meaning="Actors that can each deploy it alone.",
    question="How many actors could each deploy a system like this on their own?",
    unit="count",
    low=1,
    high=1e4,
    family="positive",
    owner="system",
    page="26-27",
    operation="excess",
)
BENEFIT_CAPTURED = Quantity(
    name="benefit_captured",
    symbol="beta",
    meaning="Share of a deployment's social benefit that the deployer captures.",
    question="What share of the benefit of a deployment does the deployer keep?",
    unit="share",
    low=1e-6,
    high=1,
    family="share",
    owner="world",
    page="12, 25",
    operation="times",
)
HARM_INTERNALISED = Quantity(
    name="harm_internalised",
    symbol="lambda",
    meaning="Share of a catastrophe's harm that the deployer bears.",
    question="What share of the harm of a catastrophe falls on the deployer?",
    unit="share",
    low=1e-9,
    high=1,
    family="share",
    owner="world",
    page="12, 25",
)
HARM_BENEFIT = Quantity(
    name="harm_benefit",
    symbol="H/B",
    meaning="Harm of a catastrophe over the social benefit of one deployment.",
    question="How many times larger is the harm of a catastrophe than the benefit of one "
    "deployment?",
    unit="ratio",
    low=1e-3,
    high=1e9,
    family="positive",
    owner="world",
    page="25",
)
RIVAL_DEPLOYS = Quantity(
    name="rival_deploys",
    symbol="q",
    meaning="Probability that a rival deploys a comparable system anyway; capped at .999.",
    question="If this developer waits: how likely is it that a rival deploys a comparable system?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="12, 26-27",
)
RENTS_LOST = Quantity(
    name="rents_lost",
    symbol="zeta",
    meaning="Share of the benefit that is lost if the rival is first.",
    question="If the rival is first: what share of its benefit does the developer lose?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="12",
)
DEPLOYER_NOISE = Quantity(
    name="deployer_noise",
    symbol="sigma",
    meaning="Noise of a deployer's own estimate of safety.",
    question="By how many log-odds does a deployer typically misjudge the safety of a system?",
    unit="logit",
    low=0.01,
    high=10,
    family="positive",
    owner="world",
    page="25, fn 51",
)
LICENCE = Quantity(
    name="licence",
    symbol="c",
    meaning="Share of high-risk deployments that need a licence.",
    question="What share of high-risk deployments needs a licence?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="26",
    operation="lift",
)
LICENCE_TRAINING = Quantity(
    name="licence_training",
    symbol="c_t",
    meaning="Share of high-risk training runs that need a licence.",
    question="What share of high-risk training runs needs a licence?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="26",
    operation="lift",
)
REGULATOR_NOISE = Quantity(
    name="regulator_noise",
    symbol="sigma_L",
    meaning="Noise of the regulator's estimate of safety.",
    question="By how many log-odds does a regulator typically misjudge the safety of a system?",
    unit="logit",
    low=0.01,
    high=10,
    family="positive",
    owner="world",
    page="26",
    operation="times",
)
REGULATOR_INSIGHT = Quantity(
    name="regulator_insight",
    symbol="omega",
    meaning="Share of the gap between belief and truth that the regulator sees through.",
    question="Where developers believe too much in a system: what share of that does a regulator "
    "see through?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="23, 26",
    operation="lift",
)
WINDFALL = Quantity(
    name="windfall",
    symbol="w",
    meaning="Share of the captured benefit that is redistributed.",
    question="What share of very large profits do developers redistribute?",
    unit="share",
    low=0,
    high=0.999,
    family="share",
    owner="world",
    page="26",
    operation="lift",
)
LIABILITY = Quantity(
    name="liability",
    symbol="l",
    meaning="Extra share of harm that is internalised through liability.",
    question="Which further share of the harm falls on the deployer through liability?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="26",
    operation="lift",
)

EFFORT_QUANTITIES = (MADE_SAFER_SHARE,)
SYSTEM_QUANTITIES = (SAFETY_LOGIT, REACH, MISUSE_SHARE, TRAINING_SHARE, DEPLOYERS)
WORLD_QUANTITIES = (
    BENEFIT_CAPTURED,
    HARM_INTERNALISED,
    HARM_BENEFIT,
    RIVAL_DEPLOYS,
    RENTS_LOST,
    DEPLOYER_NOISE,
    LICENCE,
    LICENCE_TRAINING,
    REGULATOR_NOISE,
    REGULATOR_INSIGHT,
    WINDFALL,
    LIABILITY,
)

DANGEROUS_VALLEY = Problem(
    name="dangerous_valley",
    title="Dangerous valley",
    statement="More alignment can make a system safe enough for its developer to deploy it, and "
    "still not safe enough for society.",
    page="25-27",
    mechanisms=(
        Mechanism(
            name="dangerous_valley.deployment",
            title="Deployed because it is safer",
            statement="A system that would have been held back is trained or deployed because it "
            "is safer or more useful, while its remaining risk is more than society would take.",
            page="25-26",
            formula="cf rho (Q_t - Q_0) h_1, shared out by (n_c - D_c)/n_1",
            quantities=("made_safer_share", "safety_logit", "reach", "harm_internalised"),
        ),
    ),
    quantities=EFFORT_QUANTITIES + SYSTEM_QUANTITIES + WORLD_QUANTITIES,
)

MOST_LIKELY = 1.0 - 1e-16
"""Cap of one actor's probability (docs/explanation/model.md)."""


def hazard_if_deployed(*, safety_logit: Worlds) -> Worlds:
    """n_0 = ln(1 + exp(-x_0)): hazard of the system if it is deployed as it is."""
    return np.logaddexp(0.0, -np.asarray(safety_logit))


def logit_of_hazard(*, hazard: Worlds) -> Worlds:
    """x(n) = -ln(exp(n) - 1): log-odds of safety for a hazard n > 0."""
    return -np.log(np.expm1(hazard))


def goes_ahead(
    *,
    safety_true: Worlds,
    safety_believed: Worlds,
    threshold_developer: Worlds,
    threshold_society: Worlds,
    licence: Worlds,
    deployer_noise: Worlds,
    regulator_noise: Worlds,
    regulator_insight: Worlds,
    deployers: Worlds,
) -> Worlds:
    """P(a stage goes ahead): the first of N noisy actors to think it safe enough acts.

    Formula::

        1 - (1 - Phi((xh - x_D)/sigma) (1 - c + c Phi((x_R - x_S)/sigma_L)))^N

    A regulator, whose threshold is society's, must agree where a licence is needed, and sees
    x_R = xh + omega (x - xh).

    Args:
        safety_true: x, log-odds.
        safety_believed: xh, log-odds.
        threshold_developer: x_D, with the shift of the stage added.
        threshold_society: x_S, likewise.
        licence: c, share in [0, 1].
        deployer_noise: sigma > 0.
        regulator_noise: sigma_L > 0.
        regulator_insight: omega in [0, 1].
        deployers: N >= 1.

    Returns:
        Probability in [0, 1].
    """
    if safety_true is safety_believed:  # nothing to see through, and half the work
        seen = safety_true
    else:
        seen = safety_believed + regulator_insight * (safety_true - safety_believed)
    wants = ndtr((safety_believed - threshold_developer) / deployer_noise)
    granted = ndtr((seen - threshold_society) / regulator_noise)
    alone = wants * (1.0 - licence + licence * granted)
    return -np.expm1(deployers * np.log1p(-np.minimum(alone, MOST_LIKELY)))


def exposure(*, p_train: Worlds, p_deploy: Worlds, training_share: Worlds) -> Worlds:
    """Q = P_train (tau + (1 - tau) P_dep): training alone exposes to a share tau (p. 26)."""
    return p_train * (training_share + (1.0 - training_share) * p_deploy)


def deployment(
    *,
    credit: Worlds,
    reach_uncorrected: Worlds,
    exposure_after: Worlds,
    exposure_before: Worlds,
    p_harm_after: Worlds,
) -> Worlds:
    """The term cf rho (Q_t - Q_0) h_1: risk added by training or deploying more often.

    Args:
        credit: cf.
        reach_uncorrected: rho = reach (1 - r_b).
        exposure_after: Q_t, true beliefs, with the effort.
        exposure_before: Q_0.
        p_harm_after: h_1.
    """
    return credit * reach_uncorrected * (exposure_after - exposure_before) * p_harm_after


def target_reduction(
    *,
    credit: Worlds,
    reach_uncorrected: Worlds,
    exposure_before: Worlds,
    hazard_before: Worlds,
    hazard_cut: Worlds,
    hazard_cut_here: Worlds,
) -> Worlds:
    """-cf rho Q_0 exp(-n_0) E1(D) D_c: the target made safer, at unchanged exposure (<= 0)."""
    safer = np.exp(-hazard_before) * mean_exponential(hazard_cut) * hazard_cut_here
    return -credit * reach_uncorrected * exposure_before * safer
