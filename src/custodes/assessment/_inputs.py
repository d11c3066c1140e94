"""From a round to what the engine draws from: distributions with weights, and their basis."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from custodes import catalogue
from custodes.assessment._record import Basis
from custodes.efforts import Effort, reference_classes
from custodes.evidence import Claim, HazardTests, hazard_tests, outcome_of
from custodes.judgements import Voices, set_aside, voices, weighed
from custodes.mitigations import ADOPTED, Mitigation, strength_of
from custodes.quantities import (
    Amount,
    Distribution,
    Quantity,
    Sampler,
    distribution,
)
from custodes.rounds import JudgementRules, Round
from custodes.systems import BUILT_IN, System
from custodes.worldviews import CorrelationFactor, factor_of

COST = Quantity(
    name="cost",
    symbol="C",
    meaning="What the effort costs.",
    question="What does it cost?",
    unit="money",
    low=0,
    high=1e15,
    family="positive",
    owner="effort",
    page="9",
)

SYSTEM_KINDS = (
    "power_averseness",
    "honest_ai",
    "preference_training",
    "scalable_oversight",
    "robustness",
    "control",
    "evaluations",
    "broad_programme",
)
"""Kinds that act on a system even where none is named (docs/explanation/model.md)."""
WEIGHT_KINDS = (
    "power_averseness",
    "honest_ai",
    "preference_training",
    "scalable_oversight",
    "robustness",
    "model_organisms",
    "broad_programme",
)
"""Kinds that make or use weights even where no system is named."""
DUAL_USE_MONTHS = 0.005
"""Median months of insight at the effort's cost from which a finding counts as dual-use."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one quantity of one subject is drawn from."""

    assumed: Distribution
    """The reference class, the file's amount or the default: where nobody answered."""
    answers: Mapping[str, Distribution]
    """By expert, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An effort, a system, a mitigation or a worldview, ready to be drawn."""

    owner: str
    """Name of its streams: `effort:ID`, `system:ID`, a mitigation's id, or `world`."""
    sources: Mapping[str, Source]
    """By quantity."""
    weights: Mapping[str, float]
    """Weights of the experts who answered anything about it."""
    coherent: bool = True
    """Whether one expert speaks in each draw; otherwise each quantity has its own speakers."""


@dataclass(frozen=True, slots=True)
class WorldviewInputs:
    """One worldview, ready to be drawn."""

    name: str
    """Its name."""
    world: Subject
    """Its quantities."""
    factors: Mapping[str, CorrelationFactor]
    """Correlated quantities, by owner: effort, system, world."""
    face_value: Distribution
    """Share of decision makers who take audits at face value."""
    harm_arrival_rate: Distribution
    """Rate a month at which harm arrives once a problem is active."""


@dataclass(frozen=True, slots=True)
class MitigationInputs:
    """One mitigation, ready to be drawn."""

    id: str
    """Its id."""
    who: str
    """Who carries it out."""
    strengths: Subject
    """Strength by quantity, and `adopted`."""
    applies: str
    """To which efforts it applies."""
    available: bool
    """Whether it may be recommended."""
    is_condition: bool
    """Whether a funder can make it a condition; then adoption is drawn for each effort."""
    cost_share: float
    """Share of the effort's cost."""
    cost_least: float
    """At least so much, in the round's currency."""


@dataclass(frozen=True, slots=True)
class HazardInputs:
    """One judged hazard of a system."""

    hazard: str
    """Its name."""
    class_: str
    """Its class of risk."""
    subject: Subject
    """`hidden_problem` and `harm_if_hidden`, ready to be drawn."""
    tests: HazardTests
    """What the audits say of it."""


@dataclass(frozen=True, slots=True)
class SystemEvidence:
    """The audits of a system whose safety they move."""

    system: str
    """The system, by id."""
    hazards: Mapping[str, HazardInputs]
    """Its judged hazards, by name."""
    efforts: frozenset[str]
    """Efforts of tests that its audits are part of: what they make people believe is computed."""


@dataclass(frozen=True, slots=True)
class CorrectionInputs:
    """What P(corrected in time) of a system is computed from."""

    subject: Subject | None
    """`noticed` and `months_to_effect`; none where one of them is missing, so that `rollback`
    stands."""
    is_released: bool
    """Whether the weights are released, so that nothing can be corrected."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What all efforts of a round share."""

    key: str
    """Name of these inputs; equal for equal inputs."""
    currency: str
    """The round's currency."""
    seed: int
    """0 is a seed."""
    samples: int
    """Draws."""
    sampler: Sampler
    """Sobol' or plain."""
    verdict: str
    """`risk` or `social-value`."""
    p_raises_risk: float
    """Limit on P(raises risk)."""
    conditions_cost_share: float
    """Limit on the cost of conditions, as a share of the effort's."""
    usd_per_unit: float
    """USD for one unit of the round's currency."""
    worldviews: tuple[WorldviewInputs, ...]
    """In the round's order."""
    systems: Mapping[str, Subject]
    """By id; the built-in system under `default`."""
    mitigations: Mapping[str, MitigationInputs]
    """By id, in the order of ids."""
    evidence: Mapping[str, SystemEvidence] = field(default_factory=dict[str, SystemEvidence])
    """Systems whose safety their audits move, by id."""
    corrections: Mapping[str, CorrectionInputs] = field(
        default_factory=dict[str, CorrectionInputs]
    )
    """Systems of which P(corrected in time) is computed, by id."""


@dataclass(frozen=True, slots=True)
class WashingInputs:
    """The claims about an effort that are assessed and say which cut they claim."""

    claims: Mapping[str, Subject]
    """By id: `claim_holds`, `credited` and `claimed_cut`, ready to be drawn."""
    left: tuple[str, ...]
    """Claims that count and are not among them; with these, washing is at least its default."""
    basis: Basis
    """`judged` where all claims are among them and experts judged how far each is credited."""

    @property
    def experts(self) -> int:
        """How many assessors' answers are in it."""
        return len({expert for each in self.claims.values() for expert in each.weights})


@dataclass(frozen=True, slots=True)
class EffortInputs:
    """One effort, ready to be drawn."""

    effort: Effort
    """The effort."""
    subject: Subject
    """Its quantities and `cost`, in the round's currency."""
    reference_cost: float
    """USD at which they are stated."""
    basis: Basis
    """Judged, mixed or reference class."""
    holds: frozenset[str]
    """Which of the mitigations' `applies` hold for it: always, system, weights, dual_use."""
    given: tuple[str, ...] | None
    """The package that a person fixed, in the order given; none to recommend one."""
    washing: WashingInputs | None = None
    """The assessed claims about it, which give its washing unless experts judged that."""


def shared_inputs(round_: Round, *, key: str, seed: int, samples: int, sampler: Sampler) -> Shared:
    """What all efforts of a round share, from its settings, worldviews, systems, mitigations.

    Args:
        round_: The round.
        key: Name of these inputs, equal for equal inputs, seed, samples and sampler.
        seed: 0 is a seed.
        samples: Draws.
        sampler: Sobol' or plain.
    """
    usd = 1.0 / round_.usd_per_unit
    return Shared(
        key=key,
        currency=round_.settings.currency,
        seed=seed,
        samples=samples,
        sampler=sampler,
        verdict=round_.settings.verdict,
        p_raises_risk=round_.settings.limits.p_raises_risk,
        conditions_cost_share=round_.settings.limits.conditions_cost_share,
        usd_per_unit=round_.usd_per_unit,
        worldviews=tuple(
            WorldviewInputs(
                name=worldview.name,
                world=Subject(
                    owner="world",
                    sources={
                        name: Source(distribution(amount, catalogue.QUANTITIES[name]), {})
                        for name, amount in worldview.quantities.items()
                    },
                    weights={},
                ),
                factors={
                    owner: factor
                    for owner in ("effort", "system", "world")
                    if (factor := factor_of(worldview.correlations, owner)) is not None
                },
                face_value=distribution(worldview.face_value, catalogue.FACE_VALUE),
                harm_arrival_rate=distribution(
                    worldview.harm_arrival_rate, catalogue.VIEWS_APART["harm_arrival_rate"]
                ),
            )
            for worldview in round_.worldviews
        ),
        systems={
            system.id: _subject(
                round_,
                f"system:{system.id}",
                {
                    name: (catalogue.QUANTITIES[name], amount)
                    for name, amount in system.quantities.items()
                },
            )
            for system in (BUILT_IN, *round_.systems)
        },
        mitigations={
            each.id: _mitigation(round_, each, usd=usd)
            for each in sorted(round_.mitigations, key=lambda each: each.id)
        },
        evidence={
            system.id: found
            for system in round_.systems
            if (found := system_evidence(round_, system)) is not None
        },
        corrections={
            system.id: parts
            for system in (BUILT_IN, *round_.systems)
            if (parts := correction_inputs(round_, system)) is not None
        },
    )


def system_evidence(round_: Round, system: System) -> SystemEvidence | None:
    """The audits of a system, if they move its safety.

    They do where somebody judged, or the file states, how likely a hazard is and what harm it
    does, and a conclusive test of one such hazard is there.

    Args:
        round_: The round.
        system: One of its systems.
    """
    audits = [audit for audit in round_.audits if audit.system == system.id]
    if not audits:
        return None
    tests = hazard_tests([outcome_of(audit, system) for audit in audits])
    hazards: dict[str, HazardInputs] = {}
    for hazard, class_ in catalogue.HAZARDS.items():
        subject = hazard_subject(round_, system, hazard)
        if subject is not None:
            hazards[hazard] = HazardInputs(hazard, class_, subject, tests[hazard])
    if not any(each.tests.tests for each in hazards.values()):
        return None
    named = {effort for audit in audits for effort in audit.efforts}
    return SystemEvidence(
        system=system.id,
        hazards=hazards,
        efforts=frozenset(
            str(effort.id)
            for effort in round_.efforts
            if effort.kind == "evaluations"
            and effort.target_system == system.id
            and effort.id in named
        ),
    )


def correction_inputs(round_: Round, system: System) -> CorrectionInputs | None:
    """What P(corrected in time) of a system is computed from; none where `rollback` stands.

    Args:
        round_: The round.
        system: One of its systems, or the built-in one.
    """
    is_released = any(each.id == system.id and each.is_released for each in round_.corrections)
    subject = _all_or_none(
        round_, f"system:{system.id}", system.correction, catalogue.CORRECTION_QUANTITIES
    )
    if subject is None and not is_released:
        return None
    return CorrectionInputs(subject=subject, is_released=is_released)


def hazard_subject(round_: Round, system: System, hazard: str) -> Subject | None:
    """What was judged of a hazard of a system; none where one of the two numbers is missing.

    Args:
        round_: The round.
        system: One of its systems.
        hazard: The hazard.
    """
    return _all_or_none(
        round_,
        f"system:{system.id}/{hazard}",
        system.hazards.get(hazard, {}),
        catalogue.HAZARD_QUANTITIES,
    )


def _all_or_none(
    round_: Round, owner: str, stated: Mapping[str, Amount], asked: Mapping[str, Quantity]
) -> Subject | None:
    """Quantities without a default, judged or stated; none where one of them is missing."""
    heard = heard_about(round_, owner)
    if any(name not in stated and not heard.answers.get(name) for name in asked):
        return None
    nothing = Amount.point(0.0)  # never drawn: somebody answered
    return _drawn_from(
        owner,
        {name: (quantity, stated.get(name, nothing)) for name, quantity in asked.items()},
        heard=heard,
        rules=round_.settings.judgement,
    )


def effort_inputs(
    round_: Round, effort: Effort, *, given: tuple[str, ...] | None = None
) -> EffortInputs:
    """One effort of a round, ready to be drawn."""
    reference = reference_classes()[effort.kind]
    quantities = catalogue.quantities_of("effort")
    subject = effort_subject(round_, effort, heard_about(round_, effort.id))
    judged = sum(bool(source.answers) for source in subject.sources.values())
    washing = washing_inputs(round_, effort)
    named = bool(effort.target_system)
    holds = {
        "always": True,
        "system": named or effort.kind in SYSTEM_KINDS,
        "weights": named or effort.kind in WEIGHT_KINDS,
        "dual_use": effort.dual_use == "yes",
    }
    return EffortInputs(
        effort=effort,
        subject=subject,
        reference_cost=effort.reference_cost or reference.reference_cost,
        basis="reference class"
        if judged == 0 and washing is None
        else "judged"
        if judged == len(quantities)
        else "mixed",
        holds=frozenset(name for name, is_so in holds.items() if is_so),
        given=given,
        washing=washing,
    )


def washing_inputs(round_: Round, effort: Effort) -> WashingInputs | None:
    """The assessed claims about an effort; none where nobody assessed one that says its cut."""
    about = round_.claims_about(effort.id)
    found = {
        claim.id: subject
        for claim in about
        if (subject := claim_subject(round_, claim)) is not None
        and "claimed_cut" in subject.sources
    }
    if not found:
        return None
    left = tuple(claim.id for claim in about if claim.id not in found)
    is_judged = all(each.sources["credited"].answers for each in found.values())
    return WashingInputs(
        claims=found, left=left, basis="judged" if is_judged and not left else "mixed"
    )


def claim_subject(round_: Round, claim: Claim) -> Subject | None:
    """What was judged of a claim; none where nobody said how likely it holds.

    Without `claimed_cut` where neither an assessor nor the file says which cut it claims.

    Args:
        round_: The round.
        claim: One of its claims.
    """
    heard = heard_about(round_, claim.subject)
    if not heard.answers.get("claim_holds"):
        return None
    nothing = Amount.point(0.0)  # never drawn: somebody answered
    stated = {name: round_.assumed(claim.subject, name) for name in catalogue.CLAIM_QUANTITIES}
    return _drawn_from(
        claim.subject,
        {
            name: (quantity, stated[name] or nothing)
            for name, quantity in catalogue.CLAIM_QUANTITIES.items()
            if stated[name] is not None or heard.answers.get(name)
        },
        heard=heard,
        rules=round_.settings.judgement,
    )


def effort_subject(round_: Round, effort: Effort, heard: Voices) -> Subject:
    """The quantities of an effort and its cost, with the answers of those who are heard."""
    assumed = round_.reference_class(effort)
    unit = round_.in_currency(effort)
    cost = Amount(
        p05=effort.cost.p05 * unit, p50=effort.cost.p50 * unit, p95=effort.cost.p95 * unit
    )
    return _drawn_from(
        f"effort:{effort.id}",
        {each.name: (each, assumed[each.name]) for each in catalogue.quantities_of("effort")}
        | {"cost": (COST, cost)},
        heard=heard,
        rules=round_.settings.judgement,
    )


def _subject(round_: Round, owner: str, stated: Mapping[str, tuple[Quantity, Amount]]) -> Subject:
    """A system or a mitigation, with the answers of those who are heard on it."""
    return _drawn_from(
        owner.removeprefix("mitigation:"),
        stated,
        heard=heard_about(round_, owner),
        rules=round_.settings.judgement,
    )


def heard_about(round_: Round, judged: str) -> Voices:
    """The answers about a subject that count, without those whom a conflict keeps out."""
    concerned = round_.conflict_subject(judged)
    return heard_on(round_, judged, aside=set_aside(concerned, round_.conflicts))


def heard_on(round_: Round, judged: str, *, aside: Collection[str]) -> Voices:
    """The answers about a subject that count, with the weights their experts have on it."""
    experts = weighed(round_.conflict_subject(judged), round_.experts, round_.conflicts)
    return voices(judged, round_.judgements, experts, aside=aside)


def _drawn_from(
    owner: str,
    stated: Mapping[str, tuple[Quantity, Amount]],
    *,
    heard: Voices,
    rules: JudgementRules,
) -> Subject:
    """A subject whose experts' answers stand before what is stated or assumed."""
    return Subject(
        owner=owner,
        sources={
            name: Source(
                assumed=distribution(amount, quantity),
                answers={
                    expert: distribution(answer, quantity, shape=rules.shape)
                    for expert, answer in heard.answers.get(name, {}).items()
                },
            )
            for name, (quantity, amount) in stated.items()
        },
        weights=heard.weights,
        coherent=rules.coherent,
    )


def _mitigation(round_: Round, mitigation: Mitigation, *, usd: float) -> MitigationInputs:
    stated = {name: (strength_of(name), amount) for name, amount in mitigation.changes.items()}
    return MitigationInputs(
        id=mitigation.id,
        who=mitigation.who,
        strengths=_subject(
            round_,
            f"mitigation:{mitigation.id}",
            stated | {"adopted": (ADOPTED, mitigation.adopted)},
        ),
        applies=mitigation.applies,
        available=mitigation.available,
        is_condition=mitigation.grant_condition,
        cost_share=mitigation.cost_share,
        cost_least=mitigation.cost_least * (usd if mitigation.cost_in_usd else 1.0),
    )
