"""Results out, and back in: JSON whose numbers read back to the same bits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from custodes.assessment import AssessmentRecord
from custodes.choice import ChoiceRecord
from custodes.errors import Fault, InputError
from custodes.exchange._atomic import replace_texts
from custodes.exchange._table import refusal, shown
from custodes.exchange._text_files import read_text
from custodes.records import Record, faults_of

_Result = TypeVar("_Result", bound=Record)

MAX_RESULT_BYTES = 1_073_741_824
"""Size of a result; a thousand efforts under three worldviews need a fiftieth of it."""


def result_text(record: Record) -> str:
    """A result as JSON, ready to be written: keys in the record's order, shortest numbers.

    Args:
        record: Any result, as `AssessmentRecord`.
    """
    table = record.model_dump(mode="json", by_alias=True)
    return json.dumps(table, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_result(record: Record, path: str | Path) -> None:
    """Write a result as JSON, in one step: whoever reads sees the old file or the new.

    Raises:
        InputError: The file cannot be written there.
    """
    text = result_text(record)
    try:
        replace_texts({Path(path): text})
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise refusal(str(path), f"cannot be written ({why})", "name another file") from None


def read_assessment(path: str | Path) -> AssessmentRecord:
    """The assessment in an ``assessment.json``.

    Raises:
        InputError: It cannot be opened, is not JSON, or is not an assessment.
    """
    return _read(path, AssessmentRecord, "`custodes assess DIR --json FILE` writes one")


def read_choice(path: str | Path) -> ChoiceRecord:
    """The choice in a ``choice.json``.

    Raises:
        InputError: It cannot be opened, is not JSON, or is not a choice.
    """
    return _read(path, ChoiceRecord, "`custodes choose DIR --json FILE` writes one")


def _read(path: str | Path, record: type[_Result], cure: str) -> _Result:
    name = str(path)
    text = read_text(Path(path), name=name, if_missing=cure, max_bytes=MAX_RESULT_BYTES)
    table = _parsed(text, name)
    schema: object = (
        cast("dict[str, Any]", table).get("schema") if isinstance(table, dict) else None
    )
    expected = record.model_fields["schema_"].default
    if schema != expected:
        seen = "names no schema" if schema is None else f"is of the schema {shown(str(schema))!r}"
        raise InputError(
            [Fault(message=seen, cure=f"give a file of {expected!r}", file=name, field="schema")]
        )
    try:
        return record.model_validate(table)
    except ValidationError as error:
        raise InputError(faults_of(error, file=name)) from error


def _parsed(text: str, name: str) -> Any:  # noqa: ANN401 (whatever the file holds)
    try:
        return json.loads(text)
    except RecursionError:
        raise refusal(name, "is nested too deeply", "give a result as it was written") from None
    except ValueError as error:
        cure = "give a result as it was written"
        raise refusal(name, f"is not JSON ({error})", cure) from None
