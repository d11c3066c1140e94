"""The claims of a round with their assessments, signs, and what they move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from custodes.assessment._claims import claim_draws, washing_draws
from custodes.assessment._claims_record import (
    AmountTold,
    ClaimAssessment,
    ClaimResult,
    ClaimsRecord,
    CorrelationTold,
    EffortClaims,
)
from custodes.assessment._draws import EffortDraws, RoundDraws
from custodes.assessment._inputs import (
    claim_subject,
    effort_inputs,
    heard_about,
    washing_inputs,
)
from custodes.assessment._record import EffortAssessment, Summary
from custodes.assessment._scaling_statement import scaling_statement
from custodes.catalogue import CLAIM_QUANTITIES
from custodes.efforts import reference_classes
from custodes.evidence import (
    CAPABILITY_WARNINGS,
    AuditOutcome,
    Claim,
    capability_correlation,
    moved_defaults,
    no_sign_of_benchmark,
    outcome_of,
    warning_signs,
)
from custodes.judgements import Judgement, latest_answers, pool_answers, set_aside
from custodes.quantities import Streams, Worlds, summarise
from custodes.rounds import Round


def claims_of(
    round_: Round, efforts: Sequence[EffortAssessment], drawn: RoundDraws
) -> ClaimsRecord:
    """The claims of a round.

    Args:
        round_: The round; it must fit together.
        efforts: Its efforts as they were assessed.
        drawn: What they were drawn from.
    """
    streams = drawn.streams
    systems = {each.id: each for each in round_.systems}
    audits = tuple(outcome_of(each, systems.get(each.system)) for each in round_.audits)
    about = {each.effort for each in round_.claims}
    written = {str(each.id): each for each in round_.efforts}
    return ClaimsRecord(
        claims=tuple(_claim(round_, each, audits, streams) for each in round_.claims),
        efforts=tuple(_effort(round_, each, streams) for each in efforts if each.id in about),
        scaling=tuple(
            scaling_statement(
                round_,
                written[each.id],
                each,
                EffortDraws(drawn, effort_inputs(round_, written[each.id])),
            )
            for each in efforts
            if each.id in about
        ),
        warnings=CAPABILITY_WARNINGS
        if any(capability_correlation(each.benchmark) for each in round_.claims)
        else (),
    )


def _claim(
    round_: Round, claim: Claim, audits: Sequence[AuditOutcome], streams: Streams
) -> ClaimResult:
    aside = set_aside(round_.conflict_subject(claim.subject), round_.conflicts)
    told = _assessments(round_, claim, aside)
    heard = [
        each for each in told if not each.is_set_aside and (each.verdict or each.p50 is not None)
    ]
    subject = claim_subject(round_, claim)
    draws = {} if subject is None else claim_draws(subject, streams)
    return ClaimResult(
        claim=claim,
        assessments=told,
        verdicts=dict(sorted(Counter(each.verdict for each in heard if each.verdict).items())),
        assessors=len(heard),
        is_one_assessor=len(heard) == 1,
        holds=_summary(draws.get("claim_holds"), streams.samples),
        credited=_amount(round_, claim, "credited"),
        claimed_cut=_amount(round_, claim, "claimed_cut"),
        washing=_summary(draws.get("washing"), streams.samples),
        moves="washing" in draws and bool(claim.effort) and claim.counts,
        why=_why(claim, draws),
        signs=warning_signs(claim, audits, round_.claims),
        correlation=_correlation(claim),
        no_sign=no_sign_of_benchmark(claim),
    )


def _assessments(
    round_: Round, claim: Claim, aside: frozenset[str]
) -> tuple[ClaimAssessment, ...]:
    answers = [each for each in round_.judgements if each.effort == claim.subject]
    last = latest_answers(each for each in answers if each.quantity == "claim_holds")
    return tuple(
        _assessment(last[key], is_set_aside=last[key].expert in aside) for key in sorted(last)
    )


def _assessment(answer: Judgement, *, is_set_aside: bool) -> ClaimAssessment:
    amount = answer.amount
    return ClaimAssessment(
        expert=answer.expert,
        verdict=answer.verdict,
        p05=None if amount is None else amount.p05,
        p50=None if amount is None else amount.p50,
        p95=None if amount is None else amount.p95,
        reason=answer.reason,
        praise=answer.praise,
        is_set_aside=is_set_aside,
    )


def _amount(round_: Round, claim: Claim, name: str) -> AmountTold | None:
    """A quantity of a claim as it is used: judged, as the file says, or our assumption."""
    heard = heard_about(round_, claim.subject)
    answers = heard.answers.get(name)
    if answers:
        pooled = pool_answers(
            answers, CLAIM_QUANTITIES[name], weights=heard.weights, shape=round_.shape
        )
        return AmountTold(basis="judged", p05=pooled.p05, p50=pooled.p50, p95=pooled.p95)
    amount = round_.assumed(claim.subject, name)
    if amount is None:
        return None
    is_stated = getattr(claim, name) is not None
    p05, p50, p95 = amount.numbers
    return AmountTold(basis="stated" if is_stated else "assumption", p05=p05, p50=p50, p95=p95)


def _why(claim: Claim, known: Collection[str]) -> str:
    if not claim.is_published:
        return (
            f"Its assessment is not public ({claim.standing.replace('_', ' ')}), "
            "so it moves nothing."
        )
    if not claim.counts:
        return "It has a handling mark; what is withheld moves no published figure."
    if not claim.effort:
        return f"It is about {claim.about}, and moves no effort."
    if "claim_holds" not in known:
        return "Nobody said how likely it holds, so it moves nothing."
    if "washing" not in known:
        return "Nobody said which cut it claims (claimed_cut), so it moves nothing."
    return "It is part of the effort's washing, unless experts judged that directly."


def _correlation(claim: Claim) -> CorrelationTold | None:
    found = capability_correlation(claim.benchmark)
    if found is None or not found.is_checked:
        return None
    low, high = found.interval
    return CorrelationTold(
        **found.model_dump(exclude={"is_checked"}),
        p05=low,
        p95=high,
        capability_share=found.capability_share,
        worsening_share=found.worsening_share,
        sign=found.sign,
    )


def _effort(round_: Round, effort: EffortAssessment, streams: Streams) -> EffortClaims:
    written = next(each for each in round_.efforts if each.id == effort.id)
    inputs = washing_inputs(round_, written)
    used = effort.quantities["washing"]
    is_judged = bool(heard_about(round_, effort.id).answers.get("washing"))
    moved = moved_defaults(
        reference_classes()[written.kind].quantities, round_.claims_about(effort.id)
    )
    return EffortClaims(
        effort=effort.id,
        washing_from="judged" if is_judged else "claims" if inputs else "reference class",
        washing_used=used,
        washing_of_claims=None
        if inputs is None
        else _summary(washing_draws(inputs, streams), streams.samples),
        left=() if inputs is None else inputs.left,
        moved=moved,
        replaced=tuple(
            each.quantity
            for each in moved
            if effort.quantities[each.quantity].basis != "reference class"
        ),
    )


def _summary(values: Worlds | None, samples: int) -> Summary | None:
    if values is None:
        return None
    moments = summarise(np.broadcast_to(values, (1, samples)) + 0.0)
    return Summary(
        mean=float(moments.mean[0]),
        p05=float(moments.p05[0]),
        p50=float(moments.p50[0]),
        p95=float(moments.p95[0]),
        standard_error=float(moments.standard_error[0]),
    )
