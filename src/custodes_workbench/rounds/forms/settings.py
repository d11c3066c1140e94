"""Forms of a round's settings, typed or as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.http import QueryDict
from pydantic import ValidationError

from custodes.errors import InputError
from custodes.exchange import read_settings
from custodes.records import faults_of
from custodes.rounds import RoundSettings
from custodes.worldviews import PRESETS
from custodes_workbench.rounds.forms.faults import show_faults
from custodes_workbench.rounds.models import Round

_TOP = ("title", "institution", "budget", "currency", "horizon", "verdict", "samples", "seed")
_LIMITS = ("p_raises_risk", "conditions_cost_share", "p_portfolio_raises_risk")


class SettingsForm(forms.Form):
    """What `round.toml` says, as far as it is set by hand."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="Title", max_length=200)
    institution = forms.CharField(label="Institution", max_length=200)
    budget = forms.FloatField(label="Budget", help_text="In the round's currency.")
    currency = forms.CharField(
        label="Currency", max_length=3, help_text="Three capital letters, as GBP."
    )
    usd_rate = forms.FloatField(
        label="What one US dollar is worth in that currency",
        required=False,
        help_text="Needed unless the currency is USD: the cost law is stated in dollars.",
    )
    usd_date = forms.DateField(
        label="The day of that rate",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Such as 2026-09-01.",
    )
    usd_source = forms.CharField(label="Where that rate was taken from", required=False)
    horizon = forms.IntegerField(
        label="Horizon", initial=2050, help_text="The year that the worldviews' risks speak of."
    )
    verdict = forms.ChoiceField(
        label="What decides",
        choices=[("risk", "the change in risk"), ("social-value", "the social value")],
        initial="risk",
        widget=forms.RadioSelect,
    )
    p_raises_risk = forms.FloatField(
        label="An effort may raise risk in at most this share of worlds", initial=0.25
    )
    conditions_cost_share = forms.FloatField(
        label="Conditions may cost at most this share of the grant", initial=0.15
    )
    p_portfolio_raises_risk = forms.FloatField(
        label="The portfolio may raise risk in at most this share of worlds",
        required=False,
        help_text="Empty: it is only told.",
    )
    published_answers = forms.ChoiceField(
        label="What the public gets of the experts' answers",
        choices=[
            ("pseudonym", "each answer with its reason, under a letter"),
            ("pooled", "pooled answers alone"),
        ],
        initial="pseudonym",
        widget=forms.RadioSelect,
        help_text="Experts are told before they accept.",
    )
    samples = forms.IntegerField(
        label="Draws", initial=4096, help_text="A power of two, such as 4096."
    )
    seed = forms.IntegerField(label="Seed", initial=0, help_text="0 is a seed.")

    def __init__(self, *args: Any, base: RoundSettings | None = None, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Keep what the form does not show."""
        super().__init__(*args, **kwargs)
        self.base = base
        self.settings: RoundSettings | None = None

    def clean(self) -> dict[str, Any]:
        """Let the library say what is wrong."""
        told = super().clean() or {}
        if self.errors:
            return told
        try:
            self.settings = RoundSettings.model_validate(self._table(told))
        except ValidationError as error:
            show_faults(self, faults_of(error))
            return told
        if self.settings.currency != "USD" and "USD" not in self.settings.rates:
            self.add_error("usd_rate", "give it, with its day and source")
        return told

    def _table(self, told: Mapping[str, Any]) -> dict[str, Any]:
        base = self.base.model_dump(mode="json") if self.base else {}
        table = {**base, **{name: told[name] for name in _TOP}}
        limits = {name: told[name] for name in _LIMITS if told[name] is not None}
        table["limits"] = {**base.get("limits", {}), **limits}
        if told["p_portfolio_raises_risk"] is None:
            table["limits"].pop("p_portfolio_raises_risk", None)
        table["judgement"] = {
            **base.get("judgement", {}),
            "published_answers": told["published_answers"],
        }
        rates = dict(base.get("rates", {}))
        if told["usd_rate"] is not None:
            rates["USD"] = {
                "rate": told["usd_rate"],
                "date": told["usd_date"],
                "source": told["usd_source"],
            }
        table["rates"] = rates
        return table

    @classmethod
    def of(
        cls, round_: Round, settings: RoundSettings, data: QueryDict | None = None
    ) -> SettingsForm:
        """The form of a round as it stands."""
        usd = settings.rates.get("USD")
        initial: dict[str, Any] = {
            "version": round_.version,
            **{name: getattr(settings, name) for name in _TOP},
            "budget": f"{settings.budget:.15g}",
            **{name: getattr(settings.limits, name) for name in _LIMITS},
            "published_answers": settings.judgement.published_answers,
            **(
                {"usd_rate": usd.rate, "usd_date": usd.date, "usd_source": usd.source}
                if usd
                else {}
            ),
        }
        return cls(data, initial=initial, base=settings)


class NewRoundForm(SettingsForm):
    """A new round, with the worldviews that it begins with."""

    worldviews = forms.MultipleChoiceField(
        label="Worldviews",
        choices=[(name, name) for name in PRESETS],
        initial=list(PRESETS),
        widget=forms.CheckboxSelectMultiple,
        help_text="Each can be changed afterwards, with reasons.",
    )

    def _table(self, told: Mapping[str, Any]) -> dict[str, Any]:
        return {**super()._table(told), "worldviews": told["worldviews"]}


MOST_BYTES = 256 * 1024
"""A `round.toml` may be so large; ours have a hundredth of it."""


class SettingsFileForm(forms.Form):
    """The settings as a file, instead of typing them."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(label="A round.toml")

    def __init__(self, *args: Any, only_presets: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Nothing is read yet; a new round can begin with presets alone."""
        super().__init__(*args, **kwargs)
        self.only_presets = only_presets
        self.settings: RoundSettings | None = None
        self.left_alone: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Let the library read the file, and tell all that is wrong with it."""
        told = super().clean() or {}
        file = told.get("file")
        if not file:
            return told
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "round.toml"
                path.write_bytes(file.read(MOST_BYTES))
                read = read_settings(path)
            faults = read.faults
        except InputError as error:
            faults = tuple(error.faults)
        else:
            self.settings, self.left_alone = read.settings, read.later
        for fault in faults:
            self.add_error("file", str(fault))
        named = self.settings.worldviews if self.settings and self.only_presets else ()
        for name in named:
            if name not in PRESETS:
                cure = "leave it out; its file is added on the page of the worldviews"
                self.add_error("file", f"{name} is no preset; {cure}")
        return told
