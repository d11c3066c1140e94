import datetime as dt

import pytest

from custodes.decisions import Condition, Decision, Dissent, FollowUp, SystemDecision
from custodes.errors import InputError
from custodes.exchange import decisions_as_toml, read_decisions, read_system_decisions
from custodes.systems import BUILT_IN, System
from round_records import a_round, an_effort

DAY = dt.date(2027, 3, 1)
FULL = Decision(
    effort="probes",
    outcome="support",
    amount=1.5e6,
    decided_on=DAY,
    decided_by=("The board",),
    released_by="Head of programmes",
    released_on=DAY,
    assessment_sha256="a" * 64,
    reasons='It "lowers" risk.\nBy a little.',
    condition=(
        Condition(
            id="k1", mitigation="scaling-statement", text="Say so.", evidence="a page", due=DAY
        ),
    ),
    dissent=(Dissent(by="One member", text="Too dear."),),
    follow_up=(FollowUp(on=DAY, kind="report", text="It came."),),
)


@pytest.fixture
def round_():
    return a_round(an_effort("probes"), an_effort("audits"))


def written(folder, text):
    (folder / "decisions.toml").write_text(text, "utf-8")
    return folder


def test_decisions_read_back_the_same(tmp_path, round_):
    decisions = (FULL, Decision(effort="audits", outcome="reject", decided_on=DAY, reasons="No."))

    written(tmp_path, decisions_as_toml(decisions))

    assert read_decisions(tmp_path, round_) == decisions


def test_no_file_is_no_decision(tmp_path, round_):
    assert read_decisions(tmp_path, round_) == ()


def test_every_fault_is_told_at_once(tmp_path, round_):
    text = """
colour = "blue"
[[decision]]
effort = "prboes"
outcome = "support"
decided_on = 2027-03-01
reasons = "x"
challenges = ["c9"]
[[decision]]
effort = "audits"
outcome = "maybe"
decided_on = 2027-03-01
reasons = ""
[[decision]]
effort = "probes"
outcome = "reject"
decided_on = 2027-03-01
reasons = "x"
[[decision.condition]]
id = "k1"
text = "x"
"""

    with pytest.raises(InputError) as caught:
        read_decisions(written(tmp_path, text), round_)

    told = [(fault.file, fault.field) for fault in caught.value.faults]
    assert told == [
        ("decisions.toml", "colour"),
        ("decisions.toml", "decision audits, outcome"),
        ("decisions.toml", "decision audits, reasons"),
        ("decisions.toml", "decision probes, entry"),
        ("decisions.toml", "decision prboes, effort"),
        ("decisions.toml", "decision prboes, challenge"),
    ]


LICENCE = SystemDecision(
    system="a",
    stage="training",
    outcome="allow",
    licence=True,
    decided_on=DAY,
    reasons="Little is at stake yet.",
    condition=(Condition(id="t1", mitigation="weight-security", text="Hold the weights."),),
    dissent=(Dissent(by="One member", text="The valley begins here."),),
)


def about_systems():
    system = System(id="a", title="A", quantities=BUILT_IN.quantities)
    return a_round(an_effort("probes"), systems=(system,))


def test_decisions_about_systems_stand_beside_those_about_efforts(tmp_path):
    written(tmp_path, decisions_as_toml((FULL,), (LICENCE,)))

    assert read_decisions(tmp_path, about_systems()) == (FULL,)
    assert read_system_decisions(tmp_path, about_systems()) == (LICENCE,)


def test_every_fault_of_a_decision_about_a_system_is_told(tmp_path):
    one = """
[[system_decision]]
system = "b"
stage = "training"
outcome = "refuse"
decided_on = 2027-03-01
reasons = "No."
"""
    conditioned = """
[[system_decision.condition]]
id = "k1"
text = "Say so."
"""
    text = f"{one}{one}{one.replace('training', 'release')}{one}{conditioned}"

    with pytest.raises(InputError) as refused:
        read_system_decisions(written(tmp_path, text), about_systems())

    told = [str(fault) for fault in refused.value.faults]
    assert sum("'b' is not a system of this round" in each for each in told) == 2
    assert any("the decision on its training of 2027-03-01 is there twice" in x for x in told)
    assert any("conditions belong to allow, and this says refuse" in each for each in told)
    assert any("stage" in each and "is not in the list" in each for each in told)
    assert read_decisions(tmp_path, about_systems()) == ()
