"""What the rules for conflicts of interest know of people and efforts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from custodes.judgements import (
    KnownEffort,
    KnownPerson,
    KnownTie,
    OrganisationNames,
    UnwantedJudge,
)
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.judgements.models import Interest
from custodes_workbench.people.models import Institution, User


def known_person(
    person: User, *, interests: Iterable[Interest] = (), applied_for: tuple[str, ...] = ()
) -> KnownPerson:
    """A person, with what they declared and the efforts of the round that they applied for."""
    return KnownPerson(
        name=person.name,
        aliases=tuple(person.aliases.splitlines()),
        mail=person.email or "",
        organisations=tuple(person.affiliations.splitlines()),
        ties=tuple(
            KnownTie.model_validate({"type": each.type, "with_": each.with_whom, "to": each.until})
            for each in interests
        ),
        applied_for=applied_for,
    )


def known_organisations(institution: Institution) -> OrganisationNames:
    """The institution's table of names that are one organisation's."""
    return OrganisationNames.from_lines(institution.organisations)


def known_effort(effort: Effort) -> KnownEffort:
    """An effort, with everything that its application says."""
    record = effort_record(effort)
    applicant = effort.applicant
    theirs = applicant.affiliations.splitlines() if applicant else []
    named = (record.applicant, record.fiscal_sponsor, *record.recipients, *theirs)
    people = (applicant.name, *applicant.aliases.splitlines()) if applicant else ()
    explained = " ".join(_texts(effort.revision.explanation))
    return KnownEffort(
        effort=effort.effort_id,
        people=tuple(each for each in (*people, record.applicant) if each.strip()),
        mails=(applicant.email,) if applicant and applicant.email else (),
        organisations=tuple(dict.fromkeys(each for each in named if each.strip())),
        text=" | ".join([record.title, record.description, record.explanation, *named, explained]),
        unwanted=tuple(
            UnwantedJudge.model_validate({"name": each.name, "type": each.type})
            for each in effort.unwanted.all()
            if each.taken_back_at is None
        ),
    )


def topics_of(effort: Effort) -> tuple[str, ...]:
    """What an effort is about, in the words that experts name their fields by."""
    record = effort_record(effort)
    return (record.kind, *record.hazards)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
