"""A form that came too late keeps what was typed and can be sent again."""

from __future__ import annotations

from django import forms
from django.http import QueryDict


def see_version(form: forms.Form, version: int, *, name: str = "version") -> None:
    """Let a form be sent again by somebody who has now seen what stands.

    Args:
        form: With what was typed.
        version: That stands now.
        name: Of the hidden field.
    """
    if isinstance(form.data, QueryDict):
        changed = form.data.copy()
        changed[name] = str(version)
        form.data = changed
