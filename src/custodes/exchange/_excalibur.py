"""Excalibur's pairs of files: ``NAME.dtt`` with the answers, ``NAME.rls`` with the truths.

Fixed columns in Latin-1. Item names contain blanks and may end in digits ("odds ratio 2"), so
splitting a line at blanks would silently read a wrong truth.
Source: docs/explanation/judgement.md, seen in published studies.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from custodes.errors import Fault, InputError
from custodes.exchange._table import refusal, shown
from custodes.judgements import SeedStudy

ANSWERS_ENDING = ".dtt"
"""Ending of the file of answers, in small or capital letters."""
TRUTHS_ENDING = ".rls"
"""Ending of the file of truths."""
MAX_BYTES = 16_777_216
"""Size of a file; the largest published study has a fortieth of it."""

_MISSING = (-1000.0, -995.0)
_SCALES = {"uni": False, "log": True}


@dataclass(slots=True)
class _Lines:
    """What the lines of the two files said, and what is wrong with them."""

    experts: dict[str, None] = field(default_factory=dict[str, None])
    items: dict[str, str] = field(default_factory=dict[str, str])
    """Name by number."""
    is_log: dict[str, bool] = field(default_factory=dict[str, bool])
    answers: dict[tuple[str, str], list[float]] = field(
        default_factory=dict[tuple[str, str], list[float]]
    )
    truths: dict[str, float] = field(default_factory=dict[str, float])
    faults: list[Fault] = field(default_factory=list[Fault])


def read_excalibur(path: str | Path) -> SeedStudy:
    """The study in a pair of Excalibur files.

    Args:
        path: The ``.dtt`` or the ``.rls`` file; the other stands beside it under the same name.

    Raises:
        InputError: One of the two is missing or not in that format; every fault is told.
    """
    answers, truths = _pair(Path(path))
    said = _Lines()
    levels = _read_answers(answers, said)
    _read_truths(truths, said)
    if said.faults:
        raise InputError(said.faults)
    study = _study(said, levels)
    faults = list(_unfit(study, answers.name))
    if faults:
        raise InputError(faults)
    return study


def _pair(path: Path) -> tuple[Path, Path]:
    """The two files, whatever the case of their endings."""
    if path.suffix.lower() not in (ANSWERS_ENDING, TRUTHS_ENDING):
        cure = "give a .dtt file with its .rls beside it"
        raise refusal(path.name, "is no Excalibur file", cure)
    siblings = {
        each.suffix.lower(): each
        for each in (sorted(path.parent.iterdir()) if path.parent.is_dir() else [])
        if each.stem == path.stem
    }
    for ending in (ANSWERS_ENDING, TRUTHS_ENDING):
        if ending not in siblings:
            missing = f"{path.stem}{ending}"
            raise refusal(missing, "is missing", "put it beside the other file of the pair")
    return siblings[ANSWERS_ENDING], siblings[TRUTHS_ENDING]


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refusal(path.name, f"is above {MAX_BYTES:,} bytes", "give a smaller study")
        return path.read_text("latin-1").splitlines()
    except OSError as error:
        raise refusal(
            path.name, f"cannot be opened ({error.strerror})", "make it readable"
        ) from None


def _read_answers(path: Path, said: _Lines) -> tuple[float, ...]:
    lines = _lines(path)
    levels = _levels(lines[0] if lines else "", path.name)
    for row, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        expert, number, name = line[5:14].strip(), line[14:19].strip(), line[19:34].strip()
        scale, told = line[34:38].strip().lower(), line[38:].split()
        if not expert or not number or scale not in _SCALES:
            message = f"'{shown(line[:38])}' is not expert, item and scale (uni or log)"
            said.faults.append(_at(path.name, row, message))
            continue
        values = list(_numbers(told[: len(levels)]))
        if len(values) < len(levels):
            message = f"has {len(values)} of {len(levels)} numbers"
            said.faults.append(_at(path.name, row, message))
            continue
        said.experts.setdefault(expert)
        said.items.setdefault(number, name)
        said.is_log.setdefault(number, _SCALES[scale])
        if (expert, number) in said.answers:
            message = f"expert {expert} answered item {number} above already"
            said.faults.append(_at(path.name, row, message))
        said.answers[expert, number] = values
    if not said.answers and not said.faults:
        raise refusal(path.name, "holds no answer", "give the file that Excalibur wrote")
    return levels


def _levels(line: str, name: str) -> tuple[float, ...]:
    found = re.search(r"QU\s*=\s*([\d.\s]+)$", line.rstrip())
    levels = tuple(float(each) / 100 for each in found[1].split()) if found else ()
    rises = list(levels) == sorted(set(levels))
    if len(levels) < 2 or not rises or not 0 < levels[0] < levels[-1] < 1:  # noqa: PLR2004 (two ends make a range)
        cure = "begin the file with a line that ends in 'QU=   5  50  95'"
        raise refusal(name, f"'{shown(line)}' names no quantiles", cure)
    return levels


def _read_truths(path: Path, said: _Lines) -> None:
    for row, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        values = list(_numbers(line[20:].split()[:1]))
        number = _item_of(line[0:5].strip(), line[5:20].strip(), said)
        if not values:
            said.faults.append(_at(path.name, row, f"'{shown(line[:40])}' is not item and truth"))
        elif number is None and math.isnan(values[0]):
            continue
        elif number is None:
            name = shown(line[5:20].strip())
            said.faults.append(_at(path.name, row, f"'{name}' is no item that anybody answered"))
        elif number in said.truths:
            said.faults.append(_at(path.name, row, f"item {number} has a truth above already"))
        else:
            said.truths[number] = values[0]


def _item_of(number: str, name: str, said: _Lines) -> str | None:
    """The number, among the answers, of the item that a truth belongs to.

    The two files may count differently, so the name decides; the number only where several items
    share the name.
    """
    named = [each for each, told in said.items.items() if told == name]
    if len(named) == 1:
        return named[0]
    return number if said.items.get(number) == name else None


def _numbers(told: list[str]) -> Iterator[float]:
    """Numbers as far as they can be read; missing ones as nan."""
    for each in told:
        try:
            value = float(each)
        except ValueError:
            return
        yield math.nan if _MISSING[0] <= value <= _MISSING[1] else value


def _at(file: str, row: int, message: str) -> Fault:
    cure = "keep Excalibur's fixed columns, as it writes them"
    return Fault(message=message, cure=cure, file=file, row=row)


def _study(said: _Lines, levels: tuple[float, ...]) -> SeedStudy:
    answers = np.full((len(said.experts), len(said.items), len(levels)), math.nan)
    for at, expert in enumerate(said.experts):
        for place, number in enumerate(said.items):
            values = said.answers.get((expert, number))
            if values is not None and not any(map(math.isnan, values)):
                answers[at, place] = values
    return SeedStudy(
        experts=tuple(said.experts),
        items=tuple(name or number for number, name in said.items.items()),
        levels=levels,
        answers=answers,
        realisations=np.array([said.truths.get(number, math.nan) for number in said.items]),
        is_log=np.array([said.is_log[number] for number in said.items]),
    )


def _unfit(study: SeedStudy, file: str) -> Iterator[Fault]:
    """Answers that cannot be scored: not rising, or not above 0 on a logarithm."""
    for place, item in enumerate(study.items):
        for at, expert in enumerate(study.experts):
            quantiles = study.answers[at, place]
            if np.isnan(quantiles[0]):
                continue
            if np.any(np.diff(quantiles) <= 0):
                told = " / ".join(f"{value:g}" for value in quantiles)
                message = f"{told} of {expert} on '{item}' do not rise"
                cure = "separate the quantiles; equal ones claim infinite information"
                yield Fault(message=message, cure=cure, file=file)
        numbers = np.append(study.answers[:, place].ravel(), study.realisations[place])
        if study.is_log[place] and np.nanmin(numbers) <= 0:
            message = f"'{item}' is measured on a logarithm and has a number that is not above 0"
            yield Fault(message=message, cure="measure it as UNI", file=file)
