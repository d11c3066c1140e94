import pytest

from custodes.exchange import read_round, write_starter
from custodes.rounds import inputs_sha256
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.selectors import broken_results, round_of
from custodes_workbench.assessments.services import read_in_round
from workbench_runs import a_done_run

pytestmark = pytest.mark.django_db


def test_round_of_gives_back_the_round_that_was_read_in(cast, tmp_path):
    write_starter("demo", into=tmp_path / "demo")
    read = read_round(tmp_path / "demo")

    row = read_in_round(round_=read, source="demo", by=cast.now("lena"))

    assert inputs_sha256(round_of(row)) == inputs_sha256(read)


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
