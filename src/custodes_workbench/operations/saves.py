"""Saves that lose nobody's words."""


class ChangedMeanwhileError(Exception):
    """Somebody else has saved; what was typed is kept, and what stands now is shown."""
