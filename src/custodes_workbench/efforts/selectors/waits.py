"""What waits for applicants and for those who screen, and what a round lacks of efforts."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from custodes_workbench.access import Act, Purpose, Stage, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors.applications import drafts_of
from custodes_workbench.efforts.selectors.screening import applications_to_screen
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.missing import Missing
from custodes_workbench.web.waiting import Waiting

_EARLY = (Stage.SET_UP, Stage.CALL, Stage.SCREENING, Stage.INVITING)


def what_waits(person: User) -> Iterator[Waiting]:
    """Drafts, requests for more, and applications to screen.

    Args:
        person: With the roles of the request.
    """
    asked = Effort.objects.filter(applicant=person, state=Effort.State.MORE_ASKED)
    for effort in asked.select_related("round").prefetch_related("revisions"):
        yield Waiting(
            text=f"Answer what was asked about “{effort.title}”",
            url=reverse("efforts:applications", args=[effort.round.slug]),
            round=effort.round.title,
            due=effort.round.stage.ends_at,
        )
    for draft in drafts_of(person, Purpose.LIST):
        if draft.effort is None and decide(Act.APPLY, facts_of(person, draft.round)):
            yield Waiting(
                text=f"Finish your application “{draft.title}”",
                url=draft.get_absolute_url(),
                round=draft.round.title,
                due=draft.round.stage.ends_at,
            )
    for round_ in rounds_visible_to(person, Purpose.COUNT):
        if round_.stage_name not in _EARLY or not decide(
            Act.SCREEN_EFFORT, facts_of(person, round_)
        ):
            continue
        number = (
            applications_to_screen(person, round_).filter(state=Effort.State.SUBMITTED).count()
        )
        if number:
            yield Waiting(
                text=f"Screen {number} application{'s' if number > 1 else ''}",
                url=reverse("efforts:screening", args=[round_.slug]),
                round=round_.title,
                due=round_.stage.ends_at,
            )


def missing_at_efforts(round_: Round) -> Iterator[Missing]:
    """What a round lacks of efforts before the panel answers.

    Args:
        round_: With its stages.
    """
    if round_.stage_name not in _EARLY[1:]:
        return
    efforts = Effort.objects.filter(round=round_)
    slug = [round_.slug]
    if not efforts.exists():
        text = "Take in efforts: by the call, or import a file."
        yield Missing(text=text, url=reverse("efforts:imports", args=slug))
    elif (
        round_.stage_name is Stage.INVITING
        and not efforts.filter(state=Effort.State.ACCEPTED).exists()
    ):
        text = "Screen the applications: none has gone to the panel."
        yield Missing(text=text, url=reverse("efforts:screening", args=slug))
