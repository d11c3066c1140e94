import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cast import a_workbench_round, stand
from custodes.disclosure import Marking
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.decisions.models import Publication
from custodes_workbench.decisions.selectors import corrections_that_wait
from custodes_workbench.decisions.services import (
    DecisionGiven,
    prepare_publication,
    record_decision,
    release_decision,
    release_publication,
)
from custodes_workbench.decisions.services.publishing import folder_of
from custodes_workbench.handling.services import HandedIn, hand_in
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.rounds.models import Round
from panels import a_conflict, rule_on
from workbench_audits import a_log_file, an_audit, an_audited_system
from workbench_runs import a_done_run, answered, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared(assessed, effort, cast):
    given = DecisionGiven(outcome="support", reasons="It lowers risk a little.")
    decision = record_decision(effort=effort, given=given, by=cast.now("dina"), version=0)
    release_decision(decision=decision, by=cast.now("lena"), version=1)
    made = prepare_publication(round_=assessed, by=cast.now("omar"))
    run_next_job("a test")
    return Publication.objects.get(pk=made.pk)


def test_a_prepared_site_is_not_public(prepared, client):
    answer = client.get(reverse("decisions:public", args=[prepared.round.slug]))

    assert prepared.site_sha256
    assert answer.status_code == 404


def test_a_released_site_is_public_with_its_decision(prepared, client, cast):
    release_publication(publication=prepared, by=cast.now("lena"))

    index = client.get(reverse("decisions:public", args=[prepared.round.slug]))
    page = client.get(
        reverse("decisions:public_page", args=[prepared.round.slug, "decisions.html"])
    )

    assert index.status_code == 200
    assert "It lowers risk a little." in page.content.decode()
    assert Round.objects.get(pk=prepared.round_id).stage_name is Stage.PUBLISHED


def test_who_prepared_it_does_not_release_it(assessed, cast):
    made = prepare_publication(round_=assessed, by=cast.now("lena"))
    run_next_job("a test")

    with pytest.raises(Refused, match="A second person must release"):
        release_publication(publication=made, by=cast.now("lena"))


@pytest.mark.parametrize("path", ["../../../../secret-key", "no-such.html", "..", "efforts"])
def test_nothing_outside_the_site_is_given(prepared, client, cast, path):
    release_publication(publication=prepared, by=cast.now("lena"))

    answer = client.get(f"/public/{prepared.round.slug}/{path}")

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["dina", "anna", "ada", "alan", "mallory"])
def test_others_do_not_prepare(assessed, cast, who):
    with pytest.raises(Refused, match="You may not preview"):
        prepare_publication(round_=assessed, by=cast.now(who))


def test_a_late_conflict_is_corrected_on_the_public_site(prepared, effort, client, cast):
    release_publication(publication=prepared, by=cast.now("lena"))
    before = corrections_that_wait(cast.now("lena"))
    answered(effort.round, "first", cast.ada, success=0.5)
    rule_on(a_conflict(effort.round, cast.ada), cast, "recuse")
    (waits,) = corrections_that_wait(cast.now("lena"))

    again = prepare_publication(round_=Round.objects.get(pk=effort.round_id), by=cast.now("omar"))
    run_next_job("a test")
    release_publication(publication=again, by=cast.now("lena"))

    page = client.get(
        reverse("decisions:public_page", args=[effort.round.slug, "decisions.html"])
    ).content.decode()
    assert before == []
    assert waits.text == "Publish a correction about first: an answer was set aside"
    assert "Touched by a conflict of interest" in page
    assert "Whether the decision stands has not been said yet" in page
    assert "Ada" not in page
    assert corrections_that_wait(cast.now("lena")) == []


def test_one_conflict_closes_the_site_that_is_not_public_yet(prepared, effort, client, cast):
    stand(effort, cast.omar, Relation.CONFLICTED)
    client.force_login(cast.omar)

    answer = client.get(
        reverse("decisions:preview", args=[effort.round.slug, prepared.n, "index.html"])
    )

    assert answer.status_code == 404
    with pytest.raises(Refused):
        prepare_publication(round_=effort.round, by=cast.now("omar"))


def test_a_site_is_not_written_for_whoever_got_a_conflict_while_it_waited(assessed, effort, cast):
    made = prepare_publication(round_=assessed, by=cast.now("omar"))
    stand(effort, cast.omar, Relation.CONFLICTED)

    run_next_job("a test")

    made.refresh_from_db()
    made.job.refresh_from_db()
    assert (made.site_sha256, made.job.state) == ("", "failed")
    assert "a conflict of interest stands between you" in made.job.note


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("round", "1 effort withheld, reason: could help misuse"),
        ("restricted-existence", None),
    ],
)
def test_an_effort_that_was_marked_meanwhile_is_withheld(cast, assessed, effort, mark, told):
    today = timezone.localdate()
    marking = Marking(
        mark=mark,
        ground="misuse",
        reason="It could be followed.",
        against="Nobody outside can check it.",
        decided_by="the lead officer",
        decided_on=today,
        review_by=today + dt.timedelta(days=90),
        lifted_when="The hole is closed.",
    )
    hand_in(effort=effort, given=HandedIn(kind="effort", marking=marking), by=cast.now("lena"))

    made = prepare_publication(round_=assessed, by=cast.now("lena"))
    run_next_job("a test")

    site = folder_of(made)
    index = (site / "index.html").read_text("utf-8")
    assert not (site / "efforts" / "first.html").exists()
    assert (site / "efforts" / "second.html").exists()
    assert not any(b"first.html" in each.read_bytes() for each in site.rglob("*.html"))
    if told is None:
        assert "withheld" not in index
    else:
        assert told in index


def test_a_site_has_the_open_audits_and_says_that_others_are_withheld(cast):
    row = an_audited_system(cast, a_workbench_round(cast, Stage.SET_UP))
    an_audit(cast, row)
    other = a_log_file("two.json", eval={"eval_id": "two", "task": "other"})
    an_audit(cast, row, other, id_="zaffre", handling="round")
    a_done_run(cast, moved(row, Stage.ASSESSMENT))

    made = prepare_publication(round_=moved(row, Stage.CHOICE), by=cast.now("omar"))
    run_next_job("a test")

    home = folder_of(Publication.objects.get(pk=made.pk))
    page = (home / "evidence.html").read_text("utf-8")
    assert "power-2026-09" in page
    assert "1 audit is withheld" in page
    assert "a secret" not in page
    assert not any("zaffre" in each.read_text("utf-8") for each in home.glob("*.html"))
