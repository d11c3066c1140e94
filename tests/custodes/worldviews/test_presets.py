import pytest

from custodes.catalogue import quantities_of
from custodes.errors import InputError
from custodes.worldviews import PRESETS, preset, worldview_from


def read(**table):
    return worldview_from("ours", table, file="worldviews/ours.toml")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_states_every_world_quantity_with_its_reason(name):
    found = preset(name)

    assert list(found.quantities) == [each.name for each in quantities_of("world")]
    assert all(each.reason for each in found.quantities.values())
    assert found.summary


def test_there_is_no_other_preset():
    with pytest.raises(KeyError):
        preset("pessimistic")


def test_what_a_file_leaves_out_is_its_bases():
    found = read(base="cautious", quantities={"licence": 0.5})

    assert found.quantities["licence"].numbers == (0.5, 0.5, 0.5)
    assert found.quantities["coupling"] == preset("cautious").quantities["coupling"]
    assert found.horizon == 2050


def test_without_a_base_it_is_central():
    assert read().quantities == preset("central").quantities


def test_a_range_has_its_middle_on_the_familys_scale():
    found = read(quantities={"harm_benefit": "10 to 1000", "licence": "0.1 to 0.9"})

    assert found.quantities["harm_benefit"].p50 == pytest.approx(100)
    assert found.quantities["licence"].p50 == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"titel": "x"}, "did you mean 'title'?"),
        ({"schema": "custodes/worldview/9"}, "write 'custodes/worldview/1'"),
        ({"base": "centrl"}, "did you mean 'central'?"),
        ({"base": 3}, "3 is not a preset"),
        ({"quantities": 3}, "write [quantities]"),
        ({"quantities": {"licens": 0.5}}, "did you mean 'licence'?"),
        ({"quantities": {"success": 0.5}}, "not a quantity of the world"),
        ({"quantities": {"licence": 1.5}}, "0 to 1"),
        ({"quantities": {"licence": "0.9 / 0.5 / 0.1"}}, "not in order"),
        ({"quantities": {"harm_benefit": 0}}, "outside the range"),
        ({"horizon": 1900}, "2000"),
        ({"horizon": "soon"}, "whole number"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_refused_with_its_file(table, told):
    with pytest.raises(InputError) as refused:
        read(**table)

    assert told in str(refused.value)
    assert all(fault.file == "worldviews/ours.toml" for fault in refused.value.faults)


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as refused:
        read(
            titel="x",
            base="x",
            horizon=1900,
            quantities={"licens": 1, "licence": 2},
            correlation=[{"a": "leak", "b": "x", "rank": 0.5}],
        )

    assert len(refused.value.faults) == 6


def test_a_file_may_say_how_many_decision_makers_take_audits_at_face_value():
    found = read(quantities={"face_value": "0.1 / 0.3 / 0.6", "licence": 0.5})

    assert found.face_value.numbers == (0.1, 0.3, 0.6)
    assert "face_value" not in found.quantities
    assert read().face_value == preset("central").face_value
