"""A run's row and the library's records, and what differs between two runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from custodes.assessment import AssessmentRecord, EffortAssessment, OwnResult, QuantityUsed
from custodes.choice import ChoiceRecord
from custodes.choice_rules import Fixed
from custodes.questions import QuestionsRecord
from custodes.rounds import Round as LibraryRound
from custodes.rounds import inputs_sha256_by_part
from custodes_workbench.assessments.models import Run

PPM = 1e6
"""Risk is told in parts per million."""


def sha256_of_text(text: str) -> str:
    """SHA-256 of a file with this text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def inputs_of(run: Run) -> LibraryRound:
    """The round as it was when the run was asked for."""
    return LibraryRound.model_validate_json(run.inputs_json)


def inputs_computed(run: Run) -> LibraryRound:
    """The round with the efforts that were taken in or left out for this run, as its rules."""
    inputs = inputs_of(run)
    fixed = tuple(Fixed.model_validate(each) for each in run.options.get("fixed", ()))
    if not fixed:
        return inputs
    choice = inputs.settings.choice
    rules = choice.model_copy(update={"rules": (*choice.rules, *fixed)})
    settings = inputs.settings.model_copy(update={"choice": rules})
    return inputs.model_copy(update={"settings": settings})


def left_out_of_folder(inputs: LibraryRound, shown: LibraryRound) -> list[str]:
    """What the folder of a run leaves out, in sentences: audit files, and audits with a mark.

    Args:
        inputs: What was computed.
        shown: What the reader is given.
    """
    told = [
        f"evidence/{each.path}, SHA-256 {each.sha256}: an audit file is for its named readers. "
        "Put it there to compute with this folder."
        for audit in shown.audits
        for each in audit.files
    ]
    gone = len(inputs.audits) - len(shown.audits)
    return [
        *told,
        *([f"Audits with a handling mark that you do not see: {gone}."] if gone else []),
    ]


def assessment_of(run: Run) -> AssessmentRecord:
    """The result of an assessment.

    Raises:
        ValueError: The run is of another kind or not done.
    """
    if run.kind != Run.Kind.ASSESS or not run.is_done:
        msg = f"{run} holds no assessment"
        raise ValueError(msg)
    return AssessmentRecord.model_validate_json(run.result_json)


def own_results_of(run: Run) -> tuple[OwnResult, ...]:
    """Each expert's own result, by pseudonym; none where nobody could disagree."""
    told = json.loads(run.own_json or "[]")
    return tuple(OwnResult.model_validate(each) for each in told)


def choice_of(run: Run) -> ChoiceRecord:
    """The result of a choice.

    Raises:
        ValueError: The run is of another kind or not done.
    """
    if run.kind != Run.Kind.CHOOSE or not run.is_done:
        msg = f"{run} holds no choice"
        raise ValueError(msg)
    return ChoiceRecord.model_validate_json(run.result_json)


def questions_of(run: Run) -> QuestionsRecord:
    """The result of asking what to ask next.

    Raises:
        ValueError: The run is of another kind or not done.
    """
    if run.kind != Run.Kind.ASK or not run.is_done:
        msg = f"{run} holds no questions"
        raise ValueError(msg)
    return QuestionsRecord.model_validate_json(run.result_json)


LEAST_EXPERTS = 3
"""An aggregate of fewer is not told to those who may see aggregates only."""


def is_of_few(quantity: QuantityUsed) -> bool:
    """Whether experts were heard about a question, but fewer than three."""
    return 0 < quantity.experts < LEAST_EXPERTS


def rests_on_few(effort: EffortAssessment) -> bool:
    """Whether experts were heard about an effort, but fewer than three on every question."""
    heard = max((each.experts for each in effort.quantities.values()), default=0)
    return 0 < heard < LEAST_EXPERTS


def voices_in(inputs: LibraryRound, effort: str) -> dict[str, tuple[str, ...]]:
    """What each expert brings to the results of an effort: answers, weight and conflicts.

    Args:
        inputs: What was computed.
        effort: The effort's id.
    """
    heard = [each for each in inputs.judgements if each.effort == effort]
    about = [
        *((each.expert, each) for each in heard),
        *((str(each.expert), each) for each in inputs.experts),
        *((each.expert, each) for each in inputs.conflicts if each.effort in ("", effort)),
    ]
    return {
        expert: tuple(sorted(row.model_dump_json() for whose, row in about if whose == expert))
        for expert in {each.expert for each in heard}
    }


def is_far_from(
    voices: Mapping[str, tuple[str, ...]], others: Iterable[Mapping[str, tuple[str, ...]]]
) -> bool:
    """Whether results differ from each earlier one by nobody's answers, or by three experts'.

    The difference of two results would else tell of one or two.

    Args:
        voices: What each expert brings to the later results.
        others: The same of each earlier one.
    """
    for other in others:
        changed = sum(voices.get(each) != other.get(each) for each in {*voices, *other})
        if 0 < changed < LEAST_EXPERTS:
            return False
    return True


def places(record: AssessmentRecord, effort: EffortAssessment) -> dict[str, tuple[int, int]]:
    """Between which places an effort stands by net with conditions, safest first, by worldview.

    Two efforts are in order only where their means are further apart than twice the standard
    error of their difference, so that a place that changes within the error is a range.

    Args:
        record: The result.
        effort: One of its efforts.
    """
    found = {}
    for name, own in effort.worldviews.items():
        mine = own.after.net
        surely_before = surely_after = 0
        for other in record.efforts:
            net = other.worldviews[name].after.net
            error = (net.standard_error**2 + mine.standard_error**2) ** 0.5
            surely_before += net.mean < mine.mean - 2 * error
            surely_after += net.mean > mine.mean + 2 * error
        found[name] = (1 + surely_before, len(record.efforts) - surely_after)
    return found


@dataclass(frozen=True, slots=True)
class Move:
    """One effort under one worldview, in an earlier run and a later one."""

    effort: str
    worldview: str
    before: float | None
    """Mean net with conditions in the earlier run, in ppm; none where it was not there."""
    after: float | None
    error: float
    """Standard error of the difference, in ppm."""
    conditions: str
    """What changed in the recommended conditions, in words."""

    @property
    def difference(self) -> float | None:
        """Later minus earlier, in ppm."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def is_told(self) -> bool:
        """Whether the difference is larger than twice its standard error."""
        return self.difference is None or abs(self.difference) > 2 * self.error


def changed_inputs(earlier: Run, later: Run) -> list[str]:
    """Which parts of the round differ between two runs.

    Args:
        earlier: One run.
        later: Another.
    """
    before, after = (inputs_sha256_by_part(inputs_of(each)) for each in (earlier, later))
    return [part for part in after if before.get(part) != after[part]]


def moves(earlier: Run, later: Run, *, only: Collection[str]) -> list[Move]:
    """What became of each effort's net, with its conditions, between two assessments.

    Args:
        earlier: One assessment that is done.
        later: Another.
        only: Efforts that the reader sees.
    """
    before = {each.id: each for each in assessment_of(earlier).efforts}
    after = {each.id: each for each in assessment_of(later).efforts}
    titles = {id_: each.title for id_, each in (before | after).items()}
    found = []
    for id_ in dict.fromkeys([*after, *before]):
        if id_ not in only:
            continue
        one, two = before.get(id_), after.get(id_)
        worldviews = dict.fromkeys(
            [*(two.worldviews if two else ()), *(one.worldviews if one else ())]
        )
        for name in worldviews:
            old = one.worldviews[name].after.net if one and name in one.worldviews else None
            new = two.worldviews[name].after.net if two and name in two.worldviews else None
            errors = [each.standard_error for each in (old, new) if each is not None]
            found.append(
                Move(
                    effort=titles[id_],
                    worldview=name,
                    before=old.mean * PPM if old else None,
                    after=new.mean * PPM if new else None,
                    error=PPM * sum(each**2 for each in errors) ** 0.5,
                    conditions=_conditions(
                        one.conditions if one else (), two.conditions if two else ()
                    ),
                )
            )
    return found


def _conditions(before: Collection[str], after: Collection[str]) -> str:
    come = [each for each in after if each not in before]
    gone = [each for each in before if each not in after]
    told = [f"now with {', '.join(come)}"] if come else []
    return "; ".join([*told, *([f"no longer {', '.join(gone)}"] if gone else [])])


@dataclass(frozen=True, slots=True)
class Beside:
    """What one choice has and another has not."""

    more: tuple[str, ...]
    """Efforts chosen here and not there, by title."""
    fewer: tuple[str, ...]
    """Efforts chosen there and not here."""
    other_conditions: tuple[str, ...]
    """Efforts chosen in both, on other conditions."""
    spent: float
    """Money more than there; below zero is less."""
    objective: float
    """Objective minus the objective there."""
    nets: dict[str, tuple[float, float]]
    """Mean net of the portfolio by worldview, here and there."""


def beside(here: ChoiceRecord, there: ChoiceRecord, *, titles: Mapping[str, str]) -> Beside:
    """How a choice differs from another.

    Args:
        here: One choice.
        there: The one it is held against, such as the proposal.
        titles: Efforts' titles by id.
    """
    ours = {each.id: each for each in here.chosen}
    theirs = {each.id: each for each in there.chosen}

    def told(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(titles.get(each, each) for each in ids)

    return Beside(
        more=told(each for each in ours if each not in theirs),
        fewer=told(each for each in theirs if each not in ours),
        other_conditions=told(
            each
            for each in ours
            if each in theirs and set(ours[each].conditions) != set(theirs[each].conditions)
        ),
        spent=here.spent - there.spent,
        objective=here.objective - there.objective,
        nets={
            name: (result.net.mean, there.portfolio[name].net.mean)
            for name, result in here.portfolio.items()
            if name in there.portfolio
        },
    )


def options_in_words(run: Run, *, titles: Mapping[str, str]) -> list[str]:
    """What a choice was asked beyond the round's own settings, a sentence each.

    Args:
        run: A choice.
        titles: Efforts' titles by id.
    """
    told = run.options
    said = [f"budget {told['budget']:,.0f}"] if "budget" in told else []
    if "cap_p_raises_risk" in told:
        said.append(
            f"each effort raises risk in at most {told['cap_p_raises_risk']:.3g} of worlds"
        )
    if "cvar_level" in told:
        worst = 100 * (1 - told["cvar_level"])
        limit = told.get("cvar_limit", 0.0) * PPM
        said.append(
            f"in the worst {worst:.3g} % of worlds net is at most {limit:.3g} ppm on average"
        )
    for each in told.get("fixed", ()):
        name = titles.get(each["effort"], each["effort"])
        said.append(f"{name} {'in' if each['chosen'] else 'out'}: {each['reason']}")
    return said
