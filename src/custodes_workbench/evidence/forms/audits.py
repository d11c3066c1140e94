"""Forms of an audit: its files, what it tests, who ran it; faults are the library's to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from custodes import catalogue
from custodes.evidence import CRITERIA
from custodes.evidence import Audit as AuditRecord
from custodes_workbench.evidence.records import ANSWERS, CRITERIA_ASKED
from custodes_workbench.people.models import User

ACCESS: Mapping[str, str] = {
    "": "not stated (counts as documents)",
    "documents": "documents only",
    "api": "the interface as users have it",
    "api_no_safeguards": "the interface without safeguards, or fine-tuning",
    "activations": "logits and internals",
    "weights": "the weights, with training data and staff",
}
"""What the auditors had."""
DEPLOYED_AS: Mapping[str, str] = {
    "": "not stated (counts as a later fine-tune)",
    "same_snapshot": "the same snapshot",
    "later_fine_tune": "a later fine-tune",
    "other_scaffold": "with other tools or another scaffold",
}
"""What is deployed, beside what was tested."""
OUTCOMES: Mapping[str, str] = {
    "": "no person says; the rule decides",
    "finding": "it found the hazard",
    "no_finding": "it did not find the hazard",
    "inconclusive": "nothing can be concluded",
}
"""What a person says that it shows."""
HANDLING: Mapping[str, str] = {
    "": "open: its counts and scores may be published",
    "round": "round: its counts and scores stay within the round",
    "restricted": "restricted: for the named readers of its files, and for you",
}
"""Marks that can be set here."""
_ALL_RUNS = (("", "not stated"), ("yes", "yes"), ("no", "no"))
_DAY = {"type": "date", "class": "govuk-input--width-10"}
_NUMBER = {"class": "govuk-input--width-10", "inputmode": "decimal"}


class _ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _ManyFiles(forms.FileField):
    widget = _ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401 (Django's signature)
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        clean = super().clean
        return [clean(each, initial) for each in given]


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choice(label: str, choices: Iterable[tuple[str, str]], **more: Any) -> forms.ChoiceField:  # noqa: ANN401 (passed on)
    return forms.ChoiceField(label=label, choices=list(choices), required=False, **more)


class AuditForm(forms.Form):
    """What is said of an audit, with the files that are sent with it."""

    logs = _ManyFiles(
        label="Audit files",
        required=False,
        help_text="Logs that Inspect wrote (.eval or .json). All are taken in, or none. "
        "Of each are kept counts, scores and digests; the text of samples is never shown.",
    )
    readers = forms.TypedMultipleChoiceField(
        label="Who may open the files themselves",
        help_text="They are encrypted to these people. With nobody named, the files are read "
        "and not kept: only their digests are.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hazards = forms.MultipleChoiceField(
        label="Hazards that it tests",
        help_text="Without one, it moves nothing.",
        choices=[
            (name, f"{name.replace('_', ' ')} ({class_})")
            for name, class_ in catalogue.HAZARDS.items()
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    snapshot = forms.CharField(
        label="Snapshot that was tested",
        max_length=200,
        required=False,
        help_text="A dated name, or a digest of the weights.",
    )
    deployed_as = _choice("What is deployed, beside what was tested", DEPLOYED_AS.items())
    method = forms.CharField(
        label="Method, in a word",
        max_length=80,
        required=False,
        help_text="Tells audits that share causes. Empty: the audit's own.",
    )
    more_capable = forms.CharField(
        label="Why it says something about more capable systems",
        max_length=1000,
        required=False,
        widget=_words(2),
        help_text="Empty: it does not.",
    )
    all_runs_listed = _choice("Is every run that was made among the files?", _ALL_RUNS)
    scorer = forms.CharField(
        label="Rule, fixed before the run: the scorer", max_length=200, required=False
    )
    side = _choice("It passes", (("at_least", "at this value or above"), ("at_most", "or below")))
    value = forms.FloatField(
        label="The value", required=False, widget=forms.TextInput(attrs=_NUMBER)
    )
    on = _choice(
        "What is compared",
        (
            ("p05", "5th percentile of the interval"),
            ("p50", "its middle"),
            ("p95", "95th percentile"),
            ("mean", "the mean"),
        ),
    )
    fixed_on = forms.DateField(
        label="The day on which the rule was fixed",
        required=False,
        widget=forms.DateInput(attrs=_DAY),
    )
    outcome = _choice("Or what a person says that it shows", OUTCOMES.items())
    outcome_by = forms.CharField(label="Who says so", max_length=200, required=False)
    outcome_reason = forms.CharField(
        label="Why", max_length=2000, required=False, widget=_words(2)
    )
    is_attested = forms.BooleanField(
        label="Somebody signs for what follows",
        required=False,
        help_text="Without it, nobody attested who ran the audit, and it counts for little.",
    )
    run_by = forms.CharField(
        label="Who ran it",
        max_length=200,
        required=False,
        help_text="The organisation. Name no person.",
    )
    relation = _choice("", ())
    paid_by = _choice("", ())
    scope_set_by = _choice("", ())
    may_publish = _choice("", ())
    saw_before = _choice("", ())
    ties_last_24_months = _choice("", ())
    access = _choice("What the auditors had", ACCESS.items())
    signed_by = forms.CharField(
        label="Who signs, by office", max_length=200, required=False, help_text="Not a name."
    )
    signed_on = forms.DateField(
        label="Signed on", required=False, widget=forms.DateInput(attrs=_DAY)
    )
    handling = _choice("Who may read its counts and scores", HANDLING.items())
    reason = forms.CharField(label="Why it is taken in", max_length=2000, widget=_words(2))

    SECTIONS: Sequence[tuple[str, Sequence[str]]] = (
        ("The files", ("audit_id", "logs", "readers")),
        (
            "What it tests",
            ("hazards", "snapshot", "deployed_as", "method", "more_capable"),
        ),
        (
            "What it shows",
            (
                *("all_runs_listed", "scorer", "side", "value", "on", "fixed_on"),
                *("outcome", "outcome_by", "outcome_reason"),
            ),
        ),
        (
            "Who ran it, and for whom",
            ("is_attested", "run_by", *CRITERIA_ASKED, "access", "signed_by", "signed_on"),
        ),
        ("Before it is kept", ("handling", "reason")),
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the people who can be readers, and the answers to each criterion."""
        super().__init__(*args, **kwargs)
        readers, offered = self.fields["readers"], [(each.pk, each.name) for each in people]
        if isinstance(readers, forms.TypedMultipleChoiceField):
            readers.choices = offered
        if not offered:
            del self.fields["readers"]
        for name, asked in CRITERIA_ASKED.items():
            field = self.fields[name]
            field.label = asked
            if isinstance(field, forms.ChoiceField):
                field.choices = [(each, ANSWERS[each]) for each in ("", *CRITERIA[name])]

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under their headings."""
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.SECTIONS
        ]

    def entry(self) -> dict[str, Any]:
        """One `[[audit]]` as `evidence.toml` states it, without id, system and files."""
        told = self.cleaned_data
        plain = ("snapshot", "deployed_as", "method", "more_capable", "handling")
        outcome = ("outcome", "outcome_by", "outcome_reason")
        given: dict[str, Any] = {name: told[name] for name in plain if told[name]}
        given |= {name: told[name] for name in outcome if told[name]}
        given["hazards"] = told["hazards"]
        if told["all_runs_listed"]:
            given["all_runs_listed"] = told["all_runs_listed"] == "yes"
        if told["scorer"] or told["fixed_on"] or told["value"] is not None:
            given["pass_rule"] = self._rule()
        if told["is_attested"]:
            names = ("run_by", *CRITERIA_ASKED, "access", "signed_by", "signed_on")
            given["attestation"] = {name: told[name] for name in names if told[name]}
        return given

    def _rule(self) -> dict[str, Any]:
        told = self.cleaned_data
        rule = {name: told[name] for name in ("scorer", "on", "fixed_on") if told[name]}
        if told["value"] is not None:
            rule[told["side"] or "at_least"] = told["value"]
        return rule


class NewAuditForm(AuditForm):
    """An audit that the round does not have yet."""

    audit_id = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        label="Its id",
        max_length=100,
        help_text="Letters, digits, dots, hyphens and underscores, such as power-2026-09.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Ask for at least one file."""
        super().__init__(*args, **kwargs)
        self.fields["logs"].required = True


class CorrectionForm(AuditForm):
    """What should stand in place of what stands."""

    n = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Ask why."""
        super().__init__(*args, **kwargs)
        self.fields["logs"].label = "More files"
        self.fields["reason"].label = "Why it is corrected"

    @staticmethod
    def begins_with(record: AuditRecord) -> dict[str, Any]:
        """What the form shows first.

        Args:
            record: What stands.
        """
        rule, attested = record.pass_rule, record.attestation
        listed = {True: "yes", False: "no", None: ""}[record.all_runs_listed]
        begins: dict[str, Any] = {
            **record.model_dump(
                include={
                    *("hazards", "snapshot", "deployed_as", "method", "more_capable"),
                    *("outcome", "outcome_by", "outcome_reason", "handling"),
                }
            ),
            "all_runs_listed": listed,
            "is_attested": attested is not None,
        }
        if rule is not None:
            below = rule.at_least is None
            begins |= {
                "scorer": rule.scorer,
                "side": "at_most" if below else "at_least",
                "value": rule.at_most if below else rule.at_least,
                "on": rule.on,
                "fixed_on": rule.fixed_on,
            }
        return begins | (attested.model_dump() if attested is not None else {})


class WithdrawForm(forms.Form):
    """Why an audit does not count any more."""

    n = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it is withdrawn", max_length=2000, widget=_words(2))


class AnswerForm(forms.Form):
    """An answer to a finding."""

    whose = forms.CharField(
        label="Whose answer it is",
        max_length=200,
        help_text="An organisation or an office, such as the developer.",
    )
    text = forms.CharField(label="The answer", max_length=10_000, widget=_words(4))


class ReaderForm(forms.Form):
    """One more reader of a file."""

    person = forms.TypedChoiceField(label="Who", coerce=int)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer the people who can be readers."""
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(each.pk, each.name) for each in people]
