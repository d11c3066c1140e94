import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Relation
from custodes_workbench.efforts.models import Effort, Unwanted
from custodes_workbench.efforts.selectors import efforts_visible_to, relations_in
from custodes_workbench.judgements.services.conflicts import (
    UNKNOWN,
    ConflictDeclared,
    declare_conflict,
)
from custodes_workbench.people.models import Institution, User
from panels import found_for, rule_on

pytestmark = pytest.mark.django_db


def test_an_organisation_that_applies_is_a_conflict_that_keeps_out_at_once(cast):
    row = a_workbench_round(cast)

    (found,) = found_for(cast, row, "ada", affiliations="Alan's Lab\nElsewhere")

    assert (found.effort.effort_id, found.rule, found.decided) == ("first", "organisation", "")
    assert Relation.CONFLICTED in relations_in(cast.now("ada"), row).values()
    assert "first" not in {each.effort_id for each in efforts_visible_to(cast.now("ada"), row)}


def test_looking_again_finds_nothing_twice(cast):
    row = a_workbench_round(cast)
    found_for(cast, row, "ada", affiliations="Alan's Lab")

    again = found_for(cast, row, "ada")

    assert again == []


def test_whoever_applied_in_the_round_has_a_conflict_with_every_effort(cast):
    row = a_workbench_round(cast)

    found = found_for(cast, row, "alan")

    rules = {(each.effort.effort_id, each.rule) for each in found}
    assert {("first", "applied for it"), ("second", "applied in this round")} <= rules


def test_the_mail_domain_of_the_applicant_is_a_conflict(cast):
    row = a_workbench_round(cast)

    found = found_for(cast, row, "ada", email="ada@mail.example.org")

    assert [each.rule for each in found] == ["mail domain"]


def test_a_finding_says_how_sure_it_is_and_when_it_was_made(cast):
    row = a_workbench_round(cast)

    (found,) = found_for(cast, row, "ada", affiliations="Alan's Lab")

    assert (found.strength, found.declared) == ("hard", False)
    assert found.found_at.date() == row.made_at.date()


def test_the_institutions_table_of_names_is_looked_into(cast):
    row = a_workbench_round(cast)
    Institution.objects.update(organisations="Bletchley = Alan's laboratory = park.example")
    row.institution.refresh_from_db()

    (found,) = found_for(cast, row, "ada", affiliations="Bletchley")

    assert found.rule == "organisation"
    assert [each.rule for each in found_for(cast, row, "grace", email="g@park.example")] == [
        "mail domain"
    ]


def test_another_name_of_a_person_is_looked_for(cast):
    row = a_workbench_round(cast)
    user = User.objects.get(pk=cast.alan.pk)
    user.aliases = "A. M. Turing"
    user.save()

    (found,) = found_for(cast, row, "ada", aliases="A M Turing")

    assert (found.rule, found.effort.effort_id) == ("named as who applied", "first")


@pytest.mark.parametrize("pinned", [False, True])
def test_what_is_found_again_as_a_fact_asks_anew_unless_it_is_pinned(cast, pinned):
    row = a_workbench_round(cast)
    (found,) = found_for(cast, row, "ada", affiliations="Alan's laboratory, Turin")
    rule_on(found, cast, "none", dismissed=True, pinned=pinned)
    Institution.objects.update(organisations="Alan's laboratory, Turin = Alan's laboratory")
    row.institution.refresh_from_db()

    (again,) = found_for(cast, row, "ada")

    found.refresh_from_db()
    assert found.strength == ("soft" if pinned else "hard")
    assert (found.decided, found.dismissed) == (("none", True) if pinned else ("", False))
    assert (again.pk == found.pk) is not pinned
    assert Relation.CONFLICTED in relations_in(cast.now("ada"), row).values()


def test_a_search_that_fails_keeps_out_of_the_whole_round_until_it_is_decided(cast, caplog):
    row = a_workbench_round(cast)
    revision = Effort.objects.get(round=row, effort_id="first").revision
    revision.record = {"title": "no effort at all"}
    revision.save()

    (found,) = found_for(cast, row, "ada")
    again = found_for(cast, row, "ada")

    assert (found.effort, found.rule, again) == (None, UNKNOWN, [])
    assert set(relations_in(cast.now("ada"), row).values()) == {Relation.CONFLICTED}
    assert "could not be looked for" in caplog.text


def test_whoever_declares_a_conflict_sees_the_effort_no_more(cast):
    row = a_workbench_round(cast)
    effort = Effort.objects.get(round=row, effort_id="first")

    made = declare_conflict(
        effort=effort, given=ConflictDeclared(type="close", text="my sister"), by=cast.now("omar")
    )

    assert (made.declared, made.decided) == (True, "")
    assert "first" not in {each.effort_id for each in efforts_visible_to(cast.now("omar"), row)}


@pytest.mark.parametrize("name", ["carl", "alan", "adam", "mallory"])
def test_who_has_nothing_to_do_with_an_effort_declares_nothing_of_it(cast, name):
    row = a_workbench_round(cast)
    effort = Effort.objects.get(round=row, effort_id="first")

    with pytest.raises(Refused):
        declare_conflict(
            effort=effort, given=ConflictDeclared(type="close", text="x"), by=cast.now(name)
        )


def test_whom_an_applicant_does_not_want_is_kept_out_without_the_reason(cast):
    row = a_workbench_round(cast)
    Unwanted.objects.create(
        effort=Effort.objects.get(round=row, effort_id="first"),
        name="Grace",
        type="public_statement",
        reason="spoke against us",
        by=cast.alan,
    )

    (found,) = found_for(cast, row, "grace")

    assert (found.rule, found.type, found.strength) == (
        "named by the applicant",
        "public_statement",
        "soft",
    )
    assert "against" not in found.text
