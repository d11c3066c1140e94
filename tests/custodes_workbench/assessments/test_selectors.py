import pytest

from cast import a_workbench_round, stand
from challenges import a_challenge, effort_of
from custodes.exchange import read_round, write_starter
from custodes.rounds import inputs_sha256
from custodes_workbench.access import Relation, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.selectors import broken_results, runs_that_wait
from custodes_workbench.assessments.services import propose, read_in_round, start_run
from custodes_workbench.claims.selectors import round_of
from custodes_workbench.operations.services import run_next_job
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db


def test_round_of_gives_back_the_round_that_was_read_in(cast, tmp_path):
    write_starter("demo", into=tmp_path / "demo")
    read = read_round(tmp_path / "demo")

    row = read_in_round(round_=read, source="demo", by=cast.now("lena"))

    kept = read.model_copy(update={"corrections": ()})  # they stay outside, and that is said
    assert kept.claims
    assert inputs_sha256(round_of(row)) == inputs_sha256(kept)


def test_results_that_are_as_they_came_out_verify(cast):
    a_done_run(cast)

    assert list(broken_results()) == []


@pytest.mark.parametrize(
    ("column", "told"),
    [("result_json", "its result is not what came out"), ("inputs_json", "its inputs are not")],
)
def test_a_result_that_was_tampered_with_is_found(cast, column, told):
    run = a_done_run(cast)
    tampered = getattr(run, column).replace("An institute", "Another institute", 1)
    Run.objects.filter(pk=run.pk).update(**{column: tampered})

    (broken,) = broken_results()

    assert told in broken


def test_officers_are_told_to_assess_and_again_after_a_change(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)

    def told(name):
        return [each.text for each in runs_that_wait(cast.now(name))]

    assert told("omar") == ["Run the assessment"]
    start_run(round_=row, kind=Run.Kind.ASSESS, by=cast.now("lena"))
    assert told("omar") == []  # under way
    run_next_job("a test")
    assert told("omar") == []
    a_challenge(cast, moved(row, Stage.CHALLENGE))
    assert told("omar") == ["Assess again: something has changed since assessment 1"]
    for name in ("dina", "anna", "aud", "ada"):
        assert told(name) == []
    stand(effort_of(row), cast.omar, Relation.CONFLICTED)
    assert told("omar") == []  # a change tells of what is hidden from them


def test_officers_are_told_to_propose_a_choice_and_again_after_another_assessment(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    a_done_run(cast, row)
    choice = a_done_run(cast, moved(row, Stage.CHOICE), Run.Kind.CHOOSE)

    def told():
        return [each.text for each in runs_that_wait(cast.now("omar"))]

    assert told() == ["Propose a choice to the decision makers"]
    propose(run=choice, reason="It does most.", by=cast.now("omar"))
    assert told() == []
    a_challenge(cast, moved(row, Stage.CHALLENGE))
    a_done_run(cast, moved(row, Stage.CHOICE))
    assert told() == ["Propose a choice again: choice 1 is older than assessment 2"]
