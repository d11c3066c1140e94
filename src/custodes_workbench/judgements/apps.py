"""App configuration."""

from django.apps import AppConfig


class JudgementsConfig(AppConfig):
    """Judgements: panels, blind answers, discussion, revision, conflicts."""

    name = "custodes_workbench.judgements"
    label = "judgements"

    def ready(self) -> None:
        """Tell what waits, what a panel lacks, and which mails it causes."""
        from custodes_workbench.judgements.selectors import what_waits  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.judgements.selectors.interests import declaration_that_waits  # noqa: PLC0415 (the same)
        from custodes_workbench.judgements.selectors.panel import (  # noqa: PLC0415 (the same)
            conflicts_that_wait,
            is_still_asked,
            missing_at_judgements,
        )
        from custodes_workbench.judgements.services.panel import MAIL  # noqa: PLC0415 (the same)
        from custodes_workbench.operations.services import register_mail  # noqa: PLC0415 (the same)
        from custodes_workbench.web.missing import tell_what_is_missing  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(what_waits)
        tell_what_waits(conflicts_that_wait)
        tell_what_waits(declaration_that_waits)
        tell_what_is_missing(missing_at_judgements)
        register_mail(MAIL, is_still_asked)
