import pytest

from custodes.catalogue import QUANTITIES
from custodes_workbench.judgements.records import all_forms


@pytest.mark.parametrize(
    ("name", "value", "forms"),
    [
        ("success", 0.003, ("0.003", "0.3\u00a0%", "3e-3", "1 in 333")),
        ("success", 0.5, ("0.5", "50\u00a0%", "1 in 2")),
        ("success", 1e-9, ("0.000000001", "0.0000001\u00a0%", "1e-9", "1 in 1,000,000,000")),
        ("success", 0, ("0", "0\u00a0%")),
        ("success", 1, ("1", "100\u00a0%")),
        ("insight_months", 12, ("12",)),
        ("accident_cut", -0.25, ("-0.25", "-25\u00a0%")),
    ],
)
def test_number_is_said_back_in_every_form(name, value, forms):
    assert all_forms(value, QUANTITIES[name]) == forms
