"""The form of an applicant who says who should not judge."""

from __future__ import annotations

from django import forms

from custodes.judgements import CONFLICT_TYPES
from custodes_workbench.efforts.services.unwanted import UnwantedGiven


class UnwantedForm(forms.Form):
    """Somebody who should not judge, and why."""

    name = forms.CharField(label="Name of the person", max_length=200)
    type = forms.ChoiceField(
        label="Sort of reason",
        choices=[
            (each, each.replace("_", " "))
            for each in CONFLICT_TYPES
            if each not in ("none", "same_organisation")
        ],
    )
    reason = forms.CharField(
        label="Why they should not judge this",
        help_text="Officers alone read it; the person does not.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def given(self) -> UnwantedGiven:
        """What was typed."""
        return UnwantedGiven(**self.cleaned_data)
