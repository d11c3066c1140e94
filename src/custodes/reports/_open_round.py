"""The round as it may be published: what is open, without what only says who somebody is.

What is left computes every published figure to the same bits, so that anybody can.
"""

from __future__ import annotations

from collections.abc import Collection

from custodes.assessment import Assessment
from custodes.choice_rules import Category, ChoiceRule, Exclusion, Fixed, Linear, Prerequisite
from custodes.disclosure import is_public
from custodes.evidence import WITHHELD_EVIDENCE, Claim
from custodes.judgements import Conflict, Expert, Judgement
from custodes.rounds import Round, inputs_sha256


def only_open(assessment: Assessment, *, recommenders: Collection[str] = ()) -> Assessment:
    """The assessment of what has no handling mark, as if the rest were not there.

    A choice made from it can be published: neither its money nor its limits say anything of an
    effort that is withheld, and its inputs are those that are published. What it says of claims
    is left out: `edit` makes it again for what is published.

    Args:
        assessment: The whole.
        recommenders: Who draws curves; conflicts of theirs count as an expert's do.
    """
    round_ = open_round(assessment.round_, recommenders=recommenders)
    if round_ is assessment.round_:
        return assessment
    names = {str(each.id) for each in round_.efforts}
    record = assessment.record.model_copy(
        update={
            "efforts": tuple(each for each in assessment.record.efforts if each.id in names),
            "inputs_sha256": inputs_sha256(round_),
            "claims": None,
        }
    )
    return Assessment(record=record, round_=round_)


def open_round(round_: Round, *, recommenders: Collection[str] = ()) -> Round:
    """The round without what is withheld and without what identifies people.

    Efforts and challenges with a handling mark are left out with all that speaks of them. A hash
    of the whole would let anybody test guesses of what is withheld. Of
    experts their code and weight stay; of conflicts whether they keep an answer out or make it
    count for less, and everything about one that was decided to be published.

    Args:
        round_: The round.
        recommenders: Who draws curves; conflicts of theirs count as an expert's do.

    Returns:
        The same object where nothing is left out.
    """
    heard = {
        *recommenders,
        *(each.expert for each in round_.judgements),
        *(str(each.expert) for each in round_.experts),
    }
    names = {str(each.id) for each in round_.efforts if is_public(each.handling)}
    choice = round_.settings.choice
    rules = tuple(kept for rule in choice.rules if (kept := _of_open(rule, names)) is not None)
    claims = _open_claims(round_, names)
    silent = {each.subject for each in round_.claims} - {
        each.subject for each in claims if each.counts
    }
    answers = tuple(
        _undated(each)
        for each in round_.judgements
        if _is_open(each.effort, names) and each.effort not in silent
    )
    opened = round_.model_copy(
        update={
            "settings": round_.settings.model_copy(
                update={"choice": choice.model_copy(update={"rules": rules})}
            ),
            "efforts": tuple(each for each in round_.efforts if each.id in names),
            "judgements": answers,
            "experts": tuple(
                Expert(expert=each.expert, weight=each.weight) for each in round_.experts
            ),
            "conflicts": tuple(
                told
                for each in round_.conflicts
                if not each.effort or _is_open(each.effort, names)
                if (told := _told(each, heard)) is not None
            ),
            "challenges": tuple(
                each
                for each in round_.challenges
                if each.effort in names and is_public(each.handling)
            ),
            "claims": claims,
        }
    )
    return round_ if opened == round_ else opened


def without_answers(round_: Round) -> Round:
    """The round without the answers of experts, for where only pools are published.

    Assessments of claims stay: they are public statements.

    Args:
        round_: What `open_round` gave.
    """
    nobody: dict[str, tuple[object, ...]] = dict.fromkeys(
        ("experts", "conflicts", "calibration"), ()
    )
    public = tuple(each for each in round_.judgements if each.effort.startswith("claim:"))
    return round_.model_copy(update={**nobody, "judgements": public})


def without_audits(round_: Round) -> Round:
    """The round without its audits; claims that rest on one say that it is not published here.

    Args:
        round_: What `open_round` gave.
    """
    known = {each.id for each in round_.audits}
    claims = tuple(_without_evidence(each, known) for each in round_.claims)
    return round_.model_copy(update={"audits": (), "claims": claims})


def _open_claims(round_: Round, names: set[str]) -> tuple[Claim, ...]:
    """Open claims about open efforts, and of their assessments what is public."""
    hidden = {each.id for each in round_.audits if not is_public(each.handling)}
    return tuple(
        _without_evidence(
            each if each.is_published else each.model_copy(update={"assessment": "", "reply": ""}),
            hidden,
        )
        for each in round_.claims
        if is_public(each.handling)
        and each.standing != "draft"
        and (not each.effort or each.effort in names)
    )


def _without_evidence(claim: Claim, gone: Collection[str]) -> Claim:
    if not {*claim.evidence} & {*gone}:
        return claim
    left = tuple(each for each in claim.evidence if each not in gone)
    return claim.model_copy(update={"evidence": tuple(dict.fromkeys((*left, WITHHELD_EVIDENCE)))})


def _is_open(subject: str, names: set[str]) -> bool:
    """Whether a subject is an open effort, or a system, a mitigation or the world."""
    return subject in names or ":" in subject


def _undated(answer: Judgement) -> Judgement:
    """The answer without its moment, by which a person could be found."""
    return answer.model_copy(update={"at": type(answer).model_fields["at"].default})


def _told(conflict: Conflict, heard: Collection[str]) -> Conflict | None:
    """What the public is told of a conflict; nothing where nothing hangs on it."""
    if conflict.decided == "publish":
        return conflict.model_copy(update={"evidence": "", "decided_by": "", "decided_at": ""})
    weighs = conflict.weight is not None and conflict.dismissed != "yes"
    if conflict.expert not in heard or not (conflict.keeps_out or weighs):
        return None
    return Conflict(
        expert=conflict.expert,
        effort=conflict.effort,
        type="other",
        decided=conflict.decided,
        weight=conflict.weight,
    )


def _of_open(rule: ChoiceRule, open_: set[str]) -> ChoiceRule | None:
    """The part of a rule that speaks of open efforts; none where nothing is left to limit."""
    match rule:
        case Exclusion() | Category():
            names = tuple(each for each in rule.efforts if each in open_)
            least = 2 if isinstance(rule, Exclusion) else 1
            return rule.model_copy(update={"efforts": names}) if len(names) >= least else None
        case Prerequisite():
            return rule if {rule.effort, rule.needs} <= open_ else None
        case Fixed():
            return rule if rule.effort in open_ else None
        case Linear():
            left = {name: each for name, each in rule.coefficients.items() if name in open_}
            return rule.model_copy(update={"coefficients": left}) if left else None
