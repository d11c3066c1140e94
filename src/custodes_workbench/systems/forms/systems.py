"""Forms of systems: what is said of one, and a range with its source."""

from __future__ import annotations

from typing import Any

from django import forms
from pydantic import ValidationError

from custodes.records import faults_of
from custodes.systems import BUILT_IN, System
from custodes_workbench.rounds.forms.assumptions import RangeForm
from custodes_workbench.rounds.forms.faults import show_faults

_ACCESS = (
    ("", "not stated"),
    ("interface", "through an interface"),
    ("weights", "by its weights"),
    ("internal", "inside its developer only"),
)


class SystemForm(forms.Form):
    """What is said of a system besides numbers, with the ground of the change."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="Its name", max_length=200)
    developer = forms.CharField(label="Who develops it", max_length=200, required=False)
    access = forms.ChoiceField(label="How others reach it", choices=_ACCESS, required=False)
    evidence = forms.CharField(
        label="Ids of audits",
        required=False,
        max_length=1000,
        help_text="As in evidence.toml, parted by |.",
    )
    reason = forms.CharField(label="Why it is changed", widget=forms.Textarea(attrs={"rows": 2}))
    source = forms.CharField(
        label="Source", max_length=1000, help_text="Where a reader can check it."
    )

    def __init__(self, *args: Any, system: System, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Begin with what stands."""
        super().__init__(*args, **kwargs)
        self._before = system
        self.system: System | None = None

    def clean(self) -> dict[str, Any]:
        """Let the library's record say what is wrong."""
        told = super().clean() or {}
        names = [each.strip() for each in told.get("evidence", "").split("|")]
        given: dict[str, Any] = {
            **self._before.model_dump(),
            **{key: told[key] for key in ("id", "title", "developer", "access") if key in told},
            "evidence": [each for each in names if each],
        }
        try:
            self.system = System.model_validate(given)
        except ValidationError as error:
            show_faults(self, faults_of(error))
        return told


class NewSystemForm(SystemForm):
    """A system that the round does not have yet."""

    id = forms.CharField(
        label="Its id",
        max_length=80,
        help_text="Letters, digits, ., _ and -; efforts name the system by it.",
    )
    field_order = ("id", "title", "developer", "access", "evidence", "reason", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Begin with the built-in system's numbers."""
        super().__init__(*args, system=BUILT_IN, **kwargs)
        del self.fields["n"]
        self.fields["reason"].label = "Why it is added"


class SystemRangeForm(RangeForm):
    """A new range for one quantity of a system; a source is asked for."""

    source = forms.CharField(
        label="Source", max_length=1000, help_text="Where a reader can check it."
    )
