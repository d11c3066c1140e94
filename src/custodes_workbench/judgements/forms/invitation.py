"""Forms of somebody who is invited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from custodes.judgements import CONFLICT_TYPES
from custodes_workbench.efforts.models import Effort

TYPES_TOLD = {each: each.replace("_", " ") for each in CONFLICT_TYPES if each != "none"} | {
    "employed_within_3_years": "employed there within 3 years",
    "coauthor_within_3_years": "co-author within 3 years",
    "funder": "funder, or funded by them",
    "close": "a close relation",
    "competitor": "competitor in this round",
    "public_statement": "public statement for or against",
}
"""How the sorts of conflict are called."""


class InterestsForm(forms.Form):
    """A statement of interests, before any title is shown."""

    affiliations = forms.CharField(
        label="Where you work, or worked within three years",
        required=False,
        help_text="Organisations, one a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    coauthors = forms.CharField(
        label="People you have written with within three years",
        required=False,
        help_text="Names, one a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ties = forms.CharField(
        label="Other organisations and people you have a tie with",
        required=False,
        help_text="Collaborators, advisors and students, funders, family and close friends who "
        "work on AI, holdings; one a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    interests = forms.CharField(
        label="Anything else that could look as if it biased you",
        required=False,
        help_text="Public statements for or against a proposal, for instance.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    complete = forms.BooleanField(
        label="This is complete as far as I know",
        error_messages={"required": "say that it is complete, or complete it"},
    )


class AcceptForm(forms.Form):
    """Ties with single efforts, and the password of a new account."""

    read = forms.BooleanField(
        label="I have read the list; where I chose nothing I have no tie",
        error_messages={"required": "read the list and say so"},
    )
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. You sign in with your mail address and it.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        efforts: Sequence[Effort],
        needs_account: bool,
        **kwargs: Any,  # noqa: ANN401 (Django's signature)
    ) -> None:
        super().__init__(*args, **kwargs)
        self.efforts = efforts
        for each in efforts:
            self.fields[f"type_{each.pk}"] = forms.ChoiceField(
                label=f"Your tie with: {each.title}",
                required=False,
                choices=[("", "no tie"), *TYPES_TOLD.items()],
            )
            self.fields[f"text_{each.pk}"] = forms.CharField(
                label=f"What it is, for: {each.title}", required=False, max_length=500
            )
        if not needs_account:
            del self.fields["password"]
        self.order_fields(
            [
                *(f"{part}_{each.pk}" for each in efforts for part in ("type", "text")),
                "read",
                "password",
            ]
        )

    def clean_password(self) -> str:
        """A password that the rules of the workbench accept."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """A tie that is described has its sort."""
        told = super().clean() or {}
        for each in self.efforts:
            if told.get(f"text_{each.pk}") and not told.get(f"type_{each.pk}"):
                self.add_error(f"type_{each.pk}", "choose which sort of tie it is")
        return told

    def declared(self) -> dict[int, tuple[str, str]]:
        """Ties by the effort's key."""
        told = self.cleaned_data
        return {
            each.pk: (told[f"type_{each.pk}"], told[f"text_{each.pk}"])
            for each in self.efforts
            if told[f"type_{each.pk}"]
        }


class DeclineForm(forms.Form):
    """Why somebody declines."""

    because = forms.ChoiceField(
        label="Why",
        choices=[
            ("conflict", "a conflict of interest"),
            ("not_my_field", "not my field"),
            ("too_much", "too much to do"),
            ("other", "another reason"),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="More, if you want",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
