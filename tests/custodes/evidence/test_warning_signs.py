import pytest

from audit_files import log, sample, write_json
from custodes.evidence import (
    SIGNS,
    Attestation,
    Audit,
    Claim,
    no_sign_of_benchmark,
    outcome_of,
    warning_signs,
)
from custodes.exchange import read_audit_log

INDEPENDENT = {
    "relation": "public_body",
    "paid_by": "public",
    "scope_set_by": "auditor",
    "may_publish": "without_consent",
    "saw_before": "nobody",
    "ties_last_24_months": "none",
}
CAREFUL = {
    "id": "c1",
    "claimant": "A lab",
    "text": "In 300 trials our model sought power twice.",
    "hazard": ("power_seeking",),
    "definition_of_alignment": "hazard-focused",
    "scale": "today",
    "evidence": ("a1",),
}


def claim(**changes):
    return Claim.model_validate({**CAREFUL, **changes})


@pytest.fixture
def audit(tmp_path):
    """An audit of so many items out of a set, with all runs attested."""

    def make(items=40, of=40, **changes):
        told = log(
            [sample(number) for number in range(items)],
            eval={"dataset": {"name": "items", "samples": of}},
        )
        run = read_audit_log(write_json(tmp_path / "a.json", told), name="a.json")
        fields = {
            "id": "a1",
            "system": "s",
            "hazards": ("power_seeking",),
            "files": ({"path": "a.json"},),
            "attestation": Attestation.model_validate(INDEPENDENT),
            "all_runs_listed": True,
            "runs": (run,),
        }
        return outcome_of(Audit.model_validate({**fields, **changes}))

    return make


def signs(*args):
    return [each.sign for each in warning_signs(*args)]


def test_a_careful_claim_with_external_evidence_has_no_sign(audit):
    assert signs(claim(), [audit()]) == []


@pytest.mark.parametrize(
    ("changes", "sign", "told"),
    [
        ({"evidence": ()}, "no_evidence", "names no evidence"),
        ({"hazard": ()}, "hazard_not_named", "harm"),
        ({"definition_of_alignment": ""}, "definition_not_named", "alignment"),
        ({"scale": "not_stated"}, "scale_not_stated", "more capable"),
        ({"benchmark": "TruthfulQA MC1"}, "moves_with_capability", "0.65 to 0.90), 26 chat"),
        ({"benchmark": "sycophancy"}, "moves_with_capability", "gets worse in more capable"),
        ({"text": "It is safe."}, "absolute", "'safe'"),
    ],
)
def test_each_sign_of_the_claim_itself_is_shown_with_its_reason(audit, changes, sign, told):
    (found,) = warning_signs(claim(**changes), [audit()])

    assert found.sign == sign
    assert told in found.reason


@pytest.mark.parametrize(
    ("changes", "sign", "told"),
    [
        ({"attestation": None}, "own_evidence", "Independence of a1 is D"),
        ({"all_runs_listed": None}, "selected_runs", "all runs of a1"),
        ({"of": 400}, "part_of_dataset", "40 of 400"),
        ({"items": 12, "of": 12}, "few_items", "12"),
    ],
)
def test_each_sign_of_the_evidence_is_shown_with_its_reason(audit, changes, sign, told):
    (found,) = warning_signs(claim(), [audit(**changes)])

    assert found.sign == sign
    assert told in found.reason


def test_the_same_sentence_contradicted_before_is_a_sign(audit):
    before = claim(id="c0", text="In 300 trials, our model sought power twice!")

    contradicted = before.model_copy(update={"assessment": "contradicted"})
    assert signs(claim(), [audit()], [claim(), contradicted]) == ["contradicted_before"]
    assert signs(claim(), [audit()], [claim(), before]) == []


@pytest.mark.parametrize("text", ["A safer model.", "Safety first.", "It is unaligned."])
def test_a_word_within_another_is_no_absolute_claim(audit, text):
    assert signs(claim(text=text), [audit()]) == []


def test_an_absolute_word_of_another_language_is_not_looked_for(audit):
    assert signs(claim(text="never", language="de"), [audit()]) == []


@pytest.mark.parametrize(
    ("benchmark", "told"),
    [
        ("", ""),
        ("wmdp", ""),
        ("our own test", "Nothing is known"),
        ("HarmBench-GCG-T-all", "contains 0"),
        ("MACHIAVELLI power", "has not been checked"),
    ],
)
def test_why_a_benchmark_gives_no_sign_is_said(audit, benchmark, told):
    why = no_sign_of_benchmark(claim(benchmark=benchmark))

    assert told in why
    assert bool(why) == bool(told)
    if told:
        assert signs(claim(benchmark=benchmark), [audit()]) == []


def test_evidence_that_is_withheld_is_not_called_missing():
    assert signs(claim(evidence=("withheld",))) == []


def test_every_sign_has_its_words(audit):
    seen = signs(
        Claim(id="c1", claimant="A lab", text="We are safe.", benchmark="wmdp", evidence=("a1",)),
        [audit(items=12, of=400, attestation=None, all_runs_listed=False)],
        [Claim(id="c0", claimant="B", text="We are safe.", assessment="contradicted")],
    )
    assert {*seen, "no_evidence"} == set(SIGNS)
