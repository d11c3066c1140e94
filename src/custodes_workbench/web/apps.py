"""App configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web: layout, components and lists."""

    name = "custodes_workbench.web"
    label = "web"
