"""App configuration."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments: runs, results, what to ask next."""

    name = "custodes_workbench.assessments"
    label = "assessments"
