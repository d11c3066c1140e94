"""An effort's findings given to all, to few, or to nobody: what each does, and what it costs.

The paper suggests that dual-use findings could be shared only with people who work on safeguards,
and says in the same breath that this "would presumably hamper the ability to scrutinize and build
on the finding" and will often not be appropriate (p. 19); that policies against proliferation
raise concerns about concentration of power it says in footnote 56. Both sides stand in the library
of mitigations already, as effects and side effects. Nothing is assumed here beyond them.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Literal

from custodes.assessment._assess import Assessment, assess
from custodes.assessment._only import only_efforts
from custodes.assessment._record import Basis, EffortAssessment, Result
from custodes.errors import Fault, InputError
from custodes.records import Record
from custodes.rounds import Round

RESTRICTS = ("restricted-sharing",)
"""Mitigations of the library that restrict who gets a finding."""

Mode = Literal["open", "restricted", "none"]
"""How findings are published: for all, for people who work on safeguards, not at all."""


class Difference(Record):
    """What restricting changes under one worldview; negative is safer."""

    net: float
    """Change of the mean net: the next two added."""
    gained: float
    """The part that restricting is for: less insight and interest for others."""
    side_effects: float
    """The part that it costs: less scrutiny, fewer who can build on the finding."""
    standard_error: float
    """At most this for each of the three: the errors of the means, added."""
    benefit_accident: float
    """Change of the accident risk that the effort takes away; negative is a loss."""
    benefit_misuse: float
    """Change of the misuse risk that it takes away; negative is a loss."""
    increase: dict[str, float]
    """Change of each mechanism's increase; positive is bad."""


class PublicationModes(Record):
    """One effort with its findings open, restricted, and published nowhere."""

    effort: str
    """The effort."""
    restricting: tuple[str, ...]
    """The mitigations that restrict."""
    conditions: tuple[str, ...]
    """What is in force beside them, in every mode."""
    cost: float
    """What restricting costs the institution in money, in the round's currency."""
    basis: Basis
    """Whether the effort was judged."""
    bases: dict[str, Basis]
    """For each quantity that restricting changes: whether anybody judged it."""
    open: dict[str, Result]
    """By worldview: with the findings open."""
    restricted: dict[str, Result]
    """By worldview: with the findings restricted."""
    differences: dict[str, Difference]
    """By worldview: restricted against open."""
    none: float = 0.0
    """Net where nothing is given to anybody: 0, by what net means. Neither its benefit nor its
    increase happens; what remains is the money that was spent."""


def publication_modes(
    assessment: Assessment,
    effort: str,
    *,
    restricting: Sequence[str] = RESTRICTS,
    executor: Executor | None = None,
) -> PublicationModes:
    """Compare what an effort does with its findings open, restricted, and published nowhere.

    The same seed and draws serve all of them, and the same other conditions: those of the
    assessment without what restricts. A condition is carried out with the probability that its
    mitigation states, as everywhere.

    Args:
        assessment: The result as it is.
        effort: Its id.
        restricting: Ids of the mitigations that restrict; an institution may have its own.
        executor: Any `concurrent.futures.Executor`.

    Raises:
        InputError: There is no such effort, or no such mitigation in the round.
    """
    round_ = assessment.round_
    known = {str(each.id): each for each in round_.mitigations}
    faults = [
        Fault(message=f"{name!r} is not a mitigation of the round", cure="name one that is")
        for name in restricting
        if name not in known
    ]
    if effort not in {each.id for each in assessment.record.efforts}:
        faults.append(
            Fault(message=f"{effort!r} is not an effort of the round", cure="name one that is")
        )
    if faults:
        raise InputError(faults)
    now = assessment.effort(effort)
    others = tuple(each for each in now.conditions if each not in restricting)
    packages = {"open": others, "restricted": (*others, *restricting)}
    alone = only_efforts(round_, {effort})
    opened, restricted = (
        _with(assessment, alone, effort, package, executor) for package in packages.values()
    )
    free = _without_side_effects(alone, restricting)
    one_sided = _with(assessment, free, effort, packages["restricted"], executor)
    changed = sorted({name for each in restricting for name in known[each].changes})
    return PublicationModes(
        effort=effort,
        restricting=tuple(restricting),
        conditions=others,
        cost=restricted.conditions_cost - opened.conditions_cost,
        basis=now.basis,
        bases={name: now.quantities[name].basis for name in changed if name in now.quantities},
        open={name: each.after for name, each in opened.worldviews.items()},
        restricted={name: each.after for name, each in restricted.worldviews.items()},
        differences={
            name: _difference(
                opened.worldview(name).after,
                restricted.worldview(name).after,
                one_sided.worldview(name).after,
            )
            for name in assessment.record.round.worldviews
        },
    )


def _difference(open_: Result, restricted: Result, one_sided: Result) -> Difference:
    return Difference(
        net=restricted.net.mean - open_.net.mean,
        gained=one_sided.net.mean - open_.net.mean,
        side_effects=restricted.net.mean - one_sided.net.mean,
        standard_error=sum(each.net.standard_error for each in (open_, restricted, one_sided)),
        benefit_accident=restricted.benefit.accident.mean - open_.benefit.accident.mean,
        benefit_misuse=restricted.benefit.misuse.mean - open_.benefit.misuse.mean,
        increase={
            name: each.mean - open_.increase[name].mean
            for name, each in restricted.increase.items()
        },
    )


def _without_side_effects(round_: Round, restricting: Sequence[str]) -> Round:
    """The round with restrictions that cost nothing: to tell both sides apart."""
    mitigations = tuple(
        each.model_copy(
            update={
                "changes": {
                    name: amount
                    for name, amount in each.changes.items()
                    if name not in each.side_effects
                },
                "side_effects": (),
            }
        )
        if each.id in restricting
        else each
        for each in round_.mitigations
    )
    return round_.model_copy(update={"mitigations": mitigations})


def _with(
    assessment: Assessment,
    round_: Round,
    effort: str,
    package: tuple[str, ...],
    executor: Executor | None,
) -> EffortAssessment:
    record = assessment.record
    return assess(
        round_,
        worldviews=record.round.worldviews,
        samples=record.samples,
        seed=record.seed,
        sampler=record.sampler,
        conditions={effort: package},
        executor=executor,
    ).effort(effort)
