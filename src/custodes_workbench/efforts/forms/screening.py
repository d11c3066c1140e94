"""The form of an officer who screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from custodes.efforts import HAZARDS, KINDS
from custodes.efforts import Effort as EffortRecord
from custodes_workbench.efforts.services import ScreeningGiven

OUTCOMES = (
    ("accepted", "Accept: it goes to the panel"),
    ("more_asked", "Ask for more: the applicant sends a revision"),
    ("rejected", "Screen it out"),
)


class ScreeningForm(forms.Form):
    """Kind, hazards, dual use, and what is decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Kind", choices=[(kind, kind.replace("_", " ")) for kind in KINDS]
    )
    hazards = forms.MultipleChoiceField(
        label="Hazards that it addresses",
        choices=[(name, f"{name.replace('_', ' ')} ({risk})") for name, risk in HAZARDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dual_use = forms.ChoiceField(
        label="Could its findings speed up dangerous capabilities?",
        choices=[("", "not stated"), ("no", "no"), ("yes", "yes")],
        required=False,
    )
    outcome = forms.ChoiceField(label="Decision", choices=OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason, or what more you need",
        help_text="The applicant reads it. Needed unless you accept.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        record: EffortRecord | None = None,
        version: int = 0,
    ) -> None:
        initial: dict[str, object] = {"version": version}
        if record:
            initial |= {
                "kind": record.kind,
                "hazards": list(record.hazards),
                "dual_use": record.dual_use,
            }
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Whoever does not accept says why."""
        told = super().clean() or {}
        if told.get("outcome") in ("rejected", "more_asked") and not told.get("reason"):
            self.add_error("reason", "write it; the applicant needs it")
        return told

    def given(self) -> ScreeningGiven:
        """What was decided."""
        told = self.cleaned_data
        wanted = set(told["hazards"])
        return ScreeningGiven(
            outcome=told["outcome"],
            reason=told["reason"],
            kind=told["kind"],
            hazards=tuple(name for name in HAZARDS if name in wanted),
            dual_use=told["dual_use"],
        )
