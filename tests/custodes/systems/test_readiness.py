import datetime as dt

import pytest

from custodes.systems import CANNOT_BE_UNDONE, Correction, Lever, Trigger, readiness

TODAY = dt.date(2027, 3, 1)


def a_correction(*, lever=None, trigger=None, access="structured"):
    levers = {"id": "limit", "kind": "limit_rate", "last_drill": dt.date(2026, 9, 2)}
    levers |= {"tested": True, "without_developer": True, **(lever or {})}
    triggers = {
        "id": "leak",
        "kind": "leak",
        "owner": "Head",
        "owner_answered_on": dt.date(2027, 1, 30),
        "deputy": "Second",
        "deputy_answered_on": dt.date(2027, 2, 28),
        **(trigger or {}),
    }
    return Correction(
        id="a", access_detail=access, lever=(Lever(**levers),), trigger=(Trigger(**triggers),)
    )


def unmet(correction):
    return {
        each.name: each.reason for each in readiness(correction, today=TODAY) if not each.is_met
    }


def test_a_system_is_ready_on_the_last_day_of_every_term():
    assert unmet(a_correction()) == {}


@pytest.mark.parametrize(
    ("changed", "name", "reason"),
    [
        (
            {"trigger": {"owner_answered_on": dt.date(2027, 1, 29)}},
            "people",
            "Not so for leak: the owner last answered on 2027-01-29.",
        ),
        ({"trigger": {"deputy": ""}}, "people", "Not so for leak: no deputy."),
        (
            {"trigger": {"deputy": "Head"}},
            "people",
            "Not so for leak: the owner is their own deputy.",
        ),
        (
            {"lever": {"last_drill": dt.date(2026, 9, 1)}},
            "drill",
            "The last one was on 2026-09-01.",
        ),
        (
            {"lever": {"last_drill": dt.date(2027, 3, 2)}},
            "drill",
            "No drill is recorded; one is written down for 2027-03-02, which has not come.",
        ),
        (
            {"lever": {"tested": False}},
            "lever",
            "Tested: none; said to work without the developer: limit; both: none.",
        ),
        (
            {"access": "weights_released"},
            "recall",
            f"The weights are released: no lever reaches the copies. {CANNOT_BE_UNDONE}",
        ),
        (
            {"access": None},
            "recall",
            "How others reach the system is not stated (access_detail).",
        ),
    ],
)
def test_each_criterion_says_why_it_is_not_met(changed, name, reason):
    assert unmet(a_correction(**changed)) == {name: reason}


def test_nothing_recorded_meets_nothing():
    assert set(unmet(Correction(id="a"))) == {"people", "drill", "lever", "recall"}
