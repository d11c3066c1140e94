"""App configuration."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """Challenges: objections that must be answered, and the rulings on them."""

    name = "custodes_workbench.challenges"
    label = "challenges"

    def ready(self) -> None:
        """Tell which challenges wait for an answer."""
        from custodes_workbench.challenges.selectors import challenges_that_wait  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(challenges_that_wait)
