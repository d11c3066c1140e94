"""The form of the approach."""

from __future__ import annotations

from django import forms


class ApproachForm(forms.Form):
    """The draft of the approach."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="How the institution decides",
        help_text="Method, worldviews, pooling, limits, conflict rules, what is published, "
        "known mistakes.",
        widget=forms.Textarea(attrs={"rows": 18}),
    )
