"""Rounds at the stages where journeys begin, made by the services before a workbench starts."""

import json

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from cast import a_cast, a_workbench_round
from challenges import a_challenge
from custodes_workbench.access import Role, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import propose
from custodes_workbench.people.models import Membership
from panels import all_stated
from workbench_answers import a_judged_round, moved
from workbench_audits import an_audited_system
from workbench_runs import a_done_run

SCRIPTED = {True: "with scripts", False: "without scripts"}
"""How a round is called that a journey has for itself, by whether its browser runs scripts."""


def make_rounds():
    """Everybody and every round; the cookie that each person is signed in by, as JSON."""
    cast = a_cast()
    for told in SCRIPTED.values():
        a_workbench_round(cast, Stage.CALL, title=f"Calling {told}")
        a_workbench_round(cast, Stage.BLIND, title=f"Blind {told}")
        a_judged_round(cast, Stage.DISCUSSION, title=f"Discussing {told}")
        a_judged_round(cast, Stage.REVISION, title=f"Revising {told}")
        a_judged_round(cast, Stage.BLIND, title=f"Running {told}")
    a_workbench_round(cast, Stage.BLIND, title="By the keyboard")
    all_stated(a_workbench_round(cast, Stage.SCREENING, title="Screening"))
    all_stated(a_workbench_round(cast, Stage.INVITING, title="Inviting"))
    for title in ("Attacked", "Answered"):
        row = a_judged_round(cast, Stage.ASSESSMENT, title=title)
        a_done_run(cast, row)
        moved(row, Stage.CHALLENGE)
    a_challenge(cast, row)
    for told in SCRIPTED.values():
        _a_round_to_decide(cast, f"Deciding {told}")
    _a_round_to_decide(cast, "Publishing")
    audited = a_workbench_round(cast, Stage.BLIND, title="Audited")
    an_audited_system(cast, audited)
    Membership.objects.create(person=cast.rhea, role=Role.CLAIMS_ASSESSOR, round=audited.slug)
    return json.dumps({name: signed_in(each) for name, each in cast.people.items()})


def _a_round_to_decide(cast, title):
    row = a_judged_round(cast, Stage.ASSESSMENT, title=title)
    a_done_run(cast, row)
    run = a_done_run(cast, moved(row, Stage.CHOICE), Run.Kind.CHOOSE)
    propose(run=run, reason="It does most for the money.", by=cast.now("omar"))


def signed_in(person):
    """The cookie that somebody is signed in by."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
