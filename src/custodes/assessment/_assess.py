"""The main job: a round of efforts, assessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from importlib.metadata import version

from pydantic import ValidationError

from custodes import catalogue
from custodes.assessment._claims_result import claims_of
from custodes.assessment._draws import round_draws
from custodes.assessment._effort import Job, assess_efforts
from custodes.assessment._inputs import effort_inputs, shared_inputs
from custodes.assessment._other_panels import other_panels
from custodes.assessment._record import EffortAssessment
from custodes.assessment._whole_record import AssessmentRecord, RoundInResult
from custodes.errors import Fault, InputError
from custodes.quantities import Sampler
from custodes.records import faults_of
from custodes.rounds import Round, RoundSettings, inputs_sha256
from custodes.worldviews import PRESETS, Worldview, preset

Progress = Callable[[int, int], None]
"""Called with efforts done and efforts in all."""

_BATCH = 8
"""Efforts handed to an executor at once: few enough to show progress, enough to be worth it."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A result and the round it was made from; enough to make every draw again."""

    record: AssessmentRecord
    """Exactly what `assessment.json` holds."""
    round_: Round
    """What was assessed."""

    def effort(self, id_: str) -> EffortAssessment:
        """One effort's result.

        Raises:
            KeyError: There is no such effort.
        """
        for each in self.record.efforts:
            if each.id == id_:
                return each
        raise KeyError(id_)


def assess(  # noqa: PLR0913 (each is one thing a user may set)
    round_: Round,
    *,
    worldviews: Sequence[str] | None = None,
    samples: int | None = None,
    seed: int | None = None,
    sampler: Sampler | None = None,
    conditions: Mapping[str, Sequence[str]] | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Assessment:
    """Risk taken away minus risk added by every effort, before and after its conditions.

    Args:
        round_: The round, as `read_round` gives it.
        worldviews: Names to use instead of the round's; the round's own or presets.
        samples: Draws instead of the round's; a power of two.
        seed: Seed instead of the round's; 0 is a seed.
        sampler: `sobol` or `monte_carlo` instead of the round's.
        conditions: Packages by effort, used as they stand instead of the recommended ones.
        executor: Any `concurrent.futures.Executor`; without one the efforts are assessed here.
        progress: Told efforts done and in all.

    Returns:
        The assessment. The same inputs and seed give the same bits, whatever the executor.

    Raises:
        InputError: The round has no effort or does not fit together; an unknown name is given.
    """
    packages = {name: tuple(package) for name, package in (conditions or {}).items()}
    chosen, settings, faults = round_, round_.settings, list[Fault]()
    try:
        chosen = round_ if worldviews is None else with_worldviews(round_, tuple(worldviews))
    except InputError as error:
        faults += error.faults
    try:
        settings = _overridden(chosen.settings, samples=samples, seed=seed, sampler=sampler)
    except InputError as error:
        faults += error.faults
    faults += [*chosen.faults(), *_faults(chosen, packages)]
    if faults:
        raise InputError(faults)
    sha256 = inputs_sha256(round_)
    shared = shared_inputs(
        chosen,
        key=f"{inputs_sha256(chosen)} {settings.seed} {settings.samples} {settings.sampler}",
        seed=settings.seed,
        samples=settings.samples,
        sampler=settings.sampler,
    )
    jobs = [
        Job(
            effort=effort_inputs(chosen, each, given=packages.get(each.id)),
            others=other_panels(chosen, each),
        )
        for each in chosen.efforts
    ]
    batches = [jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH)]
    done: list[tuple[EffortAssessment, ...]] = []
    told = progress or _silent
    told(0, len(jobs))
    if executor is None:
        for batch in jobs:
            done.append(assess_efforts(shared, [batch]))
            told(len(done), len(jobs))
    else:
        waiting = [executor.submit(assess_efforts, shared, batch) for batch in batches]
        finished = 0
        for future in as_completed(waiting):
            finished += len(future.result())
            told(finished, len(jobs))
        done = [future.result() for future in waiting]
    efforts = tuple(each for batch in done for each in batch)
    return Assessment(
        record=AssessmentRecord(
            library_version=version("custodes"),
            seed=settings.seed,
            samples=settings.samples,
            sampler=settings.sampler,
            inputs_sha256=sha256,
            horizon=settings.horizon,
            round=RoundInResult(
                title=settings.title,
                institution=settings.institution,
                budget=settings.budget,
                currency=settings.currency,
                verdict=settings.verdict,
                worldviews=tuple(each.name for each in chosen.worldviews),
                coherent=settings.judgement.coherent,
            ),
            efforts=efforts,
            claims=claims_of(chosen, efforts, round_draws(shared)) if chosen.claims else None,
        ),
        round_=round_,
    )


def _overridden(settings: RoundSettings, **overrides: object) -> RoundSettings:
    """The settings with what was given for this call."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return settings.model_validate(settings.model_dump(exclude_unset=True) | given)
    except ValidationError as error:
        raise InputError(faults_of(error)) from error


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def with_worldviews(round_: Round, names: tuple[str, ...]) -> Round:
    """The round under other worldviews.

    Args:
        round_: The round.
        names: Its own worldviews or presets, in order.

    Raises:
        InputError: There is none of that name.
    """
    own = {each.name: each for each in round_.worldviews}
    known = (*own, *(name for name in PRESETS if name not in own))
    chosen: list[Worldview] = []
    faults: list[Fault] = []
    for name in dict.fromkeys(names):
        if name in own:
            chosen.append(own[name])
        elif name in PRESETS:
            chosen.append(preset(name))
        else:
            faults.append(
                Fault(
                    message=f"{name!r} is not a worldview of this round",
                    cure=catalogue.nearest(name, known),
                )
            )
    if faults:
        raise InputError(faults)
    return round_.model_copy(update={"worldviews": tuple(chosen)})


def _faults(round_: Round, packages: Mapping[str, tuple[str, ...]]) -> list[Fault]:
    faults: list[Fault] = []
    if not round_.efforts:
        faults.append(
            Fault(
                message="the round has no effort yet",
                cure="write one into efforts.csv, or use `custodes import FILE --into DIR`",
                file="efforts.csv",
            )
        )
    efforts = tuple(str(each.id) for each in round_.efforts)
    known = tuple(str(each.id) for each in round_.mitigations)
    for effort, package in packages.items():
        if effort not in efforts:
            faults.append(
                Fault(
                    message=f"conditions are given for {effort!r}, which is no effort",
                    cure=catalogue.nearest(effort, efforts),
                )
            )
        faults += [
            Fault(
                message=f"{name!r} is not a mitigation of this round",
                cure=catalogue.nearest(name, known),
            )
            for name in package
            if name not in known
        ]
    return faults
