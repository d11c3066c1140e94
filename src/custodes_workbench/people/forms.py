"""Forms about people and the institution."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from custodes_workbench.access import SPOKEN, Role
from custodes_workbench.people.models import User

INSTITUTION_ROLES = (
    Role.OFFICER,
    Role.LEAD_OFFICER,
    Role.DECISION_MAKER,
    Role.ANALYST,
    Role.REGULATOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
"""Roles that are held in the institution, and count in every round."""
ROUND_ROLES = (
    Role.RED_TEAMER,
    Role.DECISION_MAKER,
    Role.OFFICER,
    Role.LEAD_OFFICER,
    Role.CLAIMS_ASSESSOR,
)
"""Roles that can be held in one round; experts and applicants join by their own ways."""


SUBSTITUTED = (Role.DECISION_MAKER, Role.LEAD_OFFICER)
"""Roles in which somebody stands in where another has a conflict."""


def _choices(roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    return [(role.value, SPOKEN[role]) for role in roles]


class InviteForm(forms.Form):
    """Somebody to invite, with the role that they get."""

    name = forms.CharField(label="Name", max_length=200)
    mail = forms.EmailField(label="Mail address")
    role = forms.ChoiceField(label="As", choices=_choices(INSTITUTION_ROLES))


class RoleForm(forms.Form):
    """A role in the institution to give."""

    role = forms.ChoiceField(label="Give the role of", choices=_choices(INSTITUTION_ROLES))


class RoundRoleForm(forms.Form):
    """A role in one round to give."""

    person = forms.TypedChoiceField(label="Who", coerce=int)
    role = forms.ChoiceField(label="As", choices=_choices(ROUND_ROLES))
    substitute = forms.BooleanField(
        label="As a substitute, where another has a conflict",
        required=False,
        help_text="Of a decision maker or the lead officer.",
    )

    def clean(self) -> dict[str, Any]:
        """Only some roles have substitutes."""
        told = super().clean() or {}
        if told.get("substitute") and told.get("role") not in SUBSTITUTED:
            self.add_error("substitute", "a decision maker or the lead officer has substitutes")
        return told

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer those who have an account."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.pk, f"{each.name} ({each.email})") for each in people]


class SignInForm(LoginForm):
    """Mail address and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Labels instead of placeholders; the page itself links to the reset."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Mail address"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PasswordForm(forms.Form):
    """A password for a new account."""

    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters, and none of the usual ones.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """As strict as everywhere."""
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password)
        except ValidationError as error:
            raise forms.ValidationError(list(error.messages)) from error
        return password


class AccountForm(PasswordForm):
    """One's own account: of the first person of a workbench."""

    name = forms.CharField(label="Your name", max_length=200)
    mail = forms.EmailField(label="Your mail address", help_text="You will sign in with it.")
    field_order = ("name", "mail", "password")


class InstitutionForm(forms.Form):
    """The institution."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name", max_length=200)
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label="Currency",
        help_text="Three capital letters, as GBP; new rounds begin with it.",
        error_messages={"invalid": "write three capital letters, as GBP"},
    )
    verdict = forms.ChoiceField(
        label="What decides",
        choices=[("risk", "the change in risk"), ("social-value", "the social value")],
        widget=forms.RadioSelect,
        help_text="New rounds begin with it.",
    )
    contact = forms.CharField(
        label="Contact", required=False, max_length=200, help_text="Where the public can write to."
    )
    anonymous_critique = forms.BooleanField(
        label="Public critique needs no mail address",
        required=False,
        help_text="Otherwise a critique is published once its author follows a link in a mail.",
    )
    organisations = forms.CharField(
        label="Names of one organisation",
        required=False,
        help_text="A line for each, its names and mail domains parted by =, such as "
        "UCL = University College London = ucl.ac.uk. Conflicts of interest are looked for "
        "with it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    because = forms.CharField(
        label="Why it changes",
        help_text="Whoever confirms it reads this, and it stays in the history.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_organisations(self) -> str:
        """Every line names one organisation twice at least."""
        text: str = self.cleaned_data["organisations"]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            if len([each for each in line.split("=") if each.strip()]) < 2:  # noqa: PLR2004 (one name is no alias)
                msg = f"line {number}, {line!r}, has one name; part two or more by ="
                raise forms.ValidationError(msg)
        return "\n".join(lines)
