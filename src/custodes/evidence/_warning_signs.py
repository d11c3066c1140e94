"""Signs that a claim may wash: each with its reason, one by one, never added up to a score.

Experts see them after their first answer, so that signs do not anchor it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from custodes.evidence._capability import UNCHECKED, capability_correlation
from custodes.evidence._claim import WITHHELD_EVIDENCE, Claim
from custodes.evidence._outcome import AuditOutcome
from custodes.records import Record

SIGNS: Mapping[str, str] = {
    "no_evidence": "no evidence is given",
    "own_evidence": "only the developer's own evidence is given",
    "hazard_not_named": "no hazard is named",
    "definition_not_named": "no definition of alignment is named",
    "scale_not_stated": "more capable systems are left open",
    "moves_with_capability": "its benchmark moves with capability",
    "selected_runs": "its runs may be selected",
    "part_of_dataset": "a part of the items was run",
    "few_items": "few items were run",
    "absolute": "it is absolute, and its tests are bounded",
    "contradicted_before": "the same claim was contradicted already",
}
"""Every sign in words, in the order in which they are shown."""

ABSOLUTE = (
    *("safe", "aligned", "harmless", "secure", "trustworthy", "solved", "guarantee"),
    *("guaranteed", "guarantees", "eliminates", "eliminated", "never", "cannot"),
)
"""Words of a claim that no bounded test can bear out; of English texts alone."""
_SELECTED = ("unfinished", "cancelled", "run_error", "run_again")
"""Checks of runs that tell of runs that were left out, stopped or tried again."""


class WarningSign(Record):
    """One sign, and what it was seen in."""

    sign: str
    """Its id, a key of `SIGNS`."""
    reason: str
    """What it was seen in, in a sentence."""


def warning_signs(
    claim: Claim, audits: Iterable[AuditOutcome] = (), others: Iterable[Claim] = ()
) -> tuple[WarningSign, ...]:
    """The signs of a claim, in the order of `SIGNS`.

    Args:
        claim: The claim.
        audits: What the audits of the round show; those that it names count.
        others: All claims of the round, for the same sentence said before.
    """
    named = [each for each in audits if each.audit.id in claim.evidence]
    said = [each for each in others if each.id != claim.id]
    return tuple(
        WarningSign(sign=sign, reason=reason)
        for sign, seen_in in _SEEN_IN.items()
        for reason in seen_in(claim, named, said)
    )


def no_sign_of_benchmark(claim: Claim) -> str:
    """Why a benchmark that a claim names gives no sign; empty where it gives one, or none is."""
    if not claim.benchmark:
        return ""
    found = capability_correlation(claim.benchmark)
    if found is None:
        return f"Nothing is known of how '{claim.benchmark}' moves with capability."
    if not found.is_checked:
        return f"{found.name}: {UNCHECKED}"
    return "" if found.sign else f"{found.told}: the interval contains 0, so it gives no sign."


_Seen = Iterator[str]
_Audits = Sequence[AuditOutcome]
_Claims = Sequence[Claim]


def _no_evidence(claim: Claim, _named: _Audits, _said: _Claims) -> _Seen:
    if not claim.evidence:
        yield "The claim names no evidence at all."


def _own_evidence(claim: Claim, named: _Audits, _said: _Claims) -> _Seen:
    is_all = named and WITHHELD_EVIDENCE not in claim.evidence
    if is_all and all(each.independence.grade == "D" for each in named):
        ids = ", ".join(each.audit.id for each in named)
        yield f"Independence of {ids} is D: nothing shows that anybody else had a say."


def _hazard_not_named(claim: Claim, _named: _Audits, _said: _Claims) -> _Seen:
    if not claim.hazard:
        yield "Which harm is meant is not said, so nobody can look for it."


def _definition_not_named(claim: Claim, _named: _Audits, _said: _Claims) -> _Seen:
    if not claim.definition_of_alignment:
        yield "What is meant by alignment, and with whom, is not said."


def _scale_not_stated(claim: Claim, _named: _Audits, _said: _Claims) -> _Seen:
    if claim.scale == "not_stated":
        yield "Whether it holds for more capable systems is not said."


def _moves_with_capability(claim: Claim, _named: _Audits, _said: _Claims) -> _Seen:
    found = capability_correlation(claim.benchmark)
    if found is None or not found.sign:
        return
    if found.sign == "rises":
        yield (
            f"{found.told}: it rises with capability, so a better score may be capability "
            "and not safety."
        )
    else:
        yield f"{found.told}: it gets worse in more capable systems."


def _selected_runs(_claim: Claim, named: _Audits, _said: _Claims) -> _Seen:
    for each in named:
        if each.audit.all_runs_listed is not True:
            yield f"Nobody attested that all runs of {each.audit.id} are listed."
        for sentence in _flagged(each, *_SELECTED):
            yield f"{each.audit.id}: {sentence}"


def _part_of_dataset(_claim: Claim, named: _Audits, _said: _Claims) -> _Seen:
    for each in named:
        for sentence in _flagged(each, "part_of_dataset"):
            yield f"{each.audit.id}: {sentence}"


def _few_items(_claim: Claim, named: _Audits, _said: _Claims) -> _Seen:
    for each in named:
        for sentence in _flagged(each, "few_items"):
            yield f"{each.audit.id}: {sentence}"


def _flagged(outcome: AuditOutcome, *checks: str) -> Iterator[str]:
    """The sentences of an audit's flags of these checks, each once."""
    found = [flag for family in outcome.families for flag in family.flags]
    yield from dict.fromkeys(flag.sentence for flag in found if flag.check in checks)


def _absolute(claim: Claim, _named: _Audits, _said: _Claims) -> _Seen:
    if (claim.language or "en").casefold().startswith("en"):
        words = re.findall(r"[a-z]+", claim.text.casefold())
        found = next((word for word in ABSOLUTE if word in words), "")
        if found:
            yield f"It says '{found}'; a test shows no more than what it looked for."


def _contradicted_before(claim: Claim, _named: _Audits, said: _Claims) -> _Seen:
    for other in said:
        if other.assessment == "contradicted" and _plain(other.text) == _plain(claim.text):
            yield f"Claim {other.id} of {other.claimant} says the same and was contradicted."


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


_SEEN_IN: Mapping[str, Callable[[Claim, _Audits, _Claims], _Seen]] = {
    "no_evidence": _no_evidence,
    "own_evidence": _own_evidence,
    "hazard_not_named": _hazard_not_named,
    "definition_not_named": _definition_not_named,
    "scale_not_stated": _scale_not_stated,
    "moves_with_capability": _moves_with_capability,
    "selected_runs": _selected_runs,
    "part_of_dataset": _part_of_dataset,
    "few_items": _few_items,
    "absolute": _absolute,
    "contradicted_before": _contradicted_before,
}
