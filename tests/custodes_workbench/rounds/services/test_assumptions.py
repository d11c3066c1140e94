import pytest

from cast import a_workbench_round
from custodes.quantities import Assumption
from custodes.worldviews import preset
from custodes_workbench.access import Refused, Stage
from custodes_workbench.evidence.selectors import round_of
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import (
    changed_quantities,
    mitigations_of,
    settings_of,
    worldview_of,
)
from custodes_workbench.rounds.selectors import worldviews_now
from custodes_workbench.rounds.services import (
    ChangedMeanwhileError,
    change_mitigation,
    change_settings,
    change_worldview,
    take_worldviews,
)

pytestmark = pytest.mark.django_db
RANGE = Assumption(p05=0.01, p50=0.05, p95=0.2, reason="Our own reading.")


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.SET_UP)


def test_a_changed_worldview_is_a_new_version_and_is_computed_with(row, cast):
    change_worldview(
        round_=row,
        name="central",
        changes={"risk_accident": RANGE},
        by=cast.now("anna"),
        n=1,
        reason="Our own reading.",
    )

    (now,) = worldviews_now(row)
    assert now.n == 2
    assert round_of(row).worldviews[0].quantities["risk_accident"] == RANGE
    assert row.worldviews.count() == 2


def test_two_who_change_a_worldview_lose_nothing(row, cast):
    for _ in range(2):
        arguments = {
            "round_": row,
            "name": "central",
            "changes": {"risk_accident": RANGE},
            "by": cast.now("anna"),
            "n": 1,
            "reason": "x",
        }
        if row.worldviews.count() == 1:
            change_worldview(**arguments)
        else:
            with pytest.raises(ChangedMeanwhileError):
                change_worldview(**arguments)


def test_settings_are_saved_once_for_each_version_seen(row, cast):
    new = settings_of(row).model_copy(update={"budget": 5e6})

    change_settings(round_=row, settings=new, by=cast.now("omar"), version=row.version)

    assert settings_of(Round.objects.get(pk=row.pk)).budget == 5e6
    with pytest.raises(ChangedMeanwhileError):
        change_settings(round_=row, settings=new, by=cast.now("lena"), version=row.version)


def test_settings_stand_once_the_panel_answers(cast):
    row = a_workbench_round(cast, Stage.BLIND)

    with pytest.raises(Refused, match="now: the round is at blind estimates"):
        change_settings(
            round_=row, settings=settings_of(row), by=cast.now("lena"), version=row.version
        )


def test_a_mitigation_is_switched_off_for_a_round(row, cast):
    first = mitigations_of(row)[0]

    change_mitigation(
        round_=row,
        mitigation=first.model_copy(update={"available": False}),
        by=cast.now("omar"),
        version=row.version,
        reason="Not here.",
    )

    assert round_of(Round.objects.get(pk=row.pk)).mitigations[0].available is False


def test_a_worldview_that_was_left_out_can_be_taken_again(row, cast):
    for names in (("cautious",), ("central", "cautious")):
        row = Round.objects.get(pk=row.pk)
        take_worldviews(
            round_=row,
            views=[preset(each) for each in names],
            by=cast.now("anna"),
            version=row.version,
        )

    row = Round.objects.get(pk=row.pk)
    assert [(each.name, each.n) for each in worldviews_now(row)] == [
        ("central", 1),
        ("cautious", 1),
    ]
    assert settings_of(row).worldviews == ("central", "cautious")


def test_a_file_of_a_known_name_is_a_new_version_of_it(row, cast):
    central = preset("central")
    own = central.model_copy(update={"quantities": {**central.quantities, "risk_accident": RANGE}})

    take_worldviews(
        round_=row, views=[own], by=cast.now("anna"), version=row.version, reason="from a file"
    )

    (now,) = worldviews_now(Round.objects.get(pk=row.pk))
    assert (now.n, now.reason) == (2, "from a file")
    assert changed_quantities(central, worldview_of(now)) == [
        ("risk_accident", central.quantities["risk_accident"], RANGE)
    ]


def test_worldviews_stand_once_the_round_is_published(cast):
    row = a_workbench_round(cast, Stage.PUBLISHED)

    with pytest.raises(Refused, match="now: the round is at published"):
        take_worldviews(
            round_=row, views=[preset("central")], by=cast.now("lena"), version=row.version
        )
