import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.systems.models import KeptScenario
from custodes_workbench.systems.records.scenarios import solved
from custodes_workbench.systems.services import NameTakenError, keep_scenario

pytestmark = pytest.mark.django_db


def keep(row, by, name="A case"):
    case = solved("race", {"teams": "5"})
    return keep_scenario(round_=row, solved=case, name=name, by=by, reason="To weigh it.")


def test_keeping_is_told_in_the_history(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)

    kept = keep(row, cast.now("omar"))

    entry = Entry.objects.latest("n")
    assert (entry.action, entry.object) == ("scenario kept", f"scenario {row.slug}/{kept.n}")


def test_cases_are_numbered_in_a_round_and_names_are_taken_in_it_alone(cast):
    row, other = (a_workbench_round(cast, Stage.SET_UP, title=each) for each in ("One", "Two"))
    lena = cast.now("lena")

    numbers = [keep(row, lena, name).n for name in ("a", "b")]
    keep(other, lena, "a")

    assert numbers == [1, 2]
    with pytest.raises(NameTakenError):
        keep(row, lena, "A")


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("ada", Stage.SET_UP),
        ("reg", Stage.SET_UP),
        ("dina", Stage.CHOICE),
        ("anna", Stage.PUBLISHED),
    ],
)
def test_others_and_later_keep_nothing(cast, name, stage):
    row = a_workbench_round(cast, stage)

    with pytest.raises(Refused):
        keep(row, cast.now(name))

    assert not KeptScenario.objects.exists()
