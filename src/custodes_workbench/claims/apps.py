"""App configuration."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims: what was said, warning signs, assessments, replies."""

    name = "custodes_workbench.claims"
    label = "claims"

    def ready(self) -> None:
        """Tell assessors which claims wait for them, and claimants which reply."""
        from custodes_workbench.claims.selectors import claims_that_wait  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(claims_that_wait)
