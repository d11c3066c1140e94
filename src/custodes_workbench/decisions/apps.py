"""App configuration."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions: what was decided, why, with which conditions; and what was published."""

    name = "custodes_workbench.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Register the work of a publication."""
        from custodes_workbench.decisions import services  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.operations.works import register_work  # noqa: PLC0415 (the same)

        register_work("publish", services.carry_out_publication)
