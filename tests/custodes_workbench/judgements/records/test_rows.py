import pytest

from custodes_workbench.judgements.models import ConflictOfInterest
from custodes_workbench.judgements.records.rows import conflict_of


@pytest.mark.parametrize(
    ("decided", "weight"), [("note", 0.5), ("publish", 0.5), ("recuse", None)]
)
def test_a_weight_that_came_with_a_folder_holds_while_the_answers_count(decided, weight):
    row = ConflictOfInterest(type="close", declared=True, decided=decided, as_read={"weight": 0.5})

    conflict = conflict_of(row, expert="A")

    assert (conflict.decided, conflict.weight) == (decided, weight)
