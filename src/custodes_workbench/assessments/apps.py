"""App configuration."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments: runs, results, what to ask next."""

    name = "custodes_workbench.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Register the work of a run, the check of its result, and what waits."""
        from custodes_workbench.assessments import selectors, services  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.operations.verification import register_check  # noqa: PLC0415 (the same)
        from custodes_workbench.operations.works import register_work  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        register_work("run", services.carry_out_run)
        register_work("report", services.carry_out_report)
        register_check("results", selectors.broken_results)
        tell_what_waits(selectors.runs_that_wait)
