"""A result and its background made by hand, with figures that add up, for tests of the report."""

import random

from custodes.assessment import AssessmentRecord
from custodes.efforts import Effort
from custodes.judgements import Judgement
from custodes.mitigations import Mitigation
from custodes.quantities import Amount, Assumption
from custodes.rounds import Rate, Round, RoundSettings, inputs_sha256
from custodes.systems import System
from custodes.worldviews import Worldview

WORLDVIEWS = ("central", "sanguine", "cautious")
MECHANISMS = (
    "relative_progress.investment",
    "relative_progress.ai_research",
    "relative_progress.insight",
    "relative_progress.diversion",
    "relative_progress.interest",
    "false_security.system",
    "false_security.scaling",
    "false_security.safety_washing",
    "false_security.partial_coverage",
    "dangerous_valley.deployment",
    "bad_principal.empowerment",
    "other",
)
QUANTITIES = {
    "accident_cut": (0.006, 0.024, 0.08),
    "misuse_cut": (0.0002, 0.001, 0.004),
    "success": (0.25, 0.5, 0.75),
    "adoption": (0.3, 0.6, 0.85),
    "overstatement": (1, 1.1, 1.4),
    "washing": (5e-05, 0.0002, 0.001),
    "usefulness": (0.0005, 0.003, 0.012),
    "insight_months": (0.001, 0.006, 0.03),
    "other_accident": (0, 0, 0),
}
NASTY = "</svg></title><script>alert(1)</script> \"quoted\" & 'odd' <b>bold</b>"
EFFORTS = (
    ("honest-reporting", "Honest reporting by assistants", "honest_ai", 4.2e6, -60),
    ("model-organisms", "Model organisms of deception", "model_organisms", 1.1e6, -75),
    (
        "open-probes",
        "Open interpretability probes for frontier models",
        "interpretability",
        9e5,
        8,
    ),
    ("helpful-chat", "A more helpful assistant for everybody", "preference_training", 2e7, 152),
    ("small-stipend", "Travel stipends", "field_building", 30_000, 0.02),
    ("evaluation-suite", NASTY, "evaluations", 2.5e6, -15),
    ("alignment-cern", "An institute for everything, " * 6, "broad_programme", 1e9, 400),
    ("secret-plan", "CANARY title of what is withheld", "control", 123_456, -12),
)


def summary(mean, spread, error=None):
    return {
        "mean": mean,
        "p05": mean - 1.4 * spread,
        "p50": mean - 0.1 * spread,
        "p95": mean + 1.9 * spread,
        "standard_error": spread / 60 if error is None else error,
    }


def result(rng, *, size, benefit, harm, judged):
    weights = [rng.random() ** 3 for _ in MECHANISMS[:-1]] + [0.0]
    total = sum(weights)
    added = [harm * weight / total for weight in weights]
    accident, misuse = benefit * 0.8, benefit * 0.2
    net = sum(added) - benefit
    risk = 0.5 - 0.4 * net / (abs(benefit) + abs(harm) + 1e-12) * -1
    return {
        "benefit": {
            "accident": summary(accident, accident * 0.6),
            "misuse": summary(misuse, misuse * 0.6),
        },
        "increase": {
            name: summary(part, part * 0.7) for name, part in zip(MECHANISMS, added, strict=True)
        },
        "net": summary(net, size),
        "net_accident": summary(net * 0.7, size * 0.7),
        "net_misuse": summary(net * 0.3, size * 0.4),
        "p_raises_risk": min(1.0, max(0.0, risk)),
        "p_raises_risk_standard_error": 0.006,
        "social_value": summary(-net * 0.8, size),
        "p_lowers_social_value": min(1.0, max(0.0, risk * 0.9)),
        "p_lowers_social_value_standard_error": 0.006,
        "usefulness": summary(0.003, 0.002),
        "ratio": benefit / 0.003 if benefit > 0 else None,
        "ratio_standard_error": 0.0004 if benefit > 0 else None,
        "net_per_million": net / 3,
        "net_per_million_standard_error": size / 200,
        "disagreement": {"between": 1e-12, "within": 3e-12, "share_between": 0.25}
        if judged
        else None,
    }


def effort_result(rng, row):
    id_, title, kind, cost, net = row
    judged = id_ in {"honest-reporting", "helpful-chat"}
    size = (abs(net) + cost / 1e6) * 1e-6
    worldviews = {}
    for name, tilt in zip(WORLDVIEWS, (1.0, 0.4, 1.9), strict=True):
        benefit = size * (1.2 if net < 0 else 0.9) * min(tilt, 1.2)
        harm = benefit + net * 1e-6 * (tilt if net > 0 else 1.0)
        worldviews[name] = {
            "before": result(rng, size=size, benefit=benefit, harm=max(harm, 0), judged=judged),
            "after": result(
                rng,
                size=size * 0.6,
                benefit=benefit,
                harm=max(harm * (0.8 if kind == "preference_training" else 0.45), 0),
                judged=judged,
            ),
        }
    return {
        "id": id_,
        "title": title,
        "kind": kind,
        "kind_suggested": id_ == "evaluation-suite",
        "cost": cost,
        "currency": "GBP",
        "basis": "mixed" if judged else "reference class",
        "quantities": {
            name: {
                "basis": "judged" if judged and name.endswith("_cut") else "reference class",
                "p05": three[0],
                "p50": three[1],
                "p95": three[2],
                "experts": 2 if judged and name.endswith("_cut") else 0,
            }
            for name, three in QUANTITIES.items()
        },
        "conditions": ["scaling-statement", "external-audit"] if cost > 1e5 else [],
        "conditions_cost": cost * 0.032 if cost > 1e5 else 0.0,
        "conditions_given": id_ == "alignment-cern",
        "qualifies": net < 0,
        "others_could": [
            {
                "id": "deployment-licence",
                "who": "regulator",
                "net_change": -3.2e-6,
                "standard_error": 2e-7,
            },
            {
                "id": "windfall-clause",
                "who": "developer",
                "net_change": -1.1e-6,
                "standard_error": 1e-7,
            },
        ],
        "drivers": {
            name: [
                {
                    "quantity": quantity,
                    "owner": owner,
                    "rank_correlation": max(-1.0, min(1.0, rho + rng.uniform(-0.1, 0.1))),
                }
                for quantity, owner, rho in (
                    ("accident_cut", "effort", -0.62),
                    ("overstatement", "effort", 0.41),
                    ("harm_internalised", "world", -0.33),
                    ("reach", "system", 0.22),
                    ("success", "effort", -0.18),
                    ("relaxation", "world", 0.12),
                )
            ]
            for name in WORLDVIEWS
        },
        "worldviews": worldviews,
    }


def assessment(rows=EFFORTS):
    """A result over the given efforts."""
    rng = random.Random(20231201)  # noqa: S311 (figures, not secrets)
    return AssessmentRecord.model_validate(
        {
            "schema": "custodes/assessment/1",
            "library_version": "0.0.1",
            "seed": 0,
            "samples": 4096,
            "sampler": "sobol",
            "inputs_sha256": inputs_sha256(round_of(rows)),
            "horizon": 2050,
            "round": {
                "title": "Alignment round 2027",
                "institution": "An institute",
                "budget": 27e6,
                "currency": "GBP",
                "verdict": "risk",
                "worldviews": WORLDVIEWS,
            },
            "efforts": [effort_result(rng, row) for row in rows],
        }
    )


def many(number):
    """Rows of a large round."""
    rng = random.Random(7)  # noqa: S311 (figures, not secrets)
    return tuple(
        (
            f"effort-{at}",
            f"Award number {at}: {rng.choice(('safety', 'oversight', 'control'))} of systems",
            rng.choice(("control", "evaluations", "interpretability", "governance_research")),
            round(10 ** rng.uniform(4.6, 6.6)),
            rng.gauss(-6, 14),
        )
        for at in range(number)
    )


def round_of(rows=EFFORTS, **changes):
    """What the report shows beside the result."""
    parts = {
        "settings": RoundSettings(
            title="Alignment round 2027",
            institution="An institute",
            budget=27e6,
            currency="GBP",
            worldviews=WORLDVIEWS,
            seed=0,
            rates={"USD": Rate(rate=0.79, date="2026-09-01", source="a bank")},
        ),
        "efforts": tuple(
            Effort(
                id=id_,
                title=title,
                kind=kind,
                kind_suggested=id_ == "evaluation-suite",
                cost=Amount.point(cost),
                currency="GBP",
                cost_is_estimate="yes" if id_ == "open-probes" else "",
                cost_note="median of the programme's awards" if id_ == "open-probes" else "",
                description=f"We will do the work of {title}.",
                applicant="A university",
                hazards=("deceptive_alignment", "sandbagging"),
                explanation="It reduces risk in particular because " * 3,
                handling="restricted" if id_ == "secret-plan" else "",
                extra={"Programme <area>": "Alpha & beta"} if id_ == "open-probes" else {},
            )
            for id_, title, kind, cost, _ in rows
        ),
        "judgements": tuple(
            Judgement(
                effort=effort,
                expert=expert,
                round=2,
                quantity=quantity,
                p05=0.005,
                p50=0.02,
                p95=0.06,
                reason=reason,
            )
            for effort in ("honest-reporting", "helpful-chat", "secret-plan")
            for expert, reason in (("Owl", "Two pilots found half of it."), ("Wren", NASTY))
            for quantity in ("accident_cut", "misuse_cut")
        ),
        "worldviews": tuple(
            Worldview(
                name=name,
                title=name.capitalize(),
                summary=f"The {name} view. " * 2,
                quantities={
                    quantity: Assumption(
                        p05=low * tilt, p50=mid * tilt, p95=high * tilt, reason=reason
                    )
                    for quantity, low, mid, high, reason in (
                        ("risk_accident", 0.002, 0.012, 0.06, "XPT 2050; the split is judgement"),
                        ("harm_internalised", 0.001, 0.01, 0.1, "no good data"),
                        ("sensitivity", 0.01, 0.03, 0.06, "gap model of the scenario progress"),
                        ("capability_spend", 8e10, 1.5e11, 4e11, "sources disagree"),
                    )
                },
            )
            for name, tilt in zip(WORLDVIEWS, (1.0, 0.5, 1.7), strict=True)
        ),
        "systems": (System(id="plain", title="Known answers"),),
        "mitigations": (
            mitigation(
                "scaling-statement", "24", "institution", {"over_generalising": (0.2, 0.45, 0.8)}
            ),
            mitigation("external-audit", "23", "auditor", {"overstatement": (0.2, 0.45, 0.8)}),
            mitigation("deployment-licence", "26", "regulator", {"licence": (0.5, 0.8, 0.97)}),
            mitigation("windfall-clause", "26", "developer", {"windfall": (0.05, 0.2, 0.5)}),
        ),
    }
    return Round(**(parts | changes))


def mitigation(id_, page, who, changes):
    """One entry of the library."""
    return Mitigation(
        id=id_,
        title=f"What {id_} asks for",
        page=page,
        problem=("false_security",),
        who=who,
        grant_condition=who in {"institution", "auditor"},
        condition=f"The grant letter asks for {id_}.",
        adopted=Amount.point(0.85),
        cost_share=0.002,
        cost_least=1000,
        cost_in_usd=True,
        changes={name: Amount(p05=a, p50=b, p95=c) for name, (a, b, c) in changes.items()},
        caution="Less outside scrutiny.",
    )
