"""What of an audit log is refused because it is too much."""

from __future__ import annotations

import time
from dataclasses import dataclass

from custodes.exchange._table import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLimits:
    """Sizes above which an audit log is refused; our assumption, far above the logs we saw."""

    file_bytes: int = 500_000_000
    """Size of the file."""
    member_bytes: int = 200_000_000
    """One member of an `.eval`, unpacked."""
    unpacked_bytes: int = 2_000_000_000
    """All members together, unpacked."""
    ratio: int = 200
    """Times its own size that a log may unpack to."""
    members: int = 200_000
    """Members of an `.eval`."""
    seconds: float = 30.0
    """Time for one file."""


class Patience:
    """The work that one file may take; whoever reads it asks now and then.

    The clock decides only whether a file is refused, never what is read from it.
    """

    def __init__(self, name: str, limits: LogLimits) -> None:
        self._name = name
        self._limits = limits
        self._ends = time.thread_time() + limits.seconds

    def check(self) -> None:
        """Refuse the file when its time is over.

        Raises:
            InputError: It is.
        """
        if time.thread_time() > self._ends:
            message = f"takes longer than {self._limits.seconds:g} seconds to read"
            raise refusal(self._name, message, "give it in parts, or without its samples")
