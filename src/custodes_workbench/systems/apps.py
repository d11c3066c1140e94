"""App configuration."""

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    """Systems: what efforts act on, and scenarios with known answers."""

    name = "custodes_workbench.systems"
    label = "systems"
