import pytest

from custodes.assessment import assess
from custodes.choice import choose
from custodes.reports._choice_figures import frontier_figure
from round_records import a_round, an_effort


@pytest.fixture(scope="module")
def choice():
    efforts = (
        an_effort("a", kind="model_organisms", cost=1e6),
        an_effort("b", kind="evaluations", cost=2e6),
        an_effort("c", kind="power_averseness", cost=1.5e6),
    )
    round_ = a_round(*efforts, samples=64, settings={"budget": 2.2e6})
    return choose(assess(round_), cap_p_raises_risk=1.0)


def test_the_frontier_has_its_numbers_beside_it(choice):
    figure = frontier_figure(choice)

    assert len(figure.drawings) == 2
    assert all(drawing.startswith("<svg") for drawing in figure.drawings)
    assert len(figure.table.rows) == len(choice.frontier)
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
    assert "The ratio falls from" in figure.words


def test_there_is_no_frontier_where_money_buys_nothing(choice):
    nothing = choice.model_copy(update={"frontier": choice.frontier[:1]})

    assert frontier_figure(nothing) is None


def test_one_ratio_makes_no_line(choice):
    first = choice.falling_ratio[-1:]

    assert len(frontier_figure(choice.model_copy(update={"falling_ratio": first})).drawings) == 1


def test_social_value_has_its_own_unit(choice):
    figure = frontier_figure(choice.model_copy(update={"verdict": "social-value"}))

    assert "Social value, millionths" in figure.table.columns
