import pytest
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Role, Stage
from custodes_workbench.claims.models import Claim, ClaimAnswer
from custodes_workbench.claims.selectors import round_of, standing
from custodes_workbench.judgements.models import Interest
from custodes_workbench.people.models import Membership

pytestmark = pytest.mark.django_db
SAID = {
    "id": "badge",
    "text": "The badge shows that it is safe.",
    "claimant": "Badge Ltd",
    "effort": "second",
    "scale": "not_stated",
    "claimed_cut": "0.01 / 0.03 / 0.1",
    "reason": "The call names it.",
}
SIGN = "a test shows no more than what it looked for"


@pytest.fixture
def row(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    for name, role in (
        ("rhea", Role.CLAIMS_ASSESSOR),
        ("joan", Role.CLAIMS_ASSESSOR),
        ("carl", Role.CLAIMS_ASSESSOR),
        ("mallory", Role.DEVELOPER_CONTACT),
    ):
        Membership.objects.create(person=cast.people[name], role=role, round=row.slug)
    return row


@pytest.fixture
def claim(row, cast, client):
    client.force_login(cast.omar)
    answer = client.post(reverse("claims:add", args=[row.slug]), SAID)
    assert answer.status_code == 302, answer.content.decode()
    return Claim.objects.get()


def page(client, claim):
    answer = client.get(claim.get_absolute_url())
    return answer.content.decode() if answer.status_code == 200 else ""


def post(client, claim, act, **typed):
    url = reverse(f"claims:{act}", args=[claim.round.slug, claim.claim_id])
    return client.post(url, typed)


def assign(client, cast, claim, *names):
    client.force_login(cast.omar)
    return [post(client, claim, "assign", person=cast.people[name].pk) for name in names]


def assess(client, cast, claim, name, holds, **changes):
    client.force_login(cast.people[name])
    told = {"verdict": "unsupported", "reason": f"{name} says why", "praise": "Short.", "n": 0}
    return post(client, claim, "assess", holds=holds, **{**told, **changes})


def n_of(claim):
    return standing(claim.round)[0].n


def test_assessors_are_blind_until_they_hand_in_and_others_until_it_goes_out(claim, cast, client):
    assert SIGN in page(client, claim)
    assign(client, cast, claim, "rhea", "joan")
    client.force_login(cast.joan)
    assert SAID["text"] in page(client, claim)
    assert SIGN not in page(client, claim)
    assess(client, cast, claim, "rhea", "0.01 / 0.1 / 0.3")
    assert SIGN in page(client, claim)
    client.force_login(cast.joan)
    assert "rhea says why" not in page(client, claim)
    assert assess(client, cast, claim, "joan", "0.1 / 0.2 / 0.4").status_code == 302
    assert "rhea says why" in page(client, claim)
    for name in ("omar", "dina", "aud"):
        client.force_login(cast.people[name])
        assert "says why" not in page(client, claim)
        assert SIGN in page(client, claim)
    for name in ("mallory", "ada", "alan"):
        client.force_login(cast.people[name])
        assert not page(client, claim)
    assert not any(each.effort == "claim:badge" for each in round_of(claim.round).judgements)


def test_a_claim_goes_to_its_claimant_is_replied_to_and_published_and_counts(claim, cast, client):
    assign(client, cast, claim, "rhea", "joan")
    assess(client, cast, claim, "rhea", "0.01 / 0.1 / 0.3")
    client.force_login(cast.omar)
    send = {"n": n_of(claim), "contact": cast.mallory.pk}
    assert post(client, claim, "send", **send).status_code == 302
    assert "one assessor" in page(client, claim)
    client.force_login(cast.mallory)
    assert "rhea says why" in page(client, claim)
    assert "Rhea" not in page(client, claim)
    reply = "  We measured it ourselves.\r\n"
    assert post(client, claim, "reply", n=n_of(claim), text=reply).status_code == 302
    assert standing(claim.round)[0].record["reply"] == reply
    client.force_login(cast.omar)
    assert "written down by the claimant" in page(client, claim)
    typed = {"verdict": "unsupported", "kept": "no", "reason": "Fifteen days are over."}
    assert post(client, claim, "publish", n=1, **typed).status_code == 409
    assert post(client, claim, "publish", n=n_of(claim), **typed).status_code == 302
    whole = round_of(claim.round)
    (told,) = whole.claims
    assert (told.standing, told.assessment, told.kept) == ("published", "unsupported", "no")
    assert told.counts
    assert [each.p50 for each in whole.judgements if each.effort == told.subject] == [0.1]
    assert not whole.faults()
    typed = {"n": n_of(claim), "text": "Ours.", "verdict": ""}
    post(client, claim, "reply", **typed)
    assert "a programme officer, on the claimant&#x27;s behalf" in page(client, claim)
    post(client, claim, "withdraw", n=n_of(claim), reason="It was never said.")
    assert not round_of(claim.round).claims[0].counts


def test_two_assessors_are_pooled_and_a_conflict_keeps_out_before_and_after(claim, cast, client):
    Interest.objects.create(person=cast.joan, type="employer", with_whom="Badge Limited")
    refused = assign(client, cast, claim, "carl")[0]
    assert refused.status_code == 400
    assert "a conflict of interest with the effort" in refused.content.decode()
    Interest.objects.all().delete()
    assign(client, cast, claim, "rhea", "joan")
    assess(client, cast, claim, "rhea", "0.01 / 0.1 / 0.3")
    assess(client, cast, claim, "joan", "0.2 / 0.4 / 0.6")
    client.force_login(cast.omar)
    post(client, claim, "send", n=n_of(claim))
    assert "from 2 assessors without a conflict" in page(client, claim)
    Interest.objects.create(person=cast.joan, type="employer", with_whom="Badge Ltd")
    assert "one assessor" in page(client, claim)
    assert "does not count" in page(client, claim)
    client.force_login(cast.joan)
    assert not page(client, claim)


def test_an_assessment_is_handed_in_once_and_never_lost(claim, cast, client):
    assign(client, cast, claim, "rhea")
    assert assess(client, cast, claim, "rhea", "").status_code == 400
    assert assess(client, cast, claim, "rhea", "0.4 / 0.1 / 0.3").status_code == 400
    key = "0d0f6c9e-6a3f-4c2b-9f61-4a4a4e9b7c11"
    for _ in range(2):
        answer = assess(client, cast, claim, "rhea", "0.01 / 0.1 / 0.3", post_key=key)
        assert answer.status_code == 302
    assert ClaimAnswer.objects.count() == 1
    late = assess(client, cast, claim, "rhea", "0.3 / 0.5 / 0.6", reason="Typed in vain?")
    assert late.status_code == 409
    assert "Typed in vain?" in late.content.decode()
    assert assess(client, cast, claim, "rhea", "0.3 / 0.5 / 0.6", n=1).status_code == 302
    assert [each.record["p50"] for each in ClaimAnswer.objects.all()] == [0.1, 0.5]


def test_a_change_keeps_what_stood_and_faults_are_told(claim, cast, client):
    client.force_login(cast.omar)
    typed = {**SAID, "n": 1, "published_at": "last week", "claimed_cut": "much"}
    refused = post(client, claim, "change", **typed)
    assert refused.status_code == 400
    typed = {**SAID, "n": 1, "text": "The badge shows that it is sound.", "reason": "Misquoted."}
    assert post(client, claim, "change", **typed).status_code == 302
    assert post(client, claim, "change", **typed).status_code == 409
    assert [each.record["text"][-6:] for each in claim.versions.all()] == ["sound.", " safe."]
    assert "Misquoted." in page(client, claim)
    answer = client.get(reverse("claims:claims_file", args=[claim.round.slug]))
    assert "sound." in answer.content.decode()
