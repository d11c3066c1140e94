"""Every address of the workbench, with an example of each."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

LEFT_ALONE = ("account", "mfa")
"""Addresses of signing in begin so, and are tested with it."""
EFFORTS = ("first", "second")
"""Addresses of an effort are walked for both: one reader has a conflict with the second."""


@dataclass(frozen=True)
class Address:
    """One address."""

    name: str
    url: str
    in_round: bool


def patterns(resolver, prefix="", before=()):
    """Every named pattern with its full name and the parts of its address."""
    for each in resolver.url_patterns:
        parts = (*before, *each.pattern.converters)
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from patterns(each, inner, parts)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{prefix}{each.name}", parts


def addresses(examples):
    """Every address with its examples filled in, in order of names.

    Args:
        examples: By part of an address; by an address's name, what differs there.

    Raises:
        KeyError: A part of an address has no example; give it one where the world is made.
    """
    found = {}
    for name, parts in patterns(get_resolver()):
        if name.split("_")[0] in LEFT_ALONE:
            continue
        for effort in EFFORTS if "effort_id" in parts else ("",):
            given = examples | examples.get(name, {})
            values = {part: given[part] for part in parts if part != "effort_id"}
            if effort:
                values["effort_id"] = effort
            told = f"{name} [{effort}]" if effort else name
            url = reverse(name, kwargs=values)
            found.setdefault(told, Address(told, url, "slug" in parts))
    return [found[name] for name in sorted(found)]
