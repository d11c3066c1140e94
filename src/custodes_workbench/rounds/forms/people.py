"""The form that says who decides where nobody else can."""

from __future__ import annotations

from django import forms


class InsteadForm(forms.Form):
    """Who decides where a decision maker and every substitute have a conflict."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decides_instead = forms.CharField(
        label="Who decides where decision makers and substitutes all have a conflict",
        max_length=300,
        help_text="A name or an office. When it comes to that, give them the role of a "
        "substitute here.",
    )
