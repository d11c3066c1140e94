"""App configuration."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations: jobs, posts that count once, mail, backups."""

    name = "custodes_workbench.operations"
    label = "operations"

    def ready(self) -> None:
        """Add the checks: at the start for an unsafe database, and those of `custodes verify`."""
        from custodes_workbench.operations import (  # noqa: PLC0415 (after the apps are loaded)
            checks,  # noqa: F401 (registers itself)
            integrity,
        )
        from custodes_workbench.operations.verification import (  # noqa: PLC0415 (the same)
            register_check,
        )

        register_check("history", integrity.broken_chain)
        register_check("rows", integrity.broken_rows)
