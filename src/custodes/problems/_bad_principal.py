"""Problem 4, bad principal: a system aligned to an actor who wants to misuse it.

Source: paper pp. 28-30; docs/explanation/model.md.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Mechanism, Problem, Quantity, Worlds

PRINCIPAL_HELP = Quantity(
    name="principal_help",
    symbol="r",
    meaning="Relative gain in reliability to whoever controls the system.",
    question="By what share does it make a system more reliable for whoever controls it, whatever "
    "they want?",
    unit="relative",
    low=-0.9,
    high=5,
    family="signed",
    owner="effort",
    page="28",
    operation="times",
)
LEAK = Quantity(
    name="leak",
    symbol="l",
    meaning="Probability that weights reach others by the horizon.",
    question="How likely is it that the weights reach others, by theft or by release?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="system",
    page="27, 29",
    operation="times",
)
REMOVAL = Quantity(
    name="removal",
    symbol="m_r",
    meaning="Share of safeguards that is lost given the weights.",
    question="Given the weights: what share of the safeguards can be removed?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="system",
    page="29",
    operation="times",
)
HOLDERS = Quantity(
    name="holders",
    symbol="K",
    meaning="Actors that hold weights of such systems.",
    question="How many actors hold the weights of systems like this?",
    unit="count",
    low=1,
    high=1e7,
    family="positive",
    owner="system",
    page="29",
    operation="excess",
)
HOLDERS_REFERENCE = Quantity(
    name="holders_reference",
    symbol="K_0",
    meaning="Holders for which `risk_principal` is stated.",
    question="For how many holders is the worldview's risk from principals stated?",
    unit="count",
    low=1,
    high=1e7,
    family="positive",
    owner="system",
    page="29",
)
RISK_PRINCIPAL = Quantity(
    name="risk_principal",
    symbol="R_P",
    meaning="Probability of a large-scale catastrophe through misuse by a principal, with "
    "`holders_reference` holders.",
    question="Without this round: how likely is large-scale misuse by those who control a system?",
    unit="share",
    low=0,
    high=0.9,
    family="share",
    owner="world",
    page="28",
    operation="times",
)
MALICIOUS_AMONG_REFERENCE = Quantity(
    name="malicious_among_reference",
    symbol="m",
    meaning="Probability that at least one of the reference holders is malicious.",
    question="How likely is it that at least one of the reference holders is malicious?",
    unit="share",
    low=1e-6,
    high=0.999,
    family="share",
    owner="world",
    page="28-29",
    operation="times",
)
PRINCIPAL_USEFULNESS = Quantity(
    name="principal_usefulness",
    symbol="k_u",
    meaning="Elasticity of misuse by a principal to usefulness.",
    question="If systems were 10 % more useful: by how many times 10 % would misuse by principals "
    "rise?",
    unit="number",
    low=0,
    high=10,
    family="positive",
    owner="world",
    page="28",
    operation="times",
)
PRINCIPAL_RELIABILITY = Quantity(
    name="principal_reliability",
    symbol="k_a",
    meaning="Log increase of misuse by a principal for each unit of `principal_help`.",
    question="If systems were 10 % more reliable to whoever controls them: by how many times 10 % "
    "would misuse by principals rise?",
    unit="number",
    low=0,
    high=10,
    family="positive",
    owner="world",
    page="28",
    operation="times",
)

EFFORT_QUANTITIES = (PRINCIPAL_HELP,)
SYSTEM_QUANTITIES = (LEAK, REMOVAL, HOLDERS, HOLDERS_REFERENCE)
RISK_QUANTITIES = (RISK_PRINCIPAL, MALICIOUS_AMONG_REFERENCE)
WORLD_QUANTITIES = (PRINCIPAL_USEFULNESS, PRINCIPAL_RELIABILITY)

BAD_PRINCIPAL = Problem(
    name="bad_principal",
    title="Bad principal",
    statement="If the actor with whom a system is aligned wants to misuse it, alignment helps the "
    "misuse.",
    page="28-30",
    mechanisms=(
        Mechanism(
            name="bad_principal.empowerment",
            title="Empowerment of a bad principal",
            statement="A more useful and more reliable system serves a bad principal better, and "
            "at less risk to the principal.",
            page="28",
            formula="cf (k_u ln(1 + u) + k_a r), on the hazard of misuse by a principal",
            quantities=("principal_help", "usefulness", "principal_usefulness"),
        ),
    ),
    quantities=EFFORT_QUANTITIES + SYSTEM_QUANTITIES + RISK_QUANTITIES + WORLD_QUANTITIES,
)

MOST_AT_RISK = 0.999
"""Cap of the probability of misuse by a principal (docs/explanation/model.md)."""


def help_given(*, principal_help: Worlds, reach_of_money: Worlds, cost_factor: Worlds) -> Worlds:
    """The gain r = out principal_help phi, if the effort succeeds."""
    return reach_of_money * principal_help * cost_factor


def empowerment(
    *,
    credit: Worlds,
    usefulness: Worlds,
    help_given: Worlds,
    principal_usefulness: Worlds,
    principal_reliability: Worlds,
) -> Worlds:
    """The term cf (k_u ln(1 + u) + k_a r): log hazard of misuse by a principal (p. 28)."""
    served = principal_usefulness * np.log1p(usefulness)
    return credit * (served + principal_reliability * help_given)


def principal_hazard(
    *,
    risk_principal: Worlds,
    malicious_among_reference: Worlds,
    holders: Worlds,
    holders_reference: Worlds,
) -> Worlds:
    """L_P = -ln(1 - min(R_P P_bad(K), .999)), P_bad(K) = (1 - (1-m)^(K/K_0)) / m.

    P_bad is 1 at K = K_0: more holders, likelier that one of them is malicious (p. 29).
    """
    honest = np.log1p(-malicious_among_reference)
    some_bad = -np.expm1(honest * (holders / holders_reference)) / malicious_among_reference
    return -np.log1p(-np.minimum(risk_principal * some_bad, MOST_AT_RISK))
