"""Runs of one family are one test: the same test on the same model with the same items.

All runs are shown in time order, never the last alone, so that nobody can run a test until it
passes and hand in the pass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from custodes.evidence._checks import Flag, flags_of_run
from custodes.evidence._runs import Run
from custodes.records import Record


class Family(Record):
    """One test on one model, with every run of it that is here."""

    task: str
    """The test."""
    model: str
    """The model as it was asked for."""
    dataset: str | None
    """The set of items."""
    dataset_samples: int | None
    """Items in that set."""
    task_args_sha256: str
    """Digest of the test's arguments."""
    runs: tuple[Run, ...]
    """Every run once, in time order."""
    copies: tuple[Run, ...] = ()
    """Files that are one of these runs again, in the order in which they came."""
    flags: tuple[Flag, ...] = ()
    """What is wrong with the runs, one by one and together."""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes runs one family."""
        return _key(self.runs[0])

    def flags_of(self, run: Run) -> tuple[Flag, ...]:
        """The flags that speak of one of the runs."""
        return tuple(flag for flag in self.flags if flag.about == run.file)

    @property
    def conclusive(self) -> tuple[Run, ...]:
        """Runs that nothing stops."""
        stopped = {flag.about for flag in self.flags if flag.effect == "stop"}
        return tuple(run for run in self.runs if run.file not in stopped)


def families_of(runs: Iterable[Run]) -> tuple[Family, ...]:
    """The families of several runs, in the order of their first run.

    Args:
        runs: As they were read. The same file twice, or the same run in two formats, counts once.
    """
    kept: dict[tuple[str, ...], Run] = {}
    bytes_seen: dict[str, Run] = {}
    copies: list[tuple[Run, Run]] = []
    flags: list[Flag] = []
    for run in runs:
        first = bytes_seen.get(run.sha256) or kept.get(run.key)
        bytes_seen.setdefault(run.sha256, run)
        if first is None:
            kept[run.key] = run
        else:
            copies.append((run, first))
            flags.append(_flag_of_copy(run, first))
    together: dict[tuple[str, ...], list[Run]] = {}
    for run in kept.values():
        together.setdefault(_key(run), []).append(run)
    return tuple(_family(members, copies, flags) for members in together.values())


def _family(members: list[Run], copies: list[tuple[Run, Run]], flags: list[Flag]) -> Family:
    ordered = tuple(sorted(members, key=_when))
    own = {run.file for run in ordered}
    first = ordered[0]
    again = (
        Flag(
            check="run_again",
            effect="weigh",
            sentence=f"The same test was run {len(ordered)} times; it is one test.",
        ),
    )
    return Family(
        task=first.task,
        model=first.model,
        dataset=first.dataset,
        dataset_samples=first.dataset_samples,
        task_args_sha256=first.task_args_sha256,
        runs=ordered,
        copies=tuple(copy for copy, original in copies if original.file in own),
        flags=(
            *(flag for run in ordered for flag in flags_of_run(run)),
            *(flag for flag in flags if flag.about in own),
            *(again if len(ordered) > 1 else ()),
        ),
    )


def _flag_of_copy(run: Run, first: Run) -> Flag:
    if run.sha256 == first.sha256:
        return Flag(
            check="same_file",
            effect="tell",
            sentence=f"'{run.file}' is the same file; it counts once.",
            about=first.file,
        )
    if run.content_sha256 == first.content_sha256:
        return Flag(
            check="same_run_other_format",
            effect="tell",
            sentence=f"'{run.file}' is the same run; it counts once.",
            about=first.file,
        )
    return Flag(
        check="same_run_other_content",
        effect="stop",
        sentence=f"'{run.file}' is the same run with other samples or scores; which is right?",
        about=first.file,
    )


def _key(run: Run) -> tuple[str, ...]:
    items = "" if run.dataset_samples is None else str(run.dataset_samples)
    return (run.task, run.model, run.dataset or "", items, run.task_args_sha256)


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _when(run: Run) -> tuple[dt.datetime, str]:
    """When a run was made; those that give no moment come last, in the order of their text."""
    return (run.created_at or _NEVER, run.created or "")
