"""A round as if some efforts were all that it had."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from custodes.judgements import Judgement
from custodes.rounds import Round


def only_efforts(
    round_: Round,
    efforts: Collection[str],
    *,
    judgements: Iterable[Judgement] | None = None,
) -> Round:
    """The round without its other efforts, and without what speaks of these.

    Systems, mitigations and worldviews stay as they are judged; challenges and rules of choice
    change no assessment and are left out.

    Args:
        round_: The round.
        efforts: By id.
        judgements: In place of the round's answers.
    """
    names = {*efforts}
    claims = tuple(each for each in round_.claims if not each.effort or each.effort in names)
    gone = {each.subject for each in round_.claims if each not in claims}
    audits = tuple(
        each.model_copy(
            update={
                "efforts": tuple(name for name in each.efforts if name in names),
                "claims": tuple(name for name in each.claims if f"claim:{name}" not in gone),
            }
        )
        for each in round_.audits
    )
    given = round_.judgements if judgements is None else judgements
    choice = round_.settings.choice.model_copy(update={"rules": ()})
    return round_.model_copy(
        update={
            "settings": round_.settings.model_copy(update={"choice": choice}),
            "efforts": tuple(each for each in round_.efforts if each.id in names),
            "judgements": tuple(
                each
                for each in given
                if each.effort in names or (":" in each.effort and each.effort not in gone)
            ),
            "conflicts": tuple(
                each for each in round_.conflicts if not each.effort or each.effort in names
            ),
            "challenges": (),
            "audits": audits,
            "claims": claims,
        }
    )
