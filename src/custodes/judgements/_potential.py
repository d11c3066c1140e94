"""Conflicts of interest that names, organisations, mail addresses and ties suggest.

A finding is a question to a person, not an answer: it keeps somebody out until it is decided.
Every path asks this one function, so that no rule is written twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from custodes.judgements._conflict import ConflictType
from custodes.judgements._organisations import (
    FREE_MAIL,
    OrganisationNames,
    Strength,
    first_of,
    mail_domain,
    names_somebody,
    same_domain,
    words_of,
)
from custodes.records import Record

YEARS_AFTER = 3
"""How long employment and writing together stand between two after they ended, in years.

Source: `same organisation, employed within 3 years, co-author within 3 years` of the usual
conflict rules of research funders.
"""
NEVER_ENDS: tuple[str, ...] = ("advisor_or_student",)
"""Ties that count however long ago they ended."""
_AFTER: dict[str, ConflictType] = {
    "employer": "employed_within_3_years",
    "same_organisation": "employed_within_3_years",
    "employed_within_3_years": "employed_within_3_years",
    "coauthor_within_3_years": "coauthor_within_3_years",
}
"""Ties that count for some years after their end, and what they are then."""


class KnownTie(Record):
    """A tie that a person declared: with whom, of which sort, from when to when."""

    type: ConflictType
    """Of which sort."""
    with_: str
    """An organisation or a person, by name."""
    to: dt.date | None = None
    """Until when; empty is still."""

    def counts_as(self, on: dt.date | None) -> ConflictType | None:
        """What it is on a day; none where it is over for good.

        Args:
            on: The day; without one every tie counts as it was declared.
        """
        if on is None or self.to is None or self.to >= on or self.type in NEVER_ENDS:
            return self.type
        return _AFTER.get(self.type) if on <= _years_later(self.to, YEARS_AFTER) else None


class KnownPerson(Record):
    """What is known of somebody who might judge."""

    name: str
    """Their name."""
    aliases: tuple[str, ...] = ()
    """Other names they write or wrote under."""
    mail: str = ""
    """Their mail address."""
    organisations: tuple[str, ...] = ()
    """Where they work or worked, and with whom they have a tie of an unknown sort."""
    ties: tuple[KnownTie, ...] = ()
    """What they declared: employers, co-authors, collaborators, advisors, funders, family."""
    applied_for: tuple[str, ...] = ()
    """Efforts of this round for which they applied, by id."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, each once."""
        return first_of((self.name, *self.aliases))


class UnwantedJudge(Record):
    """Somebody of whom an applicant says that they should not judge."""

    name: str
    """Their name."""
    type: ConflictType
    """Why, as a sort of conflict."""


class KnownEffort(Record):
    """What is known of an effort and of who applied."""

    effort: str
    """Its id."""
    people: tuple[str, ...] = ()
    """Who applied or would do it, by name."""
    mails: tuple[str, ...] = ()
    """Addresses of who applied."""
    organisations: tuple[str, ...] = ()
    """Who would do it, who would receive the money, where the applicant works."""
    text: str = ""
    """Everything that the application says."""
    unwanted: tuple[UnwantedJudge, ...] = ()
    """Who should not judge it, says the applicant."""


class PotentialConflict(Record):
    """One thing that was found."""

    effort: str
    """With which effort."""
    type: ConflictType
    """Of which sort."""
    rule: str
    """Which rule found it."""
    evidence: str
    """What it was found in."""
    strength: Strength
    """`hard` where a fact says so, `soft` where it may be so."""


def potential_conflicts(
    person: KnownPerson,
    efforts: Iterable[KnownEffort],
    *,
    organisations: OrganisationNames | None = None,
    on: dt.date | None = None,
) -> tuple[PotentialConflict, ...]:
    """Everything that may stand between a person and efforts, in the order of the efforts.

    Args:
        person: Who might judge, rule or decide.
        efforts: What they might judge.
        organisations: The alias table; names are compared as they are without one.
        on: The day on which ties are looked at; every declared tie counts without one.
    """
    table = organisations or OrganisationNames()
    return tuple(
        found
        for effort in efforts
        for found in dict.fromkeys(
            (
                *_by_application(person, effort),
                *_by_mail(person, effort, table),
                *_by_organisation(person, effort, table),
                *_by_name(person, effort),
                *_by_tie(person, effort, table, on),
                *_by_applicant(person, effort),
            )
        )
    )


def _by_application(person: KnownPerson, effort: KnownEffort) -> Iterator[PotentialConflict]:
    """Whoever applied in this round stands to their own effort, and competes with the others."""
    if effort.effort in person.applied_for:
        yield _found(effort, "professional", "applied for it", effort.effort, "hard")
    elif person.applied_for:
        told = ", ".join(person.applied_for)
        yield _found(effort, "competitor", "applied in this round", told, "hard")


def _by_mail(
    person: KnownPerson, effort: KnownEffort, table: OrganisationNames
) -> Iterator[PotentialConflict]:
    own = mail_domain(person.mail)
    for other in dict.fromkeys(mail_domain(mail) for mail in effort.mails):
        if same_domain(own, other):
            yield _found(effort, "same_organisation", "mail domain", f"{own} and {other}", "hard")
    rows = table.of_domain(own)
    for named in effort.organisations:
        if any(row.is_named(named) for row in rows):
            told = f"{own} and {named.strip()}"
            yield _found(effort, "same_organisation", "mail domain", told, "hard")
    for other in dict.fromkeys(mail_domain(mail) for mail in effort.mails):
        rows = table.of_domain(other)
        shares_row = any(row.owns(own) for row in rows) if own and own not in FREE_MAIL else False
        if shares_row and not same_domain(own, other):
            yield _found(effort, "same_organisation", "mail domain", f"{own} and {other}", "hard")
        for theirs in person.organisations:
            if any(row.is_named(theirs) for row in rows):
                told = f"{theirs.strip()} and {other}"
                yield _found(effort, "same_organisation", "mail domain", told, "hard")


def _by_organisation(
    person: KnownPerson, effort: KnownEffort, table: OrganisationNames
) -> Iterator[PotentialConflict]:
    for theirs in person.organisations:
        for named in effort.organisations:
            strength = table.same(theirs, named)
            if strength:
                told = f"{theirs.strip()} and {named.strip()}"
                yield _found(effort, "same_organisation", "organisation", told, strength)


def _by_name(person: KnownPerson, effort: KnownEffort) -> Iterator[PotentialConflict]:
    for name in person.names:
        if _is_one_of(name, effort.people):
            yield _found(effort, "professional", "named as who applied", name, "hard")
        elif names_somebody(effort.text, name):
            yield _found(effort, "collaborator", "named in the application", name, "soft")


def _by_tie(
    person: KnownPerson, effort: KnownEffort, table: OrganisationNames, on: dt.date | None
) -> Iterator[PotentialConflict]:
    for tie in person.ties:
        type_ = tie.counts_as(on)
        if type_ is None or type_ == "none":
            continue
        strengths = [table.same(tie.with_, named) for named in effort.organisations]
        if _is_one_of(tie.with_, effort.people) or "hard" in strengths:
            yield _found(effort, type_, "declared tie", tie.with_.strip(), "hard")
        elif "soft" in strengths or names_somebody(effort.text, tie.with_):
            yield _found(effort, type_, "declared tie", tie.with_.strip(), "soft")


def _by_applicant(person: KnownPerson, effort: KnownEffort) -> Iterator[PotentialConflict]:
    for each in effort.unwanted:
        if _is_one_of(each.name, person.names):
            yield _found(effort, each.type, "named by the applicant", each.name.strip(), "soft")


def _is_one_of(name: str, names: Iterable[str]) -> bool:
    wanted = words_of(name)
    return bool(wanted) and any(wanted == words_of(each) for each in names)


def _found(
    effort: KnownEffort, type_: ConflictType, rule: str, evidence: str, strength: Strength
) -> PotentialConflict:
    return PotentialConflict(
        effort=effort.effort, type=type_, rule=rule, evidence=evidence, strength=strength
    )


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
