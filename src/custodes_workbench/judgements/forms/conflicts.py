"""Forms of whoever declares an interest, and of the report of conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.forms.invitation import TYPES_TOLD
from custodes_workbench.judgements.services.conflicts import ConflictDeclared
from custodes_workbench.judgements.services.interests import InterestGiven

ABOUT_ONE_EFFORT = ("competitor", "public_statement", "same_organisation")
"""Sorts that are no standing tie: they are about an effort, or follow from where one works."""
_DAY = {"type": "date"}


def _dates_fit(form: forms.Form) -> None:
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    if since and until and until < since:
        form.add_error("until", "this is before it began")


class InterestForm(forms.Form):
    """One tie of a standing declaration."""

    type = forms.ChoiceField(
        label="Sort of tie",
        choices=[each for each in TYPES_TOLD.items() if each[0] not in ABOUT_ONE_EFFORT],
    )
    with_whom = forms.CharField(
        label="With whom", max_length=200, help_text="An organisation or a person, by name."
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(
        label="To",
        required=False,
        help_text="Empty is still.",
        widget=forms.DateInput(attrs=_DAY),
    )
    text = forms.CharField(
        label="What it is",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A tie ends after it begins."""
        told = super().clean() or {}
        _dates_fit(self)
        return told

    def given(self) -> InterestGiven:
        """What was typed."""
        return InterestGiven(**self.cleaned_data)


class RenewForm(forms.Form):
    """That a declaration is complete as of today."""

    aliases = forms.CharField(
        label="Other names you write or wrote under",
        required=False,
        help_text="One a line.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    complete = forms.BooleanField(
        label="This is complete as far as I know",
        error_messages={"required": "say that it is complete, or complete it"},
    )


class DeclareForm(forms.Form):
    """A tie with one effort of a round."""

    effort = forms.ChoiceField(label="Effort")
    type = forms.ChoiceField(label="Sort of tie", choices=list(TYPES_TOLD.items()))
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs=_DAY))
    until = forms.DateField(
        label="To",
        required=False,
        help_text="Empty is still.",
        widget=forms.DateInput(attrs=_DAY),
    )
    text = forms.CharField(
        label="What it is", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, efforts: Iterable[Effort], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer what the person sees."""
        super().__init__(*args, **kwargs)
        field = self.fields["effort"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.effort_id, each.title) for each in efforts]

    def clean(self) -> dict[str, Any]:
        """A tie ends after it begins."""
        told = super().clean() or {}
        _dates_fit(self)
        return told

    def given(self) -> ConflictDeclared:
        """What was typed."""
        told = self.cleaned_data
        return ConflictDeclared(
            type=told["type"], text=told["text"], since=told["since"], until=told["until"]
        )


MOST_BYTES = 2 * 1024 * 1024
"""A file of conflicts is no larger; ten thousand rows need half of it."""


class ConflictsFileForm(forms.Form):
    """A `conflicts.csv` to read."""

    file = forms.FileField(
        label="A conflicts.csv",
        help_text="What is new is added, and what it rules is decided by you, now. All of it "
        "goes in or nothing.",
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Not larger than such a file can be."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            msg = f"it is larger than {MOST_BYTES // 1024 // 1024} MB; send the conflicts alone"
            raise forms.ValidationError(msg)
        return file


class DayForm(forms.Form):
    """As of which day."""

    on = forms.DateField(label="As of the end of", widget=forms.DateInput(attrs=_DAY))
