import pytest

from custodes.cli._printing import told_ppm


@pytest.mark.parametrize(
    ("risk", "told"),
    [(-0.0, "+0"), (0.0, "+0"), (-1e-7, "-0.1"), (-1.04e-6, "-1.0"), (1.2e-4, "+120")],
)
def test_change_of_risk_has_its_sign_and_zero_no_minus(risk, told):
    assert told_ppm(risk) == told
