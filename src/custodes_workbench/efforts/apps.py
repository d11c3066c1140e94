"""App configuration."""

from django.apps import AppConfig


class EffortsConfig(AppConfig):
    """Efforts: proposals, explanations, revisions, screening, who stands how to them."""

    name = "custodes_workbench.efforts"
    label = "efforts"
