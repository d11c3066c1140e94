"""How a person stands to a system, which is how they stand to the efforts that act on it."""

from __future__ import annotations

from custodes.systems import BUILT_IN
from custodes_workbench.access import Act, Facts, Relation, decide
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_computed, relations_in
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of


def facts_on(
    reader: Reader, round_: Round, system_id: str, *, own_handed_in: bool = False
) -> Facts:
    """What a ruling about the evidence on a system is made from.

    A conflict of interest with an effort that acts on the system is one with the system. Whoever
    judges any effort of the round may judge tests: no panel belongs to one system.

    Args:
        reader: Signed in or not.
        round_: The round.
        system_id: The system.
        own_handed_in: Whether they have handed in how strong they judge its tests to be.
    """
    relations = relations_in(reader, round_)
    stands = Relation.STRANGER
    if Relation.ASSIGNED in relations.values():
        stands = Relation.ASSIGNED
    if Relation.CONFLICTED in relations.values():
        acting = {
            each.pk
            for each in efforts_computed(round_)
            if (effort_record(each).target_system or BUILT_IN.id) == system_id
        }
        if any(relations.get(each) is Relation.CONFLICTED for each in acting):
            stands = Relation.CONFLICTED
    return facts_of(reader, round_, relation=stands, own_handed_in=own_handed_in)


def sees_evidence(reader: Reader, round_: Round, system_id: str) -> bool:
    """Whether a reader sees what audits show of a system."""
    return bool(decide(Act.SEE_EVIDENCE, facts_on(reader, round_, system_id)))
