"""Every judged question of a round, pooled, with all that a reader needs beside the number.

Source: docs/explanation/judgement.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Literal, Protocol

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.judgements._calibration import CalibrationRecord, calibrate_study
from custodes.judgements._conflict import Conflict, set_aside, weighed, without_statement
from custodes.judgements._expert import Expert
from custodes.judgements._judgement import Judgement
from custodes.judgements._pool_question import Hearing, pooled_question
from custodes.judgements._pool_record import PooledQuestion, PoolRecord
from custodes.judgements._pooling import FROM_SEEDS, Method
from custodes.judgements._seed_weights import SeedPanel, seed_panel
from custodes.judgements._seeds import CalibrationAnswer, seed_study
from custodes.quantities import Amount, Quantity, Shape

Progress = Callable[[int, int], None]
"""Called with questions done and questions in all."""


class Asked(Protocol):
    """What a round gives to those who pool it; `custodes.rounds.Round` does."""

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every answer, flagged ones too."""
        ...

    @property
    def experts(self) -> tuple[Expert, ...]:
        """Their weights."""
        ...

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What may bias them."""
        ...

    @property
    def calibration(self) -> tuple[CalibrationAnswer, ...]:
        """What they said to seed questions."""
        ...

    @property
    def shape(self) -> Shape:
        """Which shape three numbers take."""
        ...

    def quantity_asked(self, subject: str, name: str) -> Quantity | None:
        """The quantity that an answer speaks of."""
        ...

    def conflict_subject(self, subject: str) -> str:
        """Whose conflicts hold for answers about a subject."""
        ...

    def assumed(self, subject: str, name: str) -> Amount | None:
        """What stands where nobody answered."""
        ...


def pool(
    round_: Asked,
    *,
    method: Method = "linear",
    judgement_round: Literal[1, 2] = 2,
    progress: Progress | None = None,
) -> PoolRecord:
    """Pool every judged question of a round, with disagreement, camps and both rounds.

    Args:
        round_: The round, as `read_round` gives it.
        method: How; the engine uses `linear` whatever is asked for here.
        judgement_round: 1 for the blind answers alone; 2 for the last usable ones.
        progress: Told questions done and in all.

    Raises:
        InputError: There is no answer, or weights from seed questions are asked for and there
            are too few.
    """
    if not round_.judgements:
        message, cure = "there is no answer yet", "write one into judgements.csv"
        raise InputError([Fault(message=message, cure=cure, file="judgements.csv")])
    seeds, why_no_seeds = _seeds(round_, method)
    asked = _by_question(round_)
    questions: list[PooledQuestion] = []
    for done, ((subject, name), answers) in enumerate(asked.items()):
        if progress is not None:
            progress(done, len(asked))
        quantity = round_.quantity_asked(subject, name)
        if quantity is not None:
            concerned = round_.conflict_subject(subject)
            hearing = Hearing(
                subject=subject,
                quantity=quantity,
                weights={
                    str(each.expert): each.weight
                    for each in weighed(concerned, round_.experts, round_.conflicts)
                },
                aside=set_aside(concerned, round_.conflicts),
                seeds=seeds,
                shape=round_.shape,
                assumed=round_.assumed(subject, name),
            )
            questions.append(
                pooled_question(hearing, answers, method=method, judgement_round=judgement_round)
            )
    if progress is not None:
        progress(len(asked), len(asked))
    return PoolRecord(
        library_version=version("custodes"),
        method=method,
        judgement_round=judgement_round,
        shape=round_.shape,
        questions=tuple(questions),
        notes=tuple(_notes(round_, questions, why_no_seeds)),
    )


def calibrate(round_: Asked) -> CalibrationRecord:
    """What the seed questions of a round say about its experts.

    Args:
        round_: The round, as `read_round` gives it.

    Raises:
        InputError: Nobody answered a question whose answer is known.
    """
    return calibrate_study(
        seed_study(round_.calibration),
        user_weights={str(each.expert): each.weight for each in round_.experts},
    )


def _seeds(round_: Asked, method: Method) -> tuple[SeedPanel | None, str]:
    """How the panel did on seed questions; none, and why, where that may not be used."""
    if not round_.calibration:
        if method in FROM_SEEDS:
            message = f"'{method}' takes its weights from seed questions, and there are none"
            cure = "write calibration.csv, or use `--method linear`"
            raise InputError([Fault(message=message, cure=cure, file="calibration.csv")])
        return None, ""
    try:
        return seed_panel(seed_study(round_.calibration)), ""
    except InputError as error:
        if method in FROM_SEEDS:
            raise
        return None, "; ".join(fault.message for fault in error.faults)


def _by_question(round_: Asked) -> Mapping[tuple[str, str], Sequence[Judgement]]:
    """Answers by subject, as they first appear, efforts first; quantities as in the catalogue."""
    found: dict[tuple[str, str], list[Judgement]] = {}
    for answer in round_.judgements:
        found.setdefault((answer.effort, answer.quantity), []).append(answer)
    subjects = list(dict.fromkeys(subject for subject, _ in found))
    places = {name: place for place, name in enumerate(catalogue.QUANTITIES)}
    order = sorted(
        found,
        key=lambda each: (
            ":" in each[0],
            subjects.index(each[0]),
            places.get(each[1], len(places)),
        ),
    )
    return {key: found[key] for key in order}


def _notes(round_: Asked, questions: Iterable[PooledQuestion], why_no_seeds: str) -> Iterator[str]:
    heard = dict.fromkeys(answer.expert for answer in round_.judgements)
    silent = without_statement(heard, round_.conflicts)
    if silent:
        told = "expert" if len(silent) == 1 else "experts"
        yield f"No statement of interests from {len(silent)} {told}; their answers count."
    if why_no_seeds:
        yield f"No weights from seed questions: {why_no_seeds}."
    aside = sum(bool(each.counts.set_aside) for each in questions)
    if aside:
        yield f"In {aside} questions somebody is set aside for a conflict; with them is beside."
