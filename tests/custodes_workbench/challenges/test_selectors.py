import datetime as dt

import pytest

from cast import a_workbench_round
from challenges import a_challenge
from custodes_workbench.access import Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.selectors import challenges_that_wait

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "waits"),
    [
        *((each, ["Answer challenge c1 to First"]) for each in ("alan", "ada", "omar", "lena")),
        *((each, []) for each in ("rhea", "dina", "aud", "carl", "mallory")),
    ],
)
def test_an_open_challenge_waits_for_those_who_may_answer(cast, name, waits):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))

    found = challenges_that_wait(cast.now(name))

    assert [each.text.casefold() for each in found] == [each.casefold() for each in waits]


def test_an_answered_challenge_waits_for_a_ruling_and_is_not_late(cast):
    a_challenge(cast, a_workbench_round(cast, Stage.CHALLENGE))
    Challenge.objects.update(status="answered", answer="x", due=dt.date(2026, 1, 1))

    (found,) = challenges_that_wait(cast.now("omar"))

    assert found.text.startswith("Rule on challenge c1")
    assert found.due is None
    assert challenges_that_wait(cast.now("alan")) == []
