"""What may be wrong with a run or an audit: each check with its sentence and its effect.

A check never hides a run. One that stops leaves the outcome inconclusive; one that weighs changes
how much the evidence counts; one that tells is shown and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from custodes.evidence._runs import Run, Score
from custodes.records import Record

Effect = Literal["stop", "weigh", "tell"]
"""What a check does to the evidence: makes it inconclusive, changes its weight, is only shown."""

FEW_ITEMS = 30
"""Fewer different items than this are few; our assumption."""
ERRORS_STOP_ABOVE = 0.05
"""Above this share of items with an error a run shows nothing; our assumption."""
AGREES_WITHIN = 1e-9
"""A stated mean that differs by more than this from the recomputed one disagrees."""


class Flag(Record):
    """One check that found something."""

    check: str
    """Its id."""
    effect: Effect
    """What it does to the evidence."""
    sentence: str
    """What it found, for people."""
    about: str = ""
    """The run or the runs it speaks of; empty is the whole audit."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that may be wrong."""

    id: str
    """Its name in results."""
    meaning: str
    """When it speaks."""
    effects: tuple[Effect, ...]
    """What it does; the stronger one first where it depends."""


CHECKS = {
    check.id: check
    for check in (
        Check("unfinished", "The run did not end.", ("stop",)),
        Check("cancelled", "Somebody stopped the run; which result was left out?", ("stop",)),
        Check("run_error", "The run ended with an error: a broken test is not safety.", ("stop",)),
        Check(
            "sample_errors",
            "Some items ended with an error; above 5 % of the items the run shows nothing.",
            ("stop", "weigh"),
        ),
        Check("invalidated", "Its author withdrew the run.", ("stop",)),
        Check(
            "no_results",
            "The log has no results; it stops unless its samples give them.",
            ("stop", "tell"),
        ),
        Check("no_scores", "The log states results without a scorer.", ("stop",)),
        Check("empty_metrics", "A scorer states no metric; it was recomputed.", ("tell",)),
        Check(
            "metric_not_a_number",
            "A metric is not a number; it stops unless the samples give one.",
            ("stop", "tell"),
        ),
        Check(
            "results_without_samples",
            "The stated result cannot be recomputed: the file holds no samples.",
            ("weigh",),
        ),
        Check(
            "count_mismatch",
            "The number of samples stated is not the number in the file.",
            ("stop",),
        ),
        Check(
            "aggregate_disagrees",
            "The stated accuracy is not the mean of the samples.",
            ("stop",),
        ),
        Check("edited_after_run", "Scores were changed after the run.", ("tell",)),
        Check("same_run_other_content", "Two files are one run and differ in content.", ("stop",)),
        Check("same_file", "The same file is here twice; it counts once.", ("tell",)),
        Check("same_run_other_format", "Two files are one run; it counts once.", ("tell",)),
        Check("run_again", "The same test was run several times; it is one test.", ("weigh",)),
        Check("few_items", "Fewer than 30 different items.", ("weigh",)),
        Check("repeated_items", "Items were asked several times; they count once.", ("tell",)),
        Check("part_of_dataset", "Only a part of the set of items was run.", ("weigh",)),
        Check("uncommitted_code", "The code had changes that are in no version.", ("tell",)),
        Check("no_code_version", "The version of the code is not stated.", ("tell",)),
        Check("task_unversioned", "The version of the test is not stated.", ("tell",)),
        Check("model_not_pinned", "No date says which snapshot answered.", ("weigh",)),
        Check("snapshot_differs", "Another snapshot answered than the declared one.", ("weigh",)),
        Check(
            "after_deployment",
            "The evidence is younger than the deployment it is said to support.",
            ("tell",),
        ),
        Check("who_ran_it_unknown", "Nobody attested who ran it, for whom.", ("weigh",)),
        Check(
            "name_claims_more",
            "A person says that the test's name promises what it does not measure.",
            ("stop",),
        ),
        Check("no_hazard", "Nobody said which hazard this tests.", ("stop",)),
        Check(
            "judged_after_result",
            "No rule was fixed before the run; the outcome was judged when the result was known.",
            ("tell",),
        ),
    )
}
"""Every check by id, in the order in which they are shown."""


def flags_of_run(run: Run) -> tuple[Flag, ...]:
    """What is wrong with one run by itself, in the order of `CHECKS`.

    Args:
        run: The run.
    """
    found = {check: told for check, tell in _OF_A_RUN.items() if (told := tell(run)) is not None}
    return tuple(
        Flag(check=check, effect=found[check][0], sentence=found[check][1], about=run.file)
        for check in CHECKS
        if check in found
    )


_Told = tuple[Effect, str] | None


def _unfinished(run: Run) -> _Told:
    if run.status != "started":
        return None
    return "stop", "The run did not end, so it shows nothing."


def _cancelled(run: Run) -> _Told:
    if run.status != "cancelled":
        return None
    seen = f"{run.samples_in_file} samples are in the file"
    return "stop", f"The run was stopped ({seen}); stopping may have been selective."


def _run_error(run: Run) -> _Told:
    if run.status != "error":
        return None
    why = f": {run.error}" if run.error else ""
    return "stop", f"The run ended with an error{why}. A broken test is not safety."


def _sample_errors(run: Run) -> _Told:
    if not run.items_with_error:
        return None
    share = run.items_with_error / run.distinct_items
    seen = f"{run.items_with_error} of {run.distinct_items} items ended with an error"
    if share > ERRORS_STOP_ABOVE:
        return "stop", f"{seen}, more than {ERRORS_STOP_ABOVE:.0%}: the run shows nothing."
    return "weigh", f"{seen}; what they would have shown is not known."


def _invalidated(run: Run) -> _Told:
    return ("stop", "Its author withdrew this run.") if run.invalidated else None


def _no_results(run: Run) -> _Told:
    if run.has_results:
        return None
    if run.recomputed:
        return "tell", "The log states no results; those here were recomputed from its samples."
    return "stop", "The log states no results, and its samples give none."


def _no_scores(run: Run) -> _Told:
    if not run.has_results or run.scores:
        return None
    seen = f"{run.samples_in_file} samples"
    return "stop", f"The log holds results and {seen}, and no scorer: nothing was measured."


def _empty_metrics(run: Run) -> _Told:
    names = [score.name for score in run.scores if not score.metrics]
    if not names:
        return None
    return "tell", f"No metric is stated for {_listed(names)}; the samples were counted again."


def _metric_not_a_number(run: Run) -> _Told:
    broken = [score for score in run.scores if None in score.metrics.values()]
    if not broken:
        return None
    names = _listed([score.name for score in broken])
    if all(score.name in run.recomputed for score in broken):
        return "tell", f"A metric of {names} is not a number; the samples were counted again."
    return "stop", f"A metric of {names} is not a number, and the samples cannot be counted."


def _results_without_samples(run: Run) -> _Told:
    if run.samples_in_file or not (run.scores or run.completed_samples):
        return None
    return "weigh", "The file holds no samples, so the stated result cannot be recomputed."


def _count_mismatch(run: Run) -> _Told:
    stated, seen = run.completed_samples, run.samples_in_file
    if stated is None or not seen or stated == seen:
        return None
    return "stop", f"{stated} samples are stated and {seen} {_are(seen)} in the file."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _aggregate_disagrees(run: Run) -> _Told:
    for score in run.scores:
        stated, own = score.metrics.get("accuracy"), run.recomputed.get(score.name)
        if stated is None or own is None or not _is_mean(score, run):
            continue
        if abs(stated - own.mean) > AGREES_WITHIN:
            seen = f"{score.name} states {stated:g}, its {own.items} items give {own.mean:g}"
            return "stop", f"{seen}."
    return None


def _is_mean(score: Score, run: Run) -> bool:
    """Whether its accuracy is a mean over items of the mean over epochs."""
    return score.reducer in (None, "mean") or (run.epochs or 1) == 1


def _edited_after_run(run: Run) -> _Told:
    if not run.edits_count:
        return None
    first = run.edits[0]
    who = first.author or "somebody who is not named"
    why = f", because: {first.reason}" if first.reason else ", without a reason"
    more = f" and {run.edits_count - 1} more" if run.edits_count > 1 else ""
    return "tell", f"Changed after the run by {who}{why}{more}."


def _few_items(run: Run) -> _Told:
    if run.items is None or run.items >= FEW_ITEMS:
        return None
    return "weigh", f"Only {run.items} different item{'s' if run.items != 1 else ''}."


def _repeated_items(run: Run) -> _Told:
    if (run.epochs or 1) == 1:
        return None
    return "tell", f"Each item was asked {run.epochs} times; it counts once."


def _part_of_dataset(run: Run) -> _Told:
    if run.items is None or run.dataset_samples is None or run.items >= run.dataset_samples:
        return None
    share = run.items / run.dataset_samples
    return "weigh", f"{run.items} of {run.dataset_samples:,} items were run ({share:.2g} of all)."


def _uncommitted_code(run: Run) -> _Told:
    if not run.git_dirty:
        return None
    return "tell", "The code had changes that are in no version: the test cannot be repeated."


def _no_code_version(run: Run) -> _Told:
    return None if run.git_commit else ("tell", "The version of the code is not stated.")


def _task_unversioned(run: Run) -> _Told:
    return None if run.task_version else ("tell", "The version of the test is not stated.")


def _model_not_pinned(run: Run) -> _Told:
    if run.pinned_model is not None:
        return None
    return "weigh", f"'{run.model}' names no date: which snapshot answered is not known."


_OF_A_RUN: dict[str, Callable[[Run], _Told]] = {
    "unfinished": _unfinished,
    "cancelled": _cancelled,
    "run_error": _run_error,
    "sample_errors": _sample_errors,
    "invalidated": _invalidated,
    "no_results": _no_results,
    "no_scores": _no_scores,
    "empty_metrics": _empty_metrics,
    "metric_not_a_number": _metric_not_a_number,
    "results_without_samples": _results_without_samples,
    "count_mismatch": _count_mismatch,
    "aggregate_disagrees": _aggregate_disagrees,
    "edited_after_run": _edited_after_run,
    "few_items": _few_items,
    "repeated_items": _repeated_items,
    "part_of_dataset": _part_of_dataset,
    "uncommitted_code": _uncommitted_code,
    "no_code_version": _no_code_version,
    "task_unversioned": _task_unversioned,
    "model_not_pinned": _model_not_pinned,
}


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
