"""Forms of marked things; what a mark needs is the library's to say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from pydantic import ValidationError

from custodes.disclosure import GROUNDS, MEANINGS, Mark, Marking, latest_review
from custodes.records import faults_of
from custodes_workbench.handling.models import SEALED_MARKS, Item
from custodes_workbench.people.models import User

LEAST_PASSPHRASE = 16
"""Characters of a passphrase: whoever steals the database can try at their leisure."""
MOST_TEXT = 200_000
_DAY = {"type": "date", "class": "govuk-input--width-10"}
_SECRET = {"autocomplete": "new-password", "spellcheck": "false"}
_HIDDEN = {"autocomplete": "off", "spellcheck": "false"}


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MarkForm(forms.Form):
    """A decision on a mark, with both reasons."""

    mark = forms.ChoiceField(
        label="Who may read it",
        choices=[(each.value, f"{each.value}: {MEANINGS[each]}") for each in Mark],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label="Why it is not open",
        choices=[("", "it is open"), *GROUNDS.items()],
        required=False,
    )
    reason = forms.CharField(
        label="What openness would help",
        help_text="In words that may be public; quote nothing of the text.",
        max_length=2000,
        required=False,
        widget=_words(3),
    )
    against = forms.CharField(
        label="What speaks against the mark",
        help_text=(
            "Whose scrutiny and whose work it hampers. The paper says that restricting will often "
            "not be an appropriate strategy (p. 19)."
        ),
        max_length=2000,
        required=False,
        widget=_words(3),
    )
    consulted = forms.CharField(label="Who was consulted", max_length=500, required=False)
    review_by = forms.DateField(
        label="To be looked at again by",
        help_text="At most twelve months ahead.",
        required=False,
        widget=forms.DateInput(attrs=_DAY),
    )
    lifted_when = forms.CharField(
        label="What would lift it", max_length=1000, required=False, widget=_words(2)
    )

    def __init__(self, *args: Any, decided_by: str, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Propose the latest day of review; `decided_by` is told with the decision."""
        super().__init__(*args, **kwargs)
        self._decided_by = decided_by
        self._today: dt.date = timezone.localdate()
        self.fields["review_by"].initial = latest_review(self._today)
        self.marking: Marking | None = None
        """The decision, once the form is clean."""

    def clean(self) -> dict[str, Any]:
        """Read it as the library's record, which refuses a mark without both reasons."""
        told = super().clean() or {}
        if self.errors:
            return told
        is_open = told["mark"] == Mark.OPEN
        names = ("reason", "against", "consulted", "lifted_when")
        given = {
            **{name: told[name] for name in names},
            "mark": told["mark"],
            "ground": None if is_open else told["ground"] or None,
            "review_by": None if is_open else told["review_by"],
            "decided_by": self._decided_by,
            "decided_on": self._today,
        }
        try:
            self.marking = Marking.model_validate(given)
        except ValidationError as error:
            for fault in faults_of(error):
                field = fault.field if fault.field in self.fields else None
                self.add_error(field, fault.message)
        return told


class ReviewForm(MarkForm):
    """A mark that is looked at again."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class HandInForm(MarkForm):
    """Something that is handed in under a mark."""

    kind = forms.ChoiceField(label="What it is", choices=Item.Kind.choices)
    place = forms.CharField(
        label="Which claim or field",
        help_text="As it is called in the application: c1, or the name of a field.",
        max_length=80,
        required=False,
    )
    text = forms.CharField(
        label="The text",
        help_text=(
            "Under the marks restricted and restricted-existence it is encrypted before it is "
            "stored. Empty for a mark on the effort itself."
        ),
        max_length=MOST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, **_HIDDEN}),
    )
    readers = forms.TypedMultipleChoiceField(
        label="Who may open it, if it is encrypted",
        help_text="Whoever has made a reader's key and has no conflict of interest.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("kind", "place", "text", "mark", "ground", "reason", "against", "readers")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        people: Iterable[User],
        may_mark_effort: bool,
        **kwargs: Any,  # noqa: ANN401 (the same)
    ) -> None:
        """Offer the people who can be readers."""
        super().__init__(*args, **kwargs)
        readers, kind = self.fields["readers"], self.fields["kind"]
        if isinstance(readers, forms.TypedMultipleChoiceField):
            readers.choices = [(each.pk, each.name) for each in people]
        if isinstance(kind, forms.ChoiceField) and not may_mark_effort:
            kind.choices = [each for each in Item.Kind.choices if each[0] != Item.Kind.EFFORT]

    def clean(self) -> dict[str, Any]:
        """Ask for a text, and for readers where it is sealed."""
        told = super().clean()
        if self.errors or self.marking is None:
            return told
        on_effort = told["kind"] == Item.Kind.EFFORT
        if self.marking.mark is Mark.OPEN:
            self.add_error("mark", "What is open is not handed in here; say it in its place.")
        if on_effort == bool(told["text"].strip()):
            self.add_error(
                "text",
                "A mark on the effort itself has no text." if on_effort else "Write the text.",
            )
        if not on_effort and self.marking.mark in SEALED_MARKS and not told["readers"]:
            self.add_error("readers", "Name at least one reader; nobody could open it otherwise.")
        return told


class PassphraseForm(forms.Form):
    """A passphrase that is chosen."""

    passphrase = forms.CharField(
        label="Passphrase",
        help_text=(
            f"At least {LEAST_PASSPHRASE} characters, used nowhere else: five words at random. "
            "Nobody can recover it."
        ),
        min_length=LEAST_PASSPHRASE,
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs=_SECRET),
    )
    again = forms.CharField(
        label="The same again",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs=_SECRET),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        told = super().clean() or {}
        if "passphrase" in told and told["passphrase"] != told.get("again"):
            self.add_error("again", "The two are not the same.")
        return told


class RelockForm(PassphraseForm):
    """Another passphrase for the same key."""

    old = forms.CharField(
        label="Passphrase now",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs=_HIDDEN),
    )
    field_order = ("old", "passphrase", "again")


class UnlockForm(forms.Form):
    """The passphrase of one's key."""

    passphrase = forms.CharField(
        label="Passphrase of your key",
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs=_HIDDEN),
    )


class PersonForm(forms.Form):
    """One person out of some."""

    person = forms.TypedChoiceField(label="Who", coerce=int)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the people."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(each.pk, each.name) for each in people]


class ProposeForm(PersonForm):
    """Somebody for the safeguards group."""

    work = forms.CharField(
        label="Which safeguards on which systems they work on", max_length=1000, widget=_words(3)
    )


class WhyForm(forms.Form):
    """A reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why", max_length=2000, widget=_words(2))


class EndForm(forms.Form):
    """Why somebody leaves the safeguards group."""

    reason = forms.CharField(label="Why", max_length=2000, widget=_words(2))


class ShareForm(forms.Form):
    """What was given to whom, on which terms."""

    recipient = forms.CharField(label="Recipient", max_length=200)
    purpose = forms.CharField(label="Purpose: which safeguards", max_length=2000, widget=_words(2))
    shared_on = forms.DateField(label="Day", widget=forms.DateInput(attrs=_DAY))
    terms = forms.CharField(label="Terms", max_length=2000, widget=_words(2))
    what = forms.CharField(
        label="What exactly",
        help_text="Name it; quote nothing. This record is not encrypted.",
        max_length=2000,
        widget=_words(2),
    )


class AcknowledgeForm(forms.Form):
    """The day on which a recipient acknowledged."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.DateField(label="Acknowledged on", widget=forms.DateInput(attrs=_DAY))
