import pytest

from custodes.catalogue import QUANTITIES
from custodes.errors import InputError
from custodes.quantities import written_amount

COUPLING = QUANTITIES["coupling"]


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        (0.5, (0.5, 0.5, 0.5)),
        (1, (1, 1, 1)),
        ("0.1 / 0.35 / 0.7", (0.1, 0.35, 0.7)),
        ("10 % to 90 %", (0.1, 0.5, 0.9)),
        ({"p05": 0.1, "p50": 0.2, "p95": 0.3}, (0.1, 0.2, 0.3)),
    ],
)
def test_a_files_value_is_read(value, numbers):
    assert written_amount(value, COUPLING).numbers == pytest.approx(numbers)


def test_a_table_keeps_its_reason_and_source():
    table = {"p05": 0.1, "p50": 0.2, "p95": 0.3, "reason": "we think so", "source": "a paper"}

    stated = written_amount(table, COUPLING)

    assert (stated.reason, stated.source) == ("we think so", "a paper")


@pytest.mark.parametrize(
    ("value", "field", "told"),
    [
        (True, "coupling", "not an amount"),
        ([0.1, 0.2, 0.3], "coupling", "not an amount"),
        (None, "coupling", "not an amount"),
        (1.5, "coupling", "outside the range"),
        ("near 0", "coupling", "not a number"),
        ({"p05": 0.1, "p50": 0.2}, "coupling.p95", "is required"),
        ({"p05": 0.1, "p50": 0.2, "p95": 0.3, "why": "x"}, "coupling.why", "not a field"),
        ({"p05": 0.3, "p50": 0.2, "p95": 0.1}, "coupling", "not in order"),
        (float("nan"), "coupling", ""),
        (float("inf"), "coupling", ""),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(value, field, told):
    with pytest.raises(InputError) as refused:
        written_amount(value, COUPLING)

    fault = refused.value.faults[0]
    assert fault.field.split(".")[0] == field.split(".")[0]
    assert told in fault.message
