import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.quantities import scale_for


@pytest.mark.parametrize(
    ("family", "p05", "p95", "name"),
    [
        ("share", 0.1, 0.2, "logit"),
        ("positive", 0.1, 0.2, "ln"),
        ("real", 0.1, 0.2, "identity"),
        ("signed", 0.1, 0.2, "ln"),
        ("signed", -0.2, -0.1, "mirrored"),
        ("signed", -0.2, 0.1, "identity"),
        ("signed", 0.0, 0.1, "identity"),
        ("signed", -0.1, 0.0, "identity"),
    ],
)
def test_a_family_has_its_scale(family, p05, p95, name):
    assert scale_for(family, p05, p95).name == name


@pytest.mark.parametrize(
    ("family", "low", "high"),
    [("share", 1e-9, 1 - 1e-9), ("positive", 1e-9, 1e9), ("real", -1e9, 1e9)],
)
@given(st.floats(0, 1))
@settings(derandomize=True, deadline=None)
def test_there_and_back(family, low, high, place):
    scale = scale_for(family, low, high)
    x = low + place * (high - low)

    # 1 - 1e-9 is told apart from 1 to nine digits only
    assert scale.inverse(scale.forward(x)) == pytest.approx(x, rel=1e-9)


@given(st.floats(1e-9, 1e9))
@settings(derandomize=True, deadline=None)
def test_a_loss_goes_there_and_back(loss):
    scale = scale_for("signed", -loss, -loss)

    assert scale.inverse(scale.forward(-loss)) == pytest.approx(-loss)


def test_the_mirror_keeps_the_order():
    scale = scale_for("signed", -2.0, -1.0)

    assert scale.forward(-2.0) < scale.forward(-1.0)


def test_shares_of_nothing_and_all_have_an_end():
    scale = scale_for("share", 0.0, 1.0)

    assert scale.forward(0.0) == scale.forward(1e-9)
    assert scale.forward(1.0) == scale.forward(1 - 1e-9)
    assert np.isfinite(scale.forward(0.0))
