"""Pages of marked things, as their readers walk them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from answers import bare
from cast import at_stage
from custodes.disclosure import Mark
from custodes_workbench.access import Stage
from custodes_workbench.handling.models import Item, Opening, ReaderKey
from custodes_workbench.handling.records.unlocked import COOKIE
from custodes_workbench.handling.services import HandedIn, make_reader_key, open_item
from custodes_workbench.handling.services import hand_in as keep
from custodes_workbench.history.models import Entry

pytestmark = pytest.mark.django_db
CANARY = "xylophone-recipe-7f3a"
PASSPHRASE = "ada: five words at random"


def to(name, *parts):
    return reverse(f"handling:{name}", args=parts)


def page_of(answer):
    return answer.content.decode()


def unlocked(client, passphrase=PASSPHRASE):
    return client.post(to("unlock"), {"passphrase": passphrase})


def test_a_key_is_made_unlocked_and_locked(cast, client):
    client.force_login(cast.ada)

    short = client.post(to("make_key"), {"passphrase": "short", "again": "short"})
    differ = client.post(to("make_key"), {"passphrase": PASSPHRASE, "again": f"{PASSPHRASE}."})
    made = client.post(to("make_key"), {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    wrong = unlocked(client, "another one altogether")
    right = unlocked(client)

    assert (short.status_code, differ.status_code, made.status_code) == (400, 400, 302)
    assert "not the passphrase" in page_of(wrong)
    assert right.status_code == 302
    assert "<strong>unlocked</strong>" in page_of(client.get(to("reader_key")))
    client.post(to("lock"))
    assert "<strong>locked</strong>" in page_of(client.get(to("reader_key")))
    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value
    assert ReaderKey.objects.filter(person=cast.ada).count() == 1


def test_the_cookie_is_closed_to_scripts_and_other_sites_and_holds_no_key(cast, client, keys):
    client.force_login(cast.ada)

    cookie = unlocked(client).cookies[COOKIE]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 900)
    assert keys["ada"].hex() not in cookie.value


def test_an_unlocked_key_locks_by_itself_and_with_the_session(cast, client, keys, handed):
    item = handed()
    client.force_login(cast.ada)
    unlocked(client)
    session = client.session
    session["reader_key_until"] = int(timezone.now().timestamp()) - 1
    session.save()

    assert client.post(to("open", item.effort.round.slug, item.n)).status_code == 302
    unlocked(client)
    kept = client.cookies[COOKIE].value
    client.logout()
    client.force_login(cast.ada)
    client.cookies[COOKIE] = kept
    assert client.post(to("open", item.effort.round.slug, item.n)).status_code == 302
    assert not Opening.objects.exists()


def test_trying_passphrases_is_limited(cast, client, keys):
    client.force_login(cast.ada)

    pages = [page_of(unlocked(client, "another one altogether")) for _ in range(12)]

    assert "tried too often" in pages[-1]
    assert "tried too often" not in pages[0]


def test_a_reader_opens_it_and_a_plain_look_shows_and_logs_nothing(cast, client, keys, handed):
    item = handed()
    where = item.effort.round.slug, item.n
    client.force_login(cast.ada)

    looked = client.get(to("item", *where))
    first = client.post(to("open", *where))
    unlocking = {"passphrase": PASSPHRASE, "then": to("item", *where)}
    then = client.post(to("unlock"), unlocking)
    opened = client.post(to("open", *where))

    assert "Unlock your key to open it" in page_of(looked)
    assert CANARY not in page_of(looked)
    assert first.url.startswith(f"{to('reader_key')}?then=")
    assert then.url == to("item", *where)
    assert CANARY in page_of(opened)
    assert opened["Cache-Control"] == "no-store"
    assert Opening.objects.count() == 1
    client.force_login(cast.omar)
    assert '<td class="govuk-table__cell">Ada</td>' in page_of(client.get(to("item", *where)))


def test_the_applicant_sees_that_it_was_opened_and_not_by_which_expert(cast, client, keys, handed):
    item = handed()
    for name in ("ada", "lena"):
        open_item(item=item, by=cast.now(name), private=keys[name])
    client.force_login(cast.alan)

    page = page_of(client.get(item.get_absolute_url()))
    form = page_of(client.get(to("hand_in", item.effort.round.slug, "first")))

    assert page.count("somebody whose name is not shown to you</td>") == 1
    assert "Lena</td>" in page
    assert "Ada" not in page
    assert "Ada" not in form
    assert "Lena" in form


def test_unlocking_leads_nowhere_else(cast, client, keys):
    client.force_login(cast.ada)

    answer = client.post(to("unlock"), {"passphrase": PASSPHRASE, "then": "https://example.org/"})

    assert answer.url == to("reader_key")


def hand_in(client, row, **more):
    given = {
        "kind": "finding",
        "text": CANARY,
        "mark": "restricted",
        "ground": "misuse",
        "reason": "It could be followed.",
        "against": "Nobody outside can check it.",
        "review_by": (timezone.localdate() + dt.timedelta(days=300)).isoformat(),
        "lifted_when": "The hole is closed.",
        **more,
    }
    return client.post(to("hand_in", row.slug, "first"), given)


def test_an_officer_hands_in_names_takes_away_and_reviews(cast, client, row, keys):
    client.force_login(cast.omar)
    unlocked(client, "omar: five words at random")

    answer = hand_in(client, row, readers=[cast.omar.pk])
    item = Item.objects.get()
    named = client.post(to("add_reader", row.slug, item.n), {"person": cast.ada.pk})
    taken = client.post(to("drop_reader", row.slug, item.n, cast.ada.pk))
    review = {
        "version": Item.objects.get().version,
        "mark": "restricted-existence",
        "ground": "security",
        "reason": "A system would be weakened.",
        "against": "Scrutiny is hampered.",
        "review_by": (timezone.localdate() + dt.timedelta(days=30)).isoformat(),
        "lifted_when": "It is mended.",
    }
    reviewed = client.post(to("review", row.slug, item.n), review)
    again = client.post(to("review", row.slug, item.n), review)

    assert answer.url == item.get_absolute_url()
    assert [each.status_code for each in (named, taken, reviewed, again)] == [302, 302, 302, 400]
    item.refresh_from_db()
    assert (item.mark, item.generation, item.markings.count()) == (
        "restricted-existence",
        2,
        2,
    )
    assert Entry.objects.filter(action="reader removed").count() == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"against": " "}, "the reason against it"),
        ({"reason": ""}, "a reason"),
        ({"lifted_when": ""}, "what would lift it"),
        ({"review_by": "2099-01-01"}, "within 12 months"),
        ({"readers": []}, "Name at least one reader"),
        ({"text": " "}, "Write the text"),
        ({"mark": "open", "ground": ""}, "What is open is not handed in here"),
        ({"kind": "effort"}, "A mark on the effort itself has no text"),
    ],
)
def test_a_mark_without_what_it_needs_is_refused_and_stored_nowhere(
    cast, client, row, keys, changed, told
):
    client.force_login(cast.omar)

    answer = hand_in(client, row, **{"readers": [cast.omar.pk]} | changed)

    assert answer.status_code == 400
    assert told in page_of(answer)
    assert not Item.objects.exists()


def test_the_applicant_hands_in_and_cannot_mark_the_effort(cast, client, row, keys):
    client.force_login(cast.alan)

    form = page_of(client.get(to("hand_in", row.slug, "first")))
    answer = hand_in(client, row, readers=[cast.lena.pk])
    other = client.get(to("hand_in", row.slug, "second"))

    assert 'value="finding"' in form
    assert 'value="effort"' not in form
    assert answer.status_code == 302
    assert other.status_code == 404


def test_what_is_hidden_and_what_is_not_there_look_the_same(cast, client, row, handed):
    item = handed(Mark.RESTRICTED_EXISTENCE)
    client.force_login(cast.alan)

    hidden = client.get(to("item", row.slug, item.n))
    nothing = client.get(to("item", row.slug, 7))

    assert hidden.status_code == nothing.status_code == 404
    assert bare(hidden) == bare(nothing)


def test_everybody_sees_what_is_withheld_once_published(cast, client, row, handed):
    item = handed()
    handed(Mark.RESTRICTED_EXISTENCE)
    Item.objects.filter(pk=item.pk).update(review_by=dt.date(2026, 1, 31))
    early = client.get(to("withheld", row.slug))
    at_stage(row, Stage.PUBLISHED)

    page = page_of(client.get(to("withheld", row.slug)))

    assert early.status_code == 404
    assert "1 finding withheld, reason: could help misuse, review by 2026-01, digest" in page
    assert f"number {item.n}" in page
    assert "0 to 2 things" in page
    assert page.count("withheld, reason") == 1


def test_a_member_reads_the_terms_and_accepts(cast, client):
    client.force_login(cast.omar)
    proposed = client.post(
        to("safeguards"), {"person": cast.reg.pk, "work": "Containment of agents"}
    )
    client.force_login(cast.reg)
    before = page_of(client.get(to("safeguards")))
    accepted = client.post(to("accept_terms"))
    client.force_login(cast.mallory)

    assert (proposed.status_code, accepted.status_code) == (302, 302)
    assert "I accept these terms" in before
    assert "Members" not in before
    assert client.get(to("safeguards")).status_code == 404


def test_a_named_reader_from_outside_the_round_sees_that_thing_alone(
    cast, client, row, first, keys, marking
):
    make_reader_key(person=cast.mallory, passphrase="mallory: five words")
    item = keep(
        effort=first,
        given=HandedIn(kind="finding", marking=marking(), text=CANARY, readers=(cast.mallory,)),
        by=cast.now("lena"),
    )
    client.force_login(cast.mallory)
    unlocked(client, "mallory: five words")

    page = page_of(client.post(to("open", row.slug, item.n)))

    assert CANARY in page
    assert first.title not in page
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(first.get_absolute_url()).status_code == 404
