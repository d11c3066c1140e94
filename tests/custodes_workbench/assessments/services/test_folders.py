import io
import shutil
import zipfile

import pytest
from django.urls import reverse

from audit_files import log, sample, write_eval
from custodes.assessment import assess, evidence_of
from custodes.exchange import read_round
from custodes.rounds import inputs_sha256
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import assessment_of
from custodes_workbench.assessments.services import read_in_round
from custodes_workbench.evidence.selectors import evidence_seen_by, round_of
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db
ROUND = """
title = "A round with audits"
institution = "An institute"
budget = 1_000_000
currency = "USD"
worldviews = ["central"]
samples = 64
"""
EFFORTS = """\
id,title,kind,cost,target_system
audits,Audits,evaluations,200000,model-a
"""
SYSTEM = """
[[system]]
id = "model-a"
title = "Model A"
[[system.hazard]]
name = "power_seeking"
hidden_problem = "0.1 / 0.2 / 0.4"
harm_if_hidden = 0.05
"""
EVIDENCE = """
[[audit]]
id = "one"
system = "model-a"
snapshot = "model-a-2026-09-01"
hazards = ["power_seeking"]
files = ["one.eval", "two.eval"]
all_runs_listed = true
pass_rule = { scorer = "match", at_least = 0.9, fixed_on = 2026-08-20 }
[audit.attestation]
run_by = "An institute"
relation = "independent"
access = "weights"
[audit.strength]
sensitivity = "0.3 / 0.6 / 0.85"
reason = "Finds 12 of 20 planted cases."
judged_by = ["E-03", "E-07"]
"""


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "round"
    (home / "evidence").mkdir(parents=True)
    for name, text in (
        ("round.toml", ROUND),
        ("efforts.csv", EFFORTS),
        ("systems.toml", SYSTEM),
        ("evidence/evidence.toml", EVIDENCE),
    ):
        (home / name).write_text(text, "utf-8")
    for name in ("one", "two"):
        told = log([sample(each) for each in range(30)], eval={"eval_id": name, "task": name})
        write_eval(home / "evidence" / f"{name}.eval", told)
    return home


def test_audits_of_a_folder_move_a_run_as_they_move_the_command(cast, folder):
    read = read_round(folder)

    row = read_in_round(round_=read, source="a test", by=cast.now("lena"))

    run = a_done_run(cast, moved(row, Stage.ASSESSMENT))
    assert inputs_sha256(round_of(row)) == inputs_sha256(read)
    assert assessment_of(run) == assess(read).record
    assert assessment_of(run) != assess(read.model_copy(update={"audits": ()})).record
    assert evidence_seen_by(cast.now("omar"), row).record == evidence_of(read)


def test_a_run_goes_out_with_its_audits_and_comes_back_with_their_files(
    cast, client, folder, tmp_path
):
    read = read_round(folder)
    row = read_in_round(round_=read, source="a test", by=cast.now("lena"))
    run = a_done_run(cast, moved(row, Stage.ASSESSMENT))
    client.force_login(cast.omar)

    packed = client.get(reverse("assessments:inputs", args=[row.slug, Run.Kind.ASSESS, run.n]))

    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        archive.extractall(tmp_path / "out")
        names = archive.namelist()
    home = tmp_path / "out" / row.slug
    told = (home / "WITHHELD.txt").read_text("utf-8")
    assert not any(name.endswith(".eval") for name in names)
    assert all(each.sha256 in told for each in read.audits[0].files)
    for name in ("one.eval", "two.eval"):
        shutil.copy(folder / "evidence" / name, home / "evidence" / name)
    assert inputs_sha256(read_round(home)) == inputs_sha256(read)
