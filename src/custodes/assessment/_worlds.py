"""Draws: the worlds shared by all efforts, and each effort's own.

Source: docs/explanation/model.md. Streams are named by (seed, owner, quantity); worldviews use the
same numbers,
and so do the worlds before and after conditions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from custodes.assessment._inputs import MitigationInputs, Source, Subject, WorldviewInputs
from custodes.catalogue import QUANTITIES
from custodes.judgements import speakers
from custodes.mitigations import NEUTRAL
from custodes.quantities import Point, Streams, Worlds
from custodes.worldviews import CorrelationFactor


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Normal scores of one subject's streams, and who of its experts speaks in each draw."""

    scores: Mapping[str, Worlds]
    """By quantity, shape (worlds,); a quantity without uncertainty has none."""
    experts: tuple[str, ...]
    """Experts in the order of their ids."""
    speaking: npt.NDArray[np.int64] | None
    """Number of the expert who speaks in each draw; none where nobody was asked, or where every
    quantity is pooled by itself."""
    stand_ins: Mapping[str, npt.NDArray[np.int64]]
    """For a quantity that not all answered, or that is pooled by itself: who speaks of it among
    those who did, by their number."""


def scores_of(subject: Subject, streams: Streams) -> Scores:
    """The numbers of a subject's streams."""
    experts = tuple(subject.weights)
    speaking = None
    stand_ins: dict[str, npt.NDArray[np.int64]] = {}
    if experts:
        together = subject.coherent
        if together:
            speaking = speakers(
                list(subject.weights.values()), streams.uniforms(subject.owner, "expert")
            )
        for name, source in subject.sources.items():
            if source.answers and (len(source.answers) < len(experts) or not together):
                answered = np.array([experts.index(expert) for expert in source.answers])
                chosen = speakers(
                    [subject.weights[expert] for expert in source.answers],
                    streams.uniforms(subject.owner, f"expert:{name}"),
                )
                others = answered[chosen]
                stand_ins[name] = (
                    others
                    if speaking is None
                    else np.where(np.isin(speaking, answered), speaking, others)
                )
    return Scores(
        scores={
            name: streams.scores(subject.owner, name)
            for name, source in subject.sources.items()
            if not _is_certain(source)
        },
        experts=experts,
        speaking=speaking,
        stand_ins=stand_ins,
    )


def _is_certain(source: Source) -> bool:
    shapes = source.answers.values() if source.answers else (source.assumed,)
    return all(isinstance(shape, Point) for shape in shapes)


def draws_of(
    subject: Subject, drawn: Scores, factor: CorrelationFactor | None = None
) -> dict[str, Worlds]:
    """Every quantity of a subject in every world; a certain one has shape (1,).

    Args:
        subject: What to draw.
        drawn: Its streams.
        factor: Correlation of some of its quantities, if a worldview states one.
    """
    scores = drawn.scores
    if factor is not None:
        worlds = len(next(iter(scores.values()), np.zeros(1)))
        padding = {name: np.zeros(worlds) for name in factor.names if name not in scores}
        scores = factor.apply({**padding, **scores})
    return {
        name: _draws(source, scores.get(name), drawn, name)
        for name, source in subject.sources.items()
    }


def _draws(source: Source, scores: Worlds | None, drawn: Scores, name: str) -> Worlds:
    if not source.answers:
        return source.assumed.at(np.zeros(1) if scores is None else scores)
    who = drawn.stand_ins.get(name, drawn.speaking)
    if len(source.answers) == 1 or who is None:
        (only,) = tuple(source.answers.values())[:1]
        return only.at(np.zeros(1) if scores is None else scores)
    values = np.empty(len(who))
    for expert, shape in source.answers.items():
        mine = who == drawn.experts.index(expert)
        values[mine] = shape.at(np.zeros(int(mine.sum())) if scores is None else scores[mine])
    return values


def uniform_ranks(scores: Worlds) -> Worlds:
    """Centred ranks of stratified scores, scaled to unit length: what correlates as ranks do."""
    shares = ndtr(scores)
    centred = shares - shares.mean()
    unit: Worlds = centred / np.sqrt(np.sum(centred * centred))
    return unit


def world_scores(worldviews: tuple[WorldviewInputs, ...], streams: Streams) -> dict[str, Worlds]:
    """Normal scores of every uncertain world quantity, one set for all worldviews."""
    names = dict.fromkeys(
        name
        for worldview in worldviews
        for name, source in worldview.world.sources.items()
        if not _is_certain(source)
    )
    return {name: streams.scores("world", name) for name in names}


def world_draws(worldview: WorldviewInputs, scores: Mapping[str, Worlds]) -> dict[str, Worlds]:
    """Every world quantity of one worldview, in every world."""
    drawn = Scores(scores=scores, experts=(), speaking=None, stand_ins={})
    mine = {
        name: scores[name]
        for name, source in worldview.world.sources.items()
        if not _is_certain(source)
    }
    factor = worldview.factors.get("world")
    if factor is not None:
        worlds = len(next(iter(scores.values()), np.zeros(1)))
        mine = factor.apply({**{name: np.zeros(worlds) for name in factor.names}, **mine})
    return {
        name: _draws(source, None if _is_certain(source) else mine[name], drawn, name)
        for name, source in worldview.world.sources.items()
    }


@dataclass(frozen=True, slots=True, eq=False)
class MitigationDraws:
    """One mitigation in every world: strengths, and the numbers that decide on adoption."""

    inputs: MitigationInputs
    """What it is."""
    strengths: Mapping[str, Worlds]
    """By quantity, shape (worlds,) or (1,)."""
    p_adopted: Worlds
    """Probability that it is carried out."""
    adopted: npt.NDArray[np.bool_] | None
    """Drawn once for all efforts; none for a condition, which is drawn for each effort."""


def mitigation_draws(inputs: MitigationInputs, streams: Streams) -> MitigationDraws:
    """A mitigation in every world."""
    drawn = scores_of(inputs.strengths, streams)
    values = draws_of(inputs.strengths, drawn)
    p_adopted = values.pop("adopted")
    return MitigationDraws(
        inputs=inputs,
        strengths=values,
        p_adopted=p_adopted,
        adopted=None
        if inputs.is_condition
        else _happens(p_adopted, streams, inputs.id, "is adopted"),
    )


def effective_strengths(
    mitigation: MitigationDraws, *, effort_owner: str, streams: Streams
) -> dict[str, Worlds]:
    """The strengths as they act on one effort: neutral in the worlds where it is not adopted."""
    adopted = mitigation.adopted
    if adopted is None:
        adopted = _happens(
            mitigation.p_adopted, streams, effort_owner, f"adopts:{mitigation.inputs.id}"
        )
    if adopted.all():
        return dict(mitigation.strengths)
    return {
        name: np.where(adopted, strength, NEUTRAL[QUANTITIES[name].operation or "times"])
        for name, strength in mitigation.strengths.items()
    }


def _happens(p: Worlds, streams: Streams, owner: str, name: str) -> npt.NDArray[np.bool_]:
    if len(p) == 1 and p[0] in (0.0, 1.0):
        return np.array([p[0] == 1.0])
    happens: npt.NDArray[np.bool_] = streams.uniforms(owner, name) < p
    return happens
