import pytest

import report_records as records
from custodes.reports._verdicts import VERDICTS, count_standings, standing_of

NAMES = ("central", "cautious")


def effort_with(before, after, *, error=1e-9):
    """An effort whose mean nets under two worldviews are the given ones."""
    [base] = records.assessment(records.EFFORTS[:1]).efforts

    def state(result, mean):
        net = result.net.model_copy(update={"mean": mean, "standard_error": error})
        return result.model_copy(update={"net": net})

    worldviews = {
        name: found.model_copy(
            update={"before": state(found.before, low), "after": state(found.after, high)}
        )
        for name, low, high in zip(NAMES, before, after, strict=True)
        for found in [base.worldviews[name]]
    }
    return base.model_copy(update={"worldviews": worldviews})


@pytest.mark.parametrize(
    ("before", "after", "standing"),
    [
        ((-1e-6, -1e-6), (-2e-6, -2e-6), "reduces"),
        ((-1e-6, 1e-6), (-2e-6, -1e-6), "turns"),
        ((1e-6, 1e-6), (-2e-6, -1e-6), "turns"),
        ((-1e-6, 1e-6), (-2e-6, 1e-6), "depends"),
        ((-1e-6, -1e-6), (-2e-6, 1e-10), "depends"),
        ((-1e-6, -1e-6), (1e-6, 1e-6), "raises"),
        ((1e-6, 1e-6), (1e-6, 1e-6), "raises"),
    ],
)
def test_standing_follows_the_signs_under_every_worldview(before, after, standing):
    assert standing_of(effort_with(before, after)) == standing


def test_standings_are_counted_even_where_nobody_stands():
    efforts = (effort_with((1e-6, 1e-6), (1e-6, 1e-6)),) * 2

    assert count_standings(efforts) == {"reduces": 0, "turns": 0, "depends": 0, "raises": 2}
    assert list(VERDICTS) == ["reduces", "turns", "depends", "raises"]
