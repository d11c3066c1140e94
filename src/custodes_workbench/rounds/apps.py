"""App configuration."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Rounds: settings, stages and dates, worldviews and mitigations, the approach."""

    name = "custodes_workbench.rounds"
    label = "rounds"
