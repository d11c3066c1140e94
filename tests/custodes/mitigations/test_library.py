import pytest

from custodes.errors import InputError
from custodes.mitigations import library, mitigations_from, strength_of

OWN = {
    "id": "our-licence",
    "title": "Licence in our country",
    "problem": "dangerous_valley, bad_principal",
    "who": "regulator",
    "grant_condition": False,
    "adopted": 0.4,
    "changes": {"licence": "0.5 / 0.8 / 0.97"},
}


def read(*entries, **top):
    return {
        each.id: each
        for each in mitigations_from({"mitigation": list(entries), **top}, file="mitigations.toml")
    }


def test_an_empty_file_is_the_library():
    assert read() == library()


def test_the_library_can_be_switched_off():
    assert read(library=False) == {}


def test_what_an_entry_leaves_out_stays_the_librarys():
    found = read({"id": "scaling-statement", "adopted": 0.5})["scaling-statement"]

    assert found.adopted.numbers == (0.5, 0.5, 0.5)
    assert found.changes == library()["scaling-statement"].changes


def test_changes_replace_the_librarys_side_effects_included():
    found = read({"id": "restricted-sharing", "changes": {"insight_months": 0.5}})

    assert list(found["restricted-sharing"].changes) == ["insight_months"]
    assert found["restricted-sharing"].side_effects == ()


def test_a_least_cost_in_a_file_is_in_the_rounds_currency():
    found = read({"id": "external-audit", "cost_least": 5})["external-audit"]

    assert (found.cost_least, found.cost_in_usd) == (5, False)
    assert library()["external-audit"].cost_in_usd


def test_an_own_one_is_added():
    found = read(OWN)

    assert len(found) == len(library()) + 1
    assert found["our-licence"].problem == ("dangerous_valley", "bad_principal")
    assert found["our-licence"].changes["licence"].numbers == (0.5, 0.8, 0.97)


def without(key):
    return {name: value for name, value in OWN.items() if name != key}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (without("title"), "title': is required"),
        (without("who"), "who': is required"),
        (without("problem"), "problem': is required"),
        (without("adopted"), "adopted': is required"),
        (without("changes"), "changes': is required"),
        (OWN | {"who": "nobody"}, "who"),
        (OWN | {"problem": "dangerous_valey"}, "did you mean 'dangerous_valley'?"),
        (OWN | {"adopted": 1.5}, "1.5 is outside the range"),
        (OWN | {"adopted": "often"}, "not a number"),
        (OWN | {"id": "Our Licence"}, "id"),
        (OWN | {"changes": {"licens": 0.5}}, "did you mean 'licence'?"),
        (OWN | {"changes": {"success": 0.5}}, "not a quantity that a mitigation can change"),
        (OWN | {"changes": {"licence": 2}}, "2 is outside the range"),
        (OWN | {"changes": {"overstatement": -1}}, "-1 is outside the range"),
        (OWN | {"changes": {"licence": "0.9 / 0.5 / 0.1"}}, "not in order"),
        (OWN | {"changes": "none"}, "write [mitigation.changes]"),
        (OWN | {"availible": True}, "availible"),
        (OWN | {"cost_share": -1}, "cost_share"),
        (OWN | {"applies": "sometimes"}, "applies"),
        ("our-licence", "write [[mitigation]]"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(entry, told):
    with pytest.raises(InputError) as refused:
        read(entry)

    assert told in str(refused.value)
    assert all(fault.file == "mitigations.toml" for fault in refused.value.faults)
    assert all(fault.field.startswith("mitigation ") for fault in refused.value.faults)


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as refused:
        read(
            OWN | {"adopted": 2, "problem": "x", "changes": {"licens": 1}},
            {"id": "external-audit", "cost_least": -1},
            libary=True,
            schema="custodes/mitigations/9",
        )

    assert len(refused.value.faults) == 6


def test_an_id_stands_once_and_not_beside_a_library_that_is_off():
    with pytest.raises(InputError, match="there twice"):
        read(OWN, OWN)
    with pytest.raises(InputError, match="switches off"):
        read({"id": "external-audit"}, library=False)


@pytest.mark.parametrize(
    ("quantity", "high", "unit"),
    [("accident_cut", 100, "factor"), ("overstatement", 100, "factor"), ("licence", 1, "share")],
)
def test_a_strength_has_the_range_of_its_operation(quantity, high, unit):
    found = strength_of(quantity)

    assert (found.low, found.high, found.unit) == (0, high, unit)


def test_what_no_mitigation_may_change_has_no_strength():
    with pytest.raises(KeyError):
        strength_of("success")


@pytest.mark.parametrize("each", library().values(), ids=str)
def test_every_entry_tells_what_a_reader_needs(each):
    assert each.title
    assert each.changes
    assert set(each.side_effects) <= set(each.changes)
    assert bool(each.condition) == each.grant_condition
