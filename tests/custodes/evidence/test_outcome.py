import datetime as dt

import pytest

from audit_files import log, sample, write_json
from custodes.evidence import Attestation, Audit, PassRule, outcome_of
from custodes.exchange import read_audit_log
from custodes.systems import System
from shared_files import shared

RULE = PassRule(scorer="match", at_least=0.9, fixed_on=dt.date(2026, 8, 20))
SIGNED = Attestation(run_by="An institute", relation="public_body")


@pytest.fixture
def run_of(tmp_path):
    """A run of ten items, so many of them right."""

    def make(right, *, minute=0, **changes):
        values = ["C"] * right + ["I"] * (10 - right)
        told = log(
            [sample(number, value) for number, value in enumerate(values)],
            eval={
                "eval_id": f"run-{minute}",
                "created": f"2026-09-01T10:{minute:02}:00+00:00",
                "dataset": {"name": "items", "samples": 10},
                "task": "a_test",
                "model": "example/model-a-2026-09-01",
                "revision": {"commit": "0c0ffee", "dirty": False},
            },
            **changes,
        )
        path = write_json(tmp_path / f"{minute}.json", told)
        return read_audit_log(path, name=path.name)

    return make


def audit(*runs, **changes):
    fields = {
        "id": "an-audit",
        "system": "s",
        "snapshot": "model-a-2026-09-01",
        "hazards": ("power_seeking",),
        "files": ({"path": "a.json"},),
        "attestation": SIGNED,
        "all_runs_listed": True,
        "pass_rule": RULE,
        "runs": runs,
    }
    return Audit.model_validate({**fields, **changes})


def checks(found):
    return {flag.check for flag in found.flags}


def test_runs_that_all_pass_are_no_finding(run_of):
    found = outcome_of(audit(run_of(10), run_of(9, minute=1)))

    assert found.outcome == "no_finding"
    assert [run.outcome for run in found.families[0].runs] == ["no_finding"] * 2


def test_one_run_that_fails_is_a_finding_whatever_the_last_one_says(run_of):
    found = outcome_of(audit(run_of(2), run_of(10, minute=1), run_of(10, minute=2)))

    assert found.outcome == "finding"
    assert [run.file for run in found.families[0].runs] == ["0.json", "1.json", "2.json"]


@pytest.mark.parametrize("listed", [None, False])
def test_passes_are_inconclusive_where_not_all_runs_are_listed(run_of, listed):
    found = outcome_of(audit(run_of(10), all_runs_listed=listed))

    assert found.outcome == "inconclusive"
    assert found.families[0].why == "nobody attested that all runs are listed"


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "error"}, "run_error"),
        ({"invalidated": True}, "invalidated"),
        ({"results": {"completed_samples": 12}}, "count_mismatch"),
    ],
)
def test_what_stops_a_run_is_never_a_pass(run_of, changes, check):
    found = outcome_of(audit(run_of(10, **changes)))

    assert found.outcome == "inconclusive"
    assert found.families[0].runs[0].why == f"stopped by {check}"


def test_an_explanation_of_a_named_person_lets_a_run_count(run_of):
    explained = {"check": "count_mismatch", "by": "An assessor", "reason": "two were withdrawn"}

    found = outcome_of(
        audit(run_of(10, results={"completed_samples": 12}), explanations=(explained,))
    )

    assert found.outcome == "no_finding"
    (flag,) = (flag for flag in found.families[0].flags if flag.check == "count_mismatch")
    assert flag.effect == "tell"
    assert "Explained by An assessor: two were withdrawn" in flag.sentence


def test_a_rule_that_came_after_the_run_does_not_count(run_of):
    late = RULE.model_copy(update={"fixed_on": dt.date(2026, 9, 1)})

    found = outcome_of(audit(run_of(10), pass_rule=late))
    judged = outcome_of(
        audit(
            run_of(10),
            pass_rule=late,
            outcome="no_finding",
            outcome_by="An assessor",
            outcome_reason="read all transcripts",
        )
    )

    assert found.outcome == "inconclusive"
    assert judged.outcome == "no_finding"
    assert "judged_after_result" in checks(judged)
    assert "judged_after_result" not in checks(found)


@pytest.mark.parametrize(
    ("on", "value", "passes"), [("p05", 0.9, False), ("p95", 0.9, True), ("mean", 0.9, True)]
)
def test_a_rule_may_ask_for_an_end_of_the_interval(run_of, on, value, passes):
    rule = PassRule(scorer="match", at_least=value, on=on, fixed_on=dt.date(2026, 8, 20))

    found = outcome_of(audit(run_of(10), pass_rule=rule))

    assert found.outcome == ("no_finding" if passes else "finding")


def test_another_snapshot_than_the_declared_one_is_told(run_of):
    found = outcome_of(audit(run_of(10), snapshot="model-b-2026-10-01"))

    assert "snapshot_differs" in checks(found)
    digest = outcome_of(audit(run_of(10), snapshot="0" * 64))
    assert "snapshot_differs" not in checks(digest)


def test_an_audit_without_hazard_or_attestation_says_so(run_of):
    found = outcome_of(audit(run_of(10), hazards=(), attestation=None))

    assert {"no_hazard", "who_ran_it_unknown"} <= checks(found)
    assert not found.shows("power_seeking")


def test_a_name_that_claims_more_stops_that_hazard_alone(run_of):
    said = {"hazard": "power_seeking", "by": "An assessor", "reason": "it counts yes and no"}
    found = outcome_of(
        audit(run_of(10), hazards=("power_seeking", "dishonesty"), name_claims_more=(said,))
    )

    assert not found.shows("power_seeking")
    assert found.shows("dishonesty")
    assert "name_claims_more" in checks(found)


def test_the_five_reruns_are_never_one_pass():
    made = [
        read_audit_log(shared("data", "evidence", "inspect", "made", f"rerun_{number}.eval"))
        for number in range(1, 6)
    ]
    rule = PassRule(scorer="match", at_least=0.5, fixed_on=dt.date(2026, 8, 20))

    for order in (made, made[::-1], made[4:] + made[:4]):
        found = outcome_of(audit(*order, pass_rule=rule))
        (family,) = found.families
        assert found.outcome == "finding"
        assert [run.outcome for run in family.runs] == [
            "finding",
            "inconclusive",
            "finding",
            "finding",
            "no_finding",
        ]
        assert "run_again" in {flag.check for flag in family.flags}


def system(**stated):
    return System(id="s", title="S", **stated)


def test_evidence_that_is_younger_than_the_deployment_says_so(run_of):
    early, late = (
        outcome_of(audit(run_of(10)), system(deployed_on=dt.date(2026, 9, day))) for day in (2, 1)
    )
    before = outcome_of(audit(run_of(10)), system(deployed_on=dt.date(2026, 8, 31)))

    assert "after_deployment" not in checks(early) | checks(late)
    assert "after_deployment" in checks(before)


def test_the_deployed_snapshot_decides_whether_the_evidence_carries_over(run_of):
    plain = audit(run_of(10))
    says_same = audit(run_of(10), deployed_as="same_snapshot")
    same, other = system(snapshot="model-a-2026-09-01"), system(snapshot="model-a-2026-12-01")

    assert outcome_of(plain).deployed_as == ""
    assert outcome_of(plain, same).deployed_as == "same_snapshot"
    assert outcome_of(plain, other).deployed_as == ""
    assert outcome_of(says_same).deployed_as == "same_snapshot"
    found = outcome_of(says_same, other)
    assert found.deployed_as == ""
    assert "snapshot_differs" in checks(found)
