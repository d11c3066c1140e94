"""The dossier of each system, computed: its place in the valley, and what each measure does.

Source: paper pp. 21-27; docs/explanation/dossier.md. The game is that of the model, without an
effort; nothing here is a formula of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from custodes import catalogue, problems
from custodes.assessment._assess import with_worldviews
from custodes.assessment._correction import p_corrected_of
from custodes.assessment._dossier_record import (
    Chance,
    CorrectionSource,
    DossierRecord,
    Measure,
    MeasureChange,
    Position,
    SystemDossier,
    UnderView,
)
from custodes.assessment._draws import RoundDraws, draw_round
from custodes.assessment._engine import game_of, stages_of
from custodes.assessment._evidence_result import evidence_of
from custodes.assessment._packages import with_mitigations
from custodes.assessment._record import Summary
from custodes.evidence import SystemInResult
from custodes.mitigations import Mitigation
from custodes.quantities import Worlds, means_by_scramble, standard_error, summarise
from custodes.rounds import Round, inputs_sha256
from custodes.systems import BUILT_IN, CANNOT_BE_UNDONE, System

_OF_THE_GAME = frozenset(
    {
        *(each.name for each in catalogue.quantities_of("system") if each.name != "removal"),
        *(each.name for each in problems.DANGEROUS_VALLEY.quantities if each.owner == "world"),
        "risk_principal",
    }
)
"""Quantities that what a dossier tells hangs on; a measure that changes none is left out."""

_THRESHOLDS = (
    "Where the two thresholds lie rests on inputs without good data: what the developer gains, "
    "what harm it bears, how large the harm would be, and whether the system can do catastrophic "
    "harm at all."
)
_PRINCIPAL = (
    "The place in the valley speaks of accidents and misuse by users; that its developer could "
    "misuse it stands apart, as the risk from a principal."
)


_Truths: TypeAlias = npt.NDArray[np.bool_]


def dossiers_of(
    round_: Round,
    *,
    worldviews: Sequence[str] | None = None,
    samples: int | None = None,
    seed: int | None = None,
) -> DossierRecord:
    """The dossier of every system of a round.

    Args:
        round_: The round; it must fit together.
        worldviews: Names instead of the round's; the round's own or presets.
        samples: Draws instead of the round's; a power of two.
        seed: Instead of the round's; 0 is a seed.

    Raises:
        InputError: No world agrees with the evidence of a system, or a worldview is unknown.
    """
    sha256 = inputs_sha256(round_)
    round_ = round_ if worldviews is None else with_worldviews(round_, tuple(worldviews))
    drawn = draw_round(round_, seed=seed, samples=samples)
    evidence = {each.system: each for each in evidence_of(round_, seed=seed).systems}
    settings = round_.settings
    return DossierRecord(
        library_version=version("custodes"),
        seed=settings.seed if seed is None else seed,
        samples=drawn.shared.samples,
        inputs_sha256=sha256,
        horizon=settings.horizon,
        systems=tuple(
            _dossier(round_, drawn, system, evidence.get(system.id)) for system in round_.systems
        ),
    )


def _dossier(
    round_: Round, drawn: RoundDraws, system: System, evidence: SystemInResult | None
) -> SystemDossier:
    efforts = tuple(str(each.id) for each in round_.efforts if each.target_system == system.id)
    judged = {
        each.quantity
        for each in round_.judgements
        if each.effort == f"system:{system.id}" and each.is_usable
    }
    source, note = _correction(drawn, system, judged)
    guessed = tuple(
        name
        for name, amount in system.quantities.items()
        if name not in judged and amount == BUILT_IN.quantities[name]
    )
    return SystemDossier(
        system=system.id,
        title=system.title,
        developer=system.developer,
        not_shown=_not_shown(system, evidence, guessed),
        evidence=evidence,
        correction=source,
        correction_note=note,
        not_judged=guessed,
        efforts=efforts,
        worldviews={
            view.name: _under(round_, drawn, system.id, view.name) for view in round_.worldviews
        },
    )


def _not_shown(
    system: System, evidence: SystemInResult | None, guessed: tuple[str, ...]
) -> tuple[str, ...]:
    told: list[str] = []
    if evidence is None:
        told.append(
            f"No audit of {system.title} is here: nothing shows that it lacks any hazard, and "
            "that it behaves well because it is tested is not ruled out."
        )
    else:
        told += evidence.not_shown
    if guessed:
        told.append(
            f"Nobody stated or judged {', '.join(guessed)} of it: they are the built-in system's "
            "(reference class, not judged)."
        )
    return (*told, _THRESHOLDS, _PRINCIPAL)


def _correction(
    drawn: RoundDraws, system: System, judged: Collection[str]
) -> tuple[CorrectionSource, str]:
    """Where P(corrected in time) comes from, as a word and a sentence."""
    inputs = drawn.shared.corrections.get(system.id)
    if inputs is not None and inputs.is_released:
        return "cannot be undone", f"The weights are released. {CANNOT_BE_UNDONE}"
    if inputs is not None:
        told = (
            "It is computed from how likely a problem is noticed, how long a correction takes, "
            "whether weights are out, and how soon harm arrives."
        )
        return "computed", told
    lacking = " and ".join(
        name
        for name in catalogue.CORRECTION_QUANTITIES
        if name not in system.correction and name not in judged
    )
    known = system.quantities["rollback"] != BUILT_IN.quantities["rollback"]
    ground = "as it is stated or judged"
    if not known and "rollback" not in judged:
        ground = "the built-in system's (reference class, not judged)"
    return "stated", f"It is rollback, {ground}. It is not computed: nobody gave {lacking}."


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """One system in every world, with some measure in force or none."""

    training: _Stage
    deployment: _Stage
    p_corrected: Worlds
    risk: Worlds
    principal: Worlds


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    developer: Worlds
    society: Worlds
    valley: _Truths
    held_back: _Truths
    wanted: _Truths
    too_cautious: _Truths
    p_goes_ahead: Worlds


def _under(round_: Round, drawn: RoundDraws, system: str, view: str) -> UnderView:
    values = {**drawn.worlds[view], **drawn.system(system, view)[0]}
    hazard = drawn.hazard_believed(system, view)
    believed = None if hazard is None else problems.logit_of_hazard(hazard=hazard)
    samples = drawn.shared.samples
    now = _state(values, believed)
    measures = [
        _measure(mitigation, drawn, values, believed, now)
        for mitigation in round_.mitigations
        if _OF_THE_GAME & set(mitigation.changes)
    ]
    return UnderView(
        safety=_summary(values["safety_logit"], samples),
        believed=None if believed is None else _summary(believed, samples),
        training=_position(now.training, samples),
        deployment=_position(now.deployment, samples),
        p_corrected=_summary(now.p_corrected, samples),
        risk=_summary(now.risk, samples),
        measures=tuple(measures),
    )


def _state(v: Mapping[str, Worlds], believed: Worlds | None) -> _State:
    game = game_of(v)
    seen = game.safety if believed is None else believed
    stages = game.stages
    if believed is not None:
        stages = stages_of(v, game.safety, seen, game.threshold_developer, game.threshold_society)
    # at the start of training only the share tau of the hazard is at stake: the thresholds are
    # lower by ln(1/tau); where nothing is at stake training is no decision
    share = v["training_share"]
    shift = np.log(np.where(share > 0, share, 1.0))
    deployment = _stage(
        game.safety, seen, game.threshold_developer, game.threshold_society, stages.p_deploy
    )
    training = _stage(
        game.safety,
        seen,
        game.threshold_developer + shift,
        game.threshold_society + shift,
        stages.p_train,
    )
    return _State(
        training=training,
        deployment=deployment,
        p_corrected=p_corrected_of(v),
        risk=game.reach_uncorrected * stages.exposure * game.p_harm,
        principal=-np.expm1(
            -problems.principal_hazard(
                risk_principal=v["risk_principal"],
                malicious_among_reference=v["malicious_among_reference"],
                holders=v["holders"],
                holders_reference=v["holders_reference"],
            )
        ),
    )


def _stage(
    true: Worlds, believed: Worlds, developer: Worlds, society: Worlds, p_goes_ahead: Worlds
) -> _Stage:
    goes, should = believed >= developer, true >= society
    return _Stage(
        developer=developer,
        society=society,
        valley=goes & ~should,
        held_back=~goes & ~should,
        wanted=goes & should,
        too_cautious=~goes & should,
        p_goes_ahead=p_goes_ahead,
    )


def _position(stage: _Stage, samples: int) -> Position:
    return Position(
        developer=_summary(stage.developer, samples),
        society=_summary(stage.society, samples),
        held_back=_chance(stage.held_back, samples),
        valley=_chance(stage.valley, samples),
        wanted=_chance(stage.wanted, samples),
        too_cautious=_chance(stage.too_cautious, samples),
        p_goes_ahead=_summary(stage.p_goes_ahead, samples),
    )


def _measure(
    mitigation: Mitigation,
    drawn: RoundDraws,
    values: Mapping[str, Worlds],
    believed: Worlds | None,
    now: _State,
) -> Measure:
    own = drawn.mitigations[mitigation.id]
    strengths = {name: own.strengths[name] for name in mitigation.changes if name in values}
    then = _state(with_mitigations(values, [strengths]), believed)
    samples = drawn.shared.samples
    return Measure(
        id=mitigation.id,
        title=mitigation.title,
        page=mitigation.page,
        who=mitigation.who,
        p_adopted=float(np.mean(own.p_adopted)),
        changes=tuple(
            MeasureChange(
                quantity=name,
                operation=catalogue.QUANTITIES[name].operation or "times",
                p05=amount.p05,
                p50=amount.p50,
                p95=amount.p95,
                is_side_effect=name in mitigation.side_effects,
            )
            for name, amount in mitigation.changes.items()
        ),
        caution=mitigation.caution,
        training_valley=_chance(then.training.valley, samples),
        deployment_valley=_chance(then.deployment.valley, samples),
        change_in_p_goes_ahead=_summary(
            then.deployment.p_goes_ahead - now.deployment.p_goes_ahead, samples
        ),
        change_in_p_corrected=_summary(then.p_corrected - now.p_corrected, samples),
        change_in_risk=_summary(then.risk - now.risk, samples),
        change_in_principal_risk=_summary(then.principal - now.principal, samples),
    )


def _summary(values: Worlds, samples: int) -> Summary:
    found = summarise(np.array(np.broadcast_to(values, (samples,)))[None, :] + 0.0)
    return Summary(
        mean=float(found.mean[0]),
        p05=float(found.p05[0]),
        p50=float(found.p50[0]),
        p95=float(found.p95[0]),
        standard_error=float(found.standard_error[0]),
    )


def _chance(happens: _Truths, samples: int) -> Chance:
    by_scramble = means_by_scramble(
        np.array(np.broadcast_to(happens, (samples,)), dtype=np.float64)
    )
    return Chance(p=float(by_scramble.mean()), standard_error=float(standard_error(by_scramble)))
