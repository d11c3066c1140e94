"""Forms of challenges; what may be typed is the library's to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from custodes import catalogue
from custodes.challenges import Challenge as ChallengeRecord
from custodes.exchange import challenge_typed
from custodes_workbench.challenges.models import ANSWER_DAYS, OWNERS

_NUMBER = forms.TextInput(
    attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
)


class RaiseForm(forms.Form):
    """An objection, with a number of one's own where there is one."""

    claim = forms.ChoiceField(label="Which claim", required=False)
    text = forms.CharField(
        label="What you object", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    quantity = forms.ChoiceField(
        label="The quantity that you would put otherwise",
        required=False,
        help_text="If you object to a number. For a mechanism that the explanation leaves out, "
        "take “other accident” or “other misuse”, no claim, and say in words how it works.",
    )
    p05 = forms.CharField(label="Your 5th percentile", required=False, widget=_NUMBER)
    p50 = forms.CharField(label="Your 50th percentile", required=False, widget=_NUMBER)
    p95 = forms.CharField(label="Your 95th percentile", required=False, widget=_NUMBER)
    due = forms.DateField(
        label="To be answered until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        effort: str,
        claims: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 (Django's signature)
    ) -> None:
        """Offer the claims of the effort and the quantities that an effort has."""
        super().__init__(*args, **kwargs)
        self._effort = effort
        self.challenge: ChallengeRecord | None = None
        """The objection, once the form is clean."""
        self.fields["due"].initial = timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)
        claim, quantity = self.fields["claim"], self.fields["quantity"]
        if isinstance(claim, forms.ChoiceField) and isinstance(quantity, forms.ChoiceField):
            claim.choices = [("", "the whole effort"), *claims]
            quantity.choices = [
                ("", "no number"),
                *(
                    (each.name, f"{each.name.replace('_', ' ')}: {each.meaning}")
                    for each in catalogue.quantities_of("effort")
                ),
            ]
        if not claims:
            del self.fields["claim"]

    def clean(self) -> dict[str, Any]:
        """Read it as a row of `challenges.csv`."""
        told = super().clean() or {}
        if self.errors:
            return told
        names = ("claim", "text", "quantity", "p05", "p50", "p95")
        cells = {name: str(told.get(name) or "") for name in names}
        fixed = {"id": "new", "effort": self._effort, "by": "new", "status": "open"}
        self.challenge, faults = challenge_typed(cells | fixed)
        for fault in faults:
            field = fault.field if fault.field in self.fields else None
            cure = f"; {fault.cure}" if fault.cure else ""
            self.add_error(field, f"{fault.message}{cure}")
        return told


class AssignForm(forms.Form):
    """Who answers an objection, and within which limits."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    owner = forms.ChoiceField(label="Who must answer", choices=[(each, each) for each in OWNERS])
    due = forms.DateField(
        label="Until when",
        required=False,
        help_text="After this day the applicant's answer is not taken, and the lead officer is "
        "told.",
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}),
    )
    words = forms.IntegerField(
        label="In at most how many words",
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    may_reply = forms.BooleanField(
        label="Whoever raised it may reply once to the answer", required=False
    )


class AnswerForm(forms.Form):
    """An answer to an objection."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label="Your answer", max_length=100_000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, words: int, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Say how long it may be."""
        super().__init__(*args, **kwargs)
        within(self, "answer", words)

    def clean_answer(self) -> str:
        """Within the words."""
        return short_enough(self, "answer")


class ReplyForm(forms.Form):
    """A reply to an answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reply = forms.CharField(
        label="Your reply", max_length=100_000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, words: int, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Say how long it may be."""
        super().__init__(*args, **kwargs)
        within(self, "reply", words)

    def clean_reply(self) -> str:
        """Within the words."""
        return short_enough(self, "reply")


def within(form: forms.Form, name: str, words: int) -> None:
    """Tell in a field how many words it may have."""
    form.fields[name].help_text = f"At most {words:,} words."
    form.fields[name].widget.attrs["data-words"] = words


def short_enough(form: forms.Form, name: str) -> str:
    """The text of a field.

    Raises:
        forms.ValidationError: It has too many words.
    """
    text = str(form.cleaned_data[name])
    number, words = len(text.split()), int(form.fields[name].widget.attrs["data-words"])
    if number > words:
        msg = f"This has {number:,} words; it may have {words:,}. Shorten it."
        raise forms.ValidationError(msg)
    return text


class RuleForm(forms.Form):
    """A ruling on an objection that was answered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label="Ruling",
        choices=[
            ("upheld", "upheld: it needs a condition or another answer"),
            ("rejected", "rejected: it does not stand"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(forms.Form):
    """Why an objection is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why you take it back", max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
