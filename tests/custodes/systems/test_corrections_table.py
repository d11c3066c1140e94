import tomllib

import pytest

from custodes.errors import InputError
from custodes.systems import corrections_from

WHOLE = """\
[[system]]
id = "model-a"
access_detail = "structured"
[[system.lever]]
id = "limit"
kind = "limit_rate"
who = "developer"
hours = 4
last_drill = 2027-01-10
tested = true
without_developer = false
[[system.trigger]]
id = "bio-evaluation"
kind = "evaluation"
measure = "uplift on a protocol test"
threshold = "above the expert baseline"
source = "audit"
days_between_looks = 30
owner = "Head of safety"
owner_answered_on = 2027-02-01
deputy = "Head of operations"
deputy_answered_on = 2027-02-03
hours_to_decide = 48
state = "effective"
[[system.event]]
trigger = "bio-evaluation"
noticed = 2027-02-10T09:00:00Z
decided = 2027-02-10T15:00:00Z
effective = 2027-02-10T19:00:00+00:00
act = true
by = "Head of safety"
lever = "limit"
reason = "the line was crossed"
dissent = "one member would have stopped it"
outcome = "slower"
in_time = true
learned = "look weekly"
"""


def read(text):
    return corrections_from(tomllib.loads(text), file="corrections.toml")


def told(text):
    with pytest.raises(InputError) as refused:
        read(text)
    return [str(fault).removeprefix("corrections.toml, ") for fault in refused.value.faults]


def test_every_key_is_read():
    (system,) = read(WHOLE)

    assert system.lever[0].hours == 4
    assert system.trigger[0].owner_answered_on.isoformat() == "2027-02-01"
    assert system.event[0].effective > system.event[0].decided > system.event[0].noticed
    assert (system.event[0].lever, system.event[0].in_time) == ("limit", True)


def test_all_but_ids_and_kinds_may_be_left_out():
    (system,) = read(
        '[[system]]\nid = "a"\n[[system.lever]]\nid = "x"\nkind = "stop"\n'
        '[[system.trigger]]\nid = "t"\nkind = "leak"\n[[system.event]]\n'
    )

    assert system.state_of(system.trigger[0]) == "set"
    assert not system.is_released


def test_every_fault_is_told_at_once_with_its_place():
    broken = (
        WHOLE.replace('kind = "limit_rate"', 'kind = "limit"')
        .replace('kind = "evaluation"', 'kind = "evaluations"')
        .replace('state = "effective"', 'state = "waiting"')
        .replace("noticed = 2027-02-10T09:00:00Z", "noticed = 2027-02-10T09:00:00")
        .replace("hours = 4", "hours = -4")
        .replace('lever = "limit"', 'lever = "stop"\nleaver = "x"')
        .replace('trigger = "bio-evaluation"', 'trigger = "bio"')
    )

    found = told(f'colour = "red"\n{broken}')

    assert [each.partition(":")[0] for each in found] == [
        "'colour'",
        "'system model-a, lever limit, kind'",
        "'system model-a, lever limit, hours'",
        "'system model-a, trigger bio-evaluation, kind'",
        "'system model-a, trigger bio-evaluation, state'",
        "'system model-a, event 1, noticed'",
        "'system model-a, event 1, leaver'",
        "'system model-a, event 1, trigger'",
        "'system model-a, event 1, lever'",
    ]
    assert "does not say its time zone" in found[5]
    assert found[8].endswith("'stop' is not a lever of this system; known are: limit")


def test_times_out_of_order_are_refused():
    (fault,) = told(WHOLE.replace("decided = 2027-02-10T15", "decided = 2027-02-10T20"))

    assert "effective (2027-02-10T19:00:00+00:00) is before decided" in fault


def test_a_decision_not_to_act_pulls_no_lever():
    (fault,) = told(WHOLE.replace("act = true", "act = false"))

    assert "a decision not to act pulls no lever" in fault


def test_a_trigger_does_not_rest_while_an_event_waits():
    waiting = "\n".join(
        line
        for line in WHOLE.splitlines()
        if not line.startswith(("decided", "effective", "lever ="))
    )

    (fault,) = told(waiting.replace('state = "effective"', 'state = "watched"'))

    place = "'system model-a, trigger bio-evaluation, state'"
    assert fault.startswith(f"{place}: is said to be watched, and an event of it")


@pytest.mark.parametrize("sort", ["lever", "trigger"])
def test_an_id_stands_once(sort):
    entry = f'[[system.{sort}]]\nid = "x"\nkind = "{"stop" if sort == "lever" else "leak"}"\n'

    (fault,) = told(f'[[system]]\nid = "a"\n{entry}{entry}')

    assert fault.startswith(f"'system a, {sort} x': is there twice")
