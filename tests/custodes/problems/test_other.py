import numpy as np
import pytest

from custodes.problems import other


def test_a_change_of_risk_multiplies_the_hazard():
    found = other(credit=np.array(1.0), change=np.array([-0.5, 0.0, 1.0, -2.0]))

    assert np.exp(found) == pytest.approx([0.5, 1.0, 2.0, 0.01])


def test_it_is_credited_like_every_other_effect():
    assert other(credit=np.array(0.25), change=np.array(1.0)) == pytest.approx(np.log(2) / 4)
