import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.assessment import AssessmentRecord, RoundInResult
from custodes.errors import InputError
from custodes.exchange import read_assessment, result_text, write_result
from custodes.records import Record


def an_assessment(**changes):
    frame = RoundInResult(
        title="R\u00fcckblick",
        institution="I",
        budget=1.5,
        currency="GBP",
        verdict="risk",
        worldviews=("central",),
    )
    fields = {
        "library_version": "1",
        "seed": 0,
        "samples": 2,
        "sampler": "sobol",
        "inputs_sha256": "00",
        "horizon": 2050,
        "round": frame,
        "efforts": (),
    }
    return AssessmentRecord(**(fields | changes))


class Numbers(Record):
    values: tuple[float, ...]
    """Some numbers."""


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_read_back_to_the_same_bits(values):
    text = result_text(Numbers(values=tuple(values)))

    read_back = json.loads(text)["values"]
    assert [struct.pack("d", each) for each in read_back] == [
        struct.pack("d", each) for each in values
    ]


def test_an_assessment_is_read_back(tmp_path):
    record = an_assessment()

    write_result(record, tmp_path / "assessment.json")

    assert read_assessment(tmp_path / "assessment.json") == record


def test_keys_stand_in_the_records_order(tmp_path):
    write_result(an_assessment(), tmp_path / "a.json")

    keys = list(json.loads((tmp_path / "a.json").read_text("utf-8")))
    assert keys[:3] == ["schema", "library_version", "seed"]


def test_a_result_is_replaced_in_one_step(tmp_path):
    write_result(an_assessment(seed=1), tmp_path / "a.json")
    write_result(an_assessment(seed=2), tmp_path / "a.json")

    assert read_assessment(tmp_path / "a.json").seed == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "folder").mkdir()

    for place in (tmp_path / "no" / "a.json", tmp_path / "folder"):
        with pytest.raises(InputError, match="cannot be written"):
            write_result(an_assessment(), place)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "names no schema"),
        ('{"schema": "custodes/choice/1"}', "is of the schema 'custodes/choice/1'"),
        ('{"schema": "custodes/assessment/1"}', "is required"),
        ("[" * 100_000, "is nested too deeply"),
        ("9" * 5000, "is not JSON"),
        ('{"schema": "custodes/assessment/1", "seed": NaN}', "seed"),
    ],
)
def test_what_is_no_assessment_is_refused(text, told, tmp_path):
    (tmp_path / "a.json").write_text(text, "utf-8")

    with pytest.raises(InputError, match=told):
        read_assessment(tmp_path / "a.json")


def test_a_missing_result_is_refused(tmp_path):
    with pytest.raises(InputError, match="is missing; `custodes assess"):
        read_assessment(tmp_path / "a.json")
