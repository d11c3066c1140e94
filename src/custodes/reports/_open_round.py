"""A round without what has a handling mark, as if the rest were not there."""

from __future__ import annotations

from custodes.choice_rules import Category, ChoiceRule, Exclusion, Fixed, Linear, Prerequisite
from custodes.disclosure import is_public
from custodes.rounds import Round


def open_round(round_: Round) -> Round:
    """The round as the public may have it: what its hash, its choice and its folder rest on.

    Efforts and challenges with a mark are left out, with the answers, conflicts and rules about
    those efforts. A hash of the whole would let anybody test guesses of what is withheld.

    Args:
        round_: The round.

    Returns:
        The same object where nothing is withheld.
    """
    open_ = {str(each.id) for each in round_.efforts if is_public(each.handling)}
    challenges = tuple(
        each for each in round_.challenges if each.effort in open_ and is_public(each.handling)
    )
    if len(open_) == len(round_.efforts) and len(challenges) == len(round_.challenges):
        return round_
    choice = round_.settings.choice
    rules = tuple(kept for rule in choice.rules if (kept := _of_open(rule, open_)) is not None)
    return round_.model_copy(
        update={
            "settings": round_.settings.model_copy(
                update={"choice": choice.model_copy(update={"rules": rules})}
            ),
            "efforts": tuple(each for each in round_.efforts if each.id in open_),
            "challenges": challenges,
            "judgements": tuple(
                each for each in round_.judgements if each.effort in open_ or ":" in each.effort
            ),
            "conflicts": tuple(
                each for each in round_.conflicts if not each.effort or each.effort in open_
            ),
        }
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
