"""How a person stands to a claim: who assesses it, who replies, who has a conflict with it."""

from __future__ import annotations

from collections.abc import Collection

from custodes_workbench.access import Facts, Relation
from custodes_workbench.claims.models import Assessor, ClaimVersion
from custodes_workbench.claims.records import claim_record
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import relations_in
from custodes_workbench.judgements.records.known import known_effort, known_organisations
from custodes_workbench.judgements.selectors.interests import interests_computed
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.rounds.selectors import Reader, facts_of

_WORKS_FOR = frozenset({"employer", "same_organisation", "personal_financial"})
"""Ties that make what an organisation says one's own employer's claim."""


def facts_on(reader: Reader, version: ClaimVersion) -> Facts:
    """What a ruling about a claim is made from.

    A conflict with the effort that it is about is one with the claim, and so is working for the
    claimant, for the developer of the system or for whoever applied.

    Args:
        reader: Signed in or not.
        version: The claim as it stands.
    """
    claim = version.claim
    if not isinstance(reader, User):
        return facts_of(reader, claim.round)
    row = Assessor.objects.filter(claim=claim, person=reader, ended_because="").first()
    relation = Relation.STRANGER
    if claim.contact_id == reader.pk:
        relation = Relation.OWN
    if row is not None:
        relation = Relation.ASSIGNED
    if relation is not Relation.OWN and conflict_with(reader, version):
        relation = Relation.CONFLICTED
    handed_in = row is not None and row.handed_in_at is not None
    return facts_of(reader, claim.round, relation=relation, own_handed_in=handed_in)


def conflict_with(person: User, version: ClaimVersion) -> str:
    """Why somebody may have no part in assessing a claim, in words; empty where nothing says so.

    Args:
        person: Somebody.
        version: The claim as it stands.
    """
    record, round_ = claim_record(version), version.claim.round
    effort = Effort.objects.filter(round=round_, effort_id=record.effort).first()
    if effort is not None:
        if relations_in(person, round_).get(effort.pk) is Relation.CONFLICTED:
            return "a conflict of interest with the effort"
        if effort.applicant_id == person.pk:
            return "they applied for the effort"
    named = {record.claimant: "the claimant"}
    named |= {
        each.developer: "the developer of the system"
        for each in systems_of(round_)
        if each.id == record.system and each.developer
    }
    if effort is not None:
        named |= dict.fromkeys(known_effort(effort).organisations, "the applicant")
    return _employed(person, round_, named)


def _employed(person: User, round_: Round, named: dict[str, str]) -> str:
    names = known_organisations(round_.institution)
    ties = interests_computed(person)
    own: Collection[str] = (
        *person.affiliations.splitlines(),
        *(each.with_whom for each in ties if each.type in _WORKS_FOR),
    )
    for other, told in named.items():
        if any(each.strip() and names.same(each, other) for each in own):
            return f"a tie with {told}, {other}"
    return ""
