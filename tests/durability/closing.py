"""Twenty experts answer and hand in while the stage closes; what each was told and what stands."""

import json
import sys
import threading

import django

django.setup()

from django.db import connection  # noqa: E402 (after the set-up)
from django.test import Client  # noqa: E402 (the same)

from cast import ROUND_ROLES, a_cast, a_workbench_round, stand  # noqa: E402 (the same)
from custodes_workbench.access import Relation, Stage  # noqa: E402 (the same)
from custodes_workbench.efforts.models import Effort  # noqa: E402 (the same)
from custodes_workbench.history.models import Entry  # noqa: E402 (the same)
from custodes_workbench.judgements.models import (  # noqa: E402 (the same)
    Answer,
    Assignment,
    PanelMember,
)
from custodes_workbench.people.models import Membership, User  # noqa: E402 (the same)
from custodes_workbench.rounds.models import Round, RoundStage  # noqa: E402 (the same)
from custodes_workbench.rounds.services import move_to_stage  # noqa: E402 (the same)

EXPERTS = 20
HOME = "/rounds/a-round/efforts/first/"


def an_expert(row, effort, number):
    """Somebody new on the panel."""
    person = User.objects.create(name=f"Expert {number}", email=f"expert-{number}@example.org")
    Membership.objects.create(person=person, role=ROUND_ROLES["ada"], round=row.slug)
    member = PanelMember.objects.create(
        round=row, person=person, code=f"X-{number:02}", state=PanelMember.State.ACCEPTED
    )
    Assignment.objects.create(member=member, effort=effort, letter=f"X{number}")
    stand(effort, person, Relation.ASSIGNED)
    return person


class Closing:
    """Closes the stage once so many requests were answered."""

    def __init__(self, row, by, after):
        """Wait for them."""
        self._row, self._by, self._left = row, by, after
        self._lock, self._now = threading.Lock(), threading.Event()
        self.thread = threading.Thread(target=self._close)

    def count(self):
        """One more was answered."""
        with self._lock:
            self._left -= 1
            if self._left <= 0:
                self._now.set()

    def _close(self):
        self._now.wait()
        version = Round.objects.get(pk=self._row.pk).version
        move_to_stage(
            round_=self._row, to=Stage.DISCUSSION, by=self._by, reason="a test", version=version
        )
        connection.close()


def hand_in(person, closing, told):
    """Answer one question and hand in, as from a browser."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person)
    typed = {"p05": "0.1", "p50": "0.2", "p95": "0.3", "reason": "because", "version": "0"}
    saved = client.post(f"{HOME}estimate/accident_cut/", {**typed, "act": "answer"}).status_code
    closing.count()
    handed = client.post(f"{HOME}hand-in/").status_code
    closing.count()
    told[person.pk] = (saved, handed)
    connection.close()


cast = a_cast()
row = a_workbench_round(cast, Stage.BLIND)
effort = Effort.objects.get(round=row, effort_id="first")
experts = [an_expert(row, effort, number) for number in range(EXPERTS)]
closing = Closing(row, cast.now("lena"), int(sys.argv[1]))
told = {}
threads = [threading.Thread(target=hand_in, args=(each, closing, told)) for each in experts]
for each in (closing.thread, *threads):
    each.start()
for each in threads:
    each.join()
closing.count()
closing.thread.join()
closed = Entry.objects.get(action="stage opened", round=row.slug).n
closed_at = RoundStage.objects.get(round=row, name=Stage.BLIND.value).closed_at
found = []
for person in experts:
    answers = Answer.objects.filter(member__person=person)
    entries = Entry.objects.filter(actor=person.history_name, action="answers handed in")
    found.append(
        {
            "told": told[person.pk],
            "answers": answers.count(),
            "in time": all(each.at <= closed_at for each in answers),
            "handed in": Assignment.objects.get(member__person=person).handed_in_at is not None,
            "entries": [each.n < closed for each in entries],
        }
    )
print(json.dumps(found))  # noqa: T201 (its answer)
