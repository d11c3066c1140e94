"""Marked things: who opens them, what is stored, what the log says."""

import datetime as dt

import pytest
from django.utils import timezone

from cast import at_stage, stand
from custodes.disclosure import Mark, digest_of
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.handling import selectors, services
from custodes_workbench.handling.models import Item, Opening, Reader
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.rows import line_of, row_of, tables
from custodes_workbench.operations.saves import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
CANARY = "xylophone-recipe-7f3a"


def everything():
    """Every row of every table, as a backup holds it."""
    return "\n".join(line_of(row_of(row)) for each in tables() for row in each.objects.all())


def test_a_named_reader_opens_it_and_nobody_else(cast, handed, keys):
    item = handed()

    assert services.open_item(item=item, by=cast.now("ada"), private=keys["ada"]) == CANARY
    for name in ("omar", "dina", "aud", "adam", "alan", "mallory"):
        with pytest.raises(Refused):
            services.open_item(item=item, by=cast.now(name), private=keys.get(name))
    with pytest.raises(Refused, match="locked"):
        services.open_item(item=item, by=cast.now("ada"), private=None)
    with pytest.raises(Refused, match="does not open"):
        services.open_item(item=item, by=cast.now("ada"), private=keys["omar"])


def test_sealed_text_is_in_no_table(handed):
    handed()

    assert CANARY not in everything()


def test_text_under_a_mark_that_does_not_seal_is_found_by_the_same_search(handed):
    """A search that could not find it would prove nothing."""
    handed(Mark.ROUND)

    assert CANARY in everything()


def test_a_conflict_keeps_out_a_named_reader_too(cast, first, handed, keys):
    item = handed()
    stand(first, cast.ada, Relation.CONFLICTED)

    with pytest.raises(Refused, match="conflict of interest"):
        services.open_item(item=item, by=cast.now("ada"), private=keys["ada"])
    with pytest.raises(Refused, match="cannot be a reader"):
        handed(readers=("ada",))


def test_every_opening_is_kept_with_who_and_when_and_the_history_has_it(cast, handed, keys):
    item = handed()

    services.open_item(item=item, by=cast.now("ada"), private=keys["ada"])
    services.open_item(item=item, by=cast.now("lena"), private=keys["lena"])

    names = [each.person.name for each in selectors.openings_shown_to(cast.now("alan"), item)]
    assert names == ["Lena", "Ada"]
    assert selectors.openings_shown_to(cast.now("ada"), item) is None
    assert Opening.objects.count() == 2
    told = Entry.objects.filter(action="opened", object=item.history_name)
    assert [each.actor for each in told.order_by("n")] == [
        cast.ada.history_name,
        cast.lena.history_name,
    ]


def test_a_reader_is_named_by_somebody_who_can_open_it(cast, handed, keys):
    item = handed()

    with pytest.raises(Refused, match="not one of its named readers"):
        services.name_reader(
            item=item, person=cast.omar, by=cast.now("omar"), private=keys["omar"]
        )
    with pytest.raises(Refused, match="You may not set or review a mark"):
        services.name_reader(item=item, person=cast.omar, by=cast.now("ada"), private=keys["ada"])
    services.name_reader(item=item, person=cast.omar, by=cast.now("lena"), private=keys["lena"])

    assert services.open_item(item=item, by=cast.now("omar"), private=keys["omar"]) == CANARY
    with pytest.raises(Refused, match="already"):
        services.name_reader(
            item=item, person=cast.omar, by=cast.now("lena"), private=keys["lena"]
        )


def test_a_reader_who_is_taken_away_opens_nothing_with_what_they_kept(cast, handed, keys):
    item = handed()
    before = Reader.objects.get(item=item, key__person=cast.ada)
    kept = bytes(before.ephemeral), bytes(before.wrapped), bytes(item.sealed)

    services.remove_reader(item=item, person=cast.ada, by=cast.now("lena"), private=keys["lena"])

    item = Item.objects.select_related("effort__round").get(pk=item.pk)
    assert item.generation == 2
    assert bytes(item.sealed) != kept[2]
    assert services.open_item(item=item, by=cast.now("lena"), private=keys["lena"]) == CANARY
    with pytest.raises(Refused):
        services.open_item(item=item, by=cast.now("ada"), private=keys["ada"])
    # an old wrapping put back into the table opens the new text as little
    Reader.objects.filter(pk=before.pk).update(ephemeral=kept[0], wrapped=kept[1], removed_at=None)
    with pytest.raises(Refused, match="does not open"):
        services.open_item(item=item, by=cast.now("ada"), private=keys["ada"])
    Reader.objects.filter(pk=before.pk).delete()
    with pytest.raises(Refused, match="Nobody could open it"):
        services.remove_reader(
            item=item, person=cast.lena, by=cast.now("lena"), private=keys["lena"]
        )


def test_a_new_key_opens_nothing_old_until_one_is_named_again(cast, handed, keys):
    item = handed()
    services.make_reader_key(person=cast.ada, passphrase="another long passphrase")
    fresh = services.unlocked(person=cast.ada, passphrase="another long passphrase")

    with pytest.raises(Refused, match="not one of its named readers"):
        services.open_item(item=item, by=cast.now("ada"), private=fresh)
    services.name_reader(item=item, person=cast.ada, by=cast.now("lena"), private=keys["lena"])

    assert services.open_item(item=item, by=cast.now("ada"), private=fresh) == CANARY


def test_another_passphrase_opens_the_same_things(cast, handed, keys):
    item = handed()
    old = "ada: five words at random"

    with pytest.raises(Refused, match="not the passphrase"):
        services.relock_reader_key(person=cast.ada, old="a wrong one", new="anything at all")
    services.relock_reader_key(person=cast.ada, old=old, new="the next long passphrase")

    with pytest.raises(Refused, match="not the passphrase"):
        services.unlocked(person=cast.ada, passphrase=old)
    private = services.unlocked(person=cast.ada, passphrase="the next long passphrase")
    assert services.open_item(item=item, by=cast.now("ada"), private=private) == CANARY


def test_lifting_a_seal_needs_a_reader_and_sealing_what_was_readable_is_refused(
    cast, handed, keys, marking
):
    item = handed()
    lifted = {"item": item, "marking": marking(Mark.ROUND), "version": 1}

    with pytest.raises(Refused, match="not one of its named readers"):
        services.review_mark(**lifted, by=cast.now("omar"), private=keys["omar"])
    services.review_mark(**lifted, by=cast.now("lena"), private=keys["lena"])

    item = Item.objects.select_related("effort__round").get(pk=item.pk)
    assert (item.text, item.sealed, item.digest) == (CANARY, None, "")
    assert not selectors.readers_of(item).exists()
    with pytest.raises(Refused, match="was kept readable"):
        services.review_mark(item=item, marking=marking(), by=cast.now("lena"), version=2)
    with pytest.raises(ChangedMeanwhileError):
        services.review_mark(
            item=item, marking=marking(Mark.ROUND), by=cast.now("lena"), version=1
        )


def test_erasing_takes_text_and_keys_and_leaves_that_it_was_there(cast, handed, keys):
    item = handed()

    services.erase_item(item=item, reason="Asked for.", by=cast.now("lena"), version=1)

    item = Item.objects.select_related("effort__round").get(pk=item.pk)
    assert item.sealed is None
    assert not Reader.objects.filter(item=item).exclude(wrapped=b"").exists()
    with pytest.raises(Refused):
        services.open_item(item=item, by=cast.now("lena"), private=keys["lena"])
    assert list(selectors.broken_seals()) == []


def test_a_mark_on_the_effort_keeps_it_from_the_public_until_it_is_lifted(
    cast, row, first, handed, marking
):
    item = handed(Mark.ROUND, kind="effort")
    at_stage(row, Stage.PUBLISHED)
    row = type(row).objects.get(pk=row.pk)

    assert first not in efforts_visible_to(cast.now("mallory"), row)
    assert first in efforts_visible_to(cast.now("omar"), row)
    services.review_mark(
        item=item, marking=marking(Mark.OPEN, ground=None), by=cast.now("lena"), version=1
    )
    assert first in efforts_visible_to(cast.now("mallory"), row)
    assert Effort.objects.get(pk=first.pk).revisions.count() == 1


def test_the_safeguards_group_reads_once_its_terms_are_accepted(cast, handed):
    item = handed(Mark.SAFEGUARDS)

    services.propose_member(person=cast.reg, work="Containment", by=cast.now("omar"))
    with pytest.raises(Refused):
        services.open_item(item=item, by=cast.now("reg"))
    services.accept_terms(by=cast.now("reg"))
    assert services.open_item(item=item, by=cast.now("reg")) == CANARY
    member = selectors.members_visible_to(cast.now("omar").facts).get()
    services.end_membership(member=member, reason="Moved on.", by=cast.now("omar"))

    with pytest.raises(Refused):
        services.open_item(item=item, by=cast.now("reg"))
    with pytest.raises(Refused):
        services.propose_member(person=cast.ada, work="Containment", by=cast.now("ada"))


@pytest.mark.parametrize(
    ("mark", "knowing"),
    [
        (Mark.RESTRICTED, {"lena", "omar", "aud", "dina", "sven", "ada", "alan"}),
        (Mark.RESTRICTED_EXISTENCE, {"lena", "omar", "aud", "ada"}),
        (Mark.ROUND, {"lena", "omar", "aud", "dina", "sven", "ada", "grace", "joan", "alan"}),
    ],
)
def test_who_knows_that_it_exists(cast, row, handed, mark, knowing):
    item = handed(mark)

    found = {name for name in cast.people if selectors.items_visible_to(cast.now(name), row)}

    assert found == knowing
    assert item.n >= 100_000


def test_the_public_is_told_what_is_withheld_unless_its_existence_is_restricted(row, handed):
    handed(Mark.RESTRICTED_EXISTENCE)
    item = handed()

    (told,) = selectors.told_of(row)

    assert (told.what, told.ground, told.digest) == ("finding", "misuse", item.digest)
    assert selectors.hidden_in_year(timezone.localdate().year) == "0 to 2"


def test_what_belongs_to_an_effort_has_the_strictest_mark_of_both(cast, row, handed):
    handed()
    handed(Mark.RESTRICTED_EXISTENCE, kind="effort")

    assert selectors.told_of(row) == []
    assert selectors.unexplained_efforts(row) == 0
    assert not selectors.items_visible_to(cast.now("dina"), row)


def test_an_overdue_review_is_told_by_number_and_waits_for_officers(cast, row, handed):
    item, hidden = handed(), handed(Mark.RESTRICTED_EXISTENCE)
    past = timezone.localdate() - dt.timedelta(days=1)
    Item.objects.update(review_by=past)

    waiting = [each.text for each in selectors.marks_that_wait(cast.now("omar"))]

    assert selectors.overdue_numbers(row) == [item.n]
    assert {str(item.n), str(hidden.n)} == {each.split()[-1] for each in waiting}
    assert list(selectors.marks_that_wait(cast.now("ada"))) == []


def test_the_digest_is_of_a_salt_that_only_readers_have(handed):
    item = handed()

    assert item.digest
    assert item.digest != digest_of(CANARY.encode(), salt=b"\0" * 32)
    assert item.digest != handed().digest


def test_a_sharing_is_kept_acknowledged_and_asked_back(cast, handed):
    item = handed()
    given = services.SharingGiven(
        recipient="An AI safety institute",
        purpose="Containment",
        shared_on=dt.date(2026, 11, 24),
        terms="Not to be passed on.",
        what="The finding, without its appendix.",
    )

    with pytest.raises(Refused):
        services.share_item(item=item, given=given, by=cast.now("ada"))
    made = services.share_item(item=item, given=given, by=cast.now("omar"))
    services.acknowledge_sharing(
        sharing=made, on=dt.date(2026, 11, 25), by=cast.now("omar"), version=1
    )
    with pytest.raises(ChangedMeanwhileError):
        services.ask_recall(sharing=made, reason="Too early", by=cast.now("omar"), version=1)
    services.ask_recall(sharing=made, reason="A hole.", by=cast.now("omar"), version=2)

    made.refresh_from_db()
    assert made.acknowledged_on == dt.date(2026, 11, 25)
    assert made.recall_reason == "A hole."


def test_readable_text_under_a_seal_and_a_seal_without_readers_are_found(handed):
    item = handed()
    assert list(selectors.broken_seals()) == []

    Item.objects.filter(pk=item.pk).update(text="oops")
    Reader.objects.all().delete()

    assert [each.split(": ")[1] for each in selectors.broken_seals()] == [
        "it is marked restricted and holds readable text",
        "nobody can open it",
    ]
