"""What is left of a result for a reader who may not be told all of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from custodes.evidence import AuditOutcome, EvidenceRecord, SystemInResult, not_shown


def only_systems(record: EvidenceRecord, systems: Collection[str]) -> EvidenceRecord:
    """The result without other systems, their audits, and what was said of them.

    Args:
        record: The result.
        systems: Ids of those that stay.
    """
    left_out = [each for each in record.systems if each.system not in systems]
    kept = tuple(each for each in record.systems if each.system in systems)
    theirs = {sentence for each in left_out for sentence in each.not_shown}
    ours = {sentence for each in kept for sentence in each.not_shown}
    return record.model_copy(
        update={
            "systems": kept,
            "audits": tuple(each for each in record.audits if each.system in systems),
            "not_shown": tuple(
                each for each in record.not_shown if each not in theirs or each in ours
            ),
        }
    )


BLIND = "What the audits leave of each probability is not told while experts answer blind."
"""What stands in place of the numbers."""


def without_numbers(
    record: EvidenceRecord, outcomes: Sequence[AuditOutcome], *, titles: Mapping[str, str]
) -> EvidenceRecord:
    """The result without anything that rests on what experts judged.

    Args:
        record: The result.
        outcomes: Its audits, with what each shows by itself.
        titles: The names of its systems by id.
    """
    systems = tuple(
        _blind(each, [o for o in outcomes if o.audit.system == each.system], titles[each.system])
        for each in record.systems
    )
    computed = {sentence for each in record.systems for sentence in each.not_shown}
    others = [each for each in record.not_shown if each not in computed]
    told = [sentence for each in systems for sentence in each.not_shown]
    return record.model_copy(
        update={"systems": systems, "not_shown": tuple(dict.fromkeys([*told, *others]))}
    )


def _blind(system: SystemInResult, outcomes: Sequence[AuditOutcome], title: str) -> SystemInResult:
    hazards = tuple(
        each.model_copy(
            update={
                "prior": None,
                "posterior": None,
                "face_value": None,
                "floor": None,
                "too_clean": False,
            }
        )
        for each in system.hazards
    )
    return system.model_copy(
        update={
            "hazards": hazards,
            "not_shown": (*not_shown(outcomes, system=title), BLIND),
            "moves": False,
            "h_accident": None,
            "h_misuse": None,
            "x0": None,
            "x_perceived": {},
            "gap": None,
            "effective_sample_size": None,
            "few_worlds": False,
        }
    )
