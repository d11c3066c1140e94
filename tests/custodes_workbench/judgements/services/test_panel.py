import pytest
from django.core import mail as sent

from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.judgements.models import ConflictOfInterest, PanelMember
from custodes_workbench.judgements.services.invitations import invitation_of
from custodes_workbench.judgements.services.panel import (
    invitation_token,
    invite_member,
    propose_member,
    withdraw_member,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.operations.services import send_queued
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import with_accounts
from panels import a_proposal, an_invited, member_of

pytestmark = pytest.mark.django_db


def test_a_new_person_is_proposed_under_the_next_code_without_an_account(cast):
    row = a_workbench_round(cast, Stage.INVITING)

    member = propose_member(
        round_=row, given=a_proposal(expertise="evaluations"), by=cast.now("omar")
    )

    assert (member.code, member.state) == ("E-05", "proposed")
    assert member.person.expertise == "evaluations"
    assert not with_accounts().filter(email="nora@elsewhere.example").exists()


def test_a_person_with_an_account_is_proposed_as_they_describe_themselves(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    User.objects.filter(pk=cast.rhea.pk).update(expertise="attacks")

    member = propose_member(
        round_=row,
        given=a_proposal(name="Somebody", mail="RHEA@example.org", expertise="law"),
        by=cast.now("omar"),
    )

    assert member.person.pk == cast.rhea.pk
    assert (member.person.name, member.person.expertise) == ("Rhea", "attacks")


def test_conflicts_are_known_before_anybody_is_invited(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member = propose_member(
        round_=row, given=a_proposal(affiliations="Alan's Laboratory"), by=cast.now("omar")
    )

    assert ConflictOfInterest.objects.get(person=member.person).decided == ""
    with pytest.raises(Refused, match="Decide the conflicts"):
        invite_member(member=member, by=cast.now("omar"), version=member.version)


def test_only_the_newest_invitation_is_sent_and_none_after_it_was_taken_back(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, _ = an_invited(cast, row)
    for _ in range(2):
        member = invite_member(
            member=member,
            by=cast.now("omar"),
            version=member.version,
            address=lambda token: f"https://example.org/invitation/{token}/",
        )

    first = send_queued(by=cast.now("omar"), count=2)
    member = invite_member(member=member, by=cast.now("omar"), version=member.version, address=str)
    withdraw_member(member=member, by=cast.now("omar"), reason="no", version=member.version)
    second = send_queued(by=cast.now("omar"), count=1)

    assert (first, second) == ((1, 0, 1), (0, 0, 1))
    assert "https://example.org/invitation/" in sent.outbox[0].body


def test_a_block_for_the_whole_round_keeps_somebody_off_the_panel(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member = propose_member(round_=row, given=a_proposal(), by=cast.now("omar"))
    ConflictOfInterest.objects.create(
        round=row, person=member.person, type="funder", declared=False, decided="block"
    )

    with pytest.raises(Refused, match="off this round's panel"):
        invite_member(member=member, by=cast.now("omar"), version=member.version)


def test_a_later_invitation_makes_the_earlier_address_worthless(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, first = an_invited(cast, row)

    member = invite_member(member=member, by=cast.now("omar"), version=member.version)

    assert invitation_of(first) is None
    assert invitation_of(invitation_token(member, by=cast.now("omar"))).member == member


def test_a_withdrawn_invitation_is_dead_and_can_be_proposed_again(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, token = an_invited(cast, row)

    withdraw_member(
        member=member, by=cast.now("omar"), reason="enough experts", version=member.version
    )

    assert invitation_of(token) is None
    again = propose_member(round_=row, given=a_proposal(), by=cast.now("omar"))
    assert (again.pk, again.code, again.state) == (member.pk, member.code, "proposed")


def test_nobody_is_proposed_twice(cast):
    row = a_workbench_round(cast, Stage.INVITING)

    with pytest.raises(Refused, match="Ada is on the panel"):
        propose_member(round_=row, given=a_proposal(mail="ada@example.org"), by=cast.now("omar"))


def test_whoever_judges_is_not_withdrawn(cast):
    row = a_workbench_round(cast)
    member = member_of(row, cast.ada)

    with pytest.raises(Refused, match="end those assignments first"):
        withdraw_member(member=member, by=cast.now("omar"), reason="no", version=member.version)


def test_whoever_has_accepted_is_not_invited_again(cast):
    row = a_workbench_round(cast)

    with pytest.raises(Refused, match="has accepted"):
        invite_member(member=member_of(row, cast.ada), by=cast.now("omar"), version=1)


def test_an_invitation_of_what_was_seen_before_is_refused(cast):
    row = a_workbench_round(cast, Stage.INVITING)
    member, _ = an_invited(cast, row)

    with pytest.raises(ChangedMeanwhileError):
        invite_member(member=member, by=cast.now("omar"), version=member.version - 1)


@pytest.mark.parametrize("name", ["ada", "dina", "anna", "aud", "adam", "mallory"])
def test_others_propose_nobody(cast, name):
    row = a_workbench_round(cast, Stage.INVITING)

    with pytest.raises(Refused, match="set the panel"):
        propose_member(round_=row, given=a_proposal(), by=cast.now(name))

    assert not PanelMember.objects.filter(person__email="nora@elsewhere.example").exists()


@pytest.mark.parametrize("stage", [Stage.CHOICE, Stage.PUBLISHED])
def test_nobody_is_proposed_once_it_is_too_late(cast, stage):
    row = a_workbench_round(cast, stage)

    with pytest.raises(Refused, match="the round is at"):
        propose_member(round_=row, given=a_proposal(), by=cast.now("omar"))
