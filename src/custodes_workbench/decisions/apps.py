"""App configuration."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions: choices, decisions, conditions, dissent."""

    name = "custodes_workbench.decisions"
    label = "decisions"
