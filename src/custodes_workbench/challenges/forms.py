"""Forms of challenges; what may be typed is the library's to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from custodes import catalogue
from custodes.challenges import Challenge as ChallengeRecord
from custodes.exchange import challenge_typed

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
        help_text="Only if you object to a number.",
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


class AnswerForm(forms.Form):
    """An answer to an objection."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label="Your answer", max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )


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
