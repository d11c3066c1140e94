"""A plain effort, world and system as constants, and what the engine makes of them.

The numbers are those of the example in the model's description (every mechanism is at work); a
test changes what it is about and leaves the rest.
"""

from dataclasses import dataclass

import numpy as np

from custodes.assessment import outcome
from custodes.catalogue import MECHANISMS
from custodes.mitigations import changed, library

EFFORT = {
    "accident_cut": 0.02,
    "misuse_cut": 0.01,
    "success": 0.6,
    "adoption": 0.5,
    "made_safer_share": 0.5,
    "carry_over": 0.8,
    "scaling": 0.6,
    "overstatement": 1.3,
    "believed_if_failed": 0.3,
    "over_generalising": 0.5,
    "coverage_confusion": 0.1,
    "washing": 0.0005,
    "usefulness": 0.01,
    "insight_months": 0.05,
    "interest_months": 0.01,
    "diversion": 0.1,
    "principal_help": 0.01,
    "done_anyway": 0.2,
    "delay_share": 0.5,
    "other_accident": 0.0,
    "other_misuse": 0.0,
}
"""The effort's quantities."""
MONEY = {"cost_usd": 1e7, "reference_cost": 1e7}
"""What it costs, and at what cost its quantities are stated."""
WORLD = {
    "risk_accident": 0.012,
    "risk_misuse": 0.006,
    "risk_principal": 0.003,
    "malicious_among_reference": 0.2,
    "benefit_captured": 0.15,
    "harm_internalised": 0.01,
    "harm_benefit": 100.0,
    "rival_deploys": 0.4,
    "rents_lost": 0.3,
    "deployer_noise": 0.8,
    "licence": 0.05,
    "licence_training": 0.02,
    "regulator_noise": 0.5,
    "regulator_insight": 0.5,
    "windfall": 0.01,
    "liability": 0.005,
    "sensitivity": 0.03,
    "coupling": 0.35,
    "relaxation": 0.2,
    "reinvested": 0.5,
    "spend_response": 0.5,
    "spend_growth": 2.4,
    "revenue_ratio": 0.3,
    "rd_share": 0.15,
    "rd_months": 36.0,
    "capability_spend": 1.5e11,
    "principal_usefulness": 0.5,
    "principal_reliability": 0.5,
    "returns_exponent": 0.5,
    "returns_start": 1e6,
    "interest_exponent": 0.8,
    "diversion_growth": 0.25,
    "usefulness_value": 0.01,
}
"""The world's quantities."""
SYSTEM = {
    "safety_logit": 2.0,
    "reach": 0.02,
    "misuse_share": 0.3,
    "training_share": 0.03,
    "rollback": 0.2,
    "deployers": 1.5,
    "leak": 0.35,
    "removal": 0.97,
    "holders": 20.0,
    "holders_reference": 20.0,
}
"""The target system's quantities."""
PLAIN = EFFORT | MONEY | WORLD | SYSTEM
"""All inputs of the engine."""
IDLE = {
    "accident_cut": 0.0,
    "misuse_cut": 0.0,
    "usefulness": 0.0,
    "insight_months": 0.0,
    "interest_months": 0.0,
    "diversion": 0.0,
    "principal_help": 0.0,
    "washing": 0.0,
    "other_accident": 0.0,
    "other_misuse": 0.0,
}
"""Changes that make an effort do nothing at all."""


@dataclass(frozen=True)
class Effect:
    """What one effort does, in one world."""

    net: float
    net_accident: float
    net_misuse: float
    benefit_accident: float
    benefit_misuse: float
    increase: dict
    increase_accident: dict
    increase_misuse: dict
    usefulness: float
    social_value: float
    risk_before: float
    risk_after: float
    checks: dict

    @property
    def benefit(self):
        """Risk taken away, of both classes."""
        return self.benefit_accident + self.benefit_misuse

    @property
    def ratio(self):
        """Risk taken away for each unit of usefulness."""
        return self.benefit / self.usefulness


def arrays(values):
    """The inputs as the engine takes them: arrays over worlds."""
    return {name: np.atleast_1d(np.asarray(value, np.float64)) for name, value in values.items()}


def outcome_of(**changes):
    """The engine's outcome for the plain inputs with these changed; arrays over worlds."""
    return outcome(arrays(PLAIN | changes))


def effect_of(**changes):
    """What the plain effort with these changes does in its one world."""
    found = outcome_of(**changes)

    def number(array):
        return float(np.atleast_1d(array)[0])

    accident = {name: number(part) for name, part in found.parts.accident.items()}
    misuse = {name: number(part) for name, part in found.parts.misuse.items()}
    net, before = number(found.net), number(found.risk_before)
    return Effect(
        net=net,
        net_accident=sum(accident.values()),
        net_misuse=sum(misuse.values()),
        benefit_accident=-accident["benefit"],
        benefit_misuse=-misuse["benefit"],
        increase={name: accident.get(name, 0.0) + misuse.get(name, 0.0) for name in MECHANISMS},
        increase_accident={name: accident.get(name, 0.0) for name in MECHANISMS},
        increase_misuse={name: misuse.get(name, 0.0) for name in MECHANISMS},
        usefulness=number(found.usefulness),
        social_value=number(found.social_value),
        risk_before=before,
        risk_after=before + net,
        checks={name: number(each) for name, each in found.checks.items()},
    )


def effect_with(*mitigations, **changes):
    """The same in a world where these mitigations are adopted, each at its median strength."""
    values = PLAIN | changes
    acting = {}
    for each in sorted(mitigations):
        for name, strength in library()[each].changes.items():
            acting.setdefault(name, []).append(np.array([strength.p50]))
    after = {
        name: changed(name, np.array([values[name]]), strengths)
        for name, strengths in acting.items()
    }
    return effect_of(**values | after)
