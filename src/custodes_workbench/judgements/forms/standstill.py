"""Forms of stopping a round, setting judgements aside, and going on."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    """Why a round is stopped, or goes on."""

    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everybody in the round reads it.",
    )


class RollbackForm(forms.Form):
    """To which time judgements are set aside, and why."""

    to = forms.DateTimeField(
        label="Set aside what was judged after",
        help_text="Such as 2027-03-01 09:00, UTC.",
    )
    back_because = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}))
    new_letters = forms.BooleanField(
        label="Give every expert a fresh pseudonym",
        required=False,
        help_text="Where names may have become known. The round must then be assessed again.",
    )
