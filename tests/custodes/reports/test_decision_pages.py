import datetime as dt
import json

from custodes.assessment import assess
from custodes.challenges import Challenge
from custodes.decisions import Condition, Decision, Dissent
from custodes.judgements import Conflict
from custodes.reports import write_site
from report_pages import everything_in, parse
from round_records import a_round, an_effort, answers

DAY = dt.date(2027, 3, 1)


def decided(effort, **more):
    told = {
        "effort": effort,
        "outcome": "support",
        "decided_on": DAY,
        "reasons": f"Reasons about {effort}.",
        "released_by": "Head of programmes",
        "released_on": DAY,
    }
    return Decision.model_validate(told | more)


def test_the_site_tells_released_decisions_of_open_efforts_and_no_others(tmp_path):
    round_ = a_round(
        an_effort("probes", cost=1e6),
        an_effort("audits"),
        an_effort("hidden", handling="restricted"),
        samples=64,
    )
    decisions = (
        decided(
            "probes",
            condition=(Condition(id="k1", text="Say what holds later."),),
            dissent=(Dissent(by="One member", text="Too dear."),),
            by_one_person=True,
            touched_by_conflict="stands",
            touched_because="Others agree.",
        ),
        decided("audits", released_by="", released_on=None),
        decided("hidden"),
    )

    write_site(assess(round_).record, round_, tmp_path / "site", decisions=decisions)

    page = (tmp_path / "site" / "decisions.html").read_text("utf-8")
    everything = "".join(everything_in(tmp_path / "site").values())
    told = json.loads((tmp_path / "site" / "decisions.json").read_text("utf-8"))
    assert [each["effort"] for each in told["decision"]] == ["probes"]
    assert told["decision"][0]["touched_by_conflict"] == "stands"
    assert "Touched by a conflict of interest" in page
    assert "The decision stands. Others agree." in page
    for part in ("Reasons about probes.", "Say what holds later.", "Too dear.", "one person"):
        assert part in page
    assert "Reasons about audits" not in everything
    assert "Reasons about hidden" not in everything


def test_a_decision_stands_with_what_was_weighed_challenged_and_conflicted(tmp_path):
    round_ = a_round(
        an_effort("probes", kind="interpretability"),
        an_effort("audits"),
        judgements=answers("probes", "E-1", accident_cut=(0.05, 0.1, 0.2)),
        conflicts=(
            Conflict(expert="E-1", effort="probes", type="funder", decided="publish", reason="X1"),
            Conflict(
                expert="E-2",
                effort="probes",
                type="advisor_or_student",
                decided="note",
                reason="X2",
            ),
        ),
        challenges=(
            Challenge(
                id="c1",
                effort="probes",
                by="Rhea",
                text="It rests on one study.",
                status="rejected",
                answer="Two.",
                ruling="Answered by the second study.",
            ),
        ),
        samples=64,
    )

    write_site(
        assess(round_).record,
        round_,
        tmp_path / "site",
        decisions=(decided("probes", challenges=("c1",)),),
    )

    page, faults = parse((tmp_path / "site" / "decisions.html").read_text("utf-8"))
    everything = "".join(everything_in(tmp_path / "site").values())
    assert faults == []
    assert [each.text for each in page.all("th")][-1] == "central"
    for told in ("E-1: funder. X1", "weighed in this decision", "Answered by the second study."):
        assert told in page.text
    assert "X2" not in everything
    assert "collaborator" not in everything


def test_without_decisions_there_is_no_page(tmp_path):
    round_ = a_round(an_effort("probes"), samples=64)

    write_site(assess(round_).record, round_, tmp_path / "site")

    assert not (tmp_path / "site" / "decisions.html").exists()
    assert "decisions.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")
