"""Forms of opening a stage, and of its dates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from custodes_workbench.access import SPOKEN, Stage
from custodes_workbench.rounds.models import RoundStage
from custodes_workbench.rounds.services.stages import ALWAYS, StageGiven, stages_in_reach


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
