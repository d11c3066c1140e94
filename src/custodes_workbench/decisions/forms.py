"""Forms of deciding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from custodes.decisions import OUTCOMES
from custodes.mitigations import Mitigation
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.services import (
    STATES,
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
)

OWN_CONDITIONS = 3
"""Rows for conditions in the institution's own words."""
_TOLD = {"support": "Support it", "reject": "Do not support it", "defer": "Defer it"}


class StandsForm(forms.Form):
    """Whether a decision stands, after an answer was set aside."""

    stands = forms.ChoiceField(
        label="Does the decision stand?",
        choices=[("stands", "It stands"), ("looked_at_again", "It is looked at again")],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="Why",
        help_text="Published with the decision.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What is decided about one effort."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Decision",
        choices=[(each, _TOLD[each]) for each in OUTCOMES],
        widget=forms.RadioSelect,
    )
    amount = forms.FloatField(
        label="Amount",
        min_value=0,
        required=False,
        help_text="In the round's currency. Empty: the effort's cost.",
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="What was weighed, for and against. They will be published.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    conditions = forms.MultipleChoiceField(
        label="Conditions from the library",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The recommended ones are ticked; they count where it is supported.",
    )
    challenges = forms.MultipleChoiceField(
        label="Challenges that were weighed",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="One that was answered must be among them. One that is open or was upheld "
        "needs a condition that names it.",
    )
    owner = forms.CharField(label="Who must see to the conditions", required=False, max_length=200)
    evidence = forms.CharField(
        label="What has to be shown",
        required=False,
        help_text="For all conditions; each one can be worded by itself afterwards.",
    )
    due = forms.DateField(
        label="Until when",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Such as 2027-09-01.",
    )
    dissent_by = forms.CharField(
        label="Dissent: who",
        required=False,
        max_length=200,
        help_text="A name or an office that may be public.",
    )
    dissent = forms.CharField(
        label="Dissent: what they hold",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        mitigations: Sequence[Mitigation],
        challenges: Sequence[str] = (),
        **kwargs: Any,  # noqa: ANN401 (Django's signature)
    ) -> None:
        """Offer the mitigations that can be a condition of a grant, and challenges by id."""
        super().__init__(*args, **kwargs)
        self.mitigations = {str(each.id): each for each in mitigations if each.grant_condition}
        field = self.fields["conditions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (id_, f"{each.title} ({each.condition})" if each.condition else each.title)
                for id_, each in self.mitigations.items()
            ]
        for number in range(1, OWN_CONDITIONS + 1):
            self.fields[f"own_{number}"] = forms.CharField(
                label=f"A condition in your own words, {number}", required=False
            )
            if challenges:
                self.fields[f"own_{number}_challenge"] = _challenge_field(challenges)
        weighed = self.fields["challenges"]
        if isinstance(weighed, forms.MultipleChoiceField):
            weighed.choices = [(each, each) for each in challenges]
        if not challenges:
            del self.fields["challenges"]

    def clean(self) -> dict[str, Any]:
        """Conditions belong to support, and dissent has a name.

        What was ticked at first and only stayed so is nobody's fault: without support it goes.
        """
        told = super().clean() or {}
        if told.get("outcome") != "support":
            ticked = set(told.get("conditions", ()))
            if ticked <= set(self.initial.get("conditions", ())):
                told["conditions"] = []
        own = [told.get(f"own_{number}") for number in range(1, OWN_CONDITIONS + 1)]
        if told.get("outcome") != "support" and any([*own, *told.get("conditions", ())]):
            self.add_error("conditions", "conditions belong to support; untick them")
        if bool(told.get("dissent")) != bool(told.get("dissent_by")):
            self.add_error("dissent_by", "give both who dissents and what they hold")
        return told

    def given(self) -> DecisionGiven:
        """What was decided."""
        told = self.cleaned_data
        same = {"owner": told["owner"], "evidence": told["evidence"], "due": told["due"]}
        library = tuple(
            ConditionGiven(text=_text(self.mitigations[id_]), mitigation=id_, **same)
            for id_ in told["conditions"]
        )
        own = tuple(
            ConditionGiven(text=text, challenge=told.get(f"own_{number}_challenge", ""), **same)
            for number in range(1, OWN_CONDITIONS + 1)
            if (text := told[f"own_{number}"])
        )
        dissents = (
            (DissentGiven(by=told["dissent_by"], text=told["dissent"]),) if told["dissent"] else ()
        )
        return DecisionGiven(
            outcome=told["outcome"],
            reasons=told["reasons"],
            amount=told["amount"],
            challenges=tuple(told.get("challenges", ())),
            conditions=(*library, *own),
            dissents=dissents,
        )


def as_it_stands(decision: Decision | None, recommended: Sequence[str]) -> dict[str, Any]:
    """What the form shows at first: the decision as it stands, or what is recommended.

    Args:
        decision: As it stands; none before there is one.
        recommended: The recommended conditions, by id.
    """
    if decision is None:
        return {"version": 0, "conditions": list(recommended)}
    rows = list(decision.conditions.all())
    dissent = decision.dissents.first()
    first: dt.date | None = rows[0].due if rows else None
    own = [each for each in rows if not each.mitigation]
    return {
        "version": decision.version,
        "outcome": decision.outcome,
        "amount": decision.amount,
        "reasons": decision.reasons,
        "conditions": [each.mitigation for each in rows if each.mitigation],
        "owner": rows[0].owner if rows else "",
        "due": first,
        "dissent_by": dissent.by if dissent else "",
        "dissent": dissent.text if dissent else "",
        "challenges": decision.challenges,
        "evidence": rows[0].evidence if rows else "",
        **{f"own_{number}": each.text for number, each in enumerate(own, start=1)},
        **{f"own_{number}_challenge": each.challenge for number, each in enumerate(own, start=1)},
    }


def _challenge_field(challenges: Sequence[str]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="The challenge that it answers",
        required=False,
        choices=[("", "none"), *((each, each) for each in challenges)],
    )


class ConditionForm(forms.Form):
    """How one condition is worded."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="As it stands in the grant letter", widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = forms.CharField(label="Who must see to it", required=False, max_length=200)
    evidence = forms.CharField(label="What has to be shown", required=False)
    due = forms.DateField(
        label="Until when", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, challenges: Sequence[str] = (), **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the challenges that it may answer."""
        super().__init__(*args, **kwargs)
        if challenges:
            self.fields["challenge"] = _challenge_field(challenges)

    def given(self) -> ConditionGiven:
        """How it is worded."""
        told = self.cleaned_data
        return ConditionGiven(
            text=told["text"],
            challenge=told.get("challenge", ""),
            owner=told["owner"],
            evidence=told["evidence"],
            due=told["due"],
        )


class SettleForm(forms.Form):
    """What became of one condition."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label="It is", choices=list(STATES.items()))
    reason = forms.CharField(
        label="Why, or what showed it", widget=forms.Textarea(attrs={"rows": 2})
    )


class ReportForm(forms.Form):
    """A report on a grant."""

    condition = forms.ChoiceField(label="On which condition", required=False)
    text = forms.CharField(
        label="Report",
        help_text="It is published with the next publication.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, conditions: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the conditions."""
        super().__init__(*args, **kwargs)
        field = self.fields["condition"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "the grant as a whole"), *conditions]


class TurnForm(forms.Form):
    """What becomes of support."""

    turn = forms.ChoiceField(
        label="Support is",
        choices=[
            ("extend", "extended, or goes on after a suspension"),
            ("suspend", "suspended"),
            ("end", "ended"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))


def _text(mitigation: Mitigation) -> str:
    return mitigation.condition or mitigation.title
