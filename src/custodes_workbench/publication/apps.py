"""App configuration."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Publication: public critique, its answers, and previews for each audience."""

    name = "custodes_workbench.publication"
    label = "publication"

    def ready(self) -> None:
        """Tell which critiques wait, what goes beside a site, and listen for what changes."""
        from custodes_workbench.decisions.beside import tell_beside  # noqa: PLC0415 (after the apps are loaded)
        from custodes_workbench.decisions.signals import publication_released  # noqa: PLC0415 (the same)
        from custodes_workbench.publication import selectors, services  # noqa: PLC0415 (the same)
        from custodes_workbench.rounds.signals import approach_published  # noqa: PLC0415 (the same)
        from custodes_workbench.web.waiting import tell_what_waits  # noqa: PLC0415 (the same)

        tell_what_waits(selectors.critiques_that_wait)
        tell_beside(selectors.beside_site)
        approach_published.connect(services.reopen_after_approach)
        publication_released.connect(services.reopen_after_publication)
