"""What is made again from a result: its scaling statements, and what it says of claims."""

from __future__ import annotations

from custodes.assessment._assess import Assessment
from custodes.assessment._claims_record import ClaimsRecord
from custodes.assessment._claims_result import claims_of
from custodes.assessment._draws import RoundDraws, draw_effort, draw_round
from custodes.assessment._scaling_statement import ScalingStatement, scaling_statement
from custodes.assessment._whole_record import AssessmentRecord
from custodes.rounds import Round


def scaling_statements(assessment: Assessment) -> tuple[ScalingStatement, ...]:
    """What each effort says of more capable systems, whether it stands, what saying so changes.

    With the seed, draws and worldviews of the result.

    Args:
        assessment: The result.
    """
    record, round_ = assessment.record, assessment.round_
    drawn = _drawn(record, round_)
    written = {str(each.id): each for each in round_.efforts}
    return tuple(
        scaling_statement(round_, written[each.id], each, draw_effort(drawn, written[each.id]))
        for each in record.efforts
    )


def claims_again(record: AssessmentRecord, round_: Round) -> ClaimsRecord:
    """What a result says of claims, made from a round that holds a part of it.

    Args:
        record: The result.
        round_: The part, with its own claims and answers about them.
    """
    names = {str(each.id) for each in round_.efforts}
    efforts = tuple(each for each in record.efforts if each.id in names)
    return claims_of(round_, efforts, _drawn(record, round_))


def _drawn(record: AssessmentRecord, round_: Round) -> RoundDraws:
    named = {each.name: each for each in round_.worldviews}
    views = tuple(named[name] for name in record.round.worldviews)
    return draw_round(
        round_.model_copy(update={"worldviews": views}),
        seed=record.seed,
        samples=record.samples,
        sampler=record.sampler,
    )
