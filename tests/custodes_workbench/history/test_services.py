import random
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from custodes_workbench.history.models import ChainTip, Entry, EntryText
from custodes_workbench.history.selectors import verify_chain
from custodes_workbench.history.services import record_event

NUMBER = 30
EDITS = (
    "UPDATE history_entry SET action = 'other' WHERE n = {n}",
    "UPDATE history_entry SET actor = 'person 999' WHERE n = {n}",
    "UPDATE history_entry SET at = '2001-01-01 00:00:00+00:00' WHERE n = {n}",
    "DELETE FROM history_entrytext WHERE entry_id = {n}; DELETE FROM history_entry WHERE n = {n}",
    "UPDATE history_entrytext SET text = '{{}}' WHERE entry_id = {n}",
    (
        "UPDATE history_entry SET action = CASE n WHEN {n} THEN "
        "(SELECT action FROM history_entry WHERE n = {m}) ELSE action END"
    ),
    "UPDATE history_chaintip SET n = n - 1",
    (
        "UPDATE history_entry SET n = n + 1000 WHERE n > {n}; "
        "UPDATE history_entry SET n = n - 999 WHERE n > 1000; "
        "INSERT INTO history_entry SELECT n + 1, at, actor, true_actor, role, 'slipped in', "
        "object, round, by_one_person, text_digest, hash, previous_hash "
        "FROM history_entry WHERE n = {n}; "
        "UPDATE history_chaintip SET n = n + 1"
    ),
    "DELETE FROM history_entrytext WHERE entry_id > {n}; DELETE FROM history_entry WHERE n > {n}",
)


class Somebody:
    history_name = "person 1"
    acting_as = ""


@pytest.fixture
def chain(db):
    for number in range(NUMBER):
        record_event(f"act {number}", by=Somebody(), subject=f"thing {number}", reason="because")


def tamper(statement):
    """Change the history as somebody with the database's password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for name in ("entry_update", "entry_delete", "text_update"):
                cursor.execute(f"DROP TRIGGER history_{name}")
        for each in statement.split("; "):
            cursor.execute(each)


@pytest.mark.parametrize("turns", [90, pytest.param(1000, marks=pytest.mark.long)])
def test_every_single_change_is_found(chain, turns):
    chance = random.Random(7)  # noqa: S311 (which entry to change, not what to hide)
    found = []
    for turn in range(turns):
        n, m = chance.sample(range(1, NUMBER), 2)
        with transaction.atomic():
            tamper(EDITS[turn % len(EDITS)].format(n=n, m=m))
            found.append(verify_chain().broken_at is not None)
            transaction.set_rollback(True)

    assert found == [True] * len(found)
    assert verify_chain().broken_at is None


def test_an_entry_is_not_written_outside_a_transaction(db, monkeypatch):
    outside = SimpleNamespace(in_atomic_block=False)

    with monkeypatch.context() as patched:
        patched.setattr(transaction, "get_connection", lambda using=None: outside)  # noqa: ARG005 (Django's signature)
        with pytest.raises(transaction.TransactionManagementError):
            record_event("act", by=Somebody(), subject="thing")


@transaction.atomic
def fail_after_an_entry():
    record_event("act", by=Somebody(), subject="thing")
    raise ZeroDivisionError


def test_an_entry_goes_with_the_change_that_failed(db):
    with pytest.raises(ZeroDivisionError):
        fail_after_an_entry()

    assert not Entry.objects.exists()
    assert not ChainTip.objects.exists()


def test_what_was_said_can_be_forgotten_without_breaking_the_chain(chain):
    EntryText.objects.filter(entry_id=3).delete()

    assert verify_chain().broken_at is None
