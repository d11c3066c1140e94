"""Reads of screening: what waits for a decision, and what speaks about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from custodes.exchange import likely_duplicates, traces_of
from custodes_workbench.access import Act, Relation, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record, explanation_of
from custodes_workbench.efforts.selectors.efforts import efforts_visible_to, relations_in
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import facts_of


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an officer should know before they decide."""

    what: str
    """`kind`, `not complete`, `duplicate`, `linked`, `currency`, `dual use`."""
    text: str


def applications_to_screen(reader: User, round_: Round) -> QuerySet[Effort]:
    """What an officer may screen now: everything that was sent in, without their conflicts.

    Args:
        reader: The officer.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    rows = efforts_visible_to(reader, round_).exclude(state=Effort.State.WITHDRAWN)
    may = [
        pk
        for pk in rows.values_list("pk", flat=True)
        if decide(
            Act.SCREEN_EFFORT,
            facts_of(reader, round_, relation=relations.get(pk, Relation.STRANGER)),
        )
    ]
    return rows.filter(pk__in=may)


def version_now(effort: Effort) -> int:
    """At which version an effort stands, whoever changed it last.

    Args:
        effort: An effort that the reader may screen.
    """
    return Effort.objects.values_list("version", flat=True).get(pk=effort.pk)


def findings_about(reader: User, round_: Round) -> dict[int, list[Finding]]:
    """What speaks about each effort that an officer may screen, by the effort's key.

    Args:
        reader: The officer.
        round_: The round.
    """
    rows = list(applications_to_screen(reader, round_))
    records = {each.pk: effort_record(each) for each in rows}
    settings = settings_of(round_)
    found: dict[int, list[Finding]] = {each.pk: [] for each in rows}
    for row in rows:
        record, told = records[row.pk], found[row.pk]
        if record.kind_suggested:
            told.append(Finding("kind", f"the kind “{_plain(record.kind)}” was only suggested"))
        told += [Finding("not complete", text) for text in _missing(row)]
        if record.currency not in ("", settings.currency, *settings.rates):
            told.append(Finding("currency", f"the round has no rate for {record.currency}"))
        if record.dual_use == "yes":
            told.append(Finding("dual use", "its findings could speed up dangerous capabilities"))
    _duplicates(rows, found)
    _linked(rows, found)
    return found


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _missing(row: Effort) -> list[str]:
    record, explanation = effort_record(row), explanation_of(row.revision)
    told = []
    if not explanation.claims and not record.explanation:
        told.append("it does not explain why it reduces risk")
    if not record.hazards:
        told.append("it names no hazard")
    if not record.principal:
        told.append("it names no principal")
    if not record.scales_to_future:
        told.append("it does not say whether it holds for more capable systems")
    return told


def _duplicates(rows: list[Effort], found: dict[int, list[Finding]]) -> None:
    by_id = {each.effort_id: each for each in rows}
    records = [
        effort_record(each).model_copy(update={"id": each.effort_id}) for each in by_id.values()
    ]
    for pair in likely_duplicates(traces_of(records)):
        one, two = by_id[pair.first], by_id[pair.second]
        why = ", ".join(pair.reasons)
        found[one.pk].append(Finding("duplicate", f"likely the same as “{two.title}”: {why}"))
        found[two.pk].append(Finding("duplicate", f"likely the same as “{one.title}”: {why}"))


def _linked(rows: list[Effort], found: dict[int, list[Finding]]) -> None:
    by_name: dict[str, list[Effort]] = {}
    for row in rows:
        name = " ".join(effort_record(row).applicant.casefold().split())
        if name:
            by_name.setdefault(name, []).append(row)
    for group in by_name.values():
        for row in group:
            others = [each.title for each in group if each.pk != row.pk]
            if others:
                told = ", ".join(f"“{each}”" for each in others[:3])
                more = f" and {len(others) - 3} more" if len(others) > 3 else ""  # noqa: PLR2004 (three are told)
                found[row.pk].append(
                    Finding("linked", f"the same applicant has {told}{more} in this round")
                )
