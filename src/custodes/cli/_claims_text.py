"""Claims and their assessments, as a person reads them in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.assessment import AssessmentRecord, ClaimResult, EffortClaims


def claims_text(record: AssessmentRecord) -> str:
    """Each claim in two lines, and what its effort's washing is; empty where there is none."""
    return "\n".join(_lines(record))


def _lines(record: AssessmentRecord) -> Iterator[str]:
    told = record.claims
    if told is None:
        return
    yield "CLAIMS: the chance that each holds, pooled, and its warning signs"
    for each in told.claims:
        yield wrapped(_claim(each), hanging=4)
    for effort in told.efforts:
        yield wrapped(_washing(effort), hanging=4)


def _claim(each: ClaimResult) -> str:
    claim = each.claim
    if each.holds is None:
        chance = each.why
    else:
        low, high = f"{each.holds.p05:.2g}", f"{each.holds.p95:.2g}"
        by = "one assessor" if each.is_one_assessor else f"{each.assessors} assessors"
        chance = f"{each.holds.mean:.2g} ({low} to {high}), {by}"
        praise = sum(bool(said.praise) for said in each.assessments)
        chance += f", {praise} with praise" if praise else ", none with praise"
    signs = ", ".join(dict.fromkeys(sign.sign for sign in each.signs)) or "none"
    return (
        f"{claim.id} on {claim.about}, by {claim.claimant}: {chance.rstrip('.')}; signs: {signs}"
    )


def _washing(effort: EffortClaims) -> str:
    used = effort.washing_used
    told = f"washing of {effort.effort}: {used.p50:.2g} ({used.p05:.2g} to {used.p95:.2g})"
    told += {
        "judged": ", judged directly",
        "claims": ", from its claims",
        "reference class": ", not judged: the default of its kind",
    }[effort.washing_from]
    own = effort.washing_of_claims
    if own is not None and effort.washing_from == "judged":
        told += f"; its claims give {own.mean:.2g} ({own.p05:.2g} to {own.p95:.2g})"
    if effort.left:
        told += f"; at least the default, for {', '.join(effort.left)} is not assessed"
    for moved in effort.moved:
        if moved.quantity not in effort.replaced:
            told += (
                f"; {moved.benchmark} moves the default of {moved.quantity} from "
                f"{moved.before.p50:.2g} to {moved.after.p50:.2g}"
            )
    return told
