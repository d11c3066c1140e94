"""Forms of an import: the file, and which of their columns is which of ours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from custodes.exchange import ColumnMap, EffortsImport, Guess, Taken
from custodes_workbench.efforts.records import Mapping, types_taken

MOST_MEGABYTES = 8
"""A file that is sent may be so large; ten thousand efforts need a quarter of it."""
OURS = (
    "id",
    "title",
    "description",
    "applicant",
    "kind",
    "cost",
    "currency",
    "start",
    "hazards",
    "target_system",
    "definition_of_alignment",
    "scales_to_future",
    "principal",
    "dual_use",
    "explanation",
    "source",
)
"""Our columns that the page offers; the command line maps the others too."""


class FileForm(forms.Form):
    """A file of efforts."""

    file = forms.FileField(
        label="File",
        help_text=f"CSV, XLSX or JSON, at most {MOST_MEGABYTES} MB, with one effort a row.",
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large or of another type, before it is read."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            msg = f"it is larger than {MOST_MEGABYTES} MB; send only the sheet that matters"
            raise forms.ValidationError(msg)
        if not types_taken(str(sent.name)):
            msg = "its name does not end in .csv, .tsv, .xlsx or .json"
            raise forms.ValidationError(msg)
        return sent


def safe_name(name: str) -> str:
    """A file's name as it can be kept: no folder, no sign that a file system knows.

    >>> safe_name("../a b/c:d.csv")
    'c_d.csv'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in last)
    return plain.strip(". ")[-150:] or "file.csv"


class ColumnsForm(forms.Form):
    """Which of their columns each of ours is taken from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        mapping: Mapping,
        data: QueryDict | None = None,
        *,
        version: int = 0,
    ) -> None:
        super().__init__(data, initial={"version": version})
        table, columns = mapping.table, mapping.columns
        self._before = columns
        theirs = [("", "nothing"), *((name, name) for name in table.header)]
        for ours in OURS:
            taken = columns.columns.get(ours)
            choices = list(theirs)
            if (taken and len(taken.columns) != 1) or (taken and taken.first_words_of):
                choices.insert(1, (_KEEP, f"as guessed: {_told(taken)}"))
            self.fields[f"column_{ours}"] = forms.ChoiceField(
                label=ours.replace("_", " ").capitalize(),
                help_text=_why(mapping.guesses.get(ours)) if taken else "",
                choices=choices,
                required=False,
                initial=_chosen(taken),
            )
        self.fields["currency"] = forms.CharField(
            label="Currency of every row that states none",
            help_text="Three letters, as GBP. It is never guessed.",
            required=False,
            max_length=3,
            initial=columns.fixed.get("currency", ""),
        )
        self.fields["dates"] = forms.ChoiceField(
            label="A date such as 03/04/2026 is",
            choices=[("", "refused"), ("day first", "3 April"), ("month first", "4 March")],
            required=False,
            initial=columns.dates or "",
        )
        if len(table.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label="Sheet",
                choices=[(name, name) for name in table.sheets],
                initial=columns.sheet or table.sheet,
            )

    def as_map(self) -> ColumnMap:
        """The map that was chosen; a column that was combined stays as it was guessed."""
        told, before = self.cleaned_data, self._before
        chosen = {
            ours: before.columns[ours] if name == _KEEP else Taken(first_filled=(name,))
            for ours in OURS
            if (name := told[f"column_{ours}"])
        }
        others = {ours: taken for ours, taken in before.columns.items() if ours not in OURS}
        fixed = {key: value for key, value in before.fixed.items() if key != "currency"}
        if told["currency"]:
            fixed["currency"] = told["currency"].upper()
        return before.model_copy(
            update={
                "columns": chosen | others,
                "fixed": fixed,
                "dates": told["dates"] or None,
                "sheet": told.get("sheet") or before.sheet,
            }
        )


def _why(guess: Guess | None) -> str:
    if guess is None:
        return ""
    sample = f"{guess.sample[:80]}..." if len(guess.sample) > 80 else guess.sample  # noqa: PLR2004 (a line)
    return f"{guess.sure}; for example: {sample}" if sample else guess.sure


_KEEP = "\x1fas guessed"


def _chosen(taken: Taken | None) -> str:
    if taken is None:
        return ""
    return _KEEP if taken.first_words_of or len(taken.columns) != 1 else taken.columns[0]


def _told(taken: Taken) -> str:
    if taken.first_words_of:
        return f"the first words of {taken.first_words_of}"
    return (" and " if taken.join else ", else ").join(taken.columns)


class RunForm(forms.Form):
    """Whether refused rows are left out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(
        label="Leave the refused rows out",
        help_text="They are not kept; take them as a file first.",
        required=False,
    )

    def __init__(
        self, data: QueryDict | None = None, *, read: EffortsImport | None, version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        if read is not None and not read.refused:
            del self.fields["leave_out"]
