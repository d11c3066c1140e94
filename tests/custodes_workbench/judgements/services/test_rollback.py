import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.selectors import newest_run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.models import Answer, Assignment, Comment, ReleasedPool
from custodes_workbench.judgements.selectors.standstill import plan_of_rollback
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.rounds.models import Round, Standstill
from custodes_workbench.rounds.selectors import standstill_of
from custodes_workbench.rounds.services import freeze_round
from workbench_answers import PANEL, answered, handed_in, moved, the_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """A round in which Ada judged before the breach, Grace and Joan after it; when that was."""
    row = a_workbench_round(cast, Stage.BLIND)
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")
    at = timezone.now()
    for name in ("grace", "joan"):
        answered(cast, row, name, reason=f"what {name} thinks")
        handed_in(cast, row, name)
    freeze_round(round_=row, because="A list of names got out.", by=cast.now("omar"))
    return Round.objects.get(pk=row.pk), at


def asked(cast, row, to, *, who="omar", new_letters=False):
    return services.ask_rollback(
        round_=row,
        to=to,
        because="Seen by an applicant.",
        new_letters=new_letters,
        by=cast.now(who) if who else None,
        version=standstill_of(row).version,
    )


def confirmed(cast, row, who="lena"):
    services.confirm_rollback(round_=row, by=cast.now(who), version=standstill_of(row).version)


def rolled_back(cast, row, to, **told):
    asked(cast, row, to, **told)
    confirmed(cast, row)
    return Standstill.objects.get()


def standing():
    return set(
        Answer.objects.filter(set_aside_because="").values_list("member__person__name", flat=True)
    )


def test_what_it_would_do_is_told_before(cast, told):
    row, at = told

    plan = plan_of_rollback(row, at)

    assert plan.sentences() == (
        "2 answers of 2 experts about 1 effort set aside",
        "2 hand-ins taken back",
        "0 remarks of the discussion hidden",
    )
    assert standing() == {"Ada", "Grace", "Joan"}


def test_judgements_after_the_time_are_set_aside_by_two_people_and_none_is_deleted(cast, told):
    row, at = told
    assert not asked(cast, row, at)
    assert standing() == {"Ada", "Grace", "Joan"}
    with pytest.raises(Refused, match="second person"):
        confirmed(cast, row, "omar")

    confirmed(cast, row, "lena")

    assert standing() == {"Ada"}
    assert Answer.objects.count() == 3
    handed = Assignment.objects.filter(handed_in_at__isnull=False)
    assert [each.member.person.name for each in handed] == ["Ada"]
    entry = Entry.objects.get(action="judgements rolled back")
    assert not entry.by_one_person
    assert "Seen by an applicant." in entry.said.text


def test_what_was_typed_stays_in_its_writers_form(cast, told):
    row, at = told
    rolled_back(cast, row, at)

    draft = selectors.own_drafts(cast.now("grace"), the_effort(row), 1)["success"]

    assert draft.answer is None
    assert draft.typed["reason"] == "what grace thinks"


def test_results_computed_in_between_do_not_count_any_more(cast, told):
    row, at = told
    Standstill.objects.update(ended_at=timezone.now())
    Round.objects.filter(pk=row.pk).update(frozen_because="")
    row = moved(row, Stage.ASSESSMENT)
    start_run(round_=row, kind=Run.Kind.ASSESS, by=cast.now("lena"))
    run_next_job("a test")
    assert newest_run(row) is not None
    freeze_round(round_=row, because="Found late.", by=cast.now("omar"))
    row = Round.objects.get(pk=row.pk)

    asked(cast, row, at)
    confirmed(cast, row)

    assert newest_run(row) is None
    assert Run.objects.count() == 1


def test_remarks_after_the_time_are_hidden(cast, told):
    row, at = told
    row = moved(row, Stage.DISCUSSION)
    effort = the_effort(row)
    seat = effort.assignments.get(member__person=cast.ada)
    for text, after in (("before", -1), ("after", 1)):
        made = Comment.objects.create(
            effort=effort, assignment=seat, by=cast.ada, about="success", text=text
        )
        Comment.objects.filter(pk=made.pk).update(at=at + dt.timedelta(microseconds=after))

    rolled_back(cast, row, at)

    seen = selectors.comments_visible_to(cast.now("omar"), effort)
    assert [each.text for each in seen] == ["before"]


def test_fresh_pseudonyms_are_fresh_and_fit_what_was_released(cast, told, monkeypatch):
    row, at = told
    effort = the_effort(row)
    ReleasedPool.objects.create(
        effort=effort, quantity="success", answers={"C": ["of ada"]}, record={}
    )
    before = dict(effort.assignments.values_list("member__person__name", "letter"))
    monkeypatch.setattr("secrets.SystemRandom.shuffle", lambda _, names: names.sort())

    rolled_back(cast, row, at, new_letters=True)

    after = dict(effort.assignments.values_list("member__person__name", "letter"))
    assert before == {"Ada": "C", "Grace": "B", "Joan": "A"}
    assert sorted(after.values()) == ["A", "B", "C"]
    assert after != before
    assert ReleasedPool.objects.get().answers == {after["Ada"]: ["of ada"]}
    assert len(set(row.panel.values_list("code", flat=True))) == row.panel.count()


def test_the_note_names_who_could_see_and_the_notice_names_nobody(cast, told):
    row, at = told

    note = rolled_back(cast, row, at).note
    kept, notice = note.split("## Notice to publish")

    assert "- Lead officer (1): Lena" in kept
    assert "fewer than three answers by fewer than three experts" in notice
    assert not any(name.capitalize() in notice for name in (*PANEL, "lena", "omar"))


@pytest.mark.parametrize(
    ("because", "to", "why"),
    [
        ("", dt.timedelta(0), "Say why"),
        ("A leak.", dt.timedelta(days=1), "still to come"),
    ],
)
def test_what_cannot_be_asked_is_refused(cast, told, because, to, why):
    row, _ = told

    with pytest.raises(Refused, match=why):
        services.ask_rollback(
            round_=row,
            to=timezone.now() + to,
            because=because,
            new_letters=False,
            by=cast.now("omar"),
            version=standstill_of(row).version,
        )


def test_a_round_that_goes_on_is_not_rolled_back(cast):
    row = a_workbench_round(cast, Stage.BLIND)

    with pytest.raises(Refused, match="does not stand still"):
        services.ask_rollback(
            round_=row,
            to=timezone.now(),
            because="A leak.",
            new_letters=False,
            by=cast.now("omar"),
            version=1,
        )


def test_it_is_carried_out_once(cast, told):
    row, at = told
    rolled_back(cast, row, at)

    with pytest.raises(Refused, match="already"):
        asked(cast, row, at)


def test_the_server_asks_and_an_account_confirms(cast, told):
    row, at = told
    asked(cast, row, at, who="")

    confirmed(cast, row, "omar")

    assert Entry.objects.get(action="rollback asked for").actor == "command line"
    assert standing() == {"Ada"}
