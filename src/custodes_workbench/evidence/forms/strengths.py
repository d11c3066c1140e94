"""Forms of what is judged: how strong a test is, how likely a hazard is, why a fault is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from custodes import catalogue
from custodes.errors import InputError
from custodes.evidence import CHECKS, STRENGTHS
from custodes.quantities import Amount, Assumption, Quantity, written_amount

_RANGE = {"class": "govuk-input--width-20", "autocomplete": "off"}


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _read(form: forms.Form, name: str, quantity: Quantity) -> Assumption | None:
    """The range that a field says; none where it is empty or the form shows what is wrong."""
    typed = str(form.cleaned_data.get(name) or "").strip()
    if not typed:
        return None
    try:
        return written_amount(typed, quantity)
    except InputError as error:
        for fault in error.faults:
            form.add_error(name, f"{fault.message}; {fault.cure}")
    return None


class StrengthForm(forms.Form):
    """How strong the tests of an audit are, for one hazard; what is left empty is not judged."""

    reason = forms.CharField(label="Why", max_length=4000, widget=_words(4))
    no_ties = forms.BooleanField(
        label="I have no tie to the developer of this system, or to those who ran the audit"
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        defaults: Mapping[str, Assumption] | None = None,
        **kwargs: Any,  # noqa: ANN401 (the same)
    ) -> None:
        """Ask for each strength; a default is shown only to who has answered already."""
        super().__init__(*args, **kwargs)
        self.judged: dict[str, Amount] = {}
        for name, quantity in STRENGTHS.items():
            told = (defaults or {}).get(name)
            hint = (
                f" Reference class, not judged: {told.p05:g} / {told.p50:g} / {told.p95:g}."
                if told
                else ""
            )
            self.fields[name] = forms.CharField(
                label=name.replace("_", " ").capitalize(),
                help_text=f"{quantity.question}{hint}",
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs=_RANGE),
            )
        self.order_fields([*STRENGTHS, "reason", "no_ties"])

    def clean(self) -> dict[str, Any]:
        """Let the library read each range."""
        told = super().clean() or {}
        for name, quantity in STRENGTHS.items():
            amount = _read(self, name, quantity)
            if amount is not None:
                self.judged[name] = Amount(p05=amount.p05, p50=amount.p50, p95=amount.p95)
        if not self.judged and not self.errors:
            self.add_error(None, "judge at least one of them, or leave the page")
        return told


class PoolForm(forms.Form):
    """Why the judging of a hazard's tests is closed now."""

    reason = forms.CharField(label="Why it is closed now", max_length=1000, widget=_words(2))


class HazardForm(forms.Form):
    """How likely a system has a hazard, and what harm it would do."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="On what ground", max_length=2000, widget=_words(3))
    source = forms.CharField(
        label="Source", max_length=1000, help_text="Where a reader can check it."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Ask for each quantity as a range."""
        super().__init__(*args, **kwargs)
        self.stated: dict[str, Assumption] = {}
        for name, quantity in catalogue.HAZARD_QUANTITIES.items():
            self.fields[name] = forms.CharField(
                label=name.replace("_", " ").capitalize(),
                help_text=f"{quantity.question} Write 5th / 50th / 95th percentile, such as "
                "0.05 / 0.2 / 0.5.",
                max_length=60,
                widget=forms.TextInput(attrs=_RANGE),
            )
        self.order_fields([*catalogue.HAZARD_QUANTITIES, "reason", "source"])

    def clean(self) -> dict[str, Any]:
        """Let the library read each range."""
        told = super().clean() or {}
        ground = {name: told.get(name, "") for name in ("reason", "source")}
        for name, quantity in catalogue.HAZARD_QUANTITIES.items():
            amount = _read(self, name, quantity)
            if amount is not None:
                self.stated[name] = amount.model_copy(update=ground)
        return told


class ExplanationForm(forms.Form):
    """Why something that stops an audit need not."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    check_id = forms.ChoiceField(label="What stops it")
    by = forms.CharField(label="Who explains it, by office", max_length=200)
    reason = forms.CharField(label="Why it need not", max_length=2000, widget=_words(3))

    def __init__(self, *args: Any, stopping: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer what stops this audit."""
        super().__init__(*args, **kwargs)
        field = self.fields["check_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each, CHECKS[each].meaning) for each in stopping]
