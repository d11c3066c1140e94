import pytest
from django.db import DatabaseError, connection, transaction

from cast import a_workbench_round
from custodes_workbench.history.models import Entry
from custodes_workbench.history.selectors import verify_chain

pytestmark = pytest.mark.django_db


def test_the_chain_of_a_round_that_was_made_holds(cast):
    a_workbench_round(cast)

    verified = verify_chain()

    assert (verified.broken_at, verified.entries) == (None, Entry.objects.count())
    assert verified.entries > 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET action = 'x' WHERE n = 1",
        "DELETE FROM history_entry WHERE n = 1",
        "UPDATE history_entrytext SET text = 'x'",
    ],
)
def test_an_entry_cannot_be_changed_or_deleted(cast, statement):
    a_workbench_round(cast)

    with (
        pytest.raises(DatabaseError, match="the history is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
