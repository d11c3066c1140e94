"""Reads of claims: what is computed with, and the whole round as the library takes it."""

from __future__ import annotations

from collections.abc import Iterable

from custodes.judgements import Expert, ExpertId, Judgement
from custodes.rounds import Round as LibraryRound
from custodes_workbench.claims.models import Assessor, ClaimAnswer, ClaimVersion
from custodes_workbench.claims.records import answer_record, claim_record
from custodes_workbench.claims.selectors.facts import conflict_with
from custodes_workbench.evidence.selectors import round_of as round_without_claims
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import not_rolled_back

_UNDER_WAY = ("draft", "assessing")
"""With these standings assessors still speak, each alone, and nobody counts them yet."""


def standing(round_: Round) -> list[ClaimVersion]:
    """The version of each claim of a round that stands, in the order in which they came.

    Only behind a ruling: it says nothing of who may see it.

    Args:
        round_: The round.
    """
    newest: dict[int, ClaimVersion] = {}
    rows = ClaimVersion.objects.filter(not_rolled_back(round_, "made_at"), claim__round=round_)
    for row in rows.select_related("claim__round").order_by("claim_id", "n"):
        newest[row.claim_id] = row
    return list(newest.values())


def answers_counted(version: ClaimVersion) -> list[ClaimAnswer]:
    """The answers about a claim that count: the newest of each assessor to each question.

    Not those of an assessor who has a conflict with it, or from whom it was taken away; and none
    while it is still assessed here, each alone. What came with a folder counts as in the folder.

    Args:
        version: The claim as it stands.
    """
    under_way = claim_record(version).standing in _UNDER_WAY
    return [
        row
        for row in newest_answers(version)
        if row.assessor.from_folder or not (under_way or aside_because(row.assessor, version))
    ]


def newest_answers(version: ClaimVersion) -> list[ClaimAnswer]:
    """The newest answer of each assessor to each question, counted or not.

    Args:
        version: The claim as it stands.
    """
    claim = version.claim
    rows = ClaimAnswer.objects.filter(not_rolled_back(claim.round, "at"), assessor__claim=claim)
    newest: dict[tuple[int, str, int], ClaimAnswer] = {}
    for row in rows.select_related("assessor__person", "assessor__claim").order_by("pk"):
        # a folder holds blind and revised answers side by side; here a new one is a revision
        answer_round = row.record["round"] if row.assessor.from_folder else 1
        newest[row.assessor_id, row.quantity, answer_round] = row
    return list(newest.values())


def aside_because(assessor: Assessor, version: ClaimVersion) -> str:
    """Why what an assessor says does not count, in words; empty where it does.

    Args:
        assessor: The assessor.
        version: The claim as it stands.
    """
    if assessor.from_folder:
        return ""
    return assessor.ended_because or conflict_with(assessor.person, version)


def round_of(row: Round) -> LibraryRound:
    """The whole round as the library takes it, with its claims and what assessors say of them.

    Args:
        row: The round.
    """
    return with_claims(round_without_claims(row), standing(row))


def with_claims(round_: LibraryRound, versions: Iterable[ClaimVersion]) -> LibraryRound:
    """A round with these claims and the answers about them that count.

    Args:
        round_: Without claims.
        versions: Of claims.
    """
    listed = list(versions)
    answers = [row for each in listed for row in answers_counted(each)]
    judgements = tuple(answer_record(row) for row in answers)
    return round_.model_copy(
        update={
            "claims": tuple(claim_record(each) for each in listed),
            "judgements": (*round_.judgements, *judgements),
            "experts": (*round_.experts, *_assessors(answers, judgements)),
        }
    )


def _assessors(
    answers: Iterable[ClaimAnswer], judgements: Iterable[Judgement]
) -> tuple[Expert, ...]:
    """Assessors as experts; those who came with a folder are on its panel already."""
    own = {
        told.expert
        for row, told in zip(answers, judgements, strict=True)
        if not row.assessor.from_folder
    }
    return tuple(Expert(expert=ExpertId(each)) for each in sorted(own))
