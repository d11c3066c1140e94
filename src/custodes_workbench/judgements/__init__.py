"""Panels, blind answers, discussion, revision, conflicts."""
