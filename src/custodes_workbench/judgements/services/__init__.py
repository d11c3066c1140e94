"""Writes of judging: the panel and answers of a folder, panels, conflicts, answers."""

from custodes_workbench.judgements.services.reading import letters, read_in_panel

__all__ = ["letters", "read_in_panel"]
