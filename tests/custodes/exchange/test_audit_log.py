import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit_files import log, sample, write_eval, write_json
from custodes.errors import InputError
from custodes.evidence import flags_of_run
from custodes.exchange import _json_spans, read_audit_log, read_audit_logs
from shared_files import SHARED

LOGS = sorted(
    path
    for path in SHARED.joinpath("data", "evidence", "inspect").rglob("*")
    if path.is_file() and path.name != "LICENSE"
)


def checks(run):
    return {flag.check for flag in flags_of_run(run)}


def test_the_same_log_is_the_same_run_in_both_formats(tmp_path):
    told = log([sample(1), sample(2, "I", epoch=2)], accuracy=0.5)

    as_json = read_audit_log(write_json(tmp_path / "a.json", told))
    as_eval = read_audit_log(write_eval(tmp_path / "a.eval", told))

    file_facts = {"file", "sha256", "zip_compression"}
    assert as_json.model_dump(exclude=file_facts) == as_eval.model_dump(exclude=file_facts)


def test_content_decides_and_not_the_name(tmp_path):
    told = log([sample(1)])

    as_json = read_audit_log(write_json(tmp_path / "a.eval", told))
    as_eval = read_audit_log(write_eval(tmp_path / "a.json", told))

    assert as_json.zip_compression is None
    assert as_eval.zip_compression == (8,)
    assert as_json.content_sha256 == as_eval.content_sha256


def test_no_text_of_a_sample_is_kept(tmp_path):
    told = log(
        [
            sample(1, "C", error={"message": "a secret error", "traceback": "a secret trace"}),
            sample(2, "a secret value"),
        ]
    )

    run = read_audit_log(write_eval(tmp_path / "a.eval", told))

    assert "secret" not in run.model_dump_json()
    assert run.items_with_error == 1


def test_a_large_sample_gives_what_a_small_one_gives(tmp_path, monkeypatch):
    told = log([sample(1, error={"message": "x"}), sample(2, limit={"type": "token"})])
    path = write_json(tmp_path / "a.json", told)
    small = read_audit_log(path)

    monkeypatch.setattr(_json_spans, "SMALL", 60)

    assert read_audit_log(path) == small


def test_an_eval_without_a_header_did_not_end(tmp_path):
    told = log([sample(1)])
    path = write_eval(tmp_path / "a.eval", told, header="_journal/start.json")

    run = read_audit_log(path)

    assert run.status == "started"
    assert "unfinished" in checks(run)
    assert run.samples_in_file == 1


def test_the_oldest_format_has_one_scorer_and_one_score_without_a_name(tmp_path):
    told = log(
        [{**sample(1), "scores": None, "score": {"value": "I"}}],
        version=1,
        results={"scores": None, "scorer": {"name": "old"}, "metrics": {"accuracy": {"value": 0}}},
    )
    del told["samples"][0]["scores"]

    run = read_audit_log(write_json(tmp_path / "a.json", told))

    assert [(score.name, score.metrics) for score in run.scores] == [("old", {"accuracy": 0})]
    assert run.recomputed["old"].mean == 0.0


def test_not_a_number_is_kept_as_nothing_and_flagged(tmp_path):
    told = log([sample(1)], accuracy=float("nan"))

    run = read_audit_log(write_json(tmp_path / "a.json", told))

    assert run.scores[0].metrics == {"accuracy": None}
    assert "metric_not_a_number" in checks(run)
    assert "NaN" not in run.model_dump_json()


def test_a_time_without_a_zone_is_no_moment_and_the_log_is_read(tmp_path):
    told = log([sample(1)], eval={"created": "2026-09-01T10:00:00"})

    run = read_audit_log(write_json(tmp_path / "a.json", told))

    assert run.created == "2026-09-01T10:00:00"
    assert run.created_at is None


def test_a_blank_id_does_not_merge_runs(tmp_path):
    nameless = {"eval_id": "", "run_id": "", "task_id": None}
    one = write_json(tmp_path / "1.json", log([sample(1)], eval=nameless))
    other = write_json(tmp_path / "2.json", log([sample(1, "I")], eval=nameless))

    keys = {run.key for run in read_audit_logs([one, other]).runs}

    assert len(keys) == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version": 4}, "log format 4 is newer than this version understands"),
        ({"version": 0}, "log format 0 is none that we know"),
        ({"version": "two"}, "log format two is none that we know"),
        ({"status": "fine"}, "not an Inspect log (its status is fine)"),
        ({"eval": {"task": 7, "model": "m"}}, "not an Inspect log (it names no task or no model)"),
        ({"eval": None}, "not an Inspect log (it has no 'eval')"),
        ({"samples": [7]}, "not an Inspect log (a sample is no table)"),
    ],
)
def test_what_makes_it_no_log_is_said(tmp_path, changes, told):
    path = write_json(tmp_path / "a.json", {**log([sample(1)]), **changes})

    with pytest.raises(InputError) as caught:
        read_audit_log(path)

    assert [fault.message for fault in caught.value.faults] == [told]


def test_every_refusal_is_told_beside_what_was_read(tmp_path):
    good = write_json(tmp_path / "good.json", log([sample(1)]))
    empty = tmp_path / "empty.eval"
    empty.write_bytes(b"")

    read = read_audit_logs([good, empty, tmp_path / "absent.eval", tmp_path])

    assert [run.file for run in read.runs] == [str(good)]
    assert [fault.message for fault in read.refused] == [
        "not an Inspect log (it is empty)",
        "is missing",
        "is a folder",
    ]


def test_what_steers_a_terminal_does_not_reach_the_record(tmp_path):
    told = log([sample(1)], eval={"task": "a\x1b[2Jtest\n", "model": "m\ud800"})

    run = read_audit_log(write_json(tmp_path / "a.json", told))

    assert run.task == "a\ufffd[2Jtest"
    assert run.model == "m\ufffd"


def fuzzed(rng, content):
    """The same bytes with something changed, cut, doubled or put in."""
    content = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 8])):
        at = rng.randrange(len(content) + 1)
        match rng.randrange(6):
            case 0 if content:
                content[at % len(content)] = rng.randrange(256)
            case 1:
                del content[at : at + rng.randrange(1, 40)]
            case 2:
                content[at:at] = rng.randbytes(rng.randrange(1, 9))
            case 3:
                content[at:at] = content[at : at + rng.randrange(1, 60)]
            case 4:
                content[at : at + 4] = rng.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"[[[["])
            case _:
                word = rng.choice([b"null", b"-1e999", b'"\\ud800"', b"1" * 5000, b"NaN", b"{}"])
                content[at:at] = word
    return bytes(content)


def edited(rng, told):
    """The same log with one value somewhere in it replaced by a strange one."""
    told = json.loads(json.dumps(told))
    place = told
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = rng.choice(keys)
        inside = place[key]
        if isinstance(inside, dict | list) and inside and rng.random() < 0.8:
            place = inside
            continue
        strange = [None, -1, 1e308, 10**400, True, "", "\ud800", [], {}, [[]], {"a": 1}, "C"]
        place[key] = rng.choice(strange)
        return told


def read_or_refuse(path, rounds_started):
    """Read it, or be refused with file and cure; anything else is a fault of ours."""
    try:
        run = read_audit_log(path, name="a log")
    except InputError as error:
        for fault in error.faults:
            assert fault.file == "a log"
            assert fault.cure
    else:
        flags_of_run(run)
        json.loads(run.model_dump_json())
    assert time.thread_time() - rounds_started < 10


def fuzz(tmp_path, number):
    rng = random.Random(20261124)  # noqa: S311 (a seed, so that a failure can be seen again)
    path = tmp_path / "fuzzed"
    small = [each for each in LOGS if each.stat().st_size < 50_000]
    for turn in range(number):
        started = time.thread_time()
        source = small[turn % len(small)]
        path.write_bytes(fuzzed(rng, source.read_bytes()))
        read_or_refuse(path, started)
    table = log([sample(1), sample(2, "P", epoch=2)], accuracy=0.75, log_updates=[{}])
    for turn in range(number):
        started = time.thread_time()
        changed = edited(rng, table)
        write = write_json if turn % 2 or not isinstance(changed["samples"], list) else write_eval
        write(path, changed)
        read_or_refuse(path, started)


def test_random_edits_are_read_or_refused_and_nothing_else(tmp_path):
    if not LOGS:
        pytest.skip("../shared/data/evidence is not here; put the shared data beside")
    fuzz(tmp_path, 300)


@pytest.mark.long
def test_thousands_of_random_edits_are_read_or_refused_and_nothing_else(tmp_path):
    if not LOGS:
        pytest.skip("../shared/data/evidence is not here; put the shared data beside")
    fuzz(tmp_path, 2000)


def test_random_bytes_are_refused(tmp_path):
    rng = random.Random(7)  # noqa: S311 (a seed, so that a failure can be seen again)
    path = tmp_path / "a.eval"
    for head in (b"", b"PK", b"PK\3\4", b"{", b'{"eval": {'):
        for _ in range(20):
            path.write_bytes(head + rng.randbytes(rng.randrange(400)))
            with pytest.raises(InputError):
                read_audit_log(path)


MEASURE = """
import resource, sys, time
from custodes.exchange import read_audit_log
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.process_time()
run = read_audit_log(sys.argv[1])
taken = time.process_time() - started
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(run.samples_in_file, taken, (after - before) / 1024)
"""


@pytest.mark.long
@pytest.mark.parametrize("write", [write_json, write_eval])
def test_a_log_of_50_mb_takes_less_than_three_seconds_and_150_mb(tmp_path, write):
    """Of work and of memory beyond what was there; the file is 50 MB however it is packed."""
    size = 50_000 if write is write_json else 90_000  # hexadecimal digits pack to a half
    talk = [{"role": "user", "content": os.urandom(size // 50).hex()} for _ in range(25)]
    told = log([sample(1)])
    samples = [
        sample(
            number, messages=[{**each, "content": os.urandom(size // 50).hex()} for each in talk]
        )
        for number in range(1000)
    ]
    path = write(tmp_path / "large", {**told, "samples": samples})
    assert 45_000_000 < path.stat().st_size < 60_000_000
    source = Path(__file__).parents[3] / "src"

    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )

    number, seconds, megabytes = map(float, done.stdout.split())
    assert number == 1000
    assert seconds < 3
    assert megabytes < 150
