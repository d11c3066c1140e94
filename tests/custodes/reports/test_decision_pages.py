import datetime as dt
import json

from custodes.assessment import assess
from custodes.decisions import Condition, Decision, Dissent
from custodes.reports import write_site
from round_records import a_round, an_effort

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
        ),
        decided("audits", released_by="", released_on=None),
        decided("hidden"),
    )

    write_site(assess(round_).record, round_, tmp_path / "site", decisions=decisions)

    page = (tmp_path / "site" / "decisions.html").read_text("utf-8")
    everything = "".join(
        path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.*") if path.is_file()
    )
    told = json.loads((tmp_path / "site" / "decisions.json").read_text("utf-8"))
    assert [each["effort"] for each in told["decision"]] == ["probes"]
    for part in ("Reasons about probes.", "Say what holds later.", "Too dear.", "one person"):
        assert part in page
    assert "Reasons about audits" not in everything
    assert "Reasons about hidden" not in everything


def test_without_decisions_there_is_no_page(tmp_path):
    round_ = a_round(an_effort("probes"), samples=64)

    write_site(assess(round_).record, round_, tmp_path / "site")

    assert not (tmp_path / "site" / "decisions.html").exists()
    assert "decisions.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")
