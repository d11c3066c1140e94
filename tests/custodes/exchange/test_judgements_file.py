import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.catalogue import QUANTITIES
from custodes.errors import InputError
from custodes.exchange import judgement_typed, judgements_as_csv, read_judgements_csv
from custodes.judgements import Judgement, flags_of

HEADER = "effort,expert,round,quantity,p05,p50,p95,reason,raw,unit,wording,confidence,abstain,at"


@pytest.fixture
def read(tmp_path):
    def read_rows(*rows, header=HEADER):
        path = tmp_path / "judgements.csv"
        path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        return read_judgements_csv(path)

    return read_rows


def numbers(read_file):
    return [(each.p05, each.p50, each.p95) for each in read_file.judgements]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("0.05,0.1,0.2", (0.05, 0.1, 0.2)),
        ("5 %,10%,20 %", (0.05, 0.1, 0.2)),
        ('"1 in 2,000,000",1 in 4,0.5', (5e-7, 0.25, 0.5)),
        ("5e-7,1e-6,2e-6", (5e-7, 1e-6, 2e-6)),
    ],
)
def test_numbers_may_be_written_in_several_ways(cells, expected, read):
    answers = read(f"a,e,1,success,{cells},,,,,,,")

    assert answers.faults == ()
    assert numbers(answers) == [expected]


@pytest.mark.parametrize(
    ("cells", "quantity", "flags"),
    [
        ("0.3,0.2,0.4", "success", ("order",)),
        ("0.1,0.2,1.3", "success", ("outside",)),
        ("-1,-2,70", "insight_months", ("order", "outside")),
        ("0.2,0.2,0.2", "success", ("point",)),
        ("1,1,1", "success", ("point", "certain")),
        ("0,0.5,0.9", "success", ("certain", "wide")),
        ("0,0,0", "insight_months", ("point",)),
        ("0,0.01,0.1", "insight_months", ("zero_on_log",)),
        ("0,0,0.1", "insight_months", ("outside",)),
        ("1,1.01,1.02", "insight_months", ("narrow",)),
        ("-0.1,0.02,0.1", "accident_cut", ()),
    ],
)
def test_what_is_odd_is_kept_and_flagged(cells, quantity, flags, read):
    answers = read(f"a,e,1,{quantity},{cells},,,,,,,")

    assert answers.faults == ()
    assert [each.flags for each in answers.judgements] == [flags]
    assert answers.judgements[0].is_usable == ({"order", "outside"}.isdisjoint(flags))


@pytest.mark.parametrize(
    "text",
    ["near 0", "5-10", "< 0.1", ",9", "0+", "Less than 1", "nan", "inf", "1e999", "1 to 2", "e2"],
)
def test_text_that_is_no_number_is_a_fault(text, read):
    answers = read(f'a,e,1,success,0.1,"{text}",0.3,,,,,,,')

    assert answers.judgements == ()
    assert [(each.row, each.field) for each in answers.faults] == [(2, "p50")]
    assert text in answers.faults[0].message
    assert answers.faults[0].cure


def test_an_empty_round_is_the_first(read):
    assert read("a,e,,success,0.1,0.2,0.3,,,,,,,").judgements[0].round == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("a,e,3,success,0.1,0.2,0.3,,,,,,,", "round"),
        (",e,1,success,0.1,0.2,0.3,,,,,,,", "effort"),
        ("a,e,1,success,,,,,,,,,dont_know,", "abstain"),
        ("a,e,1,success,0.1,,,,,,,,conflict,", "p05"),
        ("a,e,1,success,,,,,,,,,,", "p50"),
        ("a,e,1,success,0.1,0.2,0.3,,,,,0,,", "confidence"),
        ("a,e,1,success,0.1,0.2,0.3,,,,,1,,", "confidence"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_a_fault(row, field, read):
    answers = read(row)

    assert answers.judgements == ()
    assert field in {each.field for each in answers.faults}
    assert {each.row for each in answers.faults} == {2}


def test_an_abstention_has_no_numbers(read):
    (answer,) = read("a,e,1,success,,,,,,,,,not_my_field,").judgements

    assert (answer.abstain, answer.p50, answer.is_usable) == ("not_my_field", None, False)


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        ("0.01 / 0.05 / 0.3", "", (0.01, 0.05, 0.3)),
        ("1 / 5 / 30", "percent", (0.01, 0.05, 0.3)),
        ("5 %", "percent", (0.05, 0.05, 0.05)),
        ("0.01 to 0.3", "", (0.01, 0.06173340936335073, 0.3)),
        ("1 to 30", "percent", (0.01, 0.06173340936335073, 0.3)),
        ("0.3 / 0.2 / 0.1", "", (0.3, 0.2, 0.1)),
    ],
)
def test_an_answer_in_one_cell_is_read_from_raw(raw, unit, expected, read):
    answers = read(f"a,e,1,success,,,,,{raw},{unit},,,,")

    assert answers.faults == ()
    assert numbers(answers) == [pytest.approx(expected, rel=1e-12)]


def test_a_range_with_its_confidence_is_brought_to_ninety_per_cent(read):
    answers = read("a,e,1,success,0.02,0.05,0.2,,,,,0.5,,")

    assert numbers(answers) == [pytest.approx((0.009473620484288283, 0.05, 0.4651121183466967))]
    assert answers.judgements[0].raw == "0.02 / 0.05 / 0.2"
    assert answers.rescaled == (2,)


def test_numbers_beside_raw_were_brought_there_already(read):
    answers = read("a,e,1,success,0.02,0.05,0.2,,0.03 / 0.05 / 0.1,,,0.5,,")

    assert numbers(answers) == [(0.02, 0.05, 0.2)]
    assert answers.rescaled == ()


def test_strengths_of_mitigations_have_their_own_range(read):
    answers = read(
        "mitigation:m,e,1,licence,0.2,0.5,0.9,,,,,,,",
        "mitigation:m,e,1,licence,0.2,0.5,1.9,,,,,,,",
        "mitigation:m,e,1,adopted,0.2,0.5,1.9,,,,,,,",
        "mitigation:m,e,1,diversion,0.2,0.5,1.9,,,,,,,",
    )

    assert [each.flags for each in answers.judgements] == [(), ("outside",), ("outside",), ()]


def test_a_misspelt_column_is_refused_with_the_nearest(read):
    with pytest.raises(InputError) as caught:
        read("a,e,success,1,2,3,4", header="effort,expert,quantitty,p05,p50,p95,resaon")

    assert [(each.row, each.field) for each in caught.value.faults] == [
        (1, "quantity"),
        (1, "quantitty"),
        (1, "resaon"),
    ]
    assert "did you mean 'reason'?" in caught.value.faults[2].cure


def test_a_row_with_too_many_cells_is_a_fault(read):
    answers = read("a,e,1,success,0.1,0.2,0.3,yes, because it works,,,,,,,x")

    assert [each.row for each in answers.faults] == [2]


OF_CLAIMS = "effort,expert,quantity,p05,p50,p95,reason,verdict,praise"


def test_an_assessment_of_a_claim_is_read_and_written_back(read, tmp_path):
    first = read("claim:c1,e,claim_holds,0.1,0.2,0.5,no test,partly,well told", header=OF_CLAIMS)
    (answer,) = first.judgements

    assert (answer.verdict, answer.praise, answer.flags) == ("partly", "well told", ())
    path = tmp_path / "again.csv"
    path.write_text(judgements_as_csv(first.judgements), "utf-8")
    assert read_judgements_csv(path).judgements == first.judgements


def test_an_unknown_verdict_is_refused_with_the_nearest(read):
    (fault,) = read("claim:c1,e,claim_holds,0.1,0.2,0.5,,suported,", header=OF_CLAIMS).faults

    assert (fault.row, fault.field) == (2, "verdict")
    assert "did you mean 'supported'?" in fault.cure


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)
SHARES = st.floats(0, 1, allow_subnormal=True)


@st.composite
def answers(draw):
    """An answer as reading would make it."""
    name = draw(st.sampled_from(["success", "adoption", "scaling"]))
    base = Judgement(
        effort=draw(st.sampled_from(["a", "b-2", "system:x"])),
        expert="e1",
        round=draw(st.sampled_from([1, 2])),
        quantity=name,
        reason=draw(WORDS),
        wording=draw(WORDS),
        at=draw(WORDS),
    )
    if draw(st.booleans()):
        return base.model_copy(update={"abstain": "conflict"})
    three = (draw(SHARES), draw(SHARES), draw(SHARES))
    confidence = draw(st.none() | st.floats(0.01, 0.99))
    return base.model_copy(
        update={
            "p05": three[0],
            "p50": three[1],
            "p95": three[2],
            "confidence": confidence,
            "raw": "" if confidence is None else "as typed",
            "flags": flags_of(three, QUANTITIES[name]),
        }
    )


@given(st.lists(answers(), max_size=4))
def test_what_is_written_is_read_back_to_the_bit(tmp_path_factory, given_answers):
    path = tmp_path_factory.mktemp("law") / "judgements.csv"
    path.write_text(judgements_as_csv(given_answers), "utf-8", newline="")

    read_back = read_judgements_csv(path)

    assert read_back.faults == ()
    assert read_back.judgements == tuple(given_answers)


def typed(**cells):
    return judgement_typed({"effort": "a", "expert": "e", "quantity": "success", **cells})


def test_typed_answer_is_read_as_a_row_and_keeps_what_was_typed():
    answer, faults = typed(p05="0.3%", p50="1 in 50", p95="5e-2")

    assert faults == ()
    assert (answer.p05, answer.p50, answer.p95) == (0.003, 0.02, 0.05)
    assert answer.raw == "0.3% / 1 in 50 / 5e-2"


def test_typed_answer_says_at_which_field_it_cannot_be_read():
    answer, faults = typed(p05=",9", p50="near 0", p95="5-10")

    assert answer is None
    assert [fault.field for fault in faults] == ["p05", "p50", "p95"]
    assert "write 'a to b'" in faults[2].cure
    assert {(fault.file, fault.row) for fault in faults} == {(None, None)}


def test_typed_range_with_a_confidence_is_brought_to_90_per_cent():
    answer, _ = typed(p05="0.2", p50="0.5", p95="0.8", confidence="0.5")

    assert answer.p05 == pytest.approx(1 / (1 + 4**1.8))
    assert answer.raw == "0.2 / 0.5 / 0.8"


def test_a_file_that_is_not_utf8_is_told_by_its_line_and_how_to_save_it(tmp_path):
    path = tmp_path / "judgements.csv"
    path.write_bytes("effort,expert\na,caf\u00e9\n".encode("cp1252"))

    with pytest.raises(InputError) as refusal:
        read_judgements_csv(path)

    assert str(refusal.value) == (
        "judgements.csv: is not text in UTF-8 (byte 0xE9 in line 2); "
        "save it as UTF-8 ('CSV UTF-8' in a spreadsheet program)"
    )
