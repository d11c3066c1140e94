import pytest

from custodes.assessment import assess, scaling_statements
from custodes.evidence import Claim
from round_records import a_round, an_effort, answers

QUANTITIES = {"accident_cut": 0.05, "success": 0.9, "over_generalising": 0.5, "scaling": 0.3}


def statement(*claims, says="", judged=None, **parts):
    effort = an_effort("a", kind="evaluations", scales_to_future=says)
    given = answers("a", **(QUANTITIES if judged is None else judged))
    found = assess(a_round(effort, claims=claims, judgements=given, **parts))
    (told,) = scaling_statements(found)
    return told, found


def a_claim(id_="c1", **changes):
    return Claim.model_validate(
        {"id": id_, "effort": "a", "claimant": "A lab", "text": "It works.", **changes}
    )


def test_saying_so_takes_exactly_what_the_condition_alone_would_take():
    told, found = statement()
    before = found.effort("a").worldview("central").before
    with_it = assess(found.round_, conditions={"a": ["scaling-statement"]})
    after = with_it.effort("a").worldview("central").after
    change = told.changes["central"]

    assert change.net.mean == pytest.approx(after.net.mean - before.net.mean, rel=1e-9)
    for name, step in change.parts.items():
        own = after.increase[name].mean - before.increase[name].mean
        assert step.mean == pytest.approx(own, rel=1e-9, abs=1e-18), name
    assert change.parts["false_security.scaling"].mean < 0
    assert change.net.mean < 0 < change.net.standard_error


def test_where_it_holds_for_certain_saying_so_changes_no_overgeneralising():
    told, _ = statement(judged=QUANTITIES | {"scaling": 1})

    assert told.changes["central"].parts["false_security.scaling"].mean == 0


def test_a_round_without_the_mitigation_tells_no_change():
    told, _ = statement(mitigations=())

    assert told.changes == {}


@pytest.mark.parametrize(
    ("says", "claims", "judged", "note"),
    [
        ("", (), None, "does not say whether"),
        ("yes", (), None, "those who judged it give that 30% (30% to 30%)"),
        ("yes", (), {}, "nobody judged that"),
        ("no", (a_claim(scale="more_capable"),), None, "says no, and claim c1 says that it does"),
        ("no", (a_claim(benchmark="WMDP"),), None, "c1 rests on WMDP, which gets worse"),
    ],
)
def test_where_what_is_said_does_not_fit_is_told(says, claims, judged, note):
    told, _ = statement(*claims, says=says, judged=judged)

    assert any(note in each for each in told.notes)


def test_what_fits_is_told_without_a_note():
    told, _ = statement(a_claim(scale="today", says_so="yes"), says="no")

    assert (told.notes, told.silent, told.clear) == ((), (), ("c1",))
    assert told.levels_told.startswith("No audit is said to be about it")


def test_the_result_holds_the_statements_of_efforts_that_claims_are_about():
    told, found = statement(a_claim())

    assert found.record.claims.scaling == (told,)
    assert told.silent == ("c1",)
