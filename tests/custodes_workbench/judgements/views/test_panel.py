import pytest
from django.urls import reverse

from answers import bare
from cast import a_workbench_round, at_stage
from custodes_workbench.access import Relation, Stage
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.judgements.models import Assignment, ConflictOfInterest, PanelMember
from custodes_workbench.judgements.services.panel import propose_member
from panels import a_proposal, an_invited, member_of

pytestmark = pytest.mark.django_db
PROPOSAL = {
    "name": "Nora Newman",
    "mail": "nora@elsewhere.example",
    "affiliations": "Alan's Laboratory",
    "most_efforts": "3",
}


def address(name, row, *parts):
    """Where a page of the panel is."""
    return reverse(f"judgements:{name}", args=[row.slug, *parts])


@pytest.mark.parametrize("page", ["experts", "assignments", "progress"])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("lena", 200),
        ("omar", 200),
        ("aud", 200),
        *((each, 404) for each in ("ada", "dina", "anna", "adam", "rhea", "alan", "mallory")),
    ],
)
def test_pages_of_the_panel_are_there_for_officers_and_auditors_alone(
    cast, client, page, name, status
):
    row = a_workbench_round(cast)
    client.force_login(cast.people[name])

    answer = client.get(address(page, row))

    assert answer.status_code == status


def test_pages_look_to_others_like_what_does_not_exist(cast, client):
    row = a_workbench_round(cast)
    client.force_login(cast.ada)

    not_theirs = client.get(address("expert", row, "E-02"))
    nothing = client.get(address("expert", row, "E-99"))

    assert bare(not_theirs) == bare(nothing)


def test_register_shows_codes_load_and_conflicts_and_no_letters(cast, client):
    row = a_workbench_round(cast)
    Assignment.objects.filter(member__person=cast.grace).update(letter="letter-QX")
    client.force_login(cast.omar)

    answer = client.get(address("experts", row))

    rows = {each["code"]: each for each in answer.context["listing"].rows}
    assert rows["E-01"]["load"] == 2
    assert rows["E-02"]["name"] == "Grace"
    assert "letter-QX" not in answer.content.decode()


def test_register_leaves_out_the_load_from_an_effort_with_a_conflict(cast, client):
    row = a_workbench_round(cast)
    first = Effort.objects.get(round=row, effort_id="first")
    Standing.objects.create(effort=first, person=cast.omar, relation=Relation.CONFLICTED)
    client.force_login(cast.omar)

    answer = client.get(address("experts", row))

    rows = {each["code"]: each for each in answer.context["listing"].rows}
    assert (rows["E-01"]["load"], rows["E-02"]["load"]) == (1, 0)


def test_a_person_is_proposed_and_their_conflict_waits(cast, client):
    row = a_workbench_round(cast, Stage.INVITING)
    client.force_login(cast.omar)

    answer = client.post(address("experts", row), PROPOSAL, follow=True)

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Not decided: it keeps them out" in page
    assert "Decide the conflicts above first" in page


def test_a_proposal_without_a_mail_address_says_so_and_keeps_the_rest(cast, client):
    row = a_workbench_round(cast, Stage.INVITING)
    client.force_login(cast.omar)

    answer = client.post(address("experts", row), {**PROPOSAL, "mail": "nora"})

    assert answer.status_code == 400
    assert "Nora Newman" in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_an_auditor_proposes_nobody(cast, client):
    row = a_workbench_round(cast, Stage.INVITING)
    client.force_login(cast.aud)

    answer = client.post(address("experts", row), PROPOSAL)

    assert answer.status_code == 403


def test_a_conflict_is_decided_and_the_person_invited(cast, client):
    row = a_workbench_round(cast, Stage.INVITING)
    member = propose_member(
        round_=row, given=a_proposal(affiliations="Alan's Lab"), by=cast.now("omar")
    )
    conflict = ConflictOfInterest.objects.get(person=member.person)
    client.force_login(cast.omar)

    client.post(
        address("conflict", row, conflict.pk),
        {"version": 1, "decided": "recuse", "reason": "works there"},
    )
    answer = client.post(address("invite", row, member.code), {"version": 1}, follow=True)

    conflict.refresh_from_db()
    assert (conflict.decided, conflict.reason) == ("recuse", "works there")
    assert "/invitation/" in answer.context["link"]
    assert answer.context["link"] in answer.content.decode()


def test_a_ruling_without_a_reason_is_sent_back(cast, client):
    row = a_workbench_round(cast)
    conflict = ConflictOfInterest.objects.create(
        round=row, person=cast.ada, type="employer", declared=True, text="was there"
    )
    client.force_login(cast.omar)

    answer = client.post(address("conflict", row, conflict.pk), {"version": 1, "decided": "none"})

    assert answer.status_code == 400
    assert "Dismiss" not in answer.content.decode()
    conflict.refresh_from_db()
    assert conflict.decided == ""


def test_a_ruling_on_an_old_version_is_sent_back_with_what_was_typed(cast, client):
    row = a_workbench_round(cast)
    conflict = ConflictOfInterest.objects.create(
        round=row, person=cast.ada, type="employer", declared=True, version=2
    )
    client.force_login(cast.omar)

    answer = client.post(
        address("conflict", row, conflict.pk),
        {"version": 1, "decided": "none", "reason": "typed at length"},
    )

    assert answer.status_code == 400
    assert "typed at length" in answer.content.decode()
    assert "changed meanwhile" in answer.content.decode()


def test_an_invitation_is_withdrawn(cast, client):
    row = a_workbench_round(cast, Stage.INVITING)
    member, _ = an_invited(cast, row)
    client.force_login(cast.omar)

    answer = client.post(
        address("withdraw", row, member.code),
        {"version": member.version, "reason": "enough experts"},
    )

    assert answer.status_code == 302
    member.refresh_from_db()
    assert member.state == PanelMember.State.WITHDRAWN


def test_an_assignment_is_ended_with_its_reason(cast, client):
    row = a_workbench_round(cast)
    client.force_login(cast.omar)

    client.post(address("end", row, "E-02", "first"), {"reason": "is ill"})

    seat = Assignment.objects.get(member=member_of(row, cast.grace))
    assert seat.ended_because == "is ill"


def test_looking_again_says_what_is_new(cast, client):
    row = a_workbench_round(cast)
    client.force_login(cast.omar)

    answer = client.post(address("look_again", row, "E-01"), follow=True)

    assert "1 new." in answer.content.decode()


def test_progress_names_who_has_handed_in_and_no_number(cast, client):
    row = a_workbench_round(cast)
    Assignment.objects.filter(member__person=cast.grace).update(
        handed_in_at="2026-11-24T10:17:31Z", letter="letter-QX"
    )
    client.force_login(cast.omar)

    answer = client.get(address("progress", row))

    states = {each["name"]: each["state"] for each in answer.context["listing"].rows}
    assert states == {
        "Ada": "nothing yet",
        "Grace": "all in",
        "Joan": "nothing yet",
        "Carl": "nothing yet",
    }
    page = answer.content.decode()
    assert "letter-QX" not in page
    assert "10:17" not in page


def test_progress_in_the_revision_counts_kept_and_revised_alike(cast, client):
    row = a_workbench_round(cast)
    Assignment.objects.update(handed_in_at="2026-11-24T10:17:31Z")
    Assignment.objects.filter(member__person=cast.grace).update(revised_at="2026-11-24T12:17:31Z")
    at_stage(row, Stage.REVISION)
    client.force_login(cast.omar)

    answer = client.get(address("progress", row))

    states = {each["name"]: each["state"] for each in answer.context["listing"].rows}
    assert (states["Grace"], states["Joan"]) == ("all in", "nothing yet")
