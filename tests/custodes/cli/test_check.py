import pytest

from command_line import run_here
from round_folders import FILES, write_files


@pytest.fixture
def check(monkeypatch, capsys):
    return lambda folder: run_here(monkeypatch, capsys, "check", folder)


def test_every_fault_is_a_line_on_standard_error(check, tmp_path):
    write_files(
        tmp_path,
        round_toml=FILES["round.toml"].replace("1_000_000", "0"),
        efforts_csv=FILES["efforts.csv"].replace("honest_ai", "honest"),
    )

    done = check(tmp_path)

    assert (done.code, done.out) == (1, "")
    assert [line.partition(":")[0] for line in done.err.splitlines()] == [
        "round.toml, 'budget'",
        "efforts.csv, row 3, 'kind'",
    ]


def test_a_round_without_fault_is_told_in_short(check, tmp_path):
    done = check(write_files(tmp_path, corrections_toml=None))

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "A round, An institute: no fault found",
        "  3 efforts; 1 rests on the reference class of its kind alone",
        "  1 cost is an estimate: honest",
        "  columns of efforts.csv kept as they are: our_column",
        "  8 answers of 2 experts; 7 can enter the assessment, 1 abstain",
        "  used, look once: p05 is below a thousandth of p50 and is taken as p50/1000 (row 4)",
        "  ranges brought from the stated confidence to 90 % (row 9)",
        "  no statement of interests from 2 experts: e1, e2",
        "  worldviews: central, ours",
        "  systems: assistant, and the built-in one",
        "  mitigations of the round's own, or changed: scaling-statement, our-licence",
    ]


def test_an_answer_that_is_kept_out_is_told_with_its_row_and_does_not_fail(check, tmp_path):
    text = FILES["judgements.csv"].replace("0.2,0.5,0.8,seen", "0.9,0.5,1.8,seen")
    write_files(tmp_path, judgements_csv=text)

    done = check(tmp_path)

    assert done.code == 0
    told = " ".join(done.out.split())
    assert "success of audits: 0.9 / 0.5 / 1.8: the three numbers do not rise and a number" in told
    assert "    row 2: e1 on success of audits" in done.out


def test_what_is_not_read_is_named(check, tmp_path):
    write_files(tmp_path, **{"effort.csv": "x", "map-2027.toml": "x"})

    done = check(tmp_path)

    assert done.code == 0
    assert "not read: effort.csv; did you mean 'efforts.csv'?\n" in done.out
    assert "not read: map-2027.toml\n" in done.out


def test_suggested_kinds_and_unlisted_experts_are_named(check, tmp_path):
    efforts = FILES["efforts.csv"].replace("our_column", "kind_suggested").replace("kept", "yes")
    write_files(tmp_path, efforts_csv=efforts, experts_csv="expert\ne1\ne3\n")

    done = check(tmp_path)

    assert "1 kind is suggested from the text and not confirmed: audits\n" in done.out
    assert "not in experts.csv, so of weight 1: e2\n" in done.out
    assert "in experts.csv without an answer: e3\n" in done.out


def test_a_value_cannot_steer_the_terminal(check, tmp_path):
    write_files(tmp_path, efforts_csv="id,title,cost,kind\na,A,1,\x1b[2Jbad\n")

    done = check(tmp_path)

    assert done.code == 1
    assert "\x1b" not in done.err
    assert "[2Jbad' is not a kind" in done.err


def test_nothing_is_wider_than_a_terminal(check, tmp_path):
    write_files(tmp_path, round_toml=FILES["round.toml"].replace("A round", "A round " * 11))

    assert all(len(line) <= 100 for line in check(tmp_path).out.splitlines()[1:])


def test_open_challenges_are_listed(tmp_path, monkeypatch, capsys):
    rows = (
        "id,effort,by,text,status,answer,owner,due\n"
        f"c1,audits,red team,{'Too good. ' * 20},open,,the applicant,2999-02-01\n"
        "c3,honest,red team,Late.,open,,,2020-02-01\n"
        "c2,audits,red team,Too dear.,answered,It is not.,,\n"
    )
    write_files(tmp_path, **{"challenges.csv": rows})

    done = run_here(monkeypatch, capsys, "check", tmp_path)

    told = " ".join(done.out.split())
    assert done.code == 0
    assert "3 challenges; 2 open, and an effort with an open one is not chosen" in told
    assert "c1 on audits, by red team, for the applicant to answer until 2999-02-01: Too" in told
    assert "c3 on honest, by red team until 2020-02-01, overdue: Late." in told
    assert "c2 on" not in told


def test_an_undecided_conflict_is_named_with_what_it_sets_aside(check, tmp_path):
    rows = (
        "expert,effort,type,declared,decided,reason\n"
        "e1,audits,employer,yes,,\n"
        "e2,honest,coauthor_within_3_years,no,recuse,wrote with the applicant\n"
        "e2,audits,personal,yes,note,\n"
    )
    write_files(tmp_path, **{"conflicts.csv": rows})

    done = check(tmp_path)

    told = " ".join(done.out.split())
    assert (done.code, done.err) == (0, "")
    assert "1 conflict is not decided, so the answers are out of the pool:" in told
    assert "e1 on audits: employer" in told
    assert "3 answers are set aside for a conflict: e1 on audits (2), e2 on honest (1)" in told
    assert "no statement of interests" not in told


def test_questions_asked_in_several_wordings_are_named_with_their_answers(check, tmp_path):
    other = "audits,e2,1,success,0.1,0.3,0.6,another form,,,success/2,,,\n"
    write_files(tmp_path, judgements_csv=FILES["judgements.csv"] + other)

    done = check(tmp_path)

    told = " ".join(done.out.split())
    assert done.code == 0
    assert "success of audits was asked in several wordings: success/1 (2), success/2 (1)" in told


def test_what_challenges_and_days_ask_of_decisions_is_told(check, tmp_path):
    rows = (
        "id,effort,by,text,status,answer\n"
        "c1,audits,red team,Too good.,open,\n"
        "c2,audits,red team,Too dear.,answered,It is not.\n"
        "c3,honest,red team,Too late.,open,\n"
    )
    decisions = """
[[decision]]
effort = "audits"
outcome = "support"
decided_on = 2020-01-01
reasons = "It helps."
challenges = ["c2"]
[[decision.condition]]
id = "k1"
text = "Report."
owner = "the grantee"
due = 2020-02-01
[[decision]]
effort = "honest"
outcome = "defer"
decided_on = 2020-01-01
reasons = "Too early."
"""
    write_files(tmp_path, **{"challenges.csv": rows, "decisions.toml": decisions})

    done = check(tmp_path)

    told = " ".join(done.out.split())
    assert done.code == 0
    assert (
        "support of audits is decided, but challenge c1 is open: answer it, or name it in a "
        "condition" in told
    )
    assert "c2 was answered" not in told
    assert "support of honest" not in told
    assert "condition k1 of audits is overdue since 2020-02-01, for the grantee: Report." in told


def test_claims_are_told_with_what_their_assessment_lacks(check, tmp_path):
    claims = (
        "id,effort,system,claimant,hazard,scale,text,evidence,assessment\n"
        "c1,audits,,An Institute,,,We are safe.,none,\n"
    )
    answers = FILES["judgements.csv"] + "claim:c1,e1,1,claim_holds,0.1,0.2,0.3,,,,,,,\n"
    write_files(tmp_path, judgements_csv=answers, **{"claims.csv": claims})

    done = check(tmp_path)

    assert done.code == 0
    assert "c1 on effort audits, by An Institute: 1 assessor\n" in done.out
    assert "no claimed_cut, so it does not move washing" in done.out
    assert "look once: e1 belongs to the claimant" in done.out


def test_what_cannot_be_corrected_and_who_must_decide_is_told(check, tmp_path):
    decided = "decided = 2026-09-10T12:00:00Z\nact = false\n"
    waiting = FILES["corrections.toml"].replace(decided, "")
    released = waiting.replace("weights_to_few", "weights_released").replace("2026-09", "2024-09")

    done = check(write_files(tmp_path, corrections_toml=released))

    told = " ".join(done.out.split())
    assert "assistant: 1 lever, 1 trigger. This deployment cannot be undone." in told
    assert "Not so for theft: the owner never answered, no deputy." in told
    assert (
        "trigger theft fired, noticed 2024-09-10 07:00 UTC, and nobody decided until 2024-09-11 "
        "07:00 UTC: owner, deputy and decision maker let it pass"
    ) in told
