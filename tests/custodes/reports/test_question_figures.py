"""The tornado as a picture, with its numbers beside it."""

from custodes.questions import EffortDrivers, Move
from custodes.reports._question_figures import tornado_figure

DRIVERS = EffortDrivers(
    effort="debate",
    conditions=(),
    mean=-2e-5,
    tornado=(
        Move(quantity="success", low=0.2, high=0.8, at_low=1e-5, at_high=-5e-5, turns=(0.4,)),
        Move(quantity="adoption", low=0.1, high=0.9, at_low=-1e-5, at_high=-3e-5),
    ),
    worldviews=(),
)


def test_the_numbers_stand_beside_the_bars():
    figure = tornado_figure(DRIVERS, title="Debate", verdict="risk")

    assert figure.drawings[0].startswith("<svg")
    assert figure.table.rows == (
        ("success", "0.2", "0.8", "+10.0", "\u221250.0", "0.4"),
        ("adoption", "0.1", "0.9", "\u221210.0", "\u221230.0", "none"),
    )
    assert "success moves it most, from +10.0 at 0.2 to \u221250.0 at 0.8" in figure.words


def test_social_value_has_its_own_unit():
    figure = tornado_figure(DRIVERS, title="Debate", verdict="social-value")

    assert "Mean at the 5th, millionths" in figure.table.columns


def test_nothing_that_moves_makes_no_picture():
    still = DRIVERS.model_copy(update={"tornado": ()})

    assert tornado_figure(still, title="Debate", verdict="risk") is None
