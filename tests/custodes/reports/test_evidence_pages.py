import json
import re

import pytest

from audit_files import log, sample, write_eval
from custodes.assessment import assess, evidence_of
from custodes.exchange import read_round
from custodes.reports import with_public_audits, write_site

ROUND = """
title = "A round"
institution = "An institute"
budget = 1_000_000
currency = "USD"
worldviews = ["central"]
samples = 64
"""
SYSTEM = """
[[system]]
id = "model-a"
title = "Model A"
[[system.hazard]]
name = "power_seeking"
hidden_problem = 0.2
harm_if_hidden = 0.05
"""
AUDIT = """
[[audit]]
id = "{id}"
system = "model-a"
hazards = ["power_seeking"]
files = ["{id}.eval"]
all_runs_listed = true
handling = "{handling}"
outcome = "no_finding"
outcome_by = "An assessor"
outcome_reason = "read it"
[audit.attestation]
relation = "{relation}"
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The report of a round with an external audit, the developer's own, and a restricted one."""
    home = tmp_path_factory.mktemp("round")
    (home / "round.toml").write_text(ROUND, "utf-8")
    (home / "efforts.csv").write_text(
        "id,title,kind,cost,target_system\na,Audits,evaluations,200000,model-a\n", "utf-8"
    )
    (home / "systems.toml").write_text(SYSTEM, "utf-8")
    (home / "evidence").mkdir()
    audits = (
        ("outside", "", "public_body"),
        ("inside", "", "developer"),
        ("hidden", "restricted", "independent"),
    )
    for name, _, _ in audits:
        told = log(
            [sample(each) for each in range(40)],
            eval={"eval_id": name, "task": f"<b>{name}</b>", "model": "m-2026-09-01"},
        )
        told["eval"]["metadata"] = {"created_by": "account-123"}
        write_eval(home / "evidence" / f"{name}.eval", told)
    (home / "evidence" / "evidence.toml").write_text(
        "".join(AUDIT.format(id=n, handling=h, relation=r) for n, h, r in audits), "utf-8"
    )
    round_ = read_round(home)
    out = home / "site"
    evidence = evidence_of(with_public_audits(round_))
    write_site(assess(round_).record, round_, out, evidence=evidence)
    return out


def test_what_is_not_shown_stands_before_what_is(site):
    page = (site / "evidence.html").read_text("utf-8")

    assert page.index("What this does not show") < page.index("What it shows")
    assert "Nothing here shows anything about deceptive alignment" in page
    assert 'href="evidence.html"' in (site / "index.html").read_text("utf-8")


def test_external_audits_stand_beside_the_developers_own(site):
    page = (site / "evidence.html").read_text("utf-8")
    external, own = re.split("The developer&#39;s own|The developer's own", page)[:2]

    assert "outside: no finding" in external
    assert "inside: no finding" not in external
    assert "inside: no finding" in own


def test_nothing_restricted_and_nobody_is_in_any_file(site):
    everything = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())

    assert b"hidden.eval" not in everything
    assert b"account-123" not in everything
    assert b"a secret" not in everything
    assert b"1 audit is withheld" in everything
    page = (site / "evidence.html").read_text("utf-8")
    assert "&lt;b&gt;outside&lt;/b&gt;" in page
    assert "<b>outside" not in page


def test_the_numbers_stand_beside_the_page(site):
    told = json.loads((site / "evidence.json").read_text("utf-8"))

    assert [each["id"] for each in told["audits"]] == ["outside", "inside"]
    assert told["systems"][0]["hazards"][0]["n_tests"] == 2


def test_the_archive_says_that_audits_are_left_out(site):
    page = (site / "recompute.html").read_text("utf-8")

    assert "Every audit file and what was attested about it" in page
