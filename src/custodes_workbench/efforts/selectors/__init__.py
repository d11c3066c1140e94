"""Reads of efforts: who stands how to which, which are seen, drafts, screening, imports."""

from custodes_workbench.efforts.selectors.applications import (
    calls_visible_to,
    drafts_of,
    own_applications,
    text_of_call,
)
from custodes_workbench.efforts.selectors.efforts import (
    as_substitute,
    efforts_computed,
    efforts_visible_to,
    facts_about,
    record_shown_to,
    records_shown_to,
    relations_in,
)
from custodes_workbench.efforts.selectors.imports import efforts_held, uploads_of
from custodes_workbench.efforts.selectors.screening import (
    Finding,
    applications_to_screen,
    findings_about,
    version_now,
)
from custodes_workbench.efforts.selectors.waits import what_waits

__all__ = [
    "Finding",
    "applications_to_screen",
    "as_substitute",
    "calls_visible_to",
    "drafts_of",
    "efforts_computed",
    "efforts_held",
    "efforts_visible_to",
    "facts_about",
    "findings_about",
    "own_applications",
    "record_shown_to",
    "records_shown_to",
    "relations_in",
    "text_of_call",
    "uploads_of",
    "version_now",
    "what_waits",
]
