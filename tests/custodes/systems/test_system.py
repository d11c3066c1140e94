import pytest

from custodes.catalogue import quantities_of
from custodes.errors import InputError
from custodes.systems import BUILT_IN, systems_from

OURS = {"id": "ours", "title": "Our system"}


def read(*entries, **top):
    return systems_from({"system": list(entries), **top}, file="systems.toml")


def test_the_built_in_system_states_every_quantity():
    assert set(BUILT_IN.quantities) == {each.name for each in quantities_of("system")}


def test_what_a_system_leaves_out_is_the_built_in_ones():
    (found,) = read(OURS | {"quantities": {"leak": 0.5}})

    assert found.quantities["leak"].p50 == 0.5
    assert found.quantities["reach"] == BUILT_IN.quantities["reach"]


def test_no_system_is_no_fault():
    assert read() == ()


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"id": "ours"}, "title': is required"),
        ({"title": "Our system"}, "id': is required"),
        (OURS | {"id": "our system"}, "id"),
        (OURS | {"access": "open"}, "access"),
        (OURS | {"developper": "x"}, "developper"),
        (OURS | {"quantities": 3}, "write [system.quantities]"),
        (OURS | {"quantities": {"leek": 0.5}}, "did you mean 'leak'?"),
        (OURS | {"quantities": {"licence": 0.5}}, "not a quantity of a system"),
        (OURS | {"quantities": {"holders": 0.5}}, "1 to 1e+07"),
        (OURS | {"quantities": {"leak": "0.9 to 0.1"}}, "downwards"),
        ("ours", "write [[system]]"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(entry, told):
    with pytest.raises(InputError) as refused:
        read(entry)

    assert told in str(refused.value)
    assert all(fault.file == "systems.toml" for fault in refused.value.faults)
    assert all(fault.field.startswith("system ") for fault in refused.value.faults)


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as refused:
        read(OURS, OURS, {"id": "x"}, OURS | {"id": "y", "quantities": {"leak": 2}}, sistem=1)

    assert len(refused.value.faults) == 4


def test_a_file_states_what_is_judged_of_a_hazard():
    table = {
        "system": [
            {
                "id": "a",
                "title": "A",
                "snapshot": "a-2026-09-01",
                "hazard": [{"name": "dishonesty", "hidden_problem": "0.1 / 0.2 / 0.4"}],
            }
        ]
    }

    (system,) = systems_from(table, file="systems.toml")

    assert system.snapshot == "a-2026-09-01"
    assert system.hazards["dishonesty"]["hidden_problem"].numbers == (0.1, 0.2, 0.4)


def test_faults_of_hazards_are_told_with_their_system_and_hazard():
    hazards = [
        {"name": "dishonest", "hidden_problem": 0.1},
        {"name": "dishonesty", "hidden_problem": 2, "size": 3},
        {"name": "dishonesty"},
    ]
    table = {"system": [{"id": "a", "title": "A", "hazard": hazards, "hazards": {}}]}

    with pytest.raises(InputError) as caught:
        systems_from(table, file="systems.toml")

    assert [fault.field for fault in caught.value.faults] == [
        "system a, hazard dishonest",
        "system a, hazard dishonesty, hidden_problem",
        "system a, hazard dishonesty, size",
        "system a, hazard dishonesty",
        "system a, hazards",
    ]
