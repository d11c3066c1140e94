"""Reads of kept audit files: who may open one, and whether they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Count, QuerySet

from custodes_workbench.access import Act, Role, Ruling, decide
from custodes_workbench.evidence.models import Audit, FileReader, KeptFile
from custodes_workbench.evidence.selectors.facts import facts_on
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_held
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader

_OFFICES = {Role.OFFICER, Role.LEAD_OFFICER, Role.AUDITOR, Role.REGULATOR}


def kept_files_of(audit: Audit) -> QuerySet[KeptFile]:
    """The files of an audit that are kept; only behind a ruling about the audit."""
    return KeptFile.objects.filter(audit=audit).prefetch_related("readers__key__person")


def file_readers(file: KeptFile) -> list[FileReader]:
    """Who can open a file now, by name; only behind a ruling."""
    rows = FileReader.objects.filter(file=file, key__retired_at=None).select_related("key__person")
    return list(rows.order_by("key__person__name", "pk"))


def may_open_file(reader: Reader, file: KeptFile) -> Ruling:
    """Whether somebody may open an audit file: its named readers alone."""
    facts = facts_on(reader, file.audit.round, file.audit.system_id)
    named = isinstance(reader, User) and any(
        each.key.person_id == reader.pk for each in file_readers(file)
    )
    if named:
        facts = replace(facts, roles=facts.roles | {Role.NAMED_READER})
    return decide(Act.OPEN_MARKED, facts)


def people_offered(reader: User, round_: Round, system_id: str) -> list[User]:
    """Whom somebody can name as a reader of an audit file: people with a key and no conflict.

    Who may not see the panel is offered offices and themselves: a list of everybody with a key
    would tell who judges.

    Args:
        reader: Who takes the audit in.
        round_: The round.
        system_id: The system that it is about.
    """
    people = User.objects.filter(reader_keys__retired_at=None, is_active=True)
    people = people.filter(reader_keys__isnull=False).distinct().order_by("name", "pk")
    sees_panel = bool(decide(Act.SEE_PANEL, facts_on(reader, round_, system_id)))
    return [
        each
        for each in people
        if each.pk == reader.pk or _can_read(each, round_, system_id, everybody=sees_panel)
    ]


def _can_read(person: User, round_: Round, system_id: str, *, everybody: bool) -> bool:
    person.held = roles_held(person)
    facts = facts_on(person, round_, system_id)
    in_office = bool(facts.roles & _OFFICES)
    return bool(decide(Act.SEE_EVIDENCE, facts)) and (everybody or in_office)


def broken_files() -> Iterator[str]:
    """Kept files of which a piece is missing, or that nobody can open."""
    rows = KeptFile.objects.annotate(
        pieces=Count("parts", distinct=True), named=Count("readers", distinct=True)
    ).select_related("audit__round")
    for file in rows:
        name = f"{file.audit.history_name}, {file.path}"
        if not file.pieces:
            yield f"{name}: nothing of it is kept"
        if not file.named:
            yield f"{name}: nobody can open it"
