import pytest
from django.urls import reverse

from cast import at_stage, stand
from challenges import a_challenge
from custodes_workbench.access import Relation, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import propose
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.services import DecisionGiven, record_decision
from custodes_workbench.history.models import Entry
from custodes_workbench.rounds.models import Round
from panels import a_conflict, rule_on
from workbench_runs import a_done_run, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(effort):
    return reverse("decisions:decision", args=[effort.round.slug, effort.effort_id])


def test_a_decision_maker_decides_on_the_page(url, client, cast):
    client.force_login(cast.dina)

    answer = client.post(url, {"version": 0, "outcome": "reject", "reasons": "Not now."})

    assert answer.status_code == 302
    assert Decision.objects.get().reasons == "Not now."


def test_what_was_typed_comes_back_when_something_is_missing(url, client, cast):
    client.force_login(cast.dina)

    answer = client.post(url, {"version": 0, "outcome": "reject", "dissent": "I object."})

    assert answer.status_code == 400
    assert "I object." in answer.content.decode()
    assert not Decision.objects.exists()


def test_recommended_conditions_that_stayed_ticked_go_where_nothing_is_supported(
    url, effort, client, cast
):
    client.force_login(cast.dina)
    recommended = client.get(url).context["form"].initial["conditions"]
    others = set(client.get(url).context["form"].mitigations) - set(recommended)
    typed = {"version": 0, "outcome": "reject", "reasons": "No."}

    added = client.post(url, typed | {"conditions": [*recommended, others.pop()]})
    stayed = client.post(url, typed | {"conditions": recommended})

    assert recommended
    assert "conditions belong to support" in added.content.decode()
    assert stayed.status_code == 302
    assert not Decision.objects.get().conditions.exists()


def test_a_refused_support_keeps_what_was_typed_and_is_kept_in_the_history(
    url, effort, client, cast
):
    at_stage(effort.round, Stage.CHALLENGE)
    challenge = a_challenge(cast, effort.round)
    at_stage(effort.round, Stage.CHOICE)
    client.force_login(cast.dina)
    typed = {"version": 0, "outcome": "support", "reasons": "We weighed it for long."}

    answer = client.post(url, typed)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "There is a problem" in page
    assert challenge.challenge_id in page[: page.index("<h1")]
    assert "We weighed it for long." in page
    assert Entry.objects.filter(action="act refused", object=effort.history_name).count() == 1
    assert not Decision.objects.exists()


def test_the_page_says_what_is_proposed_and_why(url, effort, client, cast):
    run = a_done_run(cast, effort.round, Run.Kind.CHOOSE)
    propose(run=run, reason="It does most for the money.", by=cast.now("omar"))
    client.force_login(cast.dina)

    assert "It does most for the money." in client.get(url).content.decode()
    stand(effort.round.efforts.get(effort_id="second"), cast.dina, Relation.CONFLICTED)
    assert "It does most for the money." not in client.get(url).content.decode()


def test_two_at_once_see_both_texts(url, effort, client, cast):
    record_decision(
        effort=effort,
        given=DecisionGiven(outcome="defer", reasons="First it says wait."),
        by=cast.now("dina"),
        version=0,
    )
    client.force_login(cast.dina)

    answer = client.post(url, {"version": 0, "outcome": "reject", "reasons": "Dina says no."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "First it says wait." in page
    assert "Dina says no." in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("lena", 200), ("aud", 200), ("anna", 404), ("ada", 404), ("alan", 404), ("mallory", 404)],
)
def test_the_page_is_for_those_who_may_see_the_decision(url, client, cast, who, status):
    client.force_login(cast.people[who])

    assert client.get(url).status_code == status


def test_the_memo_is_a_pdf(effort, client, cast):
    pytest.importorskip("weasyprint", reason="pip install -e '.[pdf]'", exc_type=ImportError)
    given = DecisionGiven(outcome="reject", reasons="Not now.")
    record_decision(effort=effort, given=given, by=cast.now("dina"), version=0)
    client.force_login(cast.dina)

    answer = client.get(reverse("decisions:memo", args=[effort.round.slug, "first"]) + "?as=pdf")

    assert answer.content.startswith(b"%PDF-")


def test_a_touched_decision_says_so_on_its_page_and_in_its_memo(url, effort, client, cast):
    record_decision(
        effort=effort,
        given=DecisionGiven(outcome="defer", reasons="Wait."),
        by=cast.now("dina"),
        version=0,
    )
    answered(effort.round, "first", cast.ada, success=0.5)
    rule_on(a_conflict(effort.round, cast.ada), cast, "recuse")
    client.force_login(cast.dina)

    untold = client.get(url).content.decode()
    client.post(
        reverse("decisions:stands", args=[effort.round.slug, effort.effort_id]),
        {"stands": "looked_at_again", "because": "Half of it hung on her.", "version": 1},
    )
    page = client.get(url).content.decode()
    memo = client.get(
        reverse("decisions:memo", args=[effort.round.slug, effort.effort_id])
    ).content.decode()

    assert "Nobody has said yet whether the decision stands" in untold
    assert "It is looked at again" in page
    for text in (page, memo):
        assert "Touched by a conflict" in text
        assert "Half of it hung on her." in text
        assert "Ada" not in text


@pytest.mark.parametrize(
    "told", [{"because": "Half of it hung on one."}, {"stands": "stands"}, {"stands": "perhaps"}]
)
def test_what_is_not_said_whole_is_not_kept(url, effort, client, cast, told):
    record_decision(
        effort=effort,
        given=DecisionGiven(outcome="defer", reasons="Wait."),
        by=cast.now("dina"),
        version=0,
    )
    client.force_login(cast.dina)

    answer = client.post(
        reverse("decisions:stands", args=[effort.round.slug, effort.effort_id]),
        {"version": 1, **told},
    )

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert told.get("because", "") in answer.content.decode()
    assert Decision.objects.get().stands == ""


def test_conflicts_that_are_published_stand_by_letter_with_the_decision(url, effort, client, cast):
    record_decision(
        effort=effort,
        given=DecisionGiven(outcome="defer", reasons="Wait."),
        by=cast.now("dina"),
        version=0,
    )
    rule_on(a_conflict(effort.round, cast.ada, type="funder"), cast, "publish")
    client.force_login(cast.dina)

    page = client.get(url).content.decode()

    assert "Expert C, funder." in page
    assert "Ada" not in page


def test_the_page_says_when_a_substitute_decides_and_when_nobody_can(url, effort, client, cast):
    Round.objects.filter(pk=effort.round_id).update(decides_instead="the trustees")
    stand(effort, cast.dina, Relation.CONFLICTED)
    client.force_login(cast.lena)

    once = client.get(url).content.decode()
    stand(effort, cast.sven, Relation.CONFLICTED)
    both = client.get(url).content.decode()

    assert "a substitute decides" in once
    assert "The round says who decides instead: the trustees" in both
