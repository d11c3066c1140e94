"""App configuration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Audits of systems: files, attestations, strengths, findings."""

    name = "custodes_workbench.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Tell which findings and which files wait, and check that kept files are whole."""
        from custodes_workbench.evidence.selectors import broken_files, findings_that_wait  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.operations.verification import register_check  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(findings_that_wait)
        register_check("audit files", broken_files)
