"""What of a round is published: the open efforts, their inputs, and how many are withheld."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from custodes.assessment import (
    AssessmentRecord,
    Challenged,
    EffortAssessment,
    ScalingStatement,
    WithoutCondition,
    claims_again,
)
from custodes.challenges import Challenge
from custodes.disclosure import Withheld, mark_of
from custodes.disclosure import withheld as withheld_from
from custodes.efforts import Effort
from custodes.errors import Fault, InputError
from custodes.judgements import (
    CalibrationRecord,
    Judgement,
    PooledQuestion,
    calibrate,
    pool,
)
from custodes.mitigations import Mitigation
from custodes.reports._challenges import what_they_change
from custodes.reports._open_round import open_round
from custodes.rounds import Round, RoundSettings, inputs_sha256
from custodes.systems import BUILT_IN, System
from custodes.worldviews import Worldview


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """One publication: a result without what is withheld, and what stands behind it."""

    record: AssessmentRecord
    """The result, open efforts only."""
    opened: Round
    """The open round, from which it can be computed again."""
    withheld: int
    """How many efforts the public is told to be withheld; nothing else is known of them here."""
    withheld_told: tuple[Withheld, ...]
    """Everything that the public is told to be withheld: efforts, challenges, and what else."""
    is_whole: bool
    """Whether nothing was taken out."""
    settings: RoundSettings
    """What `round.toml` says."""
    efforts: dict[str, Effort]
    """The open efforts as written, by id."""
    judgements: dict[str, tuple[Judgement, ...]]
    """The answers about each open effort, by id; none where only pools are published."""
    panels: dict[str, tuple[PooledQuestion, ...]]
    """The judged questions about each open effort, pooled, by id."""
    challenges: dict[str, tuple[Challenge, ...]]
    """The challenges without a handling mark, by effort."""
    challenged: tuple[Challenged, ...]
    """What those that carry a number would change."""
    without: tuple[WithoutCondition, ...]
    """What each open effort would be without each one of its conditions."""
    statements: tuple[ScalingStatement, ...]
    """What open efforts say of more capable systems, and what saying so changes."""
    calibration: CalibrationRecord | None
    """How the panel did on questions whose answer is known; none where none was asked."""
    worldviews: tuple[Worldview, ...]
    """The worldviews of the result, in order."""
    systems: dict[str, System]
    """Systems by id."""
    mitigations: dict[str, Mitigation]
    """Mitigations by id."""
    pages: dict[str, str]
    """The file of each effort's page, by id."""

    @property
    def names(self) -> tuple[str, ...]:
        """The worldviews' names, in order."""
        return self.record.round.worldviews


def edit(
    record: AssessmentRecord,
    round_: Round,
    *,
    withheld: Sequence[Withheld] = (),
    recommenders: Collection[str] = (),
    without: Sequence[WithoutCondition] = (),
    statements: Sequence[ScalingStatement] = (),
) -> Edition:
    """Take out what is not open, and join the rest.

    Args:
        record: The result.
        round_: The round it was computed from.
        withheld: What is told of things that are withheld, where more is known than the round
            says, and of things that stand in no round.
        recommenders: Who draws curves beside it.
        without: What efforts would be without each one of their conditions, where it is told.
        statements: What `scaling_statements` found of the open efforts, where it is told.

    Raises:
        InputError: The result speaks of an effort or a worldview that the round does not hold.
    """
    written = {str(effort.id): effort for effort in round_.efforts}
    named = {worldview.name: worldview for worldview in round_.worldviews}
    unknown = [effort.id for effort in record.efforts if effort.id not in written]
    strange = [name for name in record.round.worldviews if name not in named]
    if unknown or strange:
        raise InputError(
            Fault(
                message=f"the result speaks of {thing!r}, which the round does not hold",
                cure="report the round from which the result was computed",
            )
            for thing in (*unknown, *strange)
        )
    opened = open_round(round_, recommenders=recommenders)
    open_ids = {str(effort.id) for effort in opened.efforts}
    published = tuple(effort for effort in record.efforts if effort.id in open_ids)
    challenges = opened.challenges
    changes: dict[str, object] = {"efforts": _told(published, round_.settings)}
    if opened is not round_:
        changes["inputs_sha256"] = inputs_sha256(opened)
        changes["claims"] = claims_again(record, opened) if opened.claims else None
    told = _all_withheld(record, round_, open_ids, withheld)
    return Edition(
        record=record.model_copy(update=changes),
        opened=opened,
        withheld=sum(each.what == "effort" for each in told),
        withheld_told=told,
        is_whole=opened is round_,
        settings=round_.settings,
        efforts={id_: effort for id_, effort in written.items() if id_ in open_ids},
        judgements={
            id_: tuple(
                answer
                for answer in round_.judgements
                if answer.effort == id_ and shows_experts(round_.settings)
            )
            for id_ in sorted(open_ids)
        },
        panels=_panels(round_, sorted(open_ids)),
        challenges={
            id_: tuple(each for each in challenges if each.effort == id_)
            for id_ in sorted(open_ids)
        },
        challenged=what_they_change(record, round_, challenges),
        without=tuple(each for each in without if each.effort in open_ids),
        statements=tuple(each for each in statements if each.effort in open_ids),
        calibration=_calibration(round_),
        worldviews=tuple(named[name] for name in record.round.worldviews),
        systems={system.id: system for system in (BUILT_IN, *round_.systems)},
        mitigations={str(mitigation.id): mitigation for mitigation in round_.mitigations},
        pages=_pages(published),
    )


def _all_withheld(
    record: AssessmentRecord, round_: Round, open_ids: set[str], stated: Sequence[Withheld]
) -> tuple[Withheld, ...]:
    """What is told of what is taken out; of which nobody said more, that it is withheld.

    Challenges to an effort that is withheld are part of it, and not told by themselves.
    """
    assessed = {each.id for each in record.efforts}
    marked = [
        *(("effort", mark_of(each.handling)) for each in round_.efforts if each.id in assessed),
        *(
            ("challenge", mark_of(each.handling))
            for each in round_.challenges
            if each.effort in open_ids
        ),
        *(
            ("claim", mark_of(each.handling))
            for each in round_.claims
            if not each.effort or each.effort in open_ids
        ),
    ]
    known = Counter(each.what for each in stated)
    unstated: list[Withheld] = []
    for each in withheld_from(marked):
        if known[each.what] > 0:
            known[each.what] -= 1
        else:
            unstated.append(each)
    return (*stated, *unstated)


def _told(
    efforts: tuple[EffortAssessment, ...], settings: RoundSettings
) -> tuple[EffortAssessment, ...]:
    """The efforts; where only pools are published, without nets that tell one person's answer.

    A camp may be two people, and one who is set aside is what lies between two nets.
    """
    if shows_experts(settings):
        return efforts
    return tuple(each.model_copy(update={"other_panels": ()}) for each in efforts)


def shows_experts(settings: RoundSettings) -> bool:
    """Whether each expert's own range may be published; otherwise only the pool."""
    return settings.judgement.published_answers == "pseudonym"


def _panels(round_: Round, open_ids: list[str]) -> dict[str, tuple[PooledQuestion, ...]]:
    """The pooled questions about the open efforts; answers about others are never looked at."""
    heard = tuple(answer for answer in round_.judgements if answer.effort in open_ids)
    if not heard:
        return dict.fromkeys(open_ids, ())
    questions = pool(round_.model_copy(update={"judgements": heard})).questions
    return {
        id_: tuple(question for question in questions if question.subject == id_)
        for id_ in open_ids
    }


def _calibration(round_: Round) -> CalibrationRecord | None:
    """The panel's record on seed questions; none where nobody answered one that is resolved."""
    try:
        return calibrate(round_)
    except InputError:
        return None


def _pages(efforts: tuple[EffortAssessment, ...]) -> dict[str, str]:
    """A file for each effort that no file system confuses with another's."""
    taken: set[str] = set()
    pages: dict[str, str] = {}
    for effort in efforts:
        stem = re.sub(r"[^A-Za-z0-9._-]", "-", effort.id)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        pages[effort.id] = f"{name}.html"
    return pages
