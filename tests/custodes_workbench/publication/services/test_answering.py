import pytest

from cast import at_stage, stand
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.decisions.selectors import folder_of
from custodes_workbench.efforts.models import Effort
from custodes_workbench.publication.models import Correction, Critique
from custodes_workbench.publication.selectors import beside_site, critiques_that_wait
from custodes_workbench.publication.services import (
    ChangedMeanwhileError,
    answer_critique,
    withhold_critique,
)
from publication_helpers import publish_again

pytestmark = pytest.mark.django_db


def answered(critique, cast, status="answered", who="omar", version=None):
    answer_critique(
        critique=critique,
        status=status,
        answer="It rests on two.",
        by=cast.now(who),
        version=critique.version if version is None else version,
    )


def test_officers_are_told_that_it_waits_and_since_when(critique, cast):
    [waiting] = critiques_that_wait(cast.now("omar"))

    assert waiting.text.startswith("Answer critique q1 of decision:first, here since ")
    assert critiques_that_wait(cast.now("dina")) == []
    answered(critique, cast)
    assert critiques_that_wait(cast.now("omar")) == []


@pytest.mark.parametrize("who", ["dina", "anna", "aud", "adam", "ada", "alan", "mallory"])
def test_others_do_not_answer(critique, cast, who):
    with pytest.raises(Refused, match="You may not answer public critique"):
        answered(critique, cast, who=who)


def test_an_officer_with_a_conflict_does_not_answer(critique, cast):
    stand(Effort.objects.get(effort_id="first"), cast.omar, Relation.CONFLICTED)

    with pytest.raises(Refused, match="a conflict of interest"):
        answered(critique, cast)
    assert critiques_that_wait(cast.now("omar")) == []


def test_every_answer_stays(critique, cast):
    answered(critique, cast, "rejected")
    answered(critique, cast, "upheld", version=2)

    critique.refresh_from_db()
    assert [each.what for each in critique.steps.all()] == ["rejected", "upheld"]
    assert critique.status == "upheld"


def test_two_who_answer_at_once_lose_nothing(critique, cast):
    answered(critique, cast)

    with pytest.raises(ChangedMeanwhileError):
        answered(critique, cast, "rejected", who="lena", version=1)
    assert Critique.objects.get().steps.count() == 1


def test_upheld_after_publication_it_is_a_correction_of_the_next_site(row, critique, cast):
    answered(critique, cast, "upheld")
    answered(Critique.objects.get(), cast, "upheld", version=2)

    site = folder_of(publish_again(row, cast))

    assert Correction.objects.count() == 1
    assert "After critique q1 of decision:first" in (site / "decisions.html").read_text("utf-8")
    assert "(correction)" in (site / "feed.atom").read_text("utf-8")
    assert "It rests on one study." in (site / "critiques.html").read_text("utf-8")


def test_upheld_while_challenges_are_open_it_is_a_challenge(row, critique, cast):
    at_stage(row, Stage.CHALLENGE)

    answered(Critique.objects.get(), cast, "upheld")

    [raised] = Challenge.objects.all()
    assert raised.text.startswith("Upheld critique q1 of decision:first: It rests on one")
    assert raised.by == "a programme officer"
    assert not Correction.objects.exists()


def test_a_withheld_text_leaves_its_reason(row, critique, cast):
    withhold_critique(
        critique=critique, reason="It names a person.", by=cast.now("omar"), version=1
    )

    [told] = beside_site(row).critiques
    assert (told.text, told.withheld) == ("", "It names a person.")
    site = folder_of(publish_again(row, cast))
    assert "It rests on one study." not in (site / "critiques.html").read_text("utf-8")
    assert "It names a person." in (site / "critiques.html").read_text("utf-8")
