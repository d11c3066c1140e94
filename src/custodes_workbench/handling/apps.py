"""App configuration."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """Marked findings, their named readers, and the log of who opened them."""

    name = "custodes_workbench.handling"
    label = "handling"

    def ready(self) -> None:
        """Tell which marks wait for a review, and check that sealed things are whole."""
        from custodes_workbench.handling.selectors import broken_seals, marks_that_wait  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.operations.verification import register_check  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(marks_that_wait)
        register_check("sealed texts", broken_seals)
