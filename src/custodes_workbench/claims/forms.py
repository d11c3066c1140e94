"""Forms of claims: what was said, who assesses it, what they say, replies, publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import InputError
from custodes.evidence import SCALES
from custodes.evidence import Claim as ClaimRecord
from custodes.judgements import VERDICTS, Verdict
from custodes.quantities import Amount, Quantity, check_range, parse_amount
from custodes.records import faults_of
from custodes_workbench.claims.services import AssessmentGiven
from custodes_workbench.people.models import User
from custodes_workbench.rounds.forms.faults import show_faults

_SCALES = {
    "today": "systems of today",
    "more_capable": "more capable systems",
    "not_stated": "it does not say",
}
_VERDICTS = [(each, each.replace("_", " ")) for each in VERDICTS]
_HOLDS = catalogue.CLAIM_QUANTITIES["claim_holds"]
_AMOUNTS = ("claimed_cut", "credited")


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ClaimForm(forms.Form):
    """What was said, by whom, of what, with the ground of writing it down."""

    n = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label="What was said, quoted", max_length=2000, widget=_words(3))
    claimant = forms.CharField(label="Who said it", max_length=200)
    published_at = forms.CharField(
        label="When", max_length=40, required=False, help_text="As 2027-03-01."
    )
    address = forms.CharField(label="Where", max_length=1000, required=False)
    sha256 = forms.RegexField(
        "^[0-9a-f]{64}$",
        label="SHA-256 of the copy that is kept",
        required=False,
        help_text="So that a change of the page is noticed.",
    )
    language = forms.CharField(
        label="Language", max_length=20, required=False, help_text="As en; empty is English."
    )
    effort = forms.ChoiceField(label="About the effort", required=False)
    system = forms.ChoiceField(
        label="About the system", required=False, help_text="Neither: about the field."
    )
    hazard = forms.MultipleChoiceField(
        label="Hazards that it names",
        choices=[(each, each.replace("_", " ")) for each in catalogue.HAZARDS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    scale = forms.ChoiceField(
        label="Of which systems it speaks",
        choices=[(each, _SCALES[each]) for each in SCALES],
        initial="not_stated",
    )
    says_so = forms.ChoiceField(
        label="Does it say that it may not hold for more capable systems?",
        choices=(("", "not looked at"), ("yes", "yes"), ("no", "no")),
        required=False,
    )
    definition_of_alignment = forms.CharField(
        label="What it means by alignment", max_length=1000, required=False
    )
    evidence = forms.MultipleChoiceField(
        label="Audits that it rests on",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: it gives no evidence.",
    )
    benchmark = forms.CharField(
        label="The benchmark that it rests on", max_length=200, required=False
    )
    improvement = forms.CharField(
        label="By how much it is said to have improved", max_length=200, required=False
    )
    claimed_cut = forms.CharField(
        label="The cut of accident and misuse risk that it asserts",
        required=False,
        max_length=100,
        help_text="A share of risk: one number, or three parted by /. Without it nothing moves.",
    )
    credited = forms.CharField(
        label="Share of its audience that credits it",
        required=False,
        max_length=100,
        help_text="Empty is 0.1 / 0.3 / 0.6, our assumption.",
    )
    handling = forms.ChoiceField(
        label="Handling",
        choices=(("", "open"), ("round", "within the round")),
        required=False,
    )
    reason = forms.CharField(label="Why it is changed", max_length=2000, widget=_words(2))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (the same)
        efforts: Iterable[tuple[str, str]],
        systems: Iterable[tuple[str, str]],
        audits: Iterable[str],
        claim_id: str = "",
        **kwargs: Any,  # noqa: ANN401 (the same)
    ) -> None:
        """Offer what the round has."""
        super().__init__(*args, **kwargs)
        self.record: ClaimRecord | None = None
        self._claim_id = claim_id
        self._choices("effort", [("", "none"), *efforts])
        self._choices("system", [("", "none"), *systems])
        self._choices("evidence", [(each, each) for each in audits])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Let the library's record say what is wrong."""
        told = super().clean() or {}
        amounts = {name: self._amount(name, told.get(name, "")) for name in _AMOUNTS}
        given = {
            name: each
            for name, each in told.items()
            if name in ClaimRecord.model_fields and name not in _AMOUNTS
        }
        if self.errors:
            return told
        try:
            self.record = ClaimRecord.model_validate({"id": self._claim_id, **given, **amounts})
        except ValidationError as error:
            show_faults(self, faults_of(error))
        return told

    def _amount(self, name: str, text: str) -> Amount | None:
        if not text:
            return None
        try:
            return written(text, catalogue.CLAIM_QUANTITIES[name])
        except InputError as error:
            show_faults(self, [each.at(field=name) for each in error.faults])
            return None

    @staticmethod
    def begins_with(record: ClaimRecord) -> dict[str, Any]:
        """What the form shows first.

        Args:
            record: What stands.
        """
        told = record.model_dump(mode="json")
        amounts = {name: spoken(getattr(record, name)) for name in _AMOUNTS}
        return {**told, **amounts}


class NewClaimForm(ClaimForm):
    """A claim that the round does not have yet."""

    id = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        label="Its id",
        max_length=80,
        help_text="Letters, digits, ., _ and -; files name the claim by it.",
    )
    field_order = ("id",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Ask why it is taken up."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why it is taken up"


def written(text: str, quantity: Quantity) -> Amount:
    """A range as somebody types it: one number, or three parted by `/`.

    Raises:
        InputError: It is none, or outside what is possible.
    """
    amount = parse_amount(text, family=quantity.family, unit=quantity.unit)
    check_range(amount, quantity)
    return amount


def spoken(amount: Amount | None) -> str:
    """A range as a form shows it."""
    if amount is None:
        return ""
    if amount.is_point:
        return f"{amount.p50:g}"
    return " / ".join(f"{each:g}" for each in amount.numbers)


class AssessForm(forms.Form):
    """What an assessor says of a claim."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="In a word, the claim is", choices=_VERDICTS, widget=forms.RadioSelect
    )
    holds = forms.CharField(
        label="How likely it holds",
        required=False,
        max_length=100,
        help_text="Three numbers from 0 to 1 parted by /, as 0.1 / 0.3 / 0.6: you would be "
        "surprised if it were below the first or above the last. Empty where you cannot tell.",
    )
    reason = forms.CharField(label="Why", max_length=10_000, widget=_words(5))
    praise = forms.CharField(
        label="What is helpful about it",
        max_length=10_000,
        required=False,
        widget=_words(3),
        help_text="Praise is published as criticism is.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Begin without a range."""
        super().__init__(*args, **kwargs)
        self.amount: Amount | None = None

    def clean(self) -> dict[str, Any]:
        """Let the library read the range."""
        told = super().clean() or {}
        text = told.get("holds", "")
        if not text and told.get("verdict") not in ("cannot_tell", None):
            self.add_error("holds", "is empty; write three numbers, or choose 'cannot tell'")
        if text:
            try:
                self.amount = written(text, _HOLDS)
            except InputError as error:
                show_faults(self, [each.at(field="holds") for each in error.faults])
        return told

    @property
    def given(self) -> AssessmentGiven:
        """What was said; of a valid form."""
        told = self.cleaned_data
        verdict: Verdict = told["verdict"]
        return AssessmentGiven(
            verdict=verdict, amount=self.amount, reason=told["reason"], praise=told["praise"]
        )


class _PersonForm(forms.Form):
    """Somebody out of a list."""

    person = forms.TypedChoiceField(label="Who", coerce=int)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the people."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(each.pk, each.name) for each in people]


class AssignForm(_PersonForm):
    """Whom to ask for an assessment."""


class EndForm(_PersonForm):
    """From whom to take a claim away."""

    reason = forms.CharField(label="Why", max_length=1000)


class SendForm(forms.Form):
    """To whom the assessment goes."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    contact = forms.TypedChoiceField(
        label="Who may reply for the claimant",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Nobody: send it yourself, and write down what they reply.",
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the contacts of developers."""
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", "nobody"), *((each.pk, each.name) for each in people)]


class ReplyForm(forms.Form):
    """What the claimant replies."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="The reply, unedited", max_length=10_000, widget=_words(5), strip=False
    )


class PublishForm(forms.Form):
    """What is published of a claim."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="The published verdict",
        choices=[("", "none in a word"), *_VERDICTS],
        required=False,
    )
    kept = forms.ChoiceField(
        label="Was it kept since?",
        choices=(("", "not known"), ("yes", "yes"), ("no", "no")),
        required=False,
    )
    reason = forms.CharField(label="Why", max_length=2000, widget=_words(2))


class WithdrawForm(forms.Form):
    """Why a claim is withdrawn."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it is withdrawn", max_length=2000, widget=_words(2))
