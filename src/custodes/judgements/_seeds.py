"""Answers to seed questions of our own, and the study that they make.

Source: contract, `calibration.csv`; docs/explanation/judgement.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from custodes.errors import Fault, InputError
from custodes.judgements._classical_model import SeedStudy
from custodes.records import Record

LEVELS = (0.05, 0.5, 0.95)
"""Levels of the three numbers."""
LOG_RATIO = 100.0
"""A question whose numbers are positive and span more than this is measured on a logarithm."""

SeedScale = Literal["uni", "log"]
"""How a seed question is measured: plainly, or on a logarithm."""


class CalibrationAnswer(Record):
    """One row of `calibration.csv`: what an expert said, and what turned out."""

    expert: str = Field(min_length=1)
    """Who answered, by id."""
    question: str = Field(min_length=1)
    """The question, by name; the same text is the same question."""
    p05: float
    """5th percentile."""
    p50: float
    """50th percentile."""
    p95: float
    """95th percentile."""
    answer: float | None = None
    """What is true; empty while nobody knows, and then it is no seed question yet."""
    scale: Literal["", "uni", "log"] = ""
    """How the question is measured; empty: on a logarithm where its numbers span a factor 100."""


def seed_study(answers: Sequence[CalibrationAnswer]) -> SeedStudy:
    """The answers as a study; experts and questions in the order in which they first appear.

    Raises:
        InputError: There is no answer.
    """
    if not answers:
        message, cure = "there is no answer to a seed question", "write some into calibration.csv"
        raise InputError([Fault(message=message, cure=cure, file="calibration.csv")])
    experts = tuple(dict.fromkeys(each.expert for each in answers))
    questions = tuple(dict.fromkeys(each.question for each in answers))
    at, place = ({name: k for k, name in enumerate(names)} for names in (experts, questions))
    numbers = np.full((len(experts), len(questions), len(LEVELS)), math.nan)
    truths = np.full(len(questions), math.nan)
    for each in answers:
        numbers[at[each.expert], place[each.question]] = (each.p05, each.p50, each.p95)
        if each.answer is not None:
            truths[place[each.question]] = each.answer
    scales = seed_scales(answers)
    return SeedStudy(
        experts=experts,
        items=questions,
        levels=LEVELS,
        answers=numbers,
        realisations=truths,
        is_log=np.array([scales[name] == "log" for name in questions]),
    )


def seed_scales(answers: Iterable[CalibrationAnswer]) -> Mapping[str, SeedScale]:
    """How each question is measured: as its rows say; otherwise by the span of its numbers."""
    stated: dict[str, SeedScale] = {}
    numbers: dict[str, list[float]] = {}
    for each in answers:
        if each.scale:
            stated.setdefault(each.question, each.scale)
        given = numbers.setdefault(each.question, [])
        given += [each.p05, each.p50, each.p95]
        if each.answer is not None:
            given.append(each.answer)
    return {name: stated.get(name) or _by_span(given) for name, given in numbers.items()}


def _by_span(numbers: Sequence[float]) -> SeedScale:
    least, most = min(numbers), max(numbers)
    return "log" if least > 0 and most / least > LOG_RATIO else "uni"


def seed_faults(answers: Sequence[CalibrationAnswer], rows: Sequence[int]) -> tuple[Fault, ...]:
    """What cannot be scored, or does not fit together, at its row.

    Args:
        answers: The answers, in the order of the file.
        rows: Where each stands, as a spreadsheet counts.
    """
    faults: list[Fault] = []
    truths: dict[str, tuple[float, int]] = {}
    scales: dict[str, tuple[str, int]] = {}
    given: dict[tuple[str, str], int] = {}

    def refuse(row: int, field: str, message: str, cure: str) -> None:
        faults.append(
            Fault(message=message, cure=cure, file="calibration.csv", row=row, field=field)
        )

    measured = seed_scales(answers)
    for each, row in zip(answers, rows, strict=True):
        name = each.question
        if not each.p05 < each.p50 < each.p95:
            told = f"{each.p05:g} / {each.p50:g} / {each.p95:g} on {name!r}"
            cure = "write three numbers that rise; equal ones claim infinite information"
            refuse(row, "p50", f"{told} do not rise", cure)
        if measured[name] == "log" and min(each.p05, each.answer or 1.0) <= 0:
            cure = "write uni in the column scale"
            refuse(row, "scale", f"{name!r} has a number that is not above 0", cure)
        if each.answer is not None:
            known, where = truths.setdefault(name, (each.answer, row))
            if known != each.answer:
                message = (
                    f"the answer to {name!r} is {each.answer:g} here, {known:g} in row {where}"
                )
                refuse(row, "answer", message, "write the same in every row of a question")
        if each.scale:
            scale, where = scales.setdefault(name, (each.scale, row))
            if scale != each.scale:
                message = f"{name!r} is measured as {each.scale} here, as {scale} in row {where}"
                refuse(row, "scale", message, "write the same in every row of a question")
        key = (each.expert, name)
        if key in given:
            message = f"{each.expert} answered {name!r} in row {given[key]} already"
            refuse(row, "expert", message, "keep one of the two")
        given.setdefault(key, row)
    return tuple(faults)
