import pytest

from custodes.exchange import read_round, write_starter
from custodes.rounds import inputs_sha256
from custodes_workbench.assessments.selectors import round_of
from custodes_workbench.assessments.services import read_in_round

pytestmark = pytest.mark.django_db


def test_round_of_gives_back_the_round_that_was_read_in(cast, tmp_path):
    write_starter("demo", into=tmp_path / "demo")
    read = read_round(tmp_path / "demo")

    row = read_in_round(round_=read, source="demo", by=cast.now("lena"))

    assert inputs_sha256(round_of(row)) == inputs_sha256(read)
