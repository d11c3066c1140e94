import pytest

from applications import typed
from custodes.efforts import HAZARDS
from custodes_workbench.efforts.records import kept, read_application


def read(claims=("c1",), **changes):
    return read_application(typed(**changes), claims, effort_id="e", currency="GBP")


def test_a_complete_application_has_no_fault():
    told = read()

    assert told.faults == []
    assert told.record.currency == "GBP"
    assert told.explanation.claims[0].risk_class == HAZARDS["deceptive_alignment"] == "accident"


def test_an_application_without_a_claim_is_not_complete():
    told = read(claims=())

    assert [fault.label for fault in told.faults] == ["Claims"]


def test_an_effort_holds_for_more_capable_systems_only_if_every_claim_does():
    second = {
        name.replace("c1-", "c2-"): text
        for name, text in typed().items()
        if name.startswith("c1-")
    }

    both = read(claims=("c1", "c2"), **second | {"c1-holds": "yes", "c2-holds": "no"})
    all_ = read(claims=("c1", "c2"), **second | {"c1-holds": "yes", "c2-holds": "yes"})

    assert (both.record.scales_to_future, all_.record.scales_to_future) == ("no", "yes")


@pytest.mark.parametrize("words", [60, 61])
def test_a_limit_counts_words(words):
    told = read(**{"c1-claim": "word " * words})

    assert [fault.field for fault in told.faults] == ([] if words == 60 else ["c1-claim"])


def test_whoever_says_dual_use_says_how_it_is_handled():
    told = read(dual_use="yes")

    assert [fault.field for fault in told.faults] == ["dual_use_findings"]


def test_a_draft_keeps_the_forms_fields_and_no_others():
    posted = typed() | {"csrfmiddlewaretoken": "x", "c9-claim": "of no claim", "state": "accepted"}

    assert set(kept(posted, ["c1"])) == {name for name, text in typed().items() if text}
