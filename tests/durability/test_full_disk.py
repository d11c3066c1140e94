"""A disk that is full takes no part of an answer, and the page gives the text back."""

import json
import subprocess
from pathlib import Path

import pytest

from own_database import ON_POSTGRESQL, beside_tests, migrate, own_database, run_python

SENDER = Path(__file__).with_name("full_disk.py")
pytestmark = pytest.mark.skipif(
    ON_POSTGRESQL, reason="the server writes, in processes of its own; test_unsaved.py has it"
)


def test_on_a_full_disk_nothing_is_half_saved_and_the_text_comes_back(tmp_path):
    with own_database(tmp_path) as environment:
        migrate(environment)
        beside = beside_tests(environment)
        told = json.loads(run_python(beside, str(SENDER), stdout=subprocess.PIPE).stdout)

    assert told == {
        "status": 503,
        "said": True,
        "given back": True,
        "page": 200,
        "as before": True,
        "chain": None,
        "faults": [],
        "again": 302,
        "answers": 1,
    }
