"""App configuration."""

from django.apps import AppConfig


class JudgementsConfig(AppConfig):
    """Judgements: panels, blind answers, discussion, revision, conflicts."""

    name = "custodes_workbench.judgements"
    label = "judgements"

    def ready(self) -> None:
        """Tell what waits for an expert, and which conflicts wait for an officer."""
        from custodes_workbench.judgements.selectors import what_waits  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.judgements.selectors.panel import conflicts_that_wait  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(what_waits)
        tell_what_waits(conflicts_that_wait)
