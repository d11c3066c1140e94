"""Reads of public critique: what can be criticised, what was, and what waits for an answer."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from custodes.decisions import FollowUp
from custodes_workbench.access import Act, Facts, Role, decide
from custodes_workbench.decisions.beside import Beside
from custodes_workbench.decisions.models import Publication
from custodes_workbench.decisions.selectors import decisions_visible_to, folder_of, published
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import the_institution
from custodes_workbench.publication.models import Correction, Critique
from custodes_workbench.publication.records import critique_record
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import (
    Reader,
    facts_of,
    newest_approach,
    rounds_visible_to,
)
from custodes_workbench.web.waiting import Waiting

_PUBLIC = AnonymousUser()
APPROACH = "approach"
"""The page that belongs to no round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A public page that can be criticised, in the version that stands now."""

    page: str
    """As `critiques.csv` names it."""
    title: str
    """As a person calls it."""
    version: str
    """The version that stands now."""
    round: Round | None = None
    """The round that it is about; none for the approach."""

    @property
    def key(self) -> str:
        """What names it among the pages of every round."""
        return f"{self.round.slug}/{self.page}" if self.round else self.page


def public_pages() -> list[PublicPage]:
    """Every page that the public can criticise now: the approach, efforts, decisions, systems."""
    newest = newest_approach()
    found = []
    if newest is not None:
        title = f"how the institution decides (version {newest.n})"
        found.append(PublicPage(page=APPROACH, title=title, version=str(newest.n)))
    for round_ in rounds_visible_to(_PUBLIC):
        publication = published(round_.slug)
        if publication is not None and round_.is_public:
            found += _pages_of(round_, str(publication.n))
    return found


def _pages_of(round_: Round, version: str) -> Iterator[PublicPage]:
    for effort in efforts_visible_to(_PUBLIC, round_):
        title = f"effort “{effort.title}” in {round_.title}"
        page = f"effort:{effort.effort_id}"
        yield PublicPage(page=page, title=title, version=version, round=round_)
    for decision in decisions_visible_to(_PUBLIC, round_):
        title = f"decision on “{decision.effort.title}” in {round_.title}"
        page = f"decision:{decision.effort.effort_id}"
        yield PublicPage(page=page, title=title, version=version, round=round_)
    for system in round_.systems:
        title = f"system “{system['title']}” in {round_.title}"
        page = f"system:{system['id']}"
        yield PublicPage(page=page, title=title, version=version, round=round_)


def version_now(critique: Critique) -> str:
    """The version in which the page of a critique stands now."""
    if critique.round is None:
        newest = newest_approach()
        return str(newest.n) if newest else critique.page_version
    publication = published(critique.round.slug)
    return str(publication.n) if publication else critique.page_version


def may_criticise_unnamed() -> bool:
    """Whether critique needs no mail address."""
    institution = the_institution()
    return institution is not None and institution.anonymous_critique


def public_critiques() -> QuerySet[Critique]:
    """Every confirmed critique: those that wait first, the oldest at the top."""
    order = Case(When(status="received", then=Value(0)), default=Value(1))
    rows = Critique.objects.filter(confirmed_at__isnull=False).select_related("round")
    return rows.prefetch_related("steps", "round__stages").order_by(order, "confirmed_at", "pk")


def effort_of(critique: Critique) -> Effort | None:
    """The effort that a critique is about; none where it is about something else."""
    if critique.round is None or not critique.page.startswith(("effort:", "decision:")):
        return None
    rows = Effort.objects.select_related("round").filter(round=critique.round)
    return rows.filter(effort_id=critique.subject).first()


def facts_on(reader: Reader, critique: Critique) -> Facts:
    """What a ruling about a critique is made from."""
    effort = effort_of(critique)
    if effort is not None:
        return facts_about(reader, effort)
    if critique.round is not None:
        return facts_of(reader, critique.round)
    return reader.facts if isinstance(reader, User) else Facts(roles=frozenset({Role.PUBLIC}))


def critiques_that_wait(person: User) -> list[Waiting]:
    """The critiques that a person may answer, with the day since which they wait."""
    found = []
    for each in public_critiques().filter(status="received"):
        if decide(Act.ANSWER_CRITIQUE, facts_on(person, each)):
            since = timezone.localtime(each.confirmed_at)
            text = (
                f"Answer critique {each.critique_id} of {each.page}, here since {since:%-d %B %Y}"
            )
            title = each.round.title if each.round else ""
            found.append(Waiting(text=text, url=each.get_absolute_url(), round=title))
    return found


def withheld_from(publication: Publication) -> list[str]:
    """What a site that is ready leaves out, in the sentences that it tells the public.

    Args:
        publication: Which; only behind a ruling.
    """
    with zipfile.ZipFile(folder_of(publication) / "recompute.zip") as archive:
        return archive.read("recompute/WITHHELD.txt").decode().splitlines()


def beside_site(round_: Round) -> Beside:
    """What of public critique goes beside the public site of a round.

    Args:
        round_: The round.
    """
    rows = [each for each in public_critiques() if each.round in (round_, None)]
    corrections: dict[str, list[FollowUp]] = {}
    for each in Correction.objects.filter(effort__round=round_).select_related("effort"):
        step = FollowUp(on=each.at.date(), kind="correction", text=each.text)
        corrections.setdefault(each.effort.effort_id, []).append(step)
    return Beside(
        critiques=tuple(critique_record(each) for each in rows),
        corrections={name: tuple(steps) for name, steps in corrections.items()},
    )
