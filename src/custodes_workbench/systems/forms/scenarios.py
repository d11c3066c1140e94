"""Forms of scenarios: their inputs, and keeping one in a round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from custodes.errors import InputError
from custodes.scenarios import SCENARIOS
from custodes_workbench.rounds.forms.faults import show_faults
from custodes_workbench.rounds.models import Round
from custodes_workbench.systems.records.scenarios import Solved, asked_of, number, solved, spoken

_LONGEST = 40
"""Characters of a number; the longest a person would type has half of it."""


class ScenarioForm(forms.Form):
    """Every input of a scenario; what is left empty keeps the scenario's own value."""

    def __init__(self, data: Mapping[str, str], *, name: str, prefix: str = "") -> None:
        """Take what was typed, over the scenario's own values.

        Args:
            data: Key to text, such as an address holds them.
            name: The scenario's.
            prefix: Of the keys, where an address holds two cases.
        """
        fresh = SCENARIOS[name].inputs()
        keys = tuple(SCENARIOS[name].inputs.model_fields)
        before = f"{prefix}-" if prefix else ""
        given = {key: text for key, text in data.items() if key.startswith(before)}
        start = {f"{before}{key}": number(getattr(fresh, key)) for key in keys}
        super().__init__({**start, **given}, prefix=prefix or None)
        self.name = name
        self.solved: Solved | None = None
        self._unknown = {
            key.removeprefix(before): text for key, text in given.items() if key not in start
        }
        for key in keys:
            self.fields[key] = forms.CharField(
                label=spoken(key).capitalize(),
                help_text=asked_of(name, key),
                required=False,
                max_length=_LONGEST,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Let the library solve it, or say all that is wrong."""
        told = super().clean() or {}
        typed = {key: text for key, text in told.items() if text}
        try:
            self.solved = solved(self.name, typed | self._unknown)
        except InputError as error:
            show_faults(self, error.faults)
        return told


class KeepForm(forms.Form):
    """Where a scenario is kept, under which name, and why."""

    round = forms.ChoiceField(label="Round")
    name = forms.CharField(label="What this case is called", max_length=120)
    reason = forms.CharField(
        label="Why it belongs to the round", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, rounds: Iterable[Round], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the rounds in which the person may keep one."""
        super().__init__(*args, **kwargs)
        self.rounds = {each.slug: each for each in rounds}
        field = self.fields["round"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(slug, each.title) for slug, each in self.rounds.items()]

    @property
    def chosen(self) -> Round:
        """The round that was chosen, once the form is valid."""
        return self.rounds[self.cleaned_data["round"]]
