"""A run: what an audit file says of one test on one model, in counts, scores and digests."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from pydantic import Field

from custodes.records import Record

RunStatus = Literal["success", "error", "cancelled", "started"]
"""How a run ended; `started` is one that did not."""

_DATED = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}|20[0-9]{6}")


class Interval(Record):
    """The 5th, 50th and 95th percentile of a share."""

    p05: float = Field(ge=0, le=1)
    """5th percentile."""
    p50: float = Field(ge=0, le=1)
    """50th percentile."""
    p95: float = Field(ge=0, le=1)
    """95th percentile."""


class Score(Record):
    """What a log states of one scorer."""

    name: str
    """The scorer."""
    reducer: str | None = None
    """How epochs were brought to one value; none where the log does not say."""
    scored_samples: int | None = None
    """Items it scored, as stated."""
    metrics: dict[str, float | None] = Field(default_factory=dict)
    """Its metrics by name; none is a metric that is not a finite number."""


class Recomputed(Record):
    """What the samples of a log themselves say of one scorer."""

    items: int = Field(ge=1)
    """Different items with a value; epochs and repetitions are not counted."""
    values: dict[str, int]
    """How often each value was given, as written."""
    mean: float
    """Mean over items of the mean over epochs."""
    interval: Interval | None = None
    """Jeffreys interval of the share; none where a value lies outside 0 to 1."""


class Edit(Record):
    """A score that was changed after the run, or data that was withdrawn."""

    scorer: str
    """The scorer; empty where the whole log was changed."""
    item: str
    """The item; empty where the whole log was changed."""
    author: str = ""
    """Who, as the log says."""
    reason: str = ""
    """Why, as the log says."""
    at: str = ""
    """When, as the log says."""


class Run(Record):
    """One audit file, read: counts, scores and digests; no text of any sample."""

    file: str
    """The file, as the person named it."""
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    """Digest of the whole file; the same bytes twice are one run."""
    zip_compression: tuple[int, ...] | None = None
    """How the members of an `.eval` are compressed; none for a `.json`."""
    log_version: int = Field(ge=1, le=3)
    """Version of the log format."""
    status: RunStatus
    """How it ended."""
    invalidated: bool = False
    """Whether its author withdrew it."""
    task: str
    """The test."""
    task_version: int | str = 0
    """Its version; 0 is not stated."""
    task_args_sha256: str = ""
    """Digest of the test's arguments; empty where there are none."""
    model: str
    """The model as it was asked for, often an alias."""
    models_in_samples: tuple[str, ...] = ()
    """The models that answered, as the samples say."""
    dataset: str | None = None
    """Name of the set of items."""
    dataset_samples: int | None = None
    """Items in that set."""
    created: str | None = None
    """When it was made, as written."""
    created_at: dt.datetime | None = None
    """The same moment; none where the log gives no time zone."""
    started_at: str | None = None
    """When it began, as written."""
    completed_at: str | None = None
    """When it ended, as written."""
    inspect_version: str | None = None
    """Version of the program that wrote it."""
    eval_id: str | None = None
    """Its id; logs before February 2025 have none."""
    run_id: str | None = None
    """Id of the set of runs it was part of."""
    task_id: str | None = None
    """Id of the test within that set."""
    git_origin: str | None = None
    """Where the code comes from."""
    git_commit: str | None = None
    """Version of the code."""
    git_dirty: bool | None = None
    """Whether the code had changes that are in no version."""
    sandbox: str | None = None
    """Containment of what the model did; none in most logs."""
    approval: bool = False
    """Whether actions of the model had to be approved."""
    epochs: int | None = None
    """How often each item was asked."""
    limit: int | tuple[int, int] | None = None
    """Items that were asked for: the first so many, or from the first to the second."""
    sample_limits: dict[str, float] = Field(default_factory=dict)
    """Limits on messages, tokens, time and cost of a sample."""
    total_samples: int | None = None
    """Samples as stated: items times epochs."""
    completed_samples: int | None = None
    """Samples that ended, as stated."""
    samples_in_file: int = Field(ge=0)
    """Samples in the file."""
    distinct_items: int = Field(ge=0)
    """Different items among them."""
    items_with_error: int = Field(default=0, ge=0)
    """Different items of which a sample carries an error."""
    samples_limited: int = Field(default=0, ge=0)
    """Samples that a limit ended."""
    samples_retried: int = Field(default=0, ge=0)
    """Samples that were tried again after an error."""
    error: str = ""
    """What ended the run, the first 200 characters."""
    has_results: bool
    """Whether the log holds a block of results."""
    scores: tuple[Score, ...] = ()
    """What it states."""
    recomputed: dict[str, Recomputed] = Field(default_factory=dict)
    """What its samples say, by scorer."""
    edits: tuple[Edit, ...] = ()
    """What was changed after the run; the first hundred."""
    edits_count: int = Field(default=0, ge=0)
    """How many changes there are."""
    declared_by: tuple[str, ...] = ()
    """Who ran it, as the log says; no proof, and never public."""
    content_sha256: str
    """Digest of items, epochs, values and stated scores; equal for equal contents."""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two files the same run; a blank id names nothing, so the digest stands in."""
        if self.eval_id:
            return ("eval", self.eval_id)
        if self.run_id and self.task_id:
            return ("task", self.run_id, self.task_id)
        return ("file", self.sha256)

    @property
    def items(self) -> int | None:
        """Different items it was made of; what is stated where the file holds no sample."""
        if self.samples_in_file:
            return self.distinct_items
        stated = self.completed_samples or self.total_samples
        return stated // (self.epochs or 1) if stated else None

    @property
    def pinned_model(self) -> str | None:
        """The model with its date, from what answered or what was asked for."""
        for name in (*self.models_in_samples, self.model):
            if _DATED.search(name):
                return name
        return None
