"""App configuration."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """History: the append-only chain of what was done."""

    name = "custodes_workbench.history"
    label = "history"
