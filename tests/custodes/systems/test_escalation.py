import datetime as dt

import pytest

from custodes.systems import Correction, CorrectionEvent, Trigger, escalations

NOTICED = dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def fired(*, event=None, **trigger):
    stated = {"owner": "Head", "deputy": "Second", "hours_to_decide": 48, **trigger}
    return Correction(
        id="a",
        trigger=(Trigger(id="bio", kind="evaluation", **stated),),
        event=(CorrectionEvent(trigger="bio", noticed=NOTICED, **(event or {})),),
    )


@pytest.mark.parametrize(
    ("hours", "step", "who"),
    [
        (0, "owner", "Head"),
        (48, "owner", "Head"),
        (48.01, "deputy", "Second"),
        (95.9, "deputy", "Second"),
        (96.1, "decision maker", ""),
        (144.1, "public page", ""),
        (10_000, "public page", ""),
    ],
)
def test_an_undecided_trigger_goes_up_step_by_step(hours, step, who):
    (found,) = escalations(fired(), at=NOTICED + hours * HOUR)

    assert (found.step, found.who) == (step, who)
    assert found.is_late == (hours > 48)


def test_a_decided_trigger_goes_nowhere():
    not_to_act = {"decided": NOTICED + HOUR, "act": False, "reason": "a false alarm"}

    assert escalations(fired(event=not_to_act), at=NOTICED + 500 * HOUR) == ()


def test_without_hours_no_deadline_is_made_up():
    (found,) = escalations(fired(hours_to_decide=None), at=NOTICED + 500 * HOUR)

    assert (found.deadline, found.step) == (None, "owner")
    assert str(found).endswith("no deadline can be counted: no hours to decide are stated")


def test_a_trigger_that_is_only_said_to_have_fired_is_told():
    said = Correction(id="a", trigger=(Trigger(id="bio", kind="leak", state="fired"),))

    (found,) = escalations(said, at=NOTICED)

    assert "no event says when" in str(found)
