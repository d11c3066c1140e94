"""The form of a comment."""

from __future__ import annotations

from django import forms


class CommentForm(forms.Form):
    """What is said, whether it asks, and which names the writer lets stand."""

    text = forms.CharField(label="Your comment", widget=forms.Textarea(attrs={"rows": 4}))
    is_question = forms.BooleanField(label="This is a question", required=False)
    answers_to = forms.UUIDField(required=False, widget=forms.HiddenInput)
    named = forms.CharField(required=False, widget=forms.HiddenInput)
