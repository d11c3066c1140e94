"""A stage closes while twenty experts hand in: each answer is wholly in, or clearly refused."""

import json
import subprocess
from pathlib import Path

import pytest

from own_database import beside_tests, migrate, own_database, run_python

CLOSING = Path(__file__).with_name("closing.py")
IN, REFUSED = 302, 403


def closed(folder, after):
    """What every expert was told and what stands, where the stage closes after so many posts."""
    with own_database(folder) as environment:
        migrate(environment)
        beside = beside_tests(environment)
        told = run_python(beside, str(CLOSING), str(after), stdout=subprocess.PIPE).stdout
    return json.loads(told.splitlines()[-1])


def check(found):
    """What was told is what stands, and nothing was taken after the close."""
    for each in found:
        saved, handed_in = each["told"]
        assert {saved, handed_in} <= {IN, REFUSED}
        assert (each["answers"], each["in time"]) == (int(saved == IN), True)
        assert each["handed in"] == (handed_in == IN)
        assert each["entries"] == ([True] if handed_in == IN else [])


def test_each_answer_is_wholly_in_or_refused_while_the_stage_closes(tmp_path):
    found = closed(tmp_path, 15)

    check(found)
    assert {handed_in for each in found for handed_in in each["told"]} == {IN, REFUSED}


@pytest.mark.long
@pytest.mark.parametrize("after", range(1, 40, 3))
def test_whenever_the_stage_closes_each_answer_is_in_or_refused(tmp_path, after):
    check(closed(tmp_path, after))
