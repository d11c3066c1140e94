"""The pages of systems: what is not shown, the valley, measures, corrections and decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from custodes.assessment import DossierRecord, Measure, SystemDossier
from custodes.decisions import Prediction, SystemDecision, changed_since
from custodes.errors import Fault, InputError
from custodes.reports._edition import Edition
from custodes.reports._evidence_pages import with_public_audits
from custodes.reports._numbers import places_for, signed
from custodes.reports._open_round import open_round
from custodes.rounds import Round, inputs_sha256
from custodes.systems import CANNOT_BE_UNDONE, Correction, escalations, readiness

ACCESS_TOLD: Mapping[str, str] = {
    "interface": "through an interface",
    "weights": "by its weights",
    "internal": "inside its developer only",
    "structured": "through an interface, the weights are not shared",
    "weights_to_few": "by its weights, which a few hold",
    "weights_released": "by its weights, which are released",
    "": "not stated",
}
"""How a system is reached, in words."""
OUTCOMES_TOLD: Mapping[str, str] = {
    "allow": "allowed",
    "refuse": "refused",
    "defer": "deferred",
}
"""How a decision about a system is said."""
CRITERIA_TOLD: Mapping[str, str] = {
    "people": "owners and deputies who answer",
    "drill": "a recent drill",
    "lever": "a tested lever that works without the developer",
    "recall": "independence from weights that are out",
}
"""What a criterion of readiness asks, in a few words."""
OPERATIONS_TOLD: Mapping[str, str] = {
    "times": "times",
    "excess": "what is above 1, times",
    "lift": "towards 1, by a share of",
}
"""How a measure acts, before its strength."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """What is published beside an assessment that is told as of a day."""

    today: dt.date
    """The day as of which readiness and what is overdue are told, counted from its beginning."""
    dossiers: DossierRecord | None = None
    """The systems' dossiers, made from `public_round`."""
    decisions: Sequence[SystemDecision] = ()
    """Decisions about systems; those that are released are published."""
    predictions: Sequence[Prediction] = ()
    """What the institution foretold; what is about published things is published."""


def public_round(round_: Round, *, recommenders: Collection[str] = ()) -> Round:
    """The round from which the published dossiers are made: open, with its public audits.

    Args:
        round_: The whole round.
        recommenders: Who draws curves that are published.
    """
    return with_public_audits(open_round(round_, recommenders=recommenders))


def refuse_other_dossiers(edition: Edition, dossiers: DossierRecord) -> None:
    """Refuse dossiers of another round, or that rest on what is withheld.

    Raises:
        InputError: They are not of `public_round`.
    """
    if dossiers.inputs_sha256 != inputs_sha256(with_public_audits(edition.opened)):
        cure = "make them from `public_round` of the round that is reported"
        message = "the dossiers are not of the open part of this round"
        raise InputError([Fault(message=message, cure=cure)])


def system_file(system: str) -> str:
    """The file of a system's page in the site; ids have no letter that a file may not have.

    Args:
        system: The system, by id.
    """
    return f"systems/{system}.html"


def systems_page(edition: Edition, told: Monitoring) -> dict[str, Any]:
    """What the page shows that lists all systems."""
    return {
        "rows": [
            {
                "dossier": each,
                "file": system_file(each.system),
                "correction": _correction(edition, each.system),
                "unmet": [
                    CRITERIA_TOLD[criterion.name]
                    for criterion in readiness(_correction(edition, each.system), today=told.today)
                    if not criterion.is_met
                ],
                "waiting": _waiting(edition, each.system, told.today),
            }
            for each in (told.dossiers.systems if told.dossiers else ())
        ],
        "today": told.today,
        "undone": CANNOT_BE_UNDONE,
    }


def system_page(edition: Edition, told: Monitoring, dossier: SystemDossier) -> dict[str, Any]:
    """What the page of one system shows."""
    correction = _correction(edition, dossier.system)
    published = with_public_audits(edition.opened)
    mine = sorted(
        (each for each in told.decisions if each.system == dossier.system),
        key=lambda each: (each.stage != "deployment", each.decided_on),
    )
    return {
        "dossier": dossier,
        "system": edition.systems[dossier.system],
        "correction": correction,
        "access": ACCESS_TOLD[correction.access_detail or edition.systems[dossier.system].access],
        "undone": CANNOT_BE_UNDONE,
        "readiness": readiness(correction, today=told.today),
        "states": {each.id: correction.state_of(each) for each in correction.trigger},
        "waiting": _waiting(edition, dossier.system, told.today),
        "today": told.today,
        "decisions": mine,
        "since": {
            place: [each for each in changed_since(decision, published) if each.is_against]
            for place, decision in enumerate(mine)
        },
        "outcomes": OUTCOMES_TOLD,
        "operations": OPERATIONS_TOLD,
        "moving": {
            name: [each for each in view.measures if _moves(each)]
            for name, view in dossier.worldviews.items()
        },
        "still": {
            name: [each for each in view.measures if not _moves(each)]
            for name, view in dossier.worldviews.items()
        },
        "points": _points,
    }


def published_system_decisions(
    edition: Edition, decisions: Sequence[SystemDecision]
) -> tuple[SystemDecision, ...]:
    """The released decisions about systems; what was held against a challenge is not their part.

    Args:
        edition: What is published.
        decisions: All there are.
    """
    shown = {each.id for found in edition.challenges.values() for each in found}
    return tuple(
        each.model_copy(
            update={
                "condition": tuple(
                    condition
                    if condition.challenge in shown
                    else condition.model_copy(update={"challenge": ""})
                    for condition in each.condition
                )
            }
        )
        for each in decisions
        if each.is_released
    )


def _correction(edition: Edition, system: str) -> Correction:
    """What is recorded of a system; nothing recorded is a record without an entry."""
    known = {each.id: each for each in edition.opened.corrections}
    return known.get(system, Correction(id=system))


def _waiting(edition: Edition, system: str, today: dt.date) -> list[Any]:
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
    return list(escalations(_correction(edition, system), at=midnight))


def _moves(measure: Measure) -> bool:
    """Whether a measure changes anything that the page tells."""
    changes = (
        measure.change_in_p_goes_ahead,
        measure.change_in_p_corrected,
        measure.change_in_risk,
        measure.change_in_principal_risk,
    )
    return any(each.mean != 0 or each.p05 != 0 or each.p95 != 0 for each in changes)


def _points(change: float, error: float) -> str:
    """A change of a share in percentage points, to the digits that are known."""
    return signed(100 * change, max(0, places_for(100 * change, 100 * error, digits=2)))
