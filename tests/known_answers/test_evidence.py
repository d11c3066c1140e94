"""Real audit logs, and the formulas for what they show, against `evidence.json`.

How its numbers were made: its own key `how`, and `data/evidence/SOURCES.md`.
"""

import json

import pytest

from custodes.errors import InputError
from custodes.evidence import flags_of_run
from custodes.exchange import read_audit_log
from shared_files import SHARED, shared

FILE = ("data", "known_answers", "evidence.json")
HERE = SHARED.joinpath(*FILE)
KNOWN = json.loads(HERE.read_text("utf-8")) if HERE.exists() else {}
WITHIN = {"rel": 1e-9, "abs": 1e-9}
REFUSALS = {
    "log format newer than 3": "log format 4 is newer than this version understands",
}


def known(part):
    """The names of known answers; one that skips with the reason where they are not here."""
    return list(KNOWN.get(part, {})) or [part]


def log_of(name):
    shared(*FILE)
    return shared("data", "evidence", *name.split("/"))


@pytest.mark.parametrize("name", known("logs"))
def test_a_log_gives_its_known_record_and_flags(name):
    run = read_audit_log(log_of(name), name=name)
    expected = KNOWN["logs"][name]

    seen = {**run.model_dump(mode="json"), "flags": sorted(f.check for f in flags_of_run(run))}

    for key, value in expected.items():
        assert seen[key] == near(value), key


def near(value):
    """The same value, its numbers within what the file allows."""
    if isinstance(value, dict):
        return {key: near(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [near(inside) for inside in value]
    return pytest.approx(value, **WITHIN) if isinstance(value, float) else value


@pytest.mark.parametrize("name", known("refused"))
def test_what_is_no_log_is_refused_with_its_known_reason(name):
    path, reason = log_of(name), KNOWN["refused"][name]

    with pytest.raises(InputError) as caught:
        read_audit_log(path)

    (fault,) = caught.value.faults
    assert fault.message.startswith(REFUSALS.get(reason, reason))
    assert fault.file == str(path)
    assert fault.cure


def test_all_logs_together_have_the_known_counts():
    shared(*FILE)
    statuses = [read_audit_log(log_of(name)).status for name in KNOWN["logs"]]

    assert len(statuses) == KNOWN["counts"]["logs"]
    assert len(KNOWN["refused"]) == KNOWN["counts"]["refused"]
    assert {each: statuses.count(each) for each in statuses} == KNOWN["counts"]["status"]
