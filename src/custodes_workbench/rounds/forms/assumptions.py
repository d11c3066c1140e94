"""Forms of what a round assumes: worldviews and mitigations."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from django import forms
from pydantic import ValidationError

from custodes.errors import InputError
from custodes.mitigations import Mitigation
from custodes.quantities import Amount, Assumption, Quantity, written_amount
from custodes.records import faults_of
from custodes.worldviews import PRESETS, Worldview, preset, worldview_from
from custodes_workbench.rounds.forms.faults import show_faults


class RangeForm(forms.Form):
    """A new range for one quantity of a worldview, with its ground."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    p05 = forms.FloatField(label="5th percentile")
    p50 = forms.FloatField(label="50th percentile")
    p95 = forms.FloatField(label="95th percentile")
    reason = forms.CharField(label="On what ground", widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(label="Source", required=False)

    def __init__(self, *args: Any, quantity: Quantity, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Remember what is asked about."""
        super().__init__(*args, **kwargs)
        self.quantity = quantity
        self.assumption: Assumption | None = None

    def clean(self) -> dict[str, Any]:
        """Let the library say what is wrong."""
        told = super().clean() or {}
        if self.errors:
            return told
        names = ("p05", "p50", "p95", "reason", "source")
        table = {name: told[name] for name in names if told[name] not in (None, "")}
        try:
            self.assumption = written_amount(table, self.quantity)
        except InputError as error:
            show_faults(self, [each.at(field="p50") for each in error.faults])
        return told


class MitigationForm(forms.Form):
    """What a round says of one mitigation."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    available = forms.BooleanField(label="May be recommended in this round", required=False)
    p05 = forms.FloatField(label="Adoption: 5th percentile", min_value=0, max_value=1)
    p50 = forms.FloatField(label="Adoption: 50th percentile", min_value=0, max_value=1)
    p95 = forms.FloatField(label="Adoption: 95th percentile", min_value=0, max_value=1)
    cost_share = forms.FloatField(
        label="Cost as a share of the effort's cost", min_value=0, max_value=1
    )
    condition = forms.CharField(
        label="As it would stand in a grant letter",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(label="Why it is changed", widget=forms.Textarea(attrs={"rows": 2}))

    def changed(self, mitigation: Mitigation) -> Mitigation | None:
        """The mitigation as it should be; none where the form shows what is wrong."""
        told = self.cleaned_data
        try:
            adopted = Amount(p05=told["p05"], p50=told["p50"], p95=told["p95"])
        except ValidationError as error:
            show_faults(self, [each.at(field="p50") for each in faults_of(error)])
            return None
        return mitigation.model_copy(
            update={
                "available": told["available"],
                "adopted": adopted,
                "cost_share": told["cost_share"],
                "condition": told["condition"],
            }
        )


class WorldviewsForm(forms.Form):
    """Which worldviews the round has; presets can be added, or one's own from a file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    names = forms.MultipleChoiceField(
        label="Worldviews of this round",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The first decides where only one can.",
    )
    file = forms.FileField(
        label="One of your own",
        required=False,
        help_text="A file as `worldviews/NAME.toml` of a round; its name is the worldview's.",
    )

    copy_of = forms.ChoiceField(
        label="Or a copy of a preset, to change",
        choices=[("", "none"), *((name, name) for name in PRESETS)],
        required=False,
    )
    copy_name = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]*$",
        label="The copy's name",
        max_length=80,
        required=False,
        help_text="Small letters, digits, - and _.",
    )

    def __init__(self, *args: Any, known: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the round's own and the presets."""
        super().__init__(*args, **kwargs)
        self.known = tuple(known)
        self.own: Worldview | None = None
        field = self.fields["names"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(each, each) for each in dict.fromkeys([*self.known, *PRESETS])]

    def clean(self) -> dict[str, Any]:
        """Let the library read the file."""
        told = super().clean() or {}
        file = told.get("file")
        if file:
            name = str(file.name).removesuffix(".toml")
            try:
                table = tomllib.loads(file.read(MOST_BYTES).decode("utf-8"))
                self.own = worldview_from(name, table, file=str(file.name))
            except (UnicodeDecodeError, tomllib.TOMLDecodeError):
                self.add_error("file", "it is no TOML in UTF-8")
            except InputError as error:
                for fault in error.faults:
                    self.add_error("file", str(fault))
        self._copy(told)
        if not told.get("names") and self.own is None and not self.errors:
            self.add_error("names", "a round needs a worldview; choose at least one")
        return told

    def _copy(self, told: dict[str, Any]) -> None:
        base, name = told.get("copy_of"), told.get("copy_name")
        if bool(base) != bool(name):
            self.add_error("copy_name", "give both, the preset and the copy's name")
        elif base and name in {*self.known, *PRESETS}:
            self.add_error("copy_name", f"there is a {name} already; give another name")
        elif base and name and self.own is None:
            self.own = preset(base).model_copy(update={"name": name, "base": base})


MOST_BYTES = 1024 * 1024
"""A worldview's file may be so large; ours have a hundredth of it."""
