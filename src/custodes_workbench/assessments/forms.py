"""Forms of computing: a choice with its limits, and the reason for proposing one."""

from __future__ import annotations

from typing import Any

from django import forms

from custodes.rounds import RoundSettings
from custodes_workbench.web.files import UploadedRound

_FIX = "fix-"
_FREE_IN_OUT = [("", "free"), ("in", "in"), ("out", "out")]


class ChoiceForm(forms.Form):
    """What a choice is asked, beyond the round's own settings."""

    budget = forms.FloatField(
        label="Budget", min_value=0.01, required=False, help_text="Empty: the round's."
    )
    cap_p_raises_risk = forms.FloatField(
        label="An effort may raise risk in at most this share of worlds",
        min_value=0,
        max_value=1,
        required=False,
        help_text="From 0 to 1. Empty: the round's limit.",
    )
    cvar_level = forms.FloatField(
        label="Limit the worst worlds: level",
        min_value=0.5,
        max_value=0.999,
        required=False,
        help_text="0.95 looks at the worst 5 in 100 worlds. Empty: no such limit.",
    )
    cvar_limit = forms.FloatField(
        label="Limit the worst worlds: the mean change in risk there, at most",
        required=False,
        help_text="0 means that even the worst worlds are no riskier on average.",
    )
    reason = forms.CharField(
        label="Why these are taken in or left out",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, efforts: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Offer every effort of the round, to be taken in or left out."""
        super().__init__(*args, **kwargs)
        for id_, title in efforts:
            self.fields[f"{_FIX}{id_}"] = forms.ChoiceField(
                label=title, choices=_FREE_IN_OUT, required=False
            )

    @property
    def fixes(self) -> list[forms.BoundField]:
        """One field an effort: free, in or out."""
        return [self[name] for name in self.fields if name.startswith(_FIX)]

    @property
    def limits(self) -> list[forms.BoundField]:
        """The other fields, but for the reason."""
        names = (name for name in self.fields if not name.startswith(_FIX) and name != "reason")
        return [self[name] for name in names]

    @property
    def is_fixed(self) -> bool:
        """Whether something was taken in or left out, or a reason typed."""
        return any(field.value() for field in (*self.fixes, self["reason"]))

    def clean(self) -> dict[str, Any]:
        """A reason where an effort is taken in or left out, a level where there is a limit."""
        told = super().clean() or {}
        fixed = any(value for name, value in told.items() if name.startswith(_FIX))
        if fixed and not told.get("reason", "").strip():
            self.add_error("reason", "Say why; it is shown with the choice.")
        if told.get("cvar_limit") is not None and told.get("cvar_level") is None:
            self.add_error("cvar_level", "Give the level too, such as 0.95.")
        return told

    def options(self, settings: RoundSettings) -> dict[str, Any]:
        """What differs from the round's settings, as a run keeps it."""
        told = self.cleaned_data
        names = ("budget", "cap_p_raises_risk", "cvar_level", "cvar_limit")
        asked = {name: told[name] for name in names if told.get(name) is not None}
        if asked.get("budget") == settings.budget:
            del asked["budget"]
        fixed = [
            {
                "kind": "fixed",
                "effort": name.removeprefix(_FIX),
                "chosen": value == "in",
                "reason": told["reason"].strip(),
            }
            for name, value in told.items()
            if name.startswith(_FIX) and value
        ]
        return {**asked, **({"fixed": fixed} if fixed else {})}


class ProposeForm(forms.Form):
    """Why a choice is proposed."""

    reason = forms.CharField(label="Why this choice", widget=forms.Textarea(attrs={"rows": 3}))


class FolderForm(forms.Form):
    """A round's folder as one zip file."""

    folder = forms.FileField(
        label="The folder, packed as one .zip file",
        help_text="With round.toml and efforts.csv in it, as `custodes new` writes them.",
    )

    def uploaded(self) -> UploadedRound:
        """The folder that was sent."""
        return UploadedRound(self.cleaned_data["folder"])
