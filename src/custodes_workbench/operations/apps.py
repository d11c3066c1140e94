"""App configuration."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Operations: jobs, posts that count once, mail, backups."""

    name = "custodes_workbench.operations"
    label = "operations"

    def ready(self) -> None:
        """Add the checks, at the start and those of `custodes verify`, and the mails that wait."""
        from custodes_workbench.operations import (  # noqa: PLC0415 (after the apps are loaded)
            checks,  # noqa: F401 (registers itself)
            integrity,
            services,
        )
        from custodes_workbench.operations.verification import (  # noqa: PLC0415 (the same)
            register_check,
        )
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        register_check("history", integrity.broken_chain)
        register_check("rows", integrity.broken_rows)
        tell_what_waits(services.mails_that_wait)
