"""The page of what to ask next: what answers are worth, from whom, and what they could change."""

from __future__ import annotations

from typing import Any

from custodes.errors import Fault, InputError
from custodes.questions import Disagreement, Flip, Question, QuestionsRecord, Step
from custodes.reports._edition import Edition, shows_experts
from custodes.reports._figure import Figure
from custodes.reports._numbers import PPM, in_words, percent, places_for, signed, significant
from custodes.reports._question_figures import tornado_figure

SHOWN = 12
"""Questions in the table; the record has all."""
_BEHIND = 8
_TURNS = 2
_SMALL = 0.01


def questions_page(edition: Edition, record: QuestionsRecord) -> dict[str, Any]:
    """What the page of questions shows.

    Args:
        edition: What is published.
        record: The questions, as `published_questions` leaves them.
    """
    unit = "ppm" if record.verdict == "risk" else "millionths of a catastrophe"
    known = [each for each in record.questions if each.distinguishable]
    barred = {each.effort for each in record.efforts if each.left_out and each.evpi == 0}
    behind = sorted(
        (
            each
            for each in record.questions
            if each.all_options_distinguishable and each.effort in barred
        ),
        key=lambda each: (-each.evppi_all_options, each.effort, each.quantity),
    )
    titles = {effort.id: effort.title for effort in edition.record.efforts}
    return {
        "questions": record,
        "unit": unit,
        "titles": titles,
        "known": known,
        "shown": known[:SHOWN],
        "behind": behind[:_BEHIND],
        "with_codes": shows_experts(edition.settings),
        "worth": _worth,
        "change": _change,
        "about": _about,
        "steps": _steps,
        "could_change": _could_change,
        "turning": [each for each in known if each.changes],
        "turn": _turn,
        "tornados": _tornados(record, titles),
        "camps": [each for each in record.groups if each.group == "experts"],
    }


def published_questions(edition: Edition, record: QuestionsRecord) -> QuestionsRecord:
    """The record as it may be published: experts by code alone, or not at all.

    Why somebody fits a question tells their field, and a field can tell who it is.

    Args:
        edition: What is published.
        record: The questions.

    Raises:
        InputError: They speak of an effort that is withheld; ask about what `only_open` leaves.
    """
    if {each.effort for each in record.efforts} - {each.id for each in edition.record.efforts}:
        raise InputError(
            [
                Fault(
                    message="the questions speak of efforts that are not published",
                    cure="ask again about the open efforts: `custodes report` does",
                )
            ]
        )
    codes = shows_experts(edition.settings)
    kept = tuple(
        each.model_copy(update={"expert_reasons": (), "experts": each.experts if codes else ()})
        for each in record.questions
    )
    return record.model_copy(update={"questions": kept})


def questions_about(record: QuestionsRecord) -> dict[str, int]:
    """How many questions about each effort are told apart from 0, by id."""
    counts = {each.effort: 0 for each in record.efforts}
    for each in record.questions:
        if each.distinguishable and each.effort in counts:
            counts[each.effort] += 1
    return counts


def _tornados(record: QuestionsRecord, titles: dict[str, str]) -> list[Figure]:
    found = [
        tornado_figure(each, title=titles[each.effort], verdict=record.verdict)
        for each in record.drivers
    ]
    return [each for each in found if each is not None]


def _steps(other: Disagreement) -> list[Step]:
    """The assumptions that matter: beside the largest, one in a hundred is nothing."""
    largest = max((abs(each.alone) for each in other.steps), default=0.0)
    return [each for each in other.steps if abs(each.alone) >= _SMALL * largest]


def _worth(value: float) -> str:
    """A value, which is never below 0, in ppm or millionths."""
    return significant(value * PPM)


def _change(value: float) -> str:
    """A change with its sign."""
    return signed(value * PPM, places_for(value * PPM, 0.0))


def _about(subject: str) -> str:
    """What a question that is not about an effort is about."""
    if subject.startswith("world:"):
        return f"the worldview {subject.removeprefix('world:')}"
    return f"the system {subject.removeprefix('system:')}"


def _could_change(question: Question) -> str:
    """What an answer to a question about one effort could change, in words."""
    if question.wins_now is None:
        number = question.decides
        return f"the decision on {number} effort{'' if number == 1 else 's'}"
    told = [f"now: {question.wins_now}", *(_turn(each) for each in question.flips[:_TURNS])]
    if question.p_cap_flips:
        told.append(
            f"{percent(question.p_cap_flips)} of answers move it across the limit on "
            "P(raises risk)"
        )
    return "; ".join(told)


def _turn(flip: Flip) -> str:
    return (
        f"below {significant(flip.at)} ({percent(flip.percentile)} of belief lies below) "
        f"{in_words(flip.below)}, above it {in_words(flip.above)}"
    )
