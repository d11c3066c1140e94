import datetime as dt

import pytest

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Refused, Role, Stage
from custodes_workbench.judgements.models import ConflictOfInterest, PanelMember
from custodes_workbench.judgements.services import invitations
from custodes_workbench.judgements.services.invitations import (
    accept_invitation,
    decline_invitation,
    invitation_of,
    state_interests,
)
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import has_account, roles_held
from panels import an_invited

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet password"


def stated(token, *, affiliations="", coauthors="", ties="", interests=""):
    """The invitation, after a statement of interests."""
    state_interests(
        invitation=invitation_of(token),
        affiliations=affiliations,
        coauthors=coauthors,
        ties=ties,
        interests=interests,
    )
    return invitation_of(token)


def test_titles_are_shown_only_after_the_statement_of_interests(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    _, token = an_invited(cast, row)

    before = invitation_of(token).efforts()
    after = stated(token).efforts()

    assert before == []
    assert [each.effort_id for each in after] == ["first", "second"]


def test_what_a_stated_tie_excludes_is_not_shown(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, token = an_invited(cast, row)

    found = stated(token, ties="Alan's Laboratory")

    assert [each.effort_id for each in found.efforts()] == ["second"]
    assert member.person.conflicts.filter(rule="declared tie", decided="").count() == 1


def test_a_statement_adds_organisations_and_takes_none_away(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, token = an_invited(cast, row, affiliations="Elsewhere")

    stated(token, affiliations="Elsewhere\nAnother place")

    assert User.objects.get(pk=member.person_id).affiliations == "Elsewhere\nAnother place"


def test_accepting_opens_an_account_gives_the_role_and_keeps_what_was_declared(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, token = an_invited(cast, row)
    found = stated(token)
    second = found.efforts()[1]

    accept_invitation(
        invitation=found,
        declared={second.pk: ("collaborator", "one paper")},
        password=PASSWORD,
    )

    person = User.objects.get(pk=member.person_id)
    member.refresh_from_db()
    assert member.state == PanelMember.State.ACCEPTED
    assert has_account(person)
    assert person.check_password(PASSWORD)
    assert Role.EXPERT in roles_held(person)[row.slug]
    declared = ConflictOfInterest.objects.get(person=person, effort=second)
    assert (declared.declared, declared.type, declared.decided) == (True, "collaborator", "")
    assert invitation_of(token) is None


def test_accepting_leaves_an_account_as_it_is(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    User.objects.filter(pk=cast.alan.pk).update(email="alan@gmail.com")
    _, token = an_invited(cast, row, mail="rhea@example.org")
    found = stated(token)
    assert not found.needs_account

    accept_invitation(invitation=found, declared={}, password="")

    assert User.objects.get(pk=cast.rhea.pk).check_password("rhea's long password")


def test_accepting_before_the_statement_is_refused(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    _, token = an_invited(cast, row)

    with pytest.raises(Refused, match="State your interests first"):
        accept_invitation(invitation=invitation_of(token), declared={}, password=PASSWORD)


def test_declining_keeps_the_reason_and_ends_the_invitation(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, token = an_invited(cast, row)

    decline_invitation(invitation=invitation_of(token), because="too_much", text="in May")

    member.refresh_from_db()
    assert (member.state, member.declined_because) == ("declined", "too_much")
    assert invitation_of(token) is None
    assert not has_account(member.person)


def test_two_answers_at_once_are_one(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    _, token = an_invited(cast, row)
    found = stated(token)
    decline_invitation(invitation=found, because="other", text="")

    with pytest.raises(Refused, match="answered or withdrawn meanwhile"):
        accept_invitation(invitation=found, declared={}, password=PASSWORD)


def test_an_address_expires(cast, monkeypatch):
    row = a_workbench_round(cast, Stage.INVITING)
    _, token = an_invited(cast, row)
    monkeypatch.setattr(invitations, "HOLDS", dt.timedelta(seconds=-1))

    found = invitation_of(token)

    assert found is None


def test_a_forged_address_is_none(cast):
    row = a_workbench_round(cast, Stage.INVITING)

    _, token = an_invited(cast, row)

    assert invitation_of(f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}") is None
    assert invitation_of("nothing") is None


def test_an_invitation_ends_with_the_publication(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    _, token = an_invited(cast, row)

    at_stage(row, Stage.PUBLISHED)

    assert invitation_of(token) is None
