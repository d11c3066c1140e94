"""Forms of an officer who sets a panel."""

from __future__ import annotations

from typing import Any

from django import forms

from custodes.judgements import RULINGS, WEIGHED
from custodes_workbench.judgements.services.panel import ProposalGiven
from custodes_workbench.judgements.services.rulings import RulingGiven

MOST_EFFORTS = 8
"""How many efforts somebody is asked to judge where nothing else is said."""

RULINGS_TOLD = {
    "none": "none: there is no conflict; a second person confirms",
    "note": "note: it is written down, and the answers count",
    "publish": "publish: it is shown with the decision, and the answers count",
    "recuse": "recuse: they do not see or judge this",
    "block": "block: they cannot be on its panel",
}
"""What every ruling means."""


class ProposeForm(forms.Form):
    """Somebody who might judge."""

    name = forms.CharField(label="Name", max_length=200)
    mail = forms.EmailField(
        label="Mail address", help_text="If it belongs to an account, that person is proposed."
    )
    expertise = forms.CharField(
        label="What they know about",
        required=False,
        help_text="Kinds of effort, hazards and problems, one a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    affiliations = forms.CharField(
        label="Where they work or worked",
        required=False,
        help_text="Organisations, one a line. Compared with those of the applicants.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    most_efforts = forms.IntegerField(
        label="Efforts that they take at most", min_value=1, max_value=100, initial=MOST_EFFORTS
    )

    def given(self) -> ProposalGiven:
        """What was typed."""
        return ProposalGiven(**self.cleaned_data)


class VersionForm(forms.Form):
    """What somebody saw when they pressed a button."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(VersionForm):
    """Why a place on the panel is withdrawn."""

    reason = forms.CharField(label="Why it is withdrawn", widget=forms.Textarea(attrs={"rows": 2}))


class RulingForm(VersionForm):
    """What a conflict means."""

    decided = forms.ChoiceField(
        label="Ruling",
        choices=[(each, RULINGS_TOLD[each]) for each in RULINGS],
        widget=forms.RadioSelect,
    )
    dismissed = forms.BooleanField(
        label="Dismiss: what was found is not so",
        required=False,
        help_text="It stays visible as dismissed.",
    )
    pinned = forms.BooleanField(
        label="Pin: what is found later does not change this", required=False
    )
    weight = forms.FloatField(
        label="Weight of their answers",
        required=False,
        min_value=0.01,
        max_value=1,
        help_text="With note or publish: the answers count with this share of the weight that "
        "they would have, such as 0.5. Empty is the whole.",
        widget=forms.NumberInput(attrs={"step": "any"}),
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, can_dismiss: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """What the person declared themselves is decided, and never dismissed."""
        super().__init__(*args, **kwargs)
        if not can_dismiss:
            del self.fields["dismissed"]

    def clean(self) -> dict[str, Any]:
        """A dismissed finding keeps nobody out, and only what counts has a weight."""
        told = super().clean() or {}
        if told.get("dismissed") and told.get("decided") != "none":
            self.add_error("dismissed", "to dismiss a finding, choose none as well")
        if told.get("weight") is not None and told.get("decided") not in WEIGHED:
            self.add_error("weight", f"a weight goes with {' or '.join(WEIGHED)}")
        return told

    def given(self) -> RulingGiven:
        """What was typed."""
        told = self.cleaned_data
        return RulingGiven(
            decided=told["decided"],
            reason=told["reason"],
            pinned=told["pinned"],
            dismissed=told.get("dismissed", False),
            weight=told["weight"],
        )


class EndForm(forms.Form):
    """Why an assignment ends."""

    reason = forms.CharField(label="Why it ends", widget=forms.Textarea(attrs={"rows": 2}))


class BalancedForm(forms.Form):
    """How many experts every effort needs."""

    per_effort = forms.IntegerField(
        label="Experts for every effort", min_value=1, max_value=30, initial=5
    )
