"""App configuration."""

from django.apps import AppConfig


class EffortsConfig(AppConfig):
    """Efforts: proposals, explanations, revisions, screening, who stands how to them."""

    name = "custodes_workbench.efforts"
    label = "efforts"

    def ready(self) -> None:
        """Tell what waits for applicants and for those who screen, and what a round lacks."""
        from custodes_workbench.efforts.selectors import what_waits  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.efforts.selectors.waits import missing_at_efforts  # noqa: PLC0415 (the same)
        from custodes_workbench.web.missing import tell_what_is_missing  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(what_waits)
        tell_what_is_missing(missing_at_efforts)
