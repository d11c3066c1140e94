"""App configuration."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Rounds: settings, stages and dates, worldviews and mitigations, the approach."""

    name = "custodes_workbench.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Tell what waits for a second person, what a round lacks, which mails it causes."""
        from custodes_workbench.operations.services import hold_mail_of, register_mail  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.rounds.selectors import (  # noqa: PLC0415 (the same)
            is_frozen,
            is_still_there,
            missing_at_rounds,
            waits_at_rounds,
        )
        from custodes_workbench.rounds.services.stages import MAIL  # noqa: PLC0415 (the same)
        from custodes_workbench.web.missing import tell_what_is_missing  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(waits_at_rounds)
        tell_what_is_missing(missing_at_rounds)
        register_mail(MAIL, is_still_there)
        hold_mail_of(is_frozen)
