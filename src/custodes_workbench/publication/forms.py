"""Forms of public critique."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from custodes_workbench.publication.selectors import PublicPage

MOST_LETTERS = 20_000
"""Letters of a critique or an answer."""


class FileForm(forms.Form):
    """A critique, without an account."""

    about = forms.ChoiceField(label="What you criticise")
    text = forms.CharField(
        label="Your critique",
        max_length=MOST_LETTERS,
        help_text="It is published as you write it, with the answer. Leave out what could help "
        "misuse, and facts about private persons.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    by = forms.CharField(
        label="Your name, as it should stand in public",
        required=False,
        max_length=200,
        help_text="Left empty, the critique is published without a name.",
    )
    mail = forms.EmailField(
        label="Your mail address",
        help_text="One mail goes to it, with a link that confirms the critique. It is not kept.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's signature)
        pages: Sequence[PublicPage],
        unnamed: bool,
        **kwargs: Any,  # noqa: ANN401 (Django's signature)
    ) -> None:
        """Offer what is public; an address is needed unless the institution says otherwise."""
        super().__init__(*args, **kwargs)
        self._pages = {each.key: each for each in pages}
        about = self.fields["about"]
        if isinstance(about, forms.ChoiceField):
            about.choices = [(each.key, each.title) for each in pages]
        if unnamed:
            self.fields["mail"].required = False
            self.fields["mail"].label = "Your mail address, if you like"

    def page(self) -> PublicPage:
        """The page that was chosen, once the form is clean."""
        return self._pages[self.cleaned_data["about"]]


class AnswerForm(forms.Form):
    """An answer in public."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label="The critique is",
        choices=[
            ("answered", "answered: it is explained"),
            ("upheld", "upheld: something is corrected"),
            ("rejected", "rejected: it does not stand, for the reason below"),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="The answer, as the public reads it",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WithholdForm(forms.Form):
    """Why a text is not shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why its text is withheld, as the public reads it",
        max_length=2000,
        help_text="The critique stays in the list, with this reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
