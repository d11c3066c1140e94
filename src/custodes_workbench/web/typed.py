"""What somebody typed into a form that was not taken, to be given back to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

_UNSEEN = ("version", "act", "asked", "next", "post_key")
"""Fields that nobody types."""
_NEVER_BACK = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were sent, by name; without passwords and files."""

    hidden: tuple[tuple[str, str], ...]
    """Those that nobody types."""
    shown: tuple[tuple[str, str], ...]
    """Those that somebody typed or chose."""
    has_files: bool
    """Whether files were sent, which have to be chosen again."""


def typed_in(request: HttpRequest) -> Typed:
    """What was typed into the form that a request sent.

    Args:
        request: A post.
    """
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in _NEVER_BACK and "password" not in name
        for value in values
    ]
    return Typed(
        hidden=tuple(each for each in fields if each[0] in _UNSEEN),
        shown=tuple(each for each in fields if each[0] not in _UNSEEN),
        has_files=bool(request.FILES),
    )
