"""App configuration."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations: jobs, posts that count once, mail, backups."""

    name = "custodes_workbench.operations"
    label = "operations"

    def ready(self) -> None:
        """Register the checks that refuse an unsafe database."""
        from custodes_workbench.operations import (  # noqa: PLC0415 (after the apps are loaded)
            checks,  # noqa: F401 (registers itself)
        )
