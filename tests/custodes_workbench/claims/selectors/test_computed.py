import pytest

from custodes.assessment import assess
from custodes.exchange import read_round, round_files, write_starter
from custodes_workbench.assessments.services import read_in_round
from custodes_workbench.claims.selectors import round_of

pytestmark = pytest.mark.django_db


def test_claims_of_a_folder_give_what_the_library_gives_and_go_out_as_they_came_in(cast, tmp_path):
    write_starter("demo", into=tmp_path / "demo")
    read = read_round(tmp_path / "demo")

    here = round_of(read_in_round(round_=read, source="demo", by=cast.now("lena")))

    theirs = assess(read, samples=64).record.claims
    assert theirs is not None
    assert any(each.moves for each in theirs.claims)
    assert assess(here, samples=64).record.claims == theirs
    assert round_files(here)["claims.csv"] == round_files(read)["claims.csv"]
