"""What waits about decisions, and what is proposed about one."""

import pytest

from cast import stand
from custodes_workbench.access import Relation
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import choice_of
from custodes_workbench.assessments.services import propose
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.selectors import (
    decisions_that_wait,
    proposed_about,
    publications_that_wait,
)
from custodes_workbench.decisions.services import (
    DecisionGiven,
    prepare_publication,
    record_decision,
    release_decision,
)
from custodes_workbench.efforts.models import Effort
from custodes_workbench.operations.services import run_next_job
from workbench_runs import a_done_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(assessed, cast):
    run = a_done_run(cast, assessed, Run.Kind.CHOOSE)
    propose(run=run, reason="It does most for the money.", by=cast.now("omar"))
    return run


def told(asker, cast, name):
    return [each.text for each in asker(cast.now(name))]


def decided(cast, effort, by="dina"):
    given = DecisionGiven(outcome="defer", reasons="Wait.")
    return record_decision(effort=effort, given=given, by=cast.now(by), version=0)


def test_an_effort_waits_for_who_decides_once_something_is_proposed(assessed, cast, request):
    before = told(decisions_that_wait, cast, "dina")
    run = request.getfixturevalue("proposed")
    chosen = {each.id for each in choice_of(run).chosen}

    after = told(decisions_that_wait, cast, "dina")

    assert before == []
    assert after == [
        f"Decide about “{id_}”, which is {'proposed' if id_ in chosen else 'not proposed'}"
        for id_ in ("first", "second")
    ]
    for name in ("lena", "anna", "sven", "ada", "alan"):
        assert told(decisions_that_wait, cast, name) == []


def test_with_a_conflict_nothing_of_the_choice_is_told(proposed, effort, cast):
    stand(effort, cast.dina, Relation.CONFLICTED)

    assert told(decisions_that_wait, cast, "dina") == ["Decide about “second”"]
    assert told(decisions_that_wait, cast, "sven")[0].startswith("Decide about “first”")
    assert proposed_about(cast.now("dina"), effort) is None
    assert proposed_about(cast.now("lena"), effort).run == proposed


def test_many_stand_behind_one_link(proposed, cast, monkeypatch):
    monkeypatch.setattr("custodes_workbench.decisions.selectors._NAMED", 1)

    assert told(decisions_that_wait, cast, "dina") == ["Decide about 2 efforts"]


def test_what_was_decided_waits_for_another_to_release_it(proposed, effort, cast):
    decision = decided(cast, effort)

    assert len(told(decisions_that_wait, cast, "dina")) == 1  # the other effort
    assert told(decisions_that_wait, cast, "lena") == ["Release the decision about “first”"]
    release_decision(decision=decision, by=cast.now("lena"), version=1)
    assert told(decisions_that_wait, cast, "lena") == []


def test_the_public_site_waits_for_one_to_prepare_it_and_another_to_let_it_out(assessed, cast):
    for effort in Effort.objects.filter(round=assessed).select_related("round"):
        assert told(publications_that_wait, cast, "lena") == []
        decided(cast, effort)
        decision = Decision.objects.get(effort=effort)
        release_decision(decision=decision, by=cast.now("lena"), version=1)

    assert told(publications_that_wait, cast, "lena") == ["Prepare the public site"]
    prepare_publication(round_=assessed, by=cast.now("omar"))
    assert told(publications_that_wait, cast, "lena") == []
    run_next_job("a test")
    assert told(publications_that_wait, cast, "lena") == ["Make publication 1 public"]
    assert told(publications_that_wait, cast, "omar") == []
