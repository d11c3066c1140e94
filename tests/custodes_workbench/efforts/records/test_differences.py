from custodes_workbench.efforts.records import Explanation, Piece, differences
from round_records import an_effort


def test_a_changed_word_is_told_and_the_rest_stays():
    one, two = (an_effort("e", description=f"We build {n} tests") for n in ("three", "four"))

    (changed,) = differences((one, Explanation()), (two, Explanation()))

    assert changed.label == "What is to be done"
    assert changed.pieces == (
        Piece("same", "We build "),
        Piece("removed", "three"),
        Piece("added", "four"),
        Piece("same", " tests"),
    )


def test_a_claim_that_went_is_told():
    record = an_effort("e")
    before = Explanation.model_validate({"claims": [{"id": "c1", "claim": "It helps."}]})

    (changed,) = differences((record, before), (record, Explanation()))

    assert changed.pieces == (Piece("removed", "It helps."),)


def test_nothing_changed_is_nothing_told():
    record = an_effort("e")

    assert differences((record, Explanation()), (record, Explanation())) == ()
