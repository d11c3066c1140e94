import datetime as dt

from custodes.decisions import Condition, Decision, SystemDecision, changed_since
from custodes.evidence import Claim
from custodes.systems import BUILT_IN, Correction, CorrectionEvent, System, Trigger
from round_records import a_round, an_effort

DAY = dt.date(2027, 3, 1)
SYSTEM = System(id="a", title="A", quantities=BUILT_IN.quantities)


def at(day, hour=9):
    return dt.datetime(2027, 3, day, hour, tzinfo=dt.UTC)


def of(*events, claims=()):
    return a_round(
        an_effort("tests", target_system="a"),
        an_effort("others"),
        systems=(SYSTEM,),
        claims=claims,
        corrections=(
            Correction(id="a", trigger=(Trigger(id="bio", kind="evaluation"),), event=events),
        ),
    )


def decided(effort="tests", **fields):
    return Decision(effort=effort, outcome="support", decided_on=DAY, reasons="Good.", **fields)


def test_an_event_after_the_day_marks_a_decision_and_one_before_does_not():
    early = CorrectionEvent(trigger="bio", noticed=at(1))
    late = CorrectionEvent(
        trigger="bio", noticed=at(2), decided=at(2), act=True, reason="The line was crossed."
    )

    (found,) = changed_since(decided(), of(early, late))

    assert (found.on, found.is_against) == (dt.date(2027, 3, 2), True)
    assert found.text == "On a, trigger bio fired; it was acted on: The line was crossed."


def test_a_false_alarm_is_told_and_speaks_against_nothing():
    alarm = CorrectionEvent(trigger="bio", noticed=at(5), decided=at(6), act=False)

    (found,) = changed_since(decided(), of(alarm))

    assert not found.is_against


def test_an_effort_on_another_system_is_not_touched():
    undecided = CorrectionEvent(trigger="bio", noticed=at(2))

    assert changed_since(decided("others"), of(undecided)) == ()


def test_a_decision_on_the_system_itself_is_marked_too():
    about = SystemDecision(
        system="a", stage="deployment", outcome="allow", decided_on=DAY, reasons="Safe enough."
    )

    (found,) = changed_since(about, of(CorrectionEvent(noticed=at(2))))

    assert found.text == "On a, something was noticed; nobody has decided yet."


def test_broken_claims_and_unmet_conditions_are_told_the_dated_first():
    claims = (
        Claim(id="c1", system="a", claimant="D", text="Safe.", kept="no"),
        Claim(
            id="c2",
            effort="tests",
            claimant="D",
            text="Aligned.",
            assessment="contradicted",
            published_at="2027-03-09",
        ),
        Claim(id="c3", effort="tests", claimant="D", text="Old.", published_at="2027-01-01"),
        Claim(id="c4", effort="tests", claimant="D", text="?", kept="no", handling="restricted"),
    )
    condition = Condition(
        id="k1", text="Report.", state="not_met", reason="no report came", due=dt.date(2027, 3, 5)
    )

    found = changed_since(decided(condition=(condition,)), of(claims=claims))

    assert [each.text for each in found] == [
        "Condition k1 was not met: no report came.",
        "Claim c2 of D was assessed: contradicted.",
        "Claim c1 of D was not kept.",
    ]
    assert all(each.is_against for each in found)
