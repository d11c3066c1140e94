import pytest

from cast import a_workbench_round
from custodes.quantities import Assumption
from custodes.systems import BUILT_IN
from custodes_workbench.access import Refused, Stage
from custodes_workbench.history.models import Entry, EntryText
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.systems.models import SystemVersion
from custodes_workbench.systems.services import (
    ChangedMeanwhileError,
    IdTakenError,
    add_system,
    change_system,
)

pytestmark = pytest.mark.django_db
HARBOUR = BUILT_IN.model_copy(update={"id": "harbour", "title": "Harbour"})
GROUND = {"reason": "They said so.", "source": "Their statement of May 2026."}
SAFER = Assumption(p05=2, p50=4, p95=6, reason="A new audit.", source="The audit.")


def with_safety(system):
    return system.model_copy(update={"quantities": {**system.quantities, "safety_logit": SAFER}})


def standing(row):
    return systems_of(Round.objects.get(pk=row.pk))


def test_a_change_stands_and_what_stood_is_kept_with_its_ground(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    anna = cast.now("anna")
    add_system(round_=row, system=HARBOUR, by=anna, **GROUND)

    made = change_system(round_=row, system=with_safety(HARBOUR), by=anna, n=1, **GROUND)

    assert standing(row) == (with_safety(HARBOUR),)
    assert made.before == HARBOUR.model_dump(mode="json")
    assert (made.n, made.source) == (2, GROUND["source"])
    entry = Entry.objects.latest("n")
    assert (entry.action, entry.object) == ("system changed", f"system {row.slug}/harbour/2")
    assert "They said so." in EntryText.objects.get(entry=entry).text


def test_who_saw_an_earlier_version_changes_nothing(cast):
    row = a_workbench_round(cast, Stage.SET_UP)
    lena = cast.now("lena")
    add_system(round_=row, system=HARBOUR, by=lena, **GROUND)
    change_system(round_=row, system=with_safety(HARBOUR), by=lena, n=1, **GROUND)

    with pytest.raises(ChangedMeanwhileError):
        change_system(round_=row, system=HARBOUR, by=lena, n=1, **GROUND)

    assert standing(row) == (with_safety(HARBOUR),)


@pytest.mark.parametrize("id_", ["harbour", "Harbour", "default"])
def test_an_id_is_given_once(cast, id_):
    row = a_workbench_round(cast, Stage.SET_UP)
    lena = cast.now("lena")
    add_system(round_=row, system=HARBOUR, by=lena, **GROUND)
    again = HARBOUR.model_copy(update={"id": id_})

    with pytest.raises(IdTakenError):
        add_system(round_=row, system=again, by=lena, **GROUND)

    assert standing(row) == (HARBOUR,)


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("ada", Stage.SET_UP),
        ("reg", Stage.SET_UP),
        ("dina", Stage.CHOICE),
        ("anna", Stage.PUBLISHED),
    ],
)
def test_others_and_later_change_nothing(cast, name, stage):
    row = a_workbench_round(cast, stage)

    with pytest.raises(Refused):
        add_system(round_=row, system=HARBOUR, by=cast.now(name), **GROUND)

    assert standing(row) == ()
    assert not SystemVersion.objects.exists()
