import pytest

from custodes.exchange._costs import NotACostError, parse_cost


def test_a_cost_that_is_no_number_is_told_once():
    with pytest.raises(NotACostError) as caught:
        parse_cost("n/a")

    assert str(caught.value) == "is not a number"
