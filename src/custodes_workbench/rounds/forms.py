"""Forms of setting a round up; their limits and sentences are the library's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from pydantic import ValidationError

from custodes.errors import Fault, InputError
from custodes.mitigations import Mitigation
from custodes.quantities import Amount, Assumption, Quantity, written_amount
from custodes.records import faults_of
from custodes.rounds import RoundSettings
from custodes.worldviews import PRESETS, Worldview, worldview_from
from custodes_workbench.access import SPOKEN, Stage
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.services.stages import ALWAYS, StageGiven, stages_in_reach

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
        widget=forms.DateInput(attrs={"type": "date"}),
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


class MoveForm(forms.Form):
    """Opening another stage."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label="Open this stage")
    reason = forms.CharField(
        label="Why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed for going back.",
    )

    def __init__(self, *args: Any, stages: Iterable[RoundStage], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer every stage that can be opened from here; the next one first."""
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.name, str(each)) for each in stages_in_reach(stages)]


class StageForm(forms.Form):
    """The dates of one stage."""

    left_out = forms.BooleanField(label="This round has no such stage", required=False)
    opens_at = forms.DateTimeField(
        label="Opens", required=False, help_text="Such as 2027-03-01 09:00, UTC."
    )
    closes_at = forms.DateTimeField(label="Closes at the latest", required=False)
    grace_minutes = forms.IntegerField(
        label="Minutes of grace", min_value=0, max_value=10_080, required=False
    )
    quorum = forms.IntegerField(
        label="Closes some time after so many have handed in",
        min_value=1,
        max_value=1000,
        required=False,
        help_text="Empty: it closes on its date alone.",
    )
    hours_after_quorum = forms.IntegerField(
        label="Hours after that", min_value=0, max_value=2000, required=False
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Some stages cannot be left out, and only judging has a quorum."""
        super().__init__(*args, **{**kwargs, "prefix": stage.value})
        self.stage = stage
        self.title = SPOKEN[stage]
        if stage in ALWAYS:
            del self.fields["left_out"]
        if stage not in (Stage.BLIND, Stage.REVISION):
            del self.fields["quorum"]
            del self.fields["hours_after_quorum"]

    def clean(self) -> dict[str, Any]:
        """A stage opens before it closes."""
        told = super().clean() or {}
        opens, closes = told.get("opens_at"), told.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", "it closes before it opens")
        return told

    def given(self) -> StageGiven:
        """What is set."""
        told = self.cleaned_data
        quorum = told.get("quorum")
        return StageGiven(
            left_out=bool(told.get("left_out")),
            opens_at=told["opens_at"],
            closes_at=told["closes_at"],
            grace_minutes=told["grace_minutes"] or 0,
            closes_on="quorum_then_clock" if quorum else "clock",
            quorum=quorum or StageGiven().quorum,
            hours_after_quorum=told.get("hours_after_quorum") or 72,
        )


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


class ApproachForm(forms.Form):
    """The draft of the approach."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="How the institution decides",
        help_text="Method, worldviews, pooling, limits, conflict rules, what is published, "
        "known mistakes.",
        widget=forms.Textarea(attrs={"rows": 18}),
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

    def __init__(self, *args: Any, known: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the round's own and the presets."""
        super().__init__(*args, **kwargs)
        self.own: Worldview | None = None
        field = self.fields["names"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(each, each) for each in dict.fromkeys([*known, *PRESETS])]

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
        if not told.get("names") and self.own is None and not self.errors:
            self.add_error("names", "a round needs a worldview; choose at least one")
        return told


MOST_BYTES = 1024 * 1024
"""A worldview's file may be so large; ours have a hundredth of it."""


def show_faults(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Put the library's sentences beside the fields they speak of."""
    for fault in faults:
        name = (fault.field or "").split(".")[-1]
        cure = f"; {fault.cure}" if fault.cure else ""
        form.add_error(name if name in form.fields else None, f"{fault.message}{cure}")
