"""What the rules for conflicts of interest know of people and efforts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from custodes.judgements import KnownEffort, KnownPerson
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.people.models import User


def known_person(person: User, *, ties: Iterable[str] = ()) -> KnownPerson:
    """A person, with organisations and people that they say they have a tie with."""
    return KnownPerson(
        name=person.name,
        mail=person.email or "",
        organisations=(*person.affiliations.splitlines(), *ties),
    )


def known_effort(effort: Effort) -> KnownEffort:
    """An effort, with everything that its application says."""
    record = effort_record(effort)
    applicant = effort.applicant
    theirs = applicant.affiliations.splitlines() if applicant else []
    named = (record.applicant, record.fiscal_sponsor, *record.recipients, *theirs)
    explained = " ".join(_texts(effort.revision.explanation))
    return KnownEffort(
        effort=effort.effort_id,
        mails=(applicant.email,) if applicant and applicant.email else (),
        organisations=tuple(dict.fromkeys(each for each in named if each.strip())),
        text=" | ".join([record.title, record.description, record.explanation, *named, explained]),
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
