import numpy as np
import pytest

from audit_files import log, sample, write_eval
from custodes.assessment import assess, draw_round, evidence_of
from custodes.evidence import detection_of, p_harm, posterior, safety_logit
from custodes.exchange import read_round

ROUND = """
title = "A round"
institution = "An institute"
budget = 1_000_000
currency = "USD"
worldviews = ["central"]
samples = 4096
"""
EFFORTS = """\
id,title,kind,cost,target_system
audits,Audits,evaluations,200000,model-a
honest,Honest reporting,honest_ai,200000,model-a
elsewhere,Theory,agent_foundations,200000,
"""
SYSTEM = """
[[system]]
id = "model-a"
title = "Model A"
"""
HAZARD = """
[[system.hazard]]
name = "power_seeking"
hidden_problem = 0.2
harm_if_hidden = 0.05
"""
SURE = (
    "sensitivity = 0.7\nspecificity = 1\ngaming = 0.1\ncommon_cause = 0.1\n"
    "coverage = 1\ntransfer = 1\nintegrity = 1\n"
)
AUDIT = """
[[audit]]
id = "{id}"
system = "model-a"
hazards = ["power_seeking"]
efforts = ["audits"]
files = ["{id}.eval"]
all_runs_listed = true
{outcome}
[audit.attestation]
run_by = "{by}"
relation = "public_body"
access = "api"
[audit.strength]
{strength}
"""
PASSED = 'outcome = "no_finding"\noutcome_by = "An assessor"\noutcome_reason = "read it"'
FOUND = PASSED.replace("no_finding", "finding")


def audit(id_="one", *, outcome=PASSED, strength=SURE, by="An institute"):
    return AUDIT.format(id=id_, outcome=outcome, strength=strength, by=by)


@pytest.fixture
def round_with(tmp_path):
    """A round of one system whose audits are these."""

    def make(*audits, hazard=HAZARD, judgements="", changes=None):
        (tmp_path / "round.toml").write_text(ROUND, "utf-8")
        (tmp_path / "efforts.csv").write_text(EFFORTS, "utf-8")
        (tmp_path / "systems.toml").write_text(SYSTEM + hazard, "utf-8")
        if judgements:
            (tmp_path / "judgements.csv").write_text(judgements, "utf-8")
        folder = tmp_path / "evidence"
        folder.mkdir(exist_ok=True)
        for number, name in enumerate(("one", "two", "three", "four", "five")):
            told = log(
                [sample(number * 100 + each) for each in range(30)],
                eval={"eval_id": name, "task": f"test_{name}", "model": "m-2026-09-01"},
            )
            told["eval"] |= {"created": "2026-09-01T10:00:00+00:00", **(changes or {})}
            write_eval(folder / f"{name}.eval", told)
        (folder / "evidence.toml").write_text("".join(audits), "utf-8")
        return read_round(tmp_path)

    return make


def hazard_in(record):
    return next(each for each in record.systems[0].hazards if each.hazard == "power_seeking")


def test_certain_strengths_give_the_closed_form(round_with):
    audits = [audit(name) for name in ("one", "two", "three", "four", "five")]

    record = evidence_of(round_with(*audits))

    (system,) = record.systems
    hazard = hazard_in(record)
    # the table of the design: five passes, s .7, d .1, beta_c .1, pi .2
    assert hazard.posterior.mean == pytest.approx(0.031234993981426304, rel=1e-12)
    assert hazard.face_value.mean == pytest.approx(0.0006071311678155525, rel=1e-12)
    assert hazard.floor.mean == pytest.approx(0.03077295856554398, rel=1e-12)
    assert hazard.n_eff == pytest.approx(1.701191782649468, rel=1e-12)
    assert hazard.basis == "judged"
    assert system.moves
    assert system.effective_sample_size == pytest.approx(4096)
    h = 0.05 * 0.031234993981426304
    assert system.h_accident.mean == pytest.approx(h, rel=1e-12)
    assert system.h_misuse is None


def test_the_systems_safety_is_what_the_audits_leave(round_with):
    round_ = round_with(audit("one"))
    drawn = draw_round(round_)

    values, _ = drawn.system("model-a", "central")

    stated, _ = drawn.stated("model-a", "central")
    tests = detection_of(
        found=(False,), sensitivity=0.7, gaming=0.1, specificity=1, common_cause=0.1, reach=1
    )
    accident = -np.log1p(-p_harm(posterior(0.2, tests)[None, :], np.array([[0.05]])))
    misuse = stated["misuse_share"] * np.logaddexp(0, -stated["safety_logit"])
    harm = -np.expm1(-(accident + misuse))
    assert values["safety_logit"] == pytest.approx(safety_logit(harm), rel=1e-9)
    assert values["misuse_share"] == pytest.approx(misuse / (accident + misuse), rel=1e-9)


def test_audits_move_the_efforts_on_their_system_and_no_other(round_with):
    with_audits = assess(round_with(audit("one")))
    without = assess(round_with())

    moved = {
        each: with_audits.effort(each).worldviews != without.effort(each).worldviews
        for each in ("audits", "honest", "elsewhere")
    }

    assert moved == {"audits": True, "honest": True, "elsewhere": False}


def test_evidence_that_shows_nothing_moves_nothing(round_with):
    plain = assess(round_with())
    for broken in (
        audit("one", outcome=""),
        audit("one").replace("all_runs_listed = true", ""),
        audit("one").replace('hazards = ["power_seeking"]', ""),
        audit("one").replace("power_seeking", "dishonesty"),
    ):
        round_ = round_with(broken)
        assert [each.worldviews for each in assess(round_).record.efforts] == [
            each.worldviews for each in plain.record.efforts
        ]
        assert not evidence_of(round_).systems[0].moves


def test_nobody_judged_moves_nothing_and_says_so(round_with):
    round_ = round_with(audit("one"), hazard="")

    (system,) = evidence_of(round_).systems

    assert not system.moves
    assert system.x0 is None
    assert any("Nobody judged how likely power seeking is" in text for text in system.not_shown)
    plain = assess(round_with(hazard=""))
    assert [each.worldviews for each in assess(round_).record.efforts] == [
        each.worldviews for each in plain.record.efforts
    ]


def test_experts_judge_a_hazard_of_a_system(round_with):
    judgements = (
        "effort,expert,round,quantity,p05,p50,p95,reason\n"
        "system:model-a/power_seeking,E-1,1,hidden_problem,0.2,0.2,0.2,seen it\n"
        "system:model-a/power_seeking,E-1,1,harm_if_hidden,0.05,0.05,0.05,thought\n"
    )

    record = evidence_of(round_with(audit("one"), hazard="", judgements=judgements))

    assert hazard_in(record).posterior.mean == pytest.approx(0.08466819221967965, rel=1e-12)


def test_without_its_only_audit_a_hazard_has_its_prior_and_one_sentence_more(round_with):
    with_it = evidence_of(round_with(audit("one")))
    without = evidence_of(round_with(audit("one", outcome="")))

    shown = "Nothing here shows anything about "
    before, after = (
        next(text for text in each.not_shown if text.startswith(shown))
        for each in (with_it, without)
    )
    assert "power seeking" not in before
    assert "power seeking" in after
    assert hazard_in(without).posterior is None
    assert hazard_in(without).n_tests == 0


def test_the_same_evidence_twice_moves_nothing_more(round_with):
    one = evidence_of(round_with(audit("one")))
    twice = evidence_of(
        round_with(audit("one"), audit("two"), changes={"eval_id": "same", "task": "same"})
    )

    assert hazard_in(twice).n_tests == 1
    assert hazard_in(twice).posterior == hazard_in(one).posterior


def test_a_trusted_pass_moves_more_than_an_untrusted_one(round_with):
    trusted = SURE
    untrusted = SURE.replace("integrity = 1", "integrity = 0.3")

    strong, weak = (
        hazard_in(evidence_of(round_with(audit("one", strength=each)))).posterior.mean
        for each in (trusted, untrusted)
    )

    assert strong < weak < 0.2


def test_a_finding_raises_the_hazard_and_stays_open(round_with):
    strength = SURE.replace("specificity = 1", "specificity = 0.95")

    record = evidence_of(round_with(audit("one", outcome=FOUND, strength=strength)))

    hazard = hazard_in(record)
    # pi s (1 - d) / (pi s (1 - d) + (1 - pi)(1 - t))
    assert hazard.posterior.mean == pytest.approx(0.126 / (0.126 + 0.04), rel=1e-12)
    assert hazard.n_findings == 1
    assert hazard.n_eff is None
    assert any("stays open until somebody answers it" in text for text in record.not_shown)


def test_uncertain_strengths_are_weighted_by_what_was_seen(round_with):
    """One pass is linear in sensitivity, so its mean decides, which is .5 by symmetry."""
    strength = SURE.replace("sensitivity = 0.7", 'sensitivity = "0.1 / 0.5 / 0.9"')
    round_ = round_with(audit("one", strength=strength))

    hazard = hazard_in(evidence_of(round_))

    drawn = draw_round(round_).evidence("model-a")
    assert drawn.effective_sample_size < 4096
    many = evidence_of(
        round_.model_copy(
            update={"settings": round_.settings.model_copy(update={"samples": 65536})}
        )
    )
    assert hazard.posterior.mean == pytest.approx(
        hazard_in(many).posterior.mean, abs=4 * hazard.posterior.standard_error + 1e-4
    )
    plain = 0.2 * (1 - 0.9 * 0.5) / (0.2 * (1 - 0.9 * 0.5) + 0.8)
    assert hazard.posterior.mean == pytest.approx(plain, abs=0.002)


def test_what_no_test_speaks_of_keeps_its_draws(round_with):
    strength = SURE.replace("sensitivity = 0.7", 'sensitivity = "0.1 / 0.5 / 0.9"')
    other = HAZARD.replace("power_seeking", "misuse_uplift").replace("0.2", '"0.1 / 0.2 / 0.4"')
    round_ = round_with(audit("one", strength=strength), hazard=HAZARD + other)
    drawn = draw_round(round_)

    moved, stated = drawn.system("model-a", "central")[0], drawn.stated("model-a", "central")[0]
    untested = drawn.evidence("model-a").hazards["misuse_uplift"]

    assert untested.posterior.tolist() == untested.prior.tolist()
    for name in stated.keys() - {"safety_logit", "misuse_share"}:
        assert moved[name].tolist() == stated[name].tolist()


def test_an_effort_of_tests_makes_people_believe_what_its_audits_say(round_with):
    """Audits that look cleaner than they are: false security by the deployment they bring."""
    gamed = SURE.replace("gaming = 0.1", "gaming = 0.9")
    round_ = round_with(audit("one", strength=gamed))
    drawn = draw_round(round_)

    believed = drawn.hazard_believed("model-a", "central")
    true = np.logaddexp(0, -drawn.system("model-a", "central")[0]["safety_logit"])

    assert np.all(believed <= true + 1e-15)
    assert np.mean(believed) < 0.999 * np.mean(true)
    named = assess(round_)
    unnamed = assess(round_with(audit("one", strength=gamed).replace('["audits"]', "[]")))
    assert named.effort("audits").worldviews != unnamed.effort("audits").worldviews
    assert named.effort("honest").worldviews == unnamed.effort("honest").worldviews


def test_the_same_seed_gives_the_same_bits_and_another_does_not(round_with):
    strength = SURE.replace("sensitivity = 0.7", 'sensitivity = "0.1 / 0.5 / 0.9"')
    round_ = round_with(audit("one", strength=strength))

    assert evidence_of(round_, seed=0) == evidence_of(round_, seed=0)
    assert evidence_of(round_, seed=0) != evidence_of(round_, seed=1)


def test_evidence_against_a_certain_prior_is_refused(round_with):
    hazard = HAZARD.replace("hidden_problem = 0.2", "hidden_problem = 0")

    with pytest.raises(ValueError, match="contradicts the certainty of the prior"):
        evidence_of(round_with(audit("one", outcome=FOUND), hazard=hazard))
