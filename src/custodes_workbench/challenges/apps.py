"""App configuration."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """Challenges: objections that must be answered, and the rulings on them."""

    name = "custodes_workbench.challenges"
    label = "challenges"
