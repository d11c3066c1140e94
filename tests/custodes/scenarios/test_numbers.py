import pytest

from custodes.scenarios._numbers import finite, root


@pytest.mark.parametrize(
    ("value", "want"), [(1.5, 1.5), (2, 2.0), (float("inf"), None), (float("nan"), None)]
)
def test_only_finite_numbers_are_kept(value, want):
    assert finite(value) == want


def test_root_is_found_to_the_last_bit():
    found = root(lambda x: 2 - x * x, low=0.0, high=4.0)

    assert found == pytest.approx(2**0.5, rel=1e-15)


def test_root_minds_no_infinity():
    found = root(lambda x: float("inf") if x < 1 else float("-inf"), low=-5.0, high=5.0)

    assert found == pytest.approx(1)
