"""Reads of the pooled judgement of an effort, and of what a reader of aggregates gets of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from custodes.choice_rules import ChoiceRules
from custodes.judgements import METHODS_TOLD, Judgement, PooledNumbers, PooledQuestion, pool
from custodes.reports import Figure, answers_figure
from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.judgements.models import Assignment, ReleasedPool
from custodes_workbench.judgements.records import ASKED
from custodes_workbench.judgements.selectors.answers import panel_answers, sees_each_answer
from custodes_workbench.judgements.selectors.computed import (
    conflicts_computed,
    experts_computed,
    judgements_computed,
    letters_computed,
    seeds_computed,
)
from custodes_workbench.judgements.selectors.counted import counted_answers
from custodes_workbench.judgements.selectors.own import facts_of_judge, own_answers
from custodes_workbench.rounds.records import (
    mitigations_of,
    settings_of,
    systems_of,
    worldview_of,
)
from custodes_workbench.rounds.selectors import Reader, not_rolled_back, worldviews_now

FEWEST = 3
"""Fewest other experts behind a number that is shown to readers of aggregates."""
WITHHELD = f"withheld: fewer than {FEWEST} experts"
"""What stands in place of such a number."""


@dataclass(frozen=True, slots=True)
class PooledForReader:
    """One question's pool as a reader may see it."""

    question: PooledQuestion
    """Without what is withheld."""
    withheld: bool
    """Whether too few experts stand behind it."""
    each_answer: bool
    """Whether single answers are shown too."""
    as_of: dt.datetime | None = None
    """When an older pool was released that stands because the present one would tell too much."""

    @property
    def pools(self) -> tuple[tuple[str, PooledNumbers], ...]:
        """Every pool with its name, the round's own first."""
        asked = self.question
        named = [
            ("linear, the round's rule", asked.pool),
            ("blind answers", asked.blind),
            ("after the discussion", asked.revised),
            ("with those set aside for a conflict", asked.with_conflicted),
            *(
                (f"{name.replace('_', ' ')}: {METHODS_TOLD[name]}", each)
                for name, each in asked.methods.items()
                if name != "linear"
            ),
            *((f"wording {each.wording}", each.pool) for each in asked.other_wordings),
        ]
        return tuple((name, each) for name, each in named if each is not None)


def pooled_visible_to(reader: Reader, effort: Effort) -> tuple[PooledForReader, ...]:
    """The pooled judgement of an effort, question by question, in the order of the catalogue.

    A reader of aggregates sees what was released to such readers, and nothing else.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    if not decide(Act.SEE_POOLED, facts_of_judge(reader, effort)):
        return ()
    questions = pooled_questions(effort)
    if sees_each_answer(reader, effort):
        return tuple(PooledForReader(each, withheld=False, each_answer=True) for each in questions)
    return tuple(_as_released(effort, each) for each in questions)


def pooled_questions(effort: Effort) -> tuple[PooledQuestion, ...]:
    """Every judged question of an effort, pooled; only behind a ruling.

    Args:
        effort: The effort.
    """
    round_ = _round_of(effort, judgements_computed(effort.round))
    return pool(round_, method="linear").questions if round_.judgements else ()


def answers_behind(effort: Effort) -> dict[str, dict[str, list[str]]]:
    """The ids of the answers that count, by quantity and letter; only behind a ruling.

    Args:
        effort: The effort.
    """
    letters = dict(Assignment.objects.filter(effort=effort).values_list("member_id", "letter"))
    found: dict[str, dict[str, list[str]]] = {}
    for row in counted_answers(effort.round, effort=effort.pk):
        ids = found.setdefault(row.quantity, {})
        ids.setdefault(letters.get(row.member_id, ""), []).append(str(row.pk))
    return found


def released_pools(effort: Effort, quantity: str) -> list[ReleasedPool]:
    """What readers of aggregates were shown of a question, oldest first.

    Args:
        effort: The effort.
        quantity: The question's name.
    """
    return list(ReleasedPool.objects.filter(effort=effort, quantity=quantity))


def _as_released(effort: Effort, question: PooledQuestion) -> PooledForReader:
    """What was released of a question: the pool of the same answers, or else the last one."""
    rows = ReleasedPool.objects.filter(effort=effort, quantity=question.quantity)
    released = list(rows.filter(not_rolled_back(effort.round, "at")))
    if not released:
        return replace(for_reader_of_aggregates(question), withheld=True)
    behind = answers_behind(effort).get(question.quantity, {})
    same = [each for each in released if each.answers == behind]
    shown = (same or released)[-1]
    record = PooledQuestion.model_validate(shown.record)
    as_of = None if same else shown.at
    return PooledForReader(record, withheld=False, each_answer=False, as_of=as_of)


def for_reader_of_aggregates(question: PooledQuestion) -> PooledForReader:
    """A question without any number that fewer than three experts stand behind.

    Nor any pair of numbers whose difference would tell of fewer: the first round beside the
    second where one or two revised, the pool with those set aside where they are one or two.

    Args:
        question: As the library pools it.
    """
    in_pool = question.pool.experts if question.pool else 0
    apart: dict[str, object] = {
        "experts": (),
        "camps": None,
        "spread": None,
        "other_wordings": (),
        "notes": (),
        "counts": question.counts.model_copy(
            update=dict.fromkeys(type(question.counts).model_fields, 0)
        ),
    }
    if in_pool < FEWEST:
        gone: dict[str, object] = dict.fromkeys(
            ("pool", "blind", "revised", "with_conflicted"), None
        )
        hidden = question.model_copy(update={**apart, **gone, "methods": {}, "curve": ()})
        return PooledForReader(hidden, withheld=True, each_answer=False)
    moved = sum(each.shift not in (None, 0.0) for each in question.experts)
    told = {**apart, "methods": _of_all(question, in_pool), "with_conflicted": None}
    if not _same_or_many(moved) or not _joined_by_many(question):
        told |= {"blind": None, "revised": None}
    if question.with_conflicted and question.counts.set_aside >= FEWEST:
        told["with_conflicted"] = question.with_conflicted
    return PooledForReader(question.model_copy(update=told), withheld=False, each_answer=False)


def _of_all(question: PooledQuestion, in_pool: int) -> dict[str, object]:
    """The other methods that use the same answers; one that leaves some out would tell of them."""
    return {name: each for name, each in question.methods.items() if each.experts == in_pool}


def _same_or_many(number: int) -> bool:
    return number == 0 or number >= FEWEST


def _joined_by_many(question: PooledQuestion) -> bool:
    """Whether the two rounds' pools differ by nobody or by three experts at least."""
    if question.blind is None or question.revised is None:
        return question.blind is not None and question.blind.experts >= FEWEST
    return question.blind.experts >= FEWEST and _same_or_many(
        abs(question.blind.experts - question.revised.experts)
    )


def round_of_one(effort: Effort, judgements: Sequence[Judgement]) -> LibraryRound:
    """The round with one effort and nobody's answers but those given: what they alone say.

    Args:
        effort: The effort.
        judgements: One expert's own answers.
    """
    row = effort.round
    return LibraryRound(
        settings=settings_of(row).model_copy(update={"choice": ChoiceRules()}),
        efforts=(effort_record(effort),),
        judgements=tuple(judgements),
        worldviews=tuple(worldview_of(each) for each in worldviews_now(row)),
        systems=systems_of(row),
        mitigations=mitigations_of(row),
    )


def _round_of(effort: Effort, judgements: Sequence[Judgement]) -> LibraryRound:
    about = tuple(each for each in judgements if each.effort == effort.effort_id)
    heard = {each.expert for each in about}
    return round_of_one(effort, about).model_copy(
        update={
            "experts": tuple(
                each for each in experts_computed(effort.round) if str(each.expert) in heard
            ),
            "conflicts": tuple(
                each for each in conflicts_computed(effort.round) if each.expert in heard
            ),
            "calibration": seeds_computed(effort.round),
        }
    )


def spread_of(reader: Reader, effort: Effort, quantity: str) -> Figure | None:
    """How far the panel is apart on one question, by letter; none where there is no range.

    The reference class stands in it only for who has answered the question, or judges nothing.

    Args:
        reader: Signed in or not.
        effort: The effort.
        quantity: The question's name.
    """
    order = {
        each.letter: place for place, each in enumerate(panel_answers(reader, effort, quantity))
    }
    letters = letters_computed(effort)
    answers = [
        each
        for each in judgements_computed(effort.round)
        if each.quantity == quantity and letters.get(each.expert) in order
    ]
    round_ = _round_of(effort, answers)
    if not order or not any(each.is_usable for each in round_.judgements):
        return None
    (question,) = pool(round_, method="linear").questions
    named = sorted(
        (
            each.model_copy(update={"expert": f"Expert {letters[each.expert]}"})
            for each in question.experts
        ),
        key=lambda each: order[each.expert.removeprefix("Expert ")],
    )
    answered = any(name == quantity for name, _ in own_answers(reader, effort))
    hides = decide(Act.SEE_OWN_ANSWERS, facts_of_judge(reader, effort)) and not answered
    shown = question.model_copy(
        update={
            "experts": tuple(named),
            "assumed": None if hides else question.assumed,
            "camps": None,
        }
    )
    return answers_figure([shown], with_experts=True)


def basis_of(heard: Collection[str]) -> str:
    """What an effort's result rests on: `judged`, `reference class` or `mixed`.

    Args:
        heard: The quantities that somebody answered.
    """
    if not heard:
        return "reference class"
    return "judged" if set(ASKED) <= set(heard) else "mixed"
