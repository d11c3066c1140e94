import hashlib

import pytest

from audit_files import log, sample, write_eval
from custodes.evidence import outcome_of
from custodes.exchange._evidence_file import audits_as_toml, read_evidence

FULL = """
[[audit]]
id = "power-2026-09"
system = "model-a"
snapshot = "model-a-2026-09-01"
hazards = ["power_seeking"]
files = ["clean.eval"]
all_runs_listed = true
[audit.pass_rule]
scorer = "match"
metric = "accuracy"
at_least = 0.9
on = "p05"
fixed_on = 2026-08-20
[audit.attestation]
run_by = "An institute"
relation = "public_body"
paid_by = "public"
scope_set_by = "auditor"
may_publish = "without_consent"
saw_before = "nobody"
access = "api_no_safeguards"
ties_last_24_months = "none"
signed_by = "Head of evaluations"
signed_on = 2026-09-03
[audit.strength]
sensitivity = "0.3 / 0.6 / 0.85"
reason = "Finds 12 of 20 planted cases in the model organism of 2026-05."
judged_by = ["E-03", "E-07"]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "evidence").mkdir()
    write_eval(tmp_path / "evidence" / "clean.eval", log([sample(each) for each in range(40)]))
    return tmp_path


def written(folder, text):
    (folder / "evidence" / "evidence.toml").write_text(text, "utf-8")
    return read_evidence(folder)


def test_an_audit_is_read_with_its_runs_and_shows_what_its_rule_says(folder):
    read = written(folder, FULL)

    assert read.faults == ()
    (audit,) = read.audits
    found = outcome_of(audit)
    assert found.outcome == "no_finding"
    assert found.independence.grade == "A"
    assert found.flags == ()
    assert audit.judged("sensitivity", "power_seeking").numbers == (0.3, 0.6, 0.85)
    assert audit.judged("gaming", "power_seeking") is None


def test_audits_are_written_as_they_were_read(folder):
    read = written(folder, FULL)

    again = written(folder, audits_as_toml(read.audits))

    assert again.audits == read.audits


def test_a_file_that_changed_after_it_was_attested_is_refused(folder):
    path = folder / "evidence" / "clean.eval"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    files = f'files = [{{ path = "clean.eval", sha256 = "{digest}" }}]'
    text = FULL.replace('files = ["clean.eval"]', files)
    assert written(folder, text).faults == ()

    write_eval(path, log([sample(each) for each in range(41)]))

    (fault,) = written(folder, text).faults
    assert fault.message == "the file changed after it was attested"
    assert fault.file == "evidence/clean.eval"


def test_every_fault_is_told_at_once_with_its_audit(folder):
    text = """
[[audit]]
id = "a"
system = "s"
hazards = ["power_seking", "structural"]
files = ["clean.eval", "absent.eval", "../outside.eval"]
colour = "blue"
[[audit]]
id = "b"
system = "s"
files = ["clean.eval"]
attestation = { relation = "friend" }
strength = { sensitivity = 0.1, specificity = 0.2 }
[[audit]]
id = "c"
system = "s"
[[audit]]
id = "d"
system = "s"
reference = { address = "a", sha256 = "x" }
outcome = "no_finding"
explanations = [{ check = "cancelld", by = "x", reason = "y" }]
"""
    faults = written(folder, text).faults
    told = {(fault.field, fault.message) for fault in faults}

    assert all(fault.cure and fault.file == "evidence/evidence.toml" for fault in faults)
    assert {
        ("audit a, hazards", "'power_seking' is not a hazard"),
        ("audit a, hazards", "'structural' is out of scope (paper fn 9)"),
        ("audit a, colour", "is not a field we know"),
        ("audit b, attestation.relation", "'friend' is not in the list"),
        ("audit b, strength", "would find good systems more often than bad ones"),
        ("audit c, entry", "names neither files nor a reference"),
        ("audit d, reference.sha256", "'x' is not written as it should be"),
    } <= told


def test_files_are_named_once_and_stay_in_the_folder(folder):
    text = """
[[audit]]
id = "a"
system = "s"
files = ["clean.eval"]
[[audit]]
id = "a"
system = "s"
files = ["clean.eval"]
"""
    assert [fault.message for fault in written(folder, text).faults] == [
        "'a' is there twice",
        "'clean.eval' is in audit a too",
    ]
    outside = (
        '[[audit]]\nid = "a"\nsystem = "s"\nfiles = ["../x.eval", "/etc/passwd", "no.eval"]\n'
    )
    assert [fault.message for fault in written(folder, outside).faults] == [
        "'../x.eval' is outside the folder evidence",
        "'/etc/passwd' is outside the folder evidence",
        "is missing",
    ]


def test_a_file_that_no_audit_names_is_told(folder):
    (folder / "evidence" / "stray.eval").write_bytes(b"x")

    assert written(folder, FULL).unlisted == ("stray.eval",)


def test_coverage_of_one_hazard_is_stated_once(folder):
    write_eval(folder / "evidence" / "other.eval", log([sample(1)]))
    text = "".join(
        f'[[audit]]\nid = "{name}"\nsystem = "s"\nhazards = ["dishonesty"]\n'
        f'files = ["{file}.eval"]\nstrength = {{ coverage = {coverage} }}\n'
        for name, file, coverage in (("a", "clean", 0.5), ("b", "other", 0.6))
    )

    (fault,) = written(folder, text).faults

    assert fault.message == "audit a states another coverage of dishonesty"
