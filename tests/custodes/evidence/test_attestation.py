import pytest

from custodes.evidence import CRITERIA, Attestation, independence, is_external

BEST = {
    "relation": "public_body",
    "paid_by": "public",
    "scope_set_by": "auditor",
    "may_publish": "without_consent",
    "saw_before": "nobody",
    "ties_last_24_months": "none",
}
WORDS = [(name, word, point) for name, words in CRITERIA.items() for word, point in words.items()]


@pytest.mark.parametrize(("name", "word", "point"), WORDS)
def test_the_lowest_criterion_decides(name, word, point):
    found = independence(Attestation(**{**BEST, name: word}))

    assert found.grade == "DCBA"[point]
    assert name in found.lowest
    assert found.not_stated == ()


def test_what_is_not_stated_counts_as_nothing():
    found = independence(Attestation(**{**BEST, "paid_by": ""}))

    assert found.grade == "D"
    assert found.not_stated == ("paid_by",)
    assert independence(None).grade == "D"
    assert independence(None).not_stated == tuple(CRITERIA)


def test_the_developers_own_evidence_is_not_external():
    assert not is_external(None)
    assert not is_external(Attestation(relation="developer_contractor"))
    assert is_external(Attestation(relation="paid_by_developer"))
