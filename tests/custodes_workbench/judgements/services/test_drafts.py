import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.models import Draft
from workbench_answers import answered, the_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def keep(cast, row, text, version, name="ada"):
    return services.save_draft(
        effort=the_effort(row),
        quantity="success",
        by=cast.now(name),
        typed={"reason": text, "act": "draft", "csrfmiddlewaretoken": "x"},
        version=version,
    )


def test_draft_holds_the_fields_and_nothing_else_that_was_sent(cast, row):
    kept = keep(cast, row, "a text", 0)

    assert set(kept.typed) == {"p05", "p50", "p95", "confidence", "abstain", "reason"}
    assert kept.version == 1


def test_stale_draft_with_another_text_is_refused_with_what_stands(cast, row):
    keep(cast, row, "first tab", 0)

    with pytest.raises(services.SavedElsewhere) as caught:
        keep(cast, row, "second tab", 0)

    assert caught.value.draft.typed["reason"] == "first tab"
    assert Draft.objects.get().typed["reason"] == "first tab"


def test_stale_draft_with_the_same_text_is_no_conflict(cast, row):
    keep(cast, row, "a text", 0)

    assert keep(cast, row, "a text", 0).version == 1


def test_changed_draft_is_no_answer_any_more(cast, row):
    answered(cast, row, "ada")
    draft = Draft.objects.get()
    was = draft.answer_id

    changed = keep(cast, row, "another text", draft.version)

    assert was is not None
    assert changed.answer_id is None


def test_draft_has_no_entry_in_the_history(cast, row):
    before = Entry.objects.count()

    keep(cast, row, "a text", 0)

    assert Entry.objects.count() == before


def test_draft_of_one_is_not_anothers(cast, row):
    keep(cast, row, "of ada", 0)
    keep(cast, row, "of grace", 0, name="grace")

    own = selectors.own_drafts(cast.now("grace"), the_effort(row), 1)

    assert own["success"].typed["reason"] == "of grace"


def test_draft_of_who_does_not_judge_is_refused(cast, row):
    with pytest.raises(Refused):
        keep(cast, row, "a text", 0, name="mallory")
