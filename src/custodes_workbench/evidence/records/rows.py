"""A version of an audit and the library's record."""

from __future__ import annotations

import tomllib
from typing import Any

from custodes.evidence import Audit as AuditRecord
from custodes.exchange import audits_as_toml
from custodes_workbench.evidence.models import AuditVersion


def audit_record(version: AuditVersion) -> AuditRecord:
    """What a version of an audit says."""
    return AuditRecord.model_validate(version.record)


def entry_of(audit: AuditRecord) -> dict[str, Any]:
    """An audit as `evidence.toml` states it: one `[[audit]]`, without its runs."""
    entry: dict[str, Any] = tomllib.loads(audits_as_toml([audit]))["audit"][0]
    return entry
