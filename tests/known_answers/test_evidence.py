"""Real audit logs, and the formulas for what they show, against `evidence.json`.

How its numbers were made: its own key `how`, and `data/evidence/SOURCES.md`.
"""

import json

import numpy as np
import pytest

from custodes.errors import InputError
from custodes.evidence import (
    CAPABILITY_CORRELATIONS,
    at_face_value,
    detection_of,
    families_of,
    flags_of_run,
    p_harm,
    p_seen_if_bad,
    p_seen_if_good,
    perceived,
    posterior,
    safety_logit,
)
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


@pytest.fixture(scope="module")
def families():
    shared(*FILE)
    runs = [read_audit_log(log_of(name), name=name) for name in KNOWN["logs"]]
    return families_of(runs)


def test_runs_of_one_test_are_one_family_in_time_order(families):
    several = [each for each in families if len(each.runs) > 1]

    seen = [
        {
            "task": each.task,
            "model": each.model,
            "logs": [
                {"file": run.file, "created": run.created, "status": run.status}
                for run in each.runs
            ],
        }
        for each in several
    ]

    def order(told):
        return [sorted(json.dumps(each, sort_keys=True) for each in told)]

    assert order(seen) == order(KNOWN["run_families"])


def test_the_same_file_and_the_same_run_count_once(families):
    pairs = {
        (run.file, copy.file, flag.check)
        for each in families
        for run in each.runs
        for copy in each.copies
        for flag in each.flags
        if flag.about == run.file and f"'{copy.file}'" in flag.sentence
    }

    for one, other in KNOWN["same_file"]:
        assert (one, other, "same_file") in pairs or (other, one, "same_file") in pairs
    for one, other in KNOWN["same_run"]:
        found = {check for *files, check in pairs if set(files) == {one, other}}
        expected = "same_run_other_content" if "nan" in other else "same_run_other_format"
        assert found == {expected}
    assert len(pairs) == len(KNOWN["same_file"]) + len(KNOWN["same_run"])


def detection_in(case):
    return detection_of(
        found=tuple(case["failed"]),
        sensitivity=case["s"],
        specificity=case["spec"],
        gaming=case["d"],
        common_cause=case["beta_c"],
        reach=case["kappa"],
    )


DETECTION = {case["name"]: case for case in KNOWN.get("detection", {}).get("cases", [])}


@pytest.mark.parametrize("name", list(DETECTION) or ["detection"])
def test_detection_strength_gives_the_known_posterior(name):
    shared(*FILE)
    case = DETECTION[name]
    tests = detection_in(case)

    seen = {
        "L_bad": float(p_seen_if_bad(tests)[0]),
        "L_good": float(p_seen_if_good(tests)[0]),
        "posterior": float(posterior(case["pi"], tests)[0]),
        "posterior_face_value": float(posterior(case["pi"], at_face_value(tests))[0]),
    }

    assert seen == pytest.approx({key: case[key] for key in seen}, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("part", ["prior", "posterior", "face_value"])
def test_posteriors_of_several_hazards_give_the_known_safety(part):
    shared(*FILE)
    known_part, harm = KNOWN["hazard"][part], KNOWN["hazard"]["c"]

    found = p_harm(np.array(known_part["pi"])[:, None], np.array(harm)[:, None])

    assert float(found[0]) == pytest.approx(known_part["h"], rel=1e-12)
    assert float(safety_logit(found)[0]) == pytest.approx(known_part["logit_safety"], rel=1e-12)


def test_what_is_believed_lies_between_the_posterior_and_face_value():
    shared(*FILE)
    hazard = KNOWN["hazard"]
    harm, face = (np.array([hazard[part]["h"]]) for part in ("posterior", "face_value"))

    for each in hazard["perceived"]:
        found = perceived(harm, face, np.array([each["share_at_face_value"]]))
        assert float(found[0]) == pytest.approx(each["h"], rel=1e-12)
        assert float(safety_logit(found)[0]) == pytest.approx(each["logit_safety"], rel=1e-12)


@pytest.mark.parametrize(
    "case", KNOWN.get("capability_correlation", [{}]), ids=lambda each: each.get("benchmark", "")
)
def test_a_capability_correlation_has_its_known_interval_and_shares(case):
    shared(*FILE)
    found = CAPABILITY_CORRELATIONS[case["benchmark"]]

    assert (found.r, found.models) == (case["spearman_chat"], case["n"])
    assert found.interval == pytest.approx((case["p05"], case["p95"]), rel=1e-9)
    assert found.capability_share == pytest.approx(case["capability_share"], rel=1e-9)
    assert found.worsening_share == pytest.approx(case["worsening_share"], rel=1e-9)
