"""App configuration."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions: what was decided, why, with which conditions; and what was published."""

    name = "custodes_workbench.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Register the work of a publication, what waits, and what is missing."""
        from custodes_workbench.decisions import selectors, services  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.operations.works import register_work  # noqa: PLC0415 (the same)
        from custodes_workbench.web.missing import tell_what_is_missing  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        register_work("publish", services.carry_out_publication)
        tell_what_waits(selectors.decisions_that_wait)
        tell_what_waits(selectors.publications_that_wait)
        tell_what_waits(selectors.corrections_that_wait)
        tell_what_waits(selectors.conditions_that_wait)
        tell_what_is_missing(selectors.missing_at_decisions)
