"""Where an Inspect log keeps what a `Run` holds, in all three formats.

A field that is not what it should be counts as absent: a log is somebody else's file, and one
strange field must not hide the rest. What makes it a log at all (format, test, model) is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from custodes.evidence import Edit, Run, Score, recomputed
from custodes.exchange._json_spans import EVERY, FILLED, Wanted
from custodes.exchange._table import refusal
from custodes.records import as_table

NEWEST_FORMAT = 3
"""The newest log format that is read."""

_REVISION: Wanted = {"origin": None, "commit": None, "dirty": None}
_CONFIG: Wanted = {
    "limit": None,
    "epochs": None,
    "approval": None,
    "message_limit": None,
    "token_limit": None,
    "time_limit": None,
    "cost_limit": None,
}
HEADER: dict[str, Wanted] = {
    "version": None,
    "status": None,
    "invalidated": None,
    "log_updates": None,
    "error": {"message": None},
    "stats": {"started_at": None, "completed_at": None},
    "eval": {
        "task": None,
        "task_version": None,
        "task_args": None,
        "task_id": None,
        "run_id": None,
        "eval_id": None,
        "created": None,
        "model": None,
        "sandbox": None,
        "tags": None,
        "dataset": {"name": None, "location": None, "samples": None},
        "config": _CONFIG,
        "revision": _REVISION,
        "packages": {"inspect_ai": None},
        "metadata": {"created_by": None, "run_by": None},
    },
}
"""What is wanted of a log beside its results and samples."""
_SCORE: Wanted = {"name": None, "reducer": None, "scored_samples": None, "metrics": None}
RESULTS: Wanted = {
    "total_samples": None,
    "completed_samples": None,
    "scores": (_SCORE,),
    "scorers": (_SCORE,),
    "scorer": {"name": None},
    "metrics": None,
}
"""What is wanted of its results, in all three formats."""
_GIVEN: Wanted = {
    "value": None,
    "history": ({"provenance": {"author": None, "reason": None, "timestamp": None}},),
}
SAMPLE: Wanted = {
    "id": None,
    "epoch": None,
    "error": FILLED,
    "error_retries": FILLED,
    "limit": FILLED,
    "output": {"model": None},
    "scores": {EVERY: _GIVEN},
    "score": _GIVEN,
}
"""What is wanted of a sample."""

_STATUSES = ("success", "error", "cancelled", "started")
_TEXT = 500
_ERROR = 200
_MOST = 2**53
_MOST_NUMBER = 1e100


def run_of(
    header: Mapping[str, Any],
    *,
    file: str,
    values: Mapping[str, Mapping[str, Sequence[object]]],
    facts: Mapping[str, Any],
    samples_sha256: str,
) -> Run:
    """The run that a log records.

    Args:
        header: What was decoded of it.
        file: The file, as the person named it.
        values: By scorer and item, the values of the samples.
        facts: Fields of the run that the samples and the file gave.
        samples_sha256: Digest of all items, epochs and values.

    Raises:
        InputError: Its format is unknown, or it does not say what was tested.
    """
    told = cast("dict[str, Any]", header["eval"])
    version, status = _format(header.get("version"), file), header.get("status")
    task, model = text_of(told.get("task")), text_of(told.get("model"))
    if task is None or model is None:
        message = "not an Inspect log (it names no task or no model)"
        raise refusal(file, message, "give an .eval or .json file that Inspect wrote")
    if status not in _STATUSES:
        message = f"not an Inspect log (its status is {_shown(status)})"
        raise refusal(file, message, f"a log's status is one of {', '.join(_STATUSES)}")
    config, dataset = _table(told, "config"), _table(told, "dataset")
    revision, stats = _table(told, "revision"), _table(header, "stats")
    results = _table(header, "results")
    scores = _scores(results)
    created = text_of(told.get("created"))
    commit = text_of(revision.get("commit"))
    return Run(
        **facts,
        file=file,
        log_version=version,
        status=status,
        invalidated=header.get("invalidated") is True,
        task=task,
        task_version=_version(told.get("task_version")),
        task_args_sha256=_digest(told.get("task_args")),
        model=model,
        dataset=text_of(dataset.get("name")) or text_of(dataset.get("location")),
        dataset_samples=_count(dataset.get("samples")),
        created=created,
        created_at=_moment(created),
        started_at=text_of(stats.get("started_at")),
        completed_at=text_of(stats.get("completed_at")),
        inspect_version=text_of(_table(told, "packages").get("inspect_ai")),
        eval_id=text_of(told.get("eval_id")),
        run_id=text_of(told.get("run_id")),
        task_id=text_of(told.get("task_id")),
        git_origin=text_of(revision.get("origin")),
        git_commit=commit,
        git_dirty=revision["dirty"] if isinstance(revision.get("dirty"), bool) else None,
        sandbox=_sandbox(told.get("sandbox")),
        approval=bool(config.get("approval")),
        epochs=_count(config.get("epochs")) or 1,
        limit=_limit(config.get("limit")),
        sample_limits={
            name: number
            for name in ("message_limit", "token_limit", "time_limit", "cost_limit")
            if (number := _number(config.get(name))) is not None
        },
        total_samples=_count(results.get("total_samples")),
        completed_samples=_count(results.get("completed_samples")),
        error=(text_of(_table(header, "error").get("message")) or "")[:_ERROR],
        has_results=isinstance(header.get("results"), dict),
        scores=scores,
        recomputed={
            scorer: result
            for scorer, of_items in sorted(values.items())
            if (result := recomputed(of_items)) is not None
        },
        declared_by=_declared_by(told),
        content_sha256=_digest([samples_sha256, [each.model_dump() for each in scores]]),
    )


def edits_of_score(history: object, *, scorer: str, item: str) -> list[Edit]:
    """The changes of one score; the entry without an author is the score as it was given.

    Args:
        history: As the log holds it.
        scorer: The scorer.
        item: The item.
    """
    edits = [_edit(_table_or_none(each), scorer=scorer, item=item) for each in _list(history)]
    signed = [edit for edit in edits if edit.author or edit.reason or edit.at]
    return signed or edits[:1]


def edits_of_log(updates: object) -> list[Edit]:
    """The changes of a whole log.

    Args:
        updates: As the log holds them.
    """
    return [_edit(_table_or_none(each), scorer="", item="") for each in _list(updates)]


def _edit(entry: Mapping[str, Any], *, scorer: str, item: str) -> Edit:
    said = _table(entry, "provenance")
    return Edit(
        scorer=scorer[:_TEXT],
        item=item[:_ERROR],
        author=(text_of(said.get("author")) or "")[:_ERROR],
        reason=(text_of(said.get("reason")) or "")[:_ERROR],
        at=(text_of(said.get("timestamp")) or "")[:_ERROR],
    )


def _format(version: object, file: str) -> int:
    stated = 2 if version is None else version
    if not isinstance(stated, int) or isinstance(stated, bool) or stated < 1:
        message = f"log format {_shown(version)} is none that we know"
        raise refusal(file, message, "give the log as Inspect wrote it")
    if stated > NEWEST_FORMAT:
        message = f"log format {_shown(stated)} is newer than this version understands"
        raise refusal(file, message, "take a newer version of Custodes, or ask for an older log")
    return stated


def stated_scorers(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The scorers of a log's results: a list under one of two names, or a single one.

    Args:
        results: What was decoded of the results.
    """
    for key in ("scores", "scorers"):
        listed = [as_table(each) for each in _list(results.get(key))]
        if listed:
            return [each for each in listed if each is not None]
    name = _table(results, "scorer").get("name")
    return [{"name": name, "metrics": results.get("metrics")}] if name is not None else []


def _scores(results: Mapping[str, Any]) -> tuple[Score, ...]:
    return tuple(
        Score(
            name=text_of(entry.get("name")) or "",
            reducer=text_of(entry.get("reducer")),
            scored_samples=_count(entry.get("scored_samples")),
            metrics={
                text_of(name) or "": _number(_table_or_none(metric).get("value"))
                for name, metric in _table(entry, "metrics").items()
            },
        )
        for entry in stated_scorers(results)
    )


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _table(owner: Mapping[str, Any], key: str) -> dict[str, Any]:
    return _table_or_none(owner.get(key))


def _table_or_none(value: object) -> dict[str, Any]:
    return as_table(value) or {}


def text_of(value: object) -> str | None:
    """A text on one line without what steers a terminal; none where there is none.

    Args:
        value: As the log holds it.
    """
    if not isinstance(value, str):
        return None
    line = " ".join(value[: 2 * _TEXT].split())[:_TEXT]
    return "".join(char if char.isprintable() else "\ufffd" for char in line) or None


def _shown(value: object) -> str:
    return text_of(str(value)) or "empty"


def _number(value: object) -> float | int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) <= _MOST_NUMBER else None


def _count(value: object) -> int | None:
    number = _number(value)
    is_count = number is not None and 0 <= number <= _MOST and number == int(number)
    return int(number) if number is not None and is_count else None


def _version(value: object) -> int | str:
    if isinstance(value, str):
        return text_of(value) or 0
    return _count(value) or 0


def _limit(value: object) -> int | tuple[int, int] | None:
    listed = _list(value)
    if listed:
        pair = [_count(each) for each in listed]
        known = [each for each in pair if each is not None]
        return (known[0], known[1]) if len(known) == len(pair) == 2 else None  # noqa: PLR2004 (two ends make a range)
    return _count(value)


def _sandbox(value: object) -> str | None:
    listed = _list(value)
    if listed:
        return text_of(listed[0])
    return text_of(_table_or_none(value).get("type")) or text_of(value)


def _moment(written: str | None) -> dt.datetime | None:
    """The moment that a text names; none without a time zone."""
    try:
        moment = dt.datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _declared_by(told: Mapping[str, Any]) -> tuple[str, ...]:
    metadata = _table(told, "metadata")
    names = [text_of(metadata.get(key)) for key in ("created_by", "run_by")]
    names += [text_of(tag) for tag in _list(told.get("tags"))]
    return tuple(name for name in names if name is not None)[:20]


def _digest(told: object) -> str:
    """SHA-256 of something as JSON; empty for nothing."""
    if not told:
        return ""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
