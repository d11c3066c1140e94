"""The site's feed: what was decided, published, criticised and corrected, the newest first.

Source of the format: RFC 4287 (Atom).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from custodes.decisions import ApproachVersion, Critique, Decision
from custodes.reports._decision_pages import OUTCOMES_TOLD
from custodes.reports._edition import Edition

FEED = "feed.atom"
"""Its name in the site."""
_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_IDS = uuid.UUID("1b8c2c0e-2f55-5d59-9d0c-0d5f7f3a6c11")
"""Names our entries; without it two programs could give one name to two things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    what: str
    """What it is, as `decision` and what names it."""
    title: str
    """In one line."""
    day: dt.date
    """When."""
    page: str
    """The page of the site that tells it."""
    text: str
    """What it says."""


def feed_of(
    edition: Edition,
    decisions: Sequence[Decision],
    approach: Sequence[ApproachVersion],
    critiques: Sequence[Critique],
) -> bytes | None:
    """The feed as Atom; none where nothing has happened yet.

    Args:
        edition: What is published.
        decisions: Released decisions about published efforts.
        approach: Published versions of the approach.
        critiques: Public critique.
    """
    entries = sorted(
        (
            *_of_decisions(edition, decisions),
            *_of_approach(approach),
            *_of_critiques(critiques),
        ),
        key=lambda each: (each.day, each.what),
        reverse=True,
    )
    if not entries:
        return None
    ET.register_namespace("", _ATOM)
    settings = edition.settings
    name = f"{settings.institution}/{settings.title}"
    feed = ET.Element(_tag("feed"))
    if settings.publication.address:
        feed.set(f"{{{_XML}}}base", settings.publication.address)
    _add(feed, "id", _name(name, "feed"))
    _add(feed, "title", f"{settings.title}, {settings.institution}")
    _add(feed, "updated", _moment(entries[0].day))
    _add(ET.SubElement(feed, _tag("author")), "name", settings.institution)
    ET.SubElement(feed, _tag("link"), rel="self", type="application/atom+xml", href=FEED)
    ET.SubElement(feed, _tag("link"), rel="alternate", type="text/html", href="index.html")
    for each in entries:
        entry = ET.SubElement(feed, _tag("entry"))
        _add(entry, "id", _name(name, each.what))
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.day))
        ET.SubElement(entry, _tag("link"), rel="alternate", type="text/html", href=each.page)
        _add(entry, "summary", each.text)
    ET.indent(feed)
    told: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _of_decisions(edition: Edition, decisions: Sequence[Decision]) -> Iterator[Entry]:
    titles = {each.id: each.title for each in edition.record.efforts}
    for each in decisions:
        page = f"decisions.html#decision-{each.effort}"
        if each.released_on:
            yield Entry(
                what=f"decision {each.effort}",
                title=f"Decision: {titles[each.effort]} is {OUTCOMES_TOLD[each.outcome]}",
                day=each.released_on,
                page=page,
                text=each.reasons,
            )
        for number, step in enumerate(each.follow_up, start=1):
            yield Entry(
                what=f"decision {each.effort} {number}",
                title=f"Since the decision: {titles[each.effort]} ({step.kind})",
                day=step.on,
                page=page,
                text=step.text,
            )


def _of_approach(approach: Sequence[ApproachVersion]) -> Iterator[Entry]:
    for each in approach:
        yield Entry(
            what=f"approach {each.n}",
            title=f"The approach, version {each.n}",
            day=each.published_on,
            page=f"approach.html#version-{each.n}",
            text=f"Version {each.n} of how the institution decides is published.",
        )


def _of_critiques(critiques: Sequence[Critique]) -> Iterator[Entry]:
    for each in critiques:
        page = f"critiques.html#critique-{each.id}"
        told = f"Withheld: {each.withheld}" if each.withheld else each.text
        yield Entry(
            what=f"critique {each.id}",
            title=f"Critique of {each.page}, version {each.version}",
            day=each.at,
            page=page,
            text=told,
        )
        if each.answered_at:
            yield Entry(
                what=f"critique {each.id} {each.status}",
                title=f"Critique of {each.page} is {each.status}",
                day=each.answered_at,
                page=page,
                text=each.answer,
            )


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _add(parent: ET.Element, name: str, text: str) -> None:
    # what XML cannot hold cannot be told in it
    ET.SubElement(parent, _tag(name)).text = "".join(
        each
        if each in "\t\n\r"
        or " " <= each < "\ud800"
        or "\ue000" <= each < "\ufffe"
        or each >= "\U00010000"
        else "\ufffd"
        for each in text
    )


def _name(round_: str, what: str) -> str:
    return uuid.uuid5(_IDS, f"{round_}/{what}").urn


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
