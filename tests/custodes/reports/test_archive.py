"""A stranger with nothing but the archive gets the published bits."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import custodes
from custodes.assessment import assess
from custodes.challenges import Challenge
from custodes.choice import Curve, choose
from custodes.evidence import Claim
from custodes.judgements import Conflict, Expert
from custodes.reports import only_open, write_site
from report_pages import everything_in
from round_records import a_round, an_effort, answers

SOURCE = str(Path(custodes.__file__).parents[1])
PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from custodes.cli import main; main()"
CURVES = (Curve(recommender="R-1", effort="probes", first=2.0, zero=1e7),)


def a_claim(name, **fields):
    cut = {"p05": 0.001, "p50": 0.01, "p95": 0.05}
    told = {"id": name, "claimant": "A lab", "text": "It is safe.", "claimed_cut": cut, **fields}
    return Claim.model_validate(told)


def published(folder, **settings):
    """A site of a round in which something of every sort is withheld."""
    round_ = a_round(
        an_effort("probes", kind="interpretability", cost=1e6),
        an_effort("audits", kind="evaluations", cost=2e6),
        an_effort("hidden-plan", handling="restricted", source="CANARY-source"),
        worldviews=("central", "cautious"),
        samples=128,
        judgements=(
            *answers("probes", "E-1", accident_cut=(0.05, 0.1, 0.2), success=(0.2, 0.4, 0.7)),
            *answers("probes", "E-2", accident_cut=(0.01, 0.02, 0.05)),
            *answers("probes", "E-3", accident_cut=(0.3, 0.4, 0.6)),
            *answers("hidden-plan", "E-1", accident_cut=(0.5, 0.6, 0.7)),
            *answers("claim:said", "E-4", claim_holds=(0.1, 0.3, 0.6)),
            *(
                each.model_copy(update={"reason": "CANARY-answer", "praise": "CANARY-praise"})
                for name in ("marked", "waiting", "of-hidden")
                for each in answers(f"claim:{name}", "E-4", claim_holds=0.9)
            ),
        ),
        claims=(
            a_claim("said", effort="probes", benchmark="WMDP"),
            a_claim("marked", effort="probes", text="CANARY-claim", handling="round"),
            a_claim("of-hidden", effort="hidden-plan", text="CANARY-claim"),
            a_claim("drafted", effort="probes", text="CANARY-claim", standing="draft"),
            a_claim(
                "waiting",
                system="default",
                standing="with_claimant",
                reply="CANARY-reply",
                assessment="unsupported",
            ),
        ),
        experts=(
            Expert(expert="E-1", affiliations=("CANARY-university",), weight=2.0),
            Expert(expert="E-2", interests="CANARY-interest"),
        ),
        conflicts=(
            Conflict(
                expert="E-3",
                effort="probes",
                type="family_financial",
                decided="recuse",
                reason="CANARY-why",
            ),
            Conflict(expert="E-2", type="close", decided="note", weight=0.5, reason="CANARY-note"),
            Conflict(expert="An officer", effort="probes", type="employer", decided="recuse"),
            Conflict(expert="E-1", effort="hidden-plan", type="employer", decided="recuse"),
        ),
        challenges=(
            Challenge(
                id="c1",
                effort="probes",
                by="x",
                text="CANARY-c",
                status="open",
                handling="restricted",
            ),
        ),
        settings={"budget": 4e6, **settings},
    )
    assessment = assess(round_)
    opened = only_open(assessment, recommenders={"R-1"})
    site = folder / "site"
    write_site(
        assessment.record,
        round_,
        site,
        choice=choose(opened, curves=CURVES, cap_p_raises_risk=0.9),
        curves=CURVES,
    )
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return published(tmp_path_factory.mktemp("open"))


def said_by(home, *words):
    """What a command says in a clean process, in a folder of its own, with our source alone."""
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            PROGRAM,
            SOURCE,
            *words,
        ],
        cwd=home,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def unpacked(site, folder):
    with ZipFile(site / "recompute.zip") as archive:
        archive.extractall(folder)
    return folder / "recompute"


def commands_of(readme):
    """The commands that the archive names, as a reader would copy them."""
    return [line.split()[1:] for line in readme.splitlines() if line.startswith("    custodes")]


def test_a_stranger_gets_the_published_bits(site, tmp_path):
    home = unpacked(site, tmp_path)
    assess_again, replay = commands_of((home / "README.txt").read_text("utf-8"))

    said_by(home, *assess_again)
    told = said_by(home, *replay)

    assert (home / "again.json").read_bytes() == (site / "assessment.json").read_bytes()
    assert (home / "assessment.json").read_bytes() == (site / "assessment.json").read_bytes()
    assert (home / "choice.json").read_bytes() == (site / "choice.json").read_bytes()
    assert "byte for byte" in told
    sums = subprocess.run(
        ["/usr/bin/sha256sum", "--check", "--strict", "manifest.txt"],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert sums.returncode == 0


def test_what_is_withheld_is_listed_and_nowhere_else(site, tmp_path):
    everything = everything_in(site)
    withheld = everything["recompute.zip/recompute/WITHHELD.txt"]

    for word in ("CANARY", "hidden-plan", "An officer", "family_financial", "employer"):
        assert [name for name, text in everything.items() if word in text] == []
    assert "1 effort withheld, reason: not stated" in withheld
    assert "1 challenge withheld, reason: not stated" in withheld
    assert "1 claim withheld, reason: not stated" in withheld
    assert "Who the experts are" in withheld


def test_the_page_of_claims_tells_what_is_public_and_no_more(site):
    page = everything_in(site)["claims.html"]

    assert 'id="claim-said"' in page
    assert "one assessor" in page
    assert "gets worse in more capable systems" in page
    assert 'id="claim-waiting"' in page
    assert "with the claimant, who may reply" in page
    for name in ("marked", "of-hidden", "drafted"):
        assert f"claim-{name}" not in page


def test_where_only_pools_are_public_the_archive_says_it_is_another_result(tmp_path):
    site = published(tmp_path, judgement={"published_answers": "pooled"})
    home = unpacked(site, tmp_path)
    [again] = commands_of((home / "README.txt").read_text("utf-8"))

    said_by(home, *again)

    everything = everything_in(site)
    assert not [name for name, text in everything.items() if "E-1" in text]
    assert (home / "again.json").read_bytes() == (home / "assessment.json").read_bytes()
    assert (home / "again.json").read_bytes() != (site / "assessment.json").read_bytes()
    assert "It is NOT the published one" in (home / "README.txt").read_text("utf-8")
    assert "The public cannot recompute this report." in everything["recompute.html"]


def test_the_same_round_gives_the_same_archive(site, tmp_path):
    again = published(tmp_path)

    assert (again / "recompute.zip").read_bytes() == (site / "recompute.zip").read_bytes()
