"""App configuration."""

from django.apps import AppConfig


class JudgementsConfig(AppConfig):
    """Judgements: panels, blind answers, discussion, revision, conflicts."""

    name = "custodes_workbench.judgements"
    label = "judgements"
