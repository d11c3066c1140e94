"""What is wrong with a form, in the library's sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from custodes.errors import Fault


def show_faults(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Put the library's sentences beside the fields they speak of."""
    for fault in faults:
        name = (fault.field or "").split(".")[-1]
        cure = f"; {fault.cure}" if fault.cure else ""
        form.add_error(name if name in form.fields else None, f"{fault.message}{cure}")
