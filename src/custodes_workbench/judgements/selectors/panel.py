"""Reads of panels: the register, conflicts, who could judge what, who has handed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes_workbench.access import Act, Facts, Relation, Stage, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import (
    efforts_computed,
    efforts_visible_to,
    relations_in,
)
from custodes_workbench.judgements.models import Assignment, ConflictOfInterest, PanelMember
from custodes_workbench.operations.models import Mail
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import STATEMENT_HOLDS, is_alone
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of
from custodes_workbench.web.missing import Missing
from custodes_workbench.web.waiting import Waiting

BECAUSE = "a conflict of interest was found"
"""How a standing, an assignment or an answer says that a conflict is behind it."""
ON_PANEL = (PanelMember.State.PROPOSED, PanelMember.State.INVITED, PanelMember.State.ACCEPTED)
"""States of those who are, or may come to be, on the panel."""


def panel_visible_to(reader: Reader, round_: Round) -> QuerySet[PanelMember]:
    """The panel of a round with the names of its people; nobody for those who may not see it.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    rows = PanelMember.objects.filter(round=round_).select_related("person", "round")
    return rows if decide(Act.SEE_PANEL, facts_of(reader, round_)) else rows.none()


def conflicts_visible_to(reader: Reader, round_: Round) -> QuerySet[ConflictOfInterest]:
    """Conflicts of the panel's people, but for those with efforts that the reader must not see.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    rows = ConflictOfInterest.objects.filter(round=round_).select_related(
        "person", "effort", "round", "decided_by"
    )
    if not decide(Act.SEE_PANEL, facts_of(reader, round_)):
        return rows.none()
    seen = efforts_visible_to(reader, round_).values("pk")
    return rows.filter(Q(effort__in=seen) | Q(effort=None)).prefetch_related("effort__revisions")


def assignments_visible_to(reader: Reader, round_: Round) -> QuerySet[Assignment]:
    """Who judges what, without letters to show; but for efforts the reader must not see.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    rows = Assignment.objects.filter(member__round=round_).select_related(
        "member__person", "effort__round"
    )
    if not decide(Act.SEE_PANEL, facts_of(reader, round_)):
        return rows.none()
    return rows.filter(effort__in=efforts_visible_to(reader, round_).values("pk"))


def keeps_out(row: ConflictOfInterest) -> bool:
    """Whether a conflict keeps its person out; an undecided one does."""
    if row.type == "none" or row.dismissed:
        return False
    return row.decided in ("", "recuse", "block")


def is_undecided(row: ConflictOfInterest) -> bool:
    """Whether somebody has to decide it."""
    return keeps_out(row) and not row.decided


def facts_on_conflict(reader: Reader, conflict: ConflictOfInterest) -> Facts:
    """What a ruling on deciding a conflict is made from.

    Whoever applied for an effort has a conflict with it; about a whole round one conflict with
    any of its efforts counts.
    """
    round_ = conflict.round
    relations = relations_in(reader, round_)
    stands = (
        {relations.get(conflict.effort_id, Relation.STRANGER)}
        if conflict.effort_id
        else set(relations.values())
    )
    partial = stands & {Relation.CONFLICTED, Relation.OWN}
    relation = Relation.CONFLICTED if partial else Relation.STRANGER
    return facts_of(reader, round_, relation=relation)


def may_rule_on(reader: User, conflict: ConflictOfInterest) -> bool:
    """Whether the reader may decide this conflict: an officer without one, and not their own."""
    own = conflict.person_id == reader.pk and not reader.alone
    return not own and bool(decide(Act.DECIDE_CONFLICT, facts_on_conflict(reader, conflict)))


def member_behind(conflict: ConflictOfInterest) -> PanelMember | None:
    """The place on the panel of whoever has a conflict; none for staff. Only behind a ruling."""
    return PanelMember.objects.filter(round=conflict.round, person=conflict.person_id).first()


def has_stated(member: PanelMember) -> bool:
    """Whether a statement of interests was made for this round, and made or renewed in a year."""
    made, renewed = member.statement_at, member.person.interests_stated_on
    if made is None:
        return False
    day = timezone.localdate(made)
    return timezone.localdate() - max(day, renewed or day) < STATEMENT_HOLDS


def loads(round_: Round) -> dict[int, int]:
    """How many efforts each panel member has now, by key; only behind a ruling."""
    rows = Assignment.objects.filter(member__round=round_, ended_because="")
    counted: dict[int, int] = {}
    for key in rows.values_list("member_id", flat=True):
        counted[key] = counted.get(key, 0) + 1
    return counted


def kept_out(round_: Round) -> frozenset[tuple[int, int]]:
    """Pairs of person and effort, by key, between which a conflict stands; behind a ruling."""
    efforts = list(Effort.objects.filter(round=round_).values_list("pk", "applicant_id"))
    pairs = {(applicant, effort) for effort, applicant in efforts if applicant}
    for row in ConflictOfInterest.objects.filter(round=round_):
        if keeps_out(row):
            pairs |= {
                (row.person_id, effort) for effort, _ in efforts if row.effort_id in (None, effort)
            }
    return frozenset(pairs)


class Openings:
    """Who could be given which effort now, and why not."""

    def __init__(self, reader: Reader, round_: Round) -> None:
        """Read what stands.

        Args:
            reader: Who would assign.
            round_: The round.
        """
        relations = relations_in(reader, round_)
        self.efforts = [
            each
            for each in efforts_visible_to(reader, round_)
            if each.state == Effort.State.ACCEPTED
        ]
        self.members = list(
            panel_visible_to(reader, round_).filter(state=PanelMember.State.ACCEPTED)
        )
        self.rows = list(assignments_visible_to(reader, round_))
        self.loads = loads(round_)
        self._assigned = {
            (each.member_id, each.effort_id) for each in self.rows if not each.ended_because
        }
        self._kept_out = kept_out(round_)
        self._rulings = {
            each.pk: decide(
                Act.SET_PANEL,
                facts_of(reader, round_, relation=relations.get(each.pk, Relation.STRANGER)),
            )
            for each in self.efforts
        }

    def is_assigned(self, member: PanelMember, effort: Effort) -> bool:
        """Whether they judge it already."""
        return (member.pk, effort.pk) in self._assigned

    def is_kept_out(self, member: PanelMember, effort: Effort) -> bool:
        """Whether a conflict, decided or not, stands between them."""
        return (member.person_id, effort.pk) in self._kept_out

    def why_not_briefly(self, member: PanelMember, effort: Effort) -> str:
        """The same in a word or two, for a cell of a table."""
        if not self.why_not(member, effort):
            return ""
        if not has_stated(member):
            return "no statement"
        if self.is_kept_out(member, effort):
            return "conflict"
        full = self.loads.get(member.pk, 0) >= member.most_efforts
        return "no more room" if full else "not now"

    def why_not(self, member: PanelMember, effort: Effort) -> str:
        """Why a panel member cannot be given an effort, in a sentence; empty where they can."""
        ruling = self._rulings.get(effort.pk)
        if not ruling:
            return ruling.reason if ruling is not None else "This effort does not go to the panel."
        name = member.person.name
        if member.state != PanelMember.State.ACCEPTED:
            return f"{name} has not accepted."
        if not has_stated(member):
            return f"{name} has made no statement of interests that still holds."
        if self.is_kept_out(member, effort):
            return f"A conflict of interest stands between {name} and {effort.effort_id}."
        if self.is_assigned(member, effort):
            return f"{name} judges {effort.effort_id} already."
        if self.loads.get(member.pk, 0) >= member.most_efforts:
            return f"{name} takes no more than {member.most_efforts} efforts."
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """How far one effort's panel is; a number of people, never of answers."""

    effort: Effort
    asked: int
    done: int


def progress_of(reader: Reader, round_: Round) -> tuple[list[dict[str, object]], list[HandedIn]]:
    """Who has handed in and who has not, and how many for each effort.

    Args:
        reader: Signed in or not; sees nothing without the right to.
        round_: The round.
    """
    if not decide(Act.SEE_PROGRESS, facts_of(reader, round_)):
        return [], []
    second = round_.stage.order >= _revision(round_)
    rows = [row for row in assignments_visible_to(reader, round_) if not row.ended_because]
    people: dict[int, list[Assignment]] = {}
    efforts: dict[int, list[Assignment]] = {}
    for row in rows:
        people.setdefault(row.member_id, []).append(row)
        efforts.setdefault(row.effort_id, []).append(row)
    told: list[dict[str, object]] = []
    for own in people.values():
        done = sum(_is_in(each, second=second) for each in own)
        state = "all in" if done == len(own) else "some in" if done else "nothing yet"
        member = own[0].member
        told.append(
            {
                "code": member.code,
                "name": member.person.name,
                "asked": len(own),
                "done": done,
                "state": state,
            }
        )
    told.sort(key=lambda each: str(each["code"]))
    handed = [
        HandedIn(
            effort=theirs[0].effort,
            asked=len(theirs),
            done=sum(_is_in(each, second=second) for each in theirs),
        )
        for theirs in efforts.values()
    ]
    return told, handed


def conflicts_that_wait(person: User) -> list[Waiting]:
    """The rounds in which conflicts wait for a person's ruling."""
    counted: dict[Round, int] = {}
    rows = ConflictOfInterest.objects.filter(decided="", dismissed=False).exclude(type="none")
    for row in rows.select_related("round").prefetch_related("round__stages"):
        waits = row.rulings.filter(holds_from=None, turned_down_at=None)
        if may_rule_on(person, row) and not waits.filter(given_by=person).exists():
            counted[row.round] = counted.get(row.round, 0) + 1
    return [
        Waiting(
            text=f"Decide {number} {'conflict' if number == 1 else 'conflicts'} of interest",
            url=f"{reverse('judgements:conflicts', args=[round_.slug])}"
            "?is_result=unresolved%3A+blocked",
            round=round_.title,
        )
        for round_, number in counted.items()
    ]


def published_conflicts(effort: Effort) -> list[tuple[str, str]]:
    """The sorts of conflicts that are shown with a decision, each with the expert's letter.

    Only behind a ruling; nobody is named.
    """
    letters = dict(
        Assignment.objects.filter(effort=effort).values_list("member__person_id", "letter")
    )
    rows = ConflictOfInterest.objects.filter(
        Q(effort=effort) | Q(effort=None), round=effort.round, decided="publish", dismissed=False
    ).exclude(type="none")
    return [
        (f"Expert {letters[row.person_id]}", row.type.replace("_", " "))
        for row in rows
        if row.person_id in letters
    ]


def touched_by_conflict(effort: Effort) -> bool:
    """Whether an answer about an effort was set aside for a conflict found after it was given.

    Only behind a ruling.
    """
    return effort.answers.filter(set_aside_because=BECAUSE).exists()


def _is_in(row: Assignment, *, second: bool) -> bool:
    return bool(row.revised_at if second else row.handed_in_at)


def _revision(round_: Round) -> float:
    """The place of the second round among the stages; beyond all where there is none."""
    places = [each.order for each in round_.stages.all() if each.name == Stage.REVISION]
    return places[0] if places else float("inf")


def is_still_asked(mail: Mail) -> bool:
    """Whether the mail of an invitation to a panel is still right: open, and the newest."""
    key, _, at = mail.subject.partition(" ")
    member = PanelMember.objects.filter(pk=int(key), state=PanelMember.State.INVITED).first()
    if member is None or str(member.invited_at) != at:
        return False
    rows = ConflictOfInterest.objects.filter(
        round=member.round_id, person=member.person_id, effort=None
    )
    return not any(keeps_out(row) for row in rows)


def missing_at_judgements(round_: Round) -> list[Missing]:
    """Whether efforts have nobody to judge them, when the panel is set or answers.

    One person alone judges every effort.

    Args:
        round_: With its stages.
    """
    if round_.stage_name not in (Stage.INVITING, Stage.BLIND) or is_alone():
        return []
    efforts = efforts_computed(round_)
    judged = Assignment.objects.filter(effort__round=round_, ended_because="")
    number = efforts.exclude(pk__in=judged.values("effort")).count()
    if not number:
        return []
    told = "effort has" if number == 1 else "efforts have"
    url = reverse("judgements:assignments", args=[round_.slug])
    return [Missing(text=f"{number} {told} nobody on the panel; assign experts.", url=url)]
