"""The form of a call."""

from __future__ import annotations

from django import forms


class CallForm(forms.Form):
    """What officers say in a call."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sought = forms.CharField(
        label="What is sought",
        help_text="Which efforts, for which hazards, what is out of scope.",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    published = forms.CharField(
        label="What will be published",
        help_text="Of applications, and of those that are not supported.",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
