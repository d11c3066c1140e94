"""A small round about one system that can be corrected and one that cannot, and its site."""

import datetime as dt

from custodes.assessment import assess, dossiers_of
from custodes.decisions import Condition, Decision, Dissent, Prediction, SystemDecision
from custodes.mitigations import library
from custodes.quantities import Assumption
from custodes.reports import Monitoring, public_round, write_site
from custodes.systems import (
    BUILT_IN,
    Correction,
    CorrectionEvent,
    Lever,
    System,
    Trigger,
)
from round_records import a_round, amount, an_effort

TODAY = dt.date(2027, 11, 1)
NASTY = "<script>alert(1)</script> & 'odd'"
NOTICED = dt.datetime(2027, 10, 20, 9, tzinfo=dt.UTC)
MEASURES = ("deployment-licence", "deployment-correction", "compute-access-limits")


def systems_round():
    """The round: `held` is reached through an interface, `out` has released weights."""
    known = library()
    held = System(
        id="held",
        title=f"Held {NASTY}",
        developer="A developer",
        quantities=BUILT_IN.quantities,
        correction={
            "noticed": Assumption.point(0.8),
            "months_to_effect": Assumption(p05=2, p50=6, p95=18),
        },
    )
    out = System(id="out", title="Out", access="weights", quantities=BUILT_IN.quantities)
    fired = CorrectionEvent(trigger="bio", noticed=NOTICED)
    return a_round(
        an_effort("tests", kind="evaluations", target_system="held"),
        an_effort("secret", target_system="held", handling="restricted"),
        systems=(held, out),
        samples=128,
        mitigations=tuple(known[name] for name in MEASURES),
        corrections=(
            Correction(
                id="held",
                access_detail="structured",
                lever=(Lever(id="stop", kind="stop", who=NASTY),),
                trigger=(Trigger(id="bio", kind="evaluation", measure=NASTY, hours_to_decide=24),),
                event=(fired,),
            ),
            Correction(id="out", access_detail="weights_released"),
        ),
    )


DECISION = Decision(
    effort="tests",
    outcome="support",
    decided_on=dt.date(2027, 3, 1),
    released_by="Head",
    released_on=dt.date(2027, 3, 8),
    reasons="Good.",
    condition=(Condition(id="k1", text="Report.", due=dt.date(2027, 6, 1)),),
)


def _decision(system, *, released=True, **fields):
    told = {"released_by": "Registrar", "released_on": dt.date(2027, 3, 8)} if released else {}
    return SystemDecision(system=system, decided_on=dt.date(2027, 3, 1), **told, **fields)


OF_SYSTEMS = (
    _decision(
        "held",
        stage="deployment",
        outcome="allow",
        reasons=f"Safe enough. {NASTY}",
        dissent=(Dissent(by="One member", text="Not yet."),),
    ),
    _decision("held", stage="training", outcome="allow", reasons="PENDING", released=False),
)


def foretold(name, about, p, **fields):
    """A prediction of an event."""
    return Prediction(
        id=name,
        about=about,
        text=f"It comes {NASTY}",
        made_on=dt.date(2027, 3, 1),
        resolves_by=dt.date(2027, 9, 1),
        amount=amount(p),
        **fields,
    )


PREDICTIONS = (
    foretold("p1", "effort:tests", 0.9, outcome=1.0),
    foretold("p2", "condition:tests/k1", 0.8),
    foretold("p3", "effort:secret", 0.123),
)


def write_systems_site(folder, **monitoring):
    """The public report of the round."""
    round_ = systems_round()
    told = {
        "today": TODAY,
        "dossiers": dossiers_of(public_round(round_)),
        "decisions": OF_SYSTEMS,
        "predictions": PREDICTIONS,
    } | monitoring
    write_site(
        assess(round_).record,
        round_,
        folder,
        decisions=(DECISION,),
        monitoring=Monitoring(**told),
    )
