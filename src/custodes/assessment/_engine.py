"""From quantities to terms of log hazard, once with success and once without.

The formulas stand in `benefits` and `problems`; here they are called in order. Everything is
elementwise: arrays of shape (worlds,) or (packages, worlds), or single numbers, broadcast.
Source: docs/explanation/model.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from custodes import benefits, problems
from custodes.assessment._correction import p_corrected_of
from custodes.quantities import Worlds
from custodes.scenarios import developer_threshold_logit, society_threshold_logit

Values: TypeAlias = Mapping[str, Worlds]
"""Every quantity of the catalogue by name, with `cost_usd` and `reference_cost`."""

LEAST_SURVIVAL = 1e-12
"""Least probability that the target causes no catastrophe (docs/explanation/model.md)."""

_NOTHING: Worlds = np.asarray(0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """What does not hang on success: factors, background hazards, the target as it is."""

    credit: Worlds
    """cf."""
    cost_factor: Worlds
    """phi."""
    interest_factor: Worlds
    """phi_i."""
    reach_of_money: Worlds
    """out."""
    diversion: Worlds
    """d, at this cost."""
    cut_accident: Worlds
    """F_A."""
    cut_misuse: Worlds
    """F_M."""
    usefulness: Worlds
    """u, if it succeeds."""
    help_given: Worlds
    """r, if it succeeds."""
    months: dict[str, Worlds]
    """Months of insight, diversion and interest, which do not wait for success."""
    month_risk: Worlds
    """s (1 - psi)."""
    always: Parts
    """Terms that do not wait for success: safety-washing and other mechanisms."""
    hazards: tuple[Worlds, Worlds, Worlds]
    """L_A, L_M, L_P."""
    game: Game
    """The target system's deployment game, with what stays the same in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Game:
    """The target system before the effort."""

    hazard: Worlds
    """n_0."""
    safety: Worlds
    """x_0."""
    threshold_developer: Worlds
    """x_D at u = 0."""
    threshold_society: Worlds
    """x_S."""
    reach_uncorrected: Worlds
    """rho."""
    stages: Stages
    """Training, deployment and exposure before the effort."""
    p_harm: Worlds
    """h_0."""
    p_safe: Worlds
    """1 - h_0."""
    survival: Worlds
    """S_T = max(1 - rho Q_0 h_0, 1e-12)."""


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """Probabilities of the two decisions."""

    p_train: Worlds
    """P_train."""
    p_deploy: Worlds
    """P_dep."""
    exposure: Worlds
    """Q."""

    @property
    def deployed(self) -> Worlds:
        """V = P_train P_dep."""
        return self.p_train * self.p_deploy


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Amounts by part, accident and misuse apart; a part that is absent is 0."""

    accident: dict[str, Worlds]
    """Of accident risk."""
    misuse: dict[str, Worlds]
    """Of misuse risk."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """All terms in one of the two branches, success or failure."""

    usefulness: Worlds
    """u."""
    months: dict[str, Worlds]
    """The mechanisms of relative progress, in months."""
    terms: Parts
    """Terms of T_A and T_M but the months, by part."""
    empowerment: Worlds
    """Term of T_P but the months."""
    target: Parts
    """Pieces of dT."""
    deployed_well: Worlds
    """V_1 (1 - h_1)(1 + u)."""
    checks: dict[str, Worlds]
    """The deployment game in numbers, for those who recompute."""


def common(values: Values) -> Common:
    """What does not hang on success."""
    v = values
    cost = {"cost_usd": v["cost_usd"], "reference_cost": v["reference_cost"]}
    credit = benefits.credit(done_anyway=v["done_anyway"], delay_share=v["delay_share"])
    phi = benefits.cost_factor(
        **cost, returns_start=v["returns_start"], exponent=v["returns_exponent"]
    )
    phi_interest = benefits.cost_factor(
        **cost, returns_start=v["returns_start"], exponent=v["interest_exponent"]
    )
    diversion = problems.diversion_at_cost(
        **cost, diversion=v["diversion"], diversion_growth=v["diversion_growth"]
    )
    out = v["adoption"] * (1.0 - diversion)
    cut_misuse = benefits.cut_reached(cut=v["misuse_cut"], reach_of_money=out, cost_factor=phi)
    washing = problems.safety_washing(
        credit=credit, relaxation=v["relaxation"], washing=v["washing"], cost_factor=phi
    )
    return Common(
        credit=credit,
        cost_factor=phi,
        interest_factor=phi_interest,
        reach_of_money=out,
        diversion=diversion,
        cut_accident=benefits.cut_reached(
            cut=v["accident_cut"], reach_of_money=out, cost_factor=phi
        ),
        cut_misuse=benefits.cut_with_open_weights(
            cut=cut_misuse, leak=v["leak"], removal=v["removal"]
        ),
        usefulness=benefits.usefulness_gained(
            usefulness=v["usefulness"], reach_of_money=out, cost_factor=phi
        ),
        help_given=problems.help_given(
            principal_help=v["principal_help"], reach_of_money=out, cost_factor=phi
        ),
        months={
            "relative_progress.insight": problems.months_of_insight(
                credit=credit, insight_months=v["insight_months"], cost_factor=phi
            ),
            "relative_progress.diversion": problems.months_of_diversion(
                diversion_at_cost=diversion,
                cost_usd=v["cost_usd"],
                capability_spend=v["capability_spend"],
                spend_response=v["spend_response"],
                spend_growth=v["spend_growth"],
            ),
            "relative_progress.interest": problems.months_of_interest(
                credit=credit, interest_months=v["interest_months"], cost_factor=phi_interest
            ),
        },
        month_risk=problems.risk_of_months(sensitivity=v["sensitivity"], coupling=v["coupling"]),
        always=Parts(
            accident={
                "false_security.safety_washing": washing,
                "other": problems.other(credit=credit, change=v["other_accident"]),
            },
            misuse={
                "false_security.safety_washing": washing,
                "other": problems.other(credit=credit, change=v["other_misuse"]),
            },
        ),
        hazards=(
            benefits.log_hazard(risk=v["risk_accident"]),
            benefits.log_hazard(risk=v["risk_misuse"]),
            problems.principal_hazard(
                risk_principal=v["risk_principal"],
                malicious_among_reference=v["malicious_among_reference"],
                holders=v["holders"],
                holders_reference=v["holders_reference"],
            ),
        ),
        game=game_of(v),
    )


def game_of(v: Values) -> Game:
    """The target system's deployment game before any effort.

    Args:
        v: The world's and the system's quantities by name.
    """
    hazard = problems.hazard_if_deployed(safety_logit=v["safety_logit"])
    developer = _threshold(v, _NOTHING)
    society = np.asarray(society_threshold_logit(v["harm_benefit"]))
    reach = v["reach"] * (1.0 - p_corrected_of(v))
    # the way an effort's own safety is found, so that one that does nothing changes no bit
    safety = problems.logit_of_hazard(hazard=hazard)
    stages = stages_of(v, safety, safety, developer, society)
    p_harm = -np.expm1(-hazard)
    return Game(
        hazard=hazard,
        safety=safety,
        threshold_developer=developer,
        threshold_society=society,
        reach_uncorrected=reach,
        stages=stages,
        p_harm=p_harm,
        p_safe=np.exp(-hazard),
        survival=np.maximum(1.0 - reach * stages.exposure * p_harm, LEAST_SURVIVAL),
    )


def _threshold(v: Values, usefulness: Worlds) -> Worlds:
    return np.asarray(
        developer_threshold_logit(
            harm_internalised=v["harm_internalised"],
            liability=v["liability"],
            harm_benefit=v["harm_benefit"],
            benefit_captured=v["benefit_captured"],
            windfall=v["windfall"],
            usefulness=usefulness,
            rival_deploys=v["rival_deploys"],
            rents_lost=v["rents_lost"],
        )
    )


def stages_of(
    v: Values,
    safety_true: Worlds,
    safety_believed: Worlds,
    threshold_developer: Worlds,
    threshold_society: Worlds,
) -> Stages:
    """Whether training and deployment go ahead, for a safety and what is believed of it.

    Args:
        v: The world's and the system's quantities by name.
        safety_true: x, log-odds.
        safety_believed: xh, log-odds.
        threshold_developer: x_D.
        threshold_society: x_S.
    """
    actors = {
        "safety_true": safety_true,
        "safety_believed": safety_believed,
        "deployer_noise": v["deployer_noise"],
        "regulator_noise": v["regulator_noise"],
        "regulator_insight": v["regulator_insight"],
        "deployers": v["deployers"],
    }
    p_deploy = problems.goes_ahead(
        **actors,
        threshold_developer=threshold_developer,
        threshold_society=threshold_society,
        licence=v["licence"],
    )
    share = v["training_share"]
    is_risky = share > 0
    shift = np.log(np.where(is_risky, share, 1.0))
    p_train = np.where(
        is_risky,
        problems.goes_ahead(
            **actors,
            threshold_developer=threshold_developer + shift,
            threshold_society=threshold_society + shift,
            licence=v["licence_training"],
        ),
        1.0,
    )
    exposed = problems.exposure(p_train=p_train, p_deploy=p_deploy, training_share=share)
    return Stages(p_train=p_train, p_deploy=p_deploy, exposure=exposed)


def success(values: Values, shared: Common) -> Branch:
    """All terms if the effort succeeds."""
    v, c = values, shared
    cuts = (c.cut_accident, c.cut_misuse)
    believed_accident, believed_misuse = (
        problems.cut_believed_if_success(cut=cut, overstatement=v["overstatement"]) for cut in cuts
    )
    game = c.game
    hazard_misuse = v["misuse_share"] * game.hazard
    hazard_accident = game.hazard - hazard_misuse
    safer = v["made_safer_share"]
    removed_accident = hazard_accident * (safer * cuts[0])
    removed_misuse = hazard_misuse * (safer * cuts[1])
    removed = removed_accident + removed_misuse
    left = game.hazard - removed
    safety_after = problems.logit_of_hazard(hazard=left)
    safety_believed = _safety_believed(
        v,
        game.hazard
        - safer * (hazard_accident * believed_accident + hazard_misuse * believed_misuse),
    )
    threshold = _threshold(v, c.usefulness)
    true = stages_of(v, safety_after, safety_after, threshold, game.threshold_society)
    seen = stages_of(v, safety_after, safety_believed, threshold, game.threshold_society)
    scale = {"credit": c.credit, "reach_uncorrected": game.reach_uncorrected}
    deployed = problems.deployment(
        **scale,
        exposure_after=true.exposure,
        exposure_before=game.stages.exposure,
        p_harm_after=-np.expm1(-left),
    )
    mistaken = problems.deployment(
        **scale,
        exposure_after=seen.exposure,
        exposure_before=true.exposure,
        p_harm_after=-np.expm1(-left),
    )
    share_accident = (hazard_accident - removed_accident) / left
    target = Parts(
        accident={
            "dangerous_valley.deployment": deployed * share_accident,
            "false_security.system": mistaken * share_accident,
        },
        misuse={
            "dangerous_valley.deployment": deployed * (1.0 - share_accident),
            "false_security.system": mistaken * (1.0 - share_accident),
        },
    )
    for part, here in ((target.accident, removed_accident), (target.misuse, removed_misuse)):
        part["benefit"] = problems.target_reduction(
            **scale,
            exposure_before=game.stages.exposure,
            hazard_before=game.hazard,
            hazard_cut=removed,
            hazard_cut_here=here,
        )
    return Branch(
        usefulness=c.usefulness,
        months={
            "relative_progress.investment": problems.months_of_investment(
                credit=c.credit,
                usefulness=c.usefulness,
                reinvested=v["reinvested"],
                revenue_ratio=v["revenue_ratio"],
                spend_response=v["spend_response"],
                spend_growth=v["spend_growth"],
            ),
            "relative_progress.ai_research": problems.months_of_ai_research(
                credit=c.credit,
                usefulness=c.usefulness,
                rd_share=v["rd_share"],
                rd_months=v["rd_months"],
            ),
            **c.months,
        },
        terms=Parts(
            accident=_terms_of_cut(v, c, cuts[0], believed_accident) | c.always.accident,
            misuse=_terms_of_cut(v, c, cuts[1], believed_misuse) | c.always.misuse,
        ),
        empowerment=problems.empowerment(
            credit=c.credit,
            usefulness=c.usefulness,
            help_given=c.help_given,
            principal_usefulness=v["principal_usefulness"],
            principal_reliability=v["principal_reliability"],
        ),
        target=target,
        deployed_well=seen.deployed * np.exp(-left) * (1.0 + c.usefulness),
        checks={
            "x_deployer": game.threshold_developer,
            "x_society": game.threshold_society,
            "x_before": game.safety,
            "x_after": safety_after,
            "x_believed": safety_believed,
            "p_deploy_before": game.stages.p_deploy,
            "p_deploy_after": seen.p_deploy,
            "exposure_before": game.stages.exposure,
            "exposure_true": true.exposure,
            "exposure_after": seen.exposure,
        },
    )


def failure(values: Values, shared: Common) -> Branch:
    """All terms if the effort fails: it cuts nothing, helps nobody, and may still be believed."""
    v, c = values, shared
    believed_accident, believed_misuse = (
        problems.cut_believed_if_failure(
            cut=cut, overstatement=v["overstatement"], believed_if_failed=v["believed_if_failed"]
        )
        for cut in (c.cut_accident, c.cut_misuse)
    )
    game = c.game
    hazard_misuse = v["misuse_share"] * game.hazard
    hazard_accident = game.hazard - hazard_misuse
    safety_believed = _safety_believed(
        v,
        game.hazard
        - v["made_safer_share"]
        * (hazard_accident * believed_accident + hazard_misuse * believed_misuse),
    )
    seen = stages_of(
        v, game.safety, safety_believed, game.threshold_developer, game.threshold_society
    )
    mistaken = problems.deployment(
        credit=c.credit,
        reach_uncorrected=game.reach_uncorrected,
        exposure_after=seen.exposure,
        exposure_before=game.stages.exposure,
        p_harm_after=game.p_harm,
    )
    share_accident = 1.0 - v["misuse_share"]
    return Branch(
        usefulness=_NOTHING,
        months=c.months,
        terms=Parts(
            accident={
                "false_security.system": _precautions(v, c, _NOTHING, believed_accident),
                **c.always.accident,
            },
            misuse={
                "false_security.system": _precautions(v, c, _NOTHING, believed_misuse),
                **c.always.misuse,
            },
        ),
        empowerment=_NOTHING,
        target=Parts(
            accident={"false_security.system": mistaken * share_accident},
            misuse={"false_security.system": mistaken * v["misuse_share"]},
        ),
        deployed_well=seen.deployed * game.p_safe,
        checks={"p_deploy_after": seen.p_deploy, "exposure_after": seen.exposure},
    )


def _safety_believed(v: Values, elicited: Worlds) -> Worlds:
    """x_h: what audits make people believe, where they tell it; what was elicited otherwise."""
    return problems.logit_of_hazard(hazard=v.get("hazard_believed", elicited))


def _terms_of_cut(v: Values, c: Common, cut: Worlds, believed: Worlds) -> dict[str, Worlds]:
    """The terms of one hazard that hang on its true cut."""
    return {
        "benefit": benefits.reduction(
            cut=cut, carry_over=v["carry_over"], scaling=v["scaling"], credit=c.credit
        ),
        "false_security.system": _precautions(v, c, cut, believed),
        "false_security.scaling": problems.scaling(
            credit=c.credit,
            relaxation=v["relaxation"],
            carry_over=v["carry_over"],
            over_generalising=v["over_generalising"],
            cut_true=cut,
            scaling=v["scaling"],
        ),
        "false_security.partial_coverage": problems.partial_coverage(
            credit=c.credit,
            relaxation=v["relaxation"],
            carry_over=v["carry_over"],
            coverage_confusion=v["coverage_confusion"],
            cut_true=cut,
        ),
    }


def _precautions(v: Values, c: Common, cut: Worlds, believed: Worlds) -> Worlds:
    return problems.system(
        credit=c.credit,
        relaxation=v["relaxation"],
        carry_over=v["carry_over"],
        cut_believed=believed,
        cut_true=cut,
        rollback=p_corrected_of(v),
    )
