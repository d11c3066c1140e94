"""The form of an estimate; what may be typed is the library's to say."""

from __future__ import annotations

from typing import Any

from django import forms

from custodes.exchange import ABSTENTIONS
from custodes.judgements import Judgement
from custodes.quantities import Quantity
from custodes_workbench.judgements.records import ASKED_ONCE, asked_once, read_typed

_NUMBER = forms.TextInput(
    attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
)
_ABSTAIN = [
    ("", "I do not abstain"),
    *((each, each.replace("_", " ").capitalize()) for each in ABSTENTIONS),
]


class EstimateForm(forms.Form):
    """Three numbers and a reason, or why there is none."""

    p05 = forms.CharField(label="Lowest plausible", required=False, widget=_NUMBER)
    p95 = forms.CharField(label="Highest plausible", required=False, widget=_NUMBER)
    p50 = forms.CharField(label="Best guess", required=False, widget=_NUMBER)
    confidence = forms.CharField(
        label="How sure are you that the truth lies between lowest and highest?",
        required=False,
        widget=_NUMBER,
        help_text="As 80% or 0.8. Empty: 90%, so that lowest and highest are p05 and p95.",
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Your reason, the evidence, or the question whose reason holds here too.",
    )
    abstain = forms.ChoiceField(label="Or abstain", required=False, choices=_ABSTAIN)
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        quantity: Quantity,
        effort: str,
        answer_round: int,
        **kwargs: Any,  # noqa: ANN401 (Django's signature)
    ) -> None:
        """Say of which question, effort and round of answers."""
        super().__init__(*args, **kwargs)
        self._effort = effort
        self._quantity = quantity
        self._answer_round = answer_round
        self.answer: Judgement | None = None
        """The answer, once the form is clean."""
        self.questions: tuple[str, ...] = ()
        """What its author is asked about once."""
        self.fields["p05"].help_text = "Write 0.003, 0.3%, 3e-3 or 1 in 333."

    def clean(self) -> dict[str, Any]:
        """Read the fields as the library reads a row, and ask once about what is odd."""
        told = super().clean() or {}
        answer, faults = read_typed(
            self.typed,
            effort=self._effort,
            quantity=self._quantity,
            answer_round=self._answer_round,
        )
        for fault in faults:
            field = fault.field if fault.field in self.fields else "p50"
            said = fault.message + (f"; {fault.cure}" if fault.cure else "")
            self.add_error(field, said)
        if not told.get("reason", "").strip() and not told.get("abstain"):
            self.add_error("reason", "say why; an answer without a reason cannot be weighed")
        if answer is None or self.errors:
            return told
        flags = asked_once(answer)
        if set(flags) - set(told.get("asked", "").split()):
            self.questions = tuple(ASKED_ONCE[flag] for flag in flags)
            self.data = {**{name: self.data[name] for name in self.data}, "asked": " ".join(flags)}
            return told
        self.answer = answer
        return told

    @property
    def typed(self) -> dict[str, str]:
        """The fields as they were typed."""
        return {name: self.data.get(name, "") for name in self.fields}
