"""What becomes of support: conditions, reports, and its end."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from cast import NAMES, at_stage
from custodes.exchange import decisions_as_toml, decisions_from_toml
from custodes_workbench.access import Refused, Stage
from custodes_workbench.assessments.records import inputs_of
from custodes_workbench.decisions.models import Condition, Decision, FollowUp
from custodes_workbench.decisions.records import decision_record
from custodes_workbench.decisions.selectors import conditions_that_wait, replayed
from custodes_workbench.decisions.services import (
    report_on,
    settle_condition,
    turn_support,
)
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.rounds.models import Round

pytestmark = pytest.mark.django_db


def settled(condition, cast, state, who="omar", version=1, reason="seen"):
    settle_condition(
        condition=condition, state=state, reason=reason, by=cast.now(who), version=version
    )


@pytest.mark.parametrize("state", ["met", "not_met", "waived"])
def test_a_condition_is_settled_with_a_reason_and_goes_into_the_file(supported, cast, state):
    first = supported.conditions.first()

    settled(first, cast, state)

    record = decision_record(Decision.objects.get())
    assert (record.condition[0].state, record.condition[0].reason) == (state, "seen")
    assert [each.kind for each in record.follow_up] == ["condition"]
    assert first.text in record.follow_up[0].text
    assert Entry.objects.order_by("-n").first().action == "follow-up: condition"
    inputs = inputs_of(supported.assessment)
    assert decisions_from_toml(decisions_as_toml([record]), inputs) == (record,)


def test_it_can_be_opened_again_and_every_step_stays(supported, cast):
    first = supported.conditions.first()
    settled(first, cast, "met")

    settled(first, cast, "open", version=2, reason="it was another page")

    first.refresh_from_db()
    assert (first.state, first.reason) == ("open", "")
    assert FollowUp.objects.count() == 2


def test_two_who_settle_at_once_lose_nothing(supported, cast):
    first = supported.conditions.first()
    settled(first, cast, "met")

    with pytest.raises(ChangedMeanwhileError):
        settled(first, cast, "waived", who="lena")

    first.refresh_from_db()
    assert first.state == "met"


@pytest.mark.parametrize("who", ["dina", "alan", "ada", "aud", "rhea", "mallory"])
def test_others_settle_nothing(supported, cast, who):
    with pytest.raises(Refused):
        settled(supported.conditions.first(), cast, "met", who=who)


@pytest.mark.parametrize("who", ["alan", "omar", "lena"])
def test_whoever_received_the_grant_reports(supported, cast, who):
    condition = supported.conditions.last()

    report_on(decision=supported, text="We met.", by=cast.now(who), condition=condition)

    step = FollowUp.objects.get()
    assert (step.kind, step.text, step.condition) == ("report", "We met.", condition)


@pytest.mark.parametrize("who", ["dina", "ada", "aud", "rhea", "mallory"])
def test_others_report_nothing(supported, cast, who):
    with pytest.raises(Refused):
        report_on(decision=supported, text="We met.", by=cast.now(who))


def test_support_is_suspended_goes_on_and_ends(supported, cast):
    stands = []
    for turn, who in (("suspend", "lena"), ("extend", "dina"), ("end", "lena")):
        turn_support(decision=supported, turn=turn, reason="so", by=cast.now(who))
        stands.append(decision_record(Decision.objects.get()).support_is)

    assert stands == ["suspended", "running", "ended"]
    with pytest.raises(Refused, match="that stands"):
        turn_support(decision=supported, turn="extend", reason="so", by=cast.now("lena"))
    with pytest.raises(Refused, match="that stands"):
        settled(supported.conditions.first(), cast, "met")


@pytest.mark.parametrize("who", ["omar", "alan", "ada", "aud"])
def test_others_turn_nothing(supported, cast, who):
    with pytest.raises(Refused):
        turn_support(decision=supported, turn="end", reason="so", by=cast.now(who))


def test_before_it_is_public_nothing_is_followed_up(supported, cast):
    at_stage(supported.effort.round, Stage.CHOICE)
    decision = Decision.objects.select_related("effort__round").get()

    with pytest.raises(Refused, match="now"):
        turn_support(decision=decision, turn="end", reason="so", by=cast.now("lena"))


def waits(cast):
    told = {name: [each.text for each in conditions_that_wait(cast.now(name))] for name in NAMES}
    return {name: texts for name, texts in told.items() if texts}


def test_an_overdue_condition_stands_on_the_first_page_of_officers(supported, cast):
    Condition.objects.filter(owner="Alan's laboratory").update(
        due=timezone.localdate() - dt.timedelta(days=1)
    )

    told = "Overdue condition of first: Meet us in spring."
    assert waits(cast) == {name: [told] for name in ("lena", "omar", "alan")}


def test_before_its_day_it_waits_for_whoever_received_the_grant_alone(supported, cast):
    Condition.objects.filter(owner="Alan's laboratory").update(due=timezone.localdate())

    assert waits(cast) == {"alan": ["Report on a condition of first: Meet us in spring."]}


def test_a_condition_that_was_met_waits_for_nobody(supported, cast):
    Condition.objects.update(due=timezone.localdate() - dt.timedelta(days=1), state="met")

    assert waits(cast) == {}


def test_a_decision_comes_out_the_same_and_says_what_moved(supported):
    same = replayed(supported, with_today=True)
    row = supported.effort.round
    Round.objects.filter(pk=row.pk).update(settings=row.settings | {"budget": 5e6})
    moved = replayed(
        Decision.objects.select_related("effort__round", "assessment").get(), with_today=True
    )

    assert (same.is_same, same.changed, same.moved) == (True, (), ())
    assert same.today == same.kept
    assert (moved.is_same, moved.changed) == (True, ("settings",))


def test_a_result_that_was_tampered_with_does_not_come_out_the_same(supported):
    run = supported.assessment
    told = json.loads(run.result_json)
    told["efforts"][0]["cost"] += 1
    run.result_json = json.dumps(told)

    assert not replayed(supported, with_today=False).is_same
