"""Which source of Custodes a report was made with, as far as the installed package knows."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from custodes.assessment import AssessmentRecord


def source_commit(record: AssessmentRecord) -> str:
    """The git commit that Custodes was installed from; empty where that is not known.

    Args:
        record: The result; a commit is told only where it was computed with the version that is
            installed.
    """
    try:
        installed = distribution("custodes")
    except PackageNotFoundError:
        return ""
    if installed.version != record.library_version:
        return ""
    told: dict[str, Any] = json.loads(installed.read_text("direct_url.json") or "{}")
    return str(told.get("vcs_info", {}).get("commit_id", ""))
