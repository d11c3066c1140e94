import re

import pytest

from custodes.catalogue import QUANTITIES
from custodes.errors import InputError
from custodes.quantities import Amount
from custodes.reports import answer_figure

SUCCESS = QUANTITIES["success"]


def test_answer_figure_has_a_density_with_twenty_worlds_and_a_cumulative_curve():
    figure = answer_figure(Amount(p05=0.1, p50=0.3, p95=0.6), SUCCESS)

    density, cumulative = figure.drawings
    assert density.count("<circle") == 20
    assert cumulative.count("<polyline") == 1
    assert figure.table.rows[0] == ("5\u00a0%", "0.1")
    assert figure.table.rows[2] == ("50\u00a0%", "0.3")


def test_answer_figure_stays_within_its_frame_and_has_no_style():
    for numbers in ((0, 0.5, 1), (1e-9, 1e-6, 0.65), (0.3, 0.3, 0.3), (0.2, 0.2, 0.9)):
        figure = answer_figure(Amount(p05=numbers[0], p50=numbers[1], p95=numbers[2]), SUCCESS)

        for drawing in figure.drawings:
            places = [float(x) for x in re.findall(r'cx="([-\d.]+)"', drawing)]
            assert all(0 <= x <= 360 for x in places)
            assert "style" not in drawing
            assert "nan" not in drawing


def test_answer_figure_refuses_what_is_outside_the_range():
    with pytest.raises(InputError):
        answer_figure(Amount(p05=0.1, p50=0.3, p95=1.6), SUCCESS)


def test_answer_figure_draws_a_quantity_whose_ends_have_different_signs():
    figure = answer_figure(Amount(p05=-0.2, p50=0.1, p95=0.4), QUANTITIES["accident_cut"])

    assert figure.drawings[0].count("<polygon") == 1
