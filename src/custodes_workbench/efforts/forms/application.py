"""The form of an application, made of the questions that the explanation asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from custodes_workbench.efforts.records import (
    FORM,
    ONCE,
    PROBLEMS_ASKED,
    Asked,
    FormFault,
    fields_of_claim,
)

_A_SENTENCE = 20
"""Words from which a limit is told; a cost or a date has its form told instead."""
_LINE = 1
"""Rows of a field that is one line."""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together."""

    name: str
    title: str
    text: str
    fields: tuple[forms.BoundField, ...]
    claim: str = ""
    """The claim's id, where it is one."""


class ApplicationForm(forms.Form):
    """Every question of an application; what is wrong is found by the records."""

    def __init__(
        self,
        claims: Sequence[str],
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        is_revision: bool = False,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.claims = tuple(claims)
        self._add(FORM)
        for claim in claims:
            self._add(fields_of_claim(claim))
        self._add(ONCE)
        for _, asked in PROBLEMS_ASKED:
            self._add(asked)
        if is_revision:
            self._add((CHANGED,))

    def _add(self, questions: Iterable[Asked]) -> None:
        for asked in questions:
            self.fields[asked.name] = _field(asked)

    def tell(self, faults: Iterable[FormFault]) -> None:
        """Put every fault beside its field.

        Args:
            faults: What the records found.
        """
        self.full_clean()
        for fault in faults:
            if fault.field in self.fields:
                within, _, _ = fault.label.rpartition(": ")
                told = f"{fault.message} ({within})" if within else fault.message
                self.add_error(fault.field, told)
            else:
                self.add_error(None, f"{fault.label}: {fault.message}")

    @property
    def of_effort(self) -> tuple[forms.BoundField, ...]:
        """The questions about the effort."""
        return tuple(self[asked.name] for asked in FORM)

    @property
    def of_claims(self) -> tuple[Section, ...]:
        """The questions claim by claim."""
        return tuple(
            Section(
                f"claim-{claim}",
                f"Claim {claim}",
                "",
                tuple(self[asked.name] for asked in fields_of_claim(claim)),
                claim,
            )
            for claim in self.claims
        )

    @property
    def once(self) -> tuple[forms.BoundField, ...]:
        """What is asked once."""
        return tuple(self[asked.name] for asked in ONCE)

    @property
    def of_problems(self) -> tuple[Section, ...]:
        """The questions problem by problem."""
        return tuple(
            Section(
                f"problem-{problem.name}",
                problem.title,
                f"{problem.statement} (paper pp. {problem.page})",
                tuple(self[each.name] for each in asked),
            )
            for problem, asked in PROBLEMS_ASKED
        )

    @property
    def changed(self) -> forms.BoundField | None:
        """The question that only a revision is asked."""
        return self[CHANGED.name] if CHANGED.name in self.fields else None


CHANGED = Asked(
    "what_changed", "What changed, and why?", "Officers and the panel read it.", 150, 3
)
"""What is asked about a revision."""


def _field(asked: Asked) -> forms.Field:
    told = asked.hint
    if asked.words >= _A_SENTENCE:
        told = f"{told} At most {asked.words} words.".strip()
    if asked.name == "applicant":
        told = f"{told} Read by: {asked.readers}."
    label = asked.label if asked.required else f"{asked.label} (optional)"
    if asked.choices:
        return forms.ChoiceField(
            label=label, help_text=told, choices=asked.choices, required=False
        )
    widget: forms.Widget = (
        forms.TextInput() if asked.rows == _LINE else forms.Textarea(attrs={"rows": asked.rows})
    )
    return forms.CharField(label=label, help_text=told, widget=widget, required=False)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why do you withdraw it?",
        help_text="Officers read it, and it stays in the history.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
