import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.exchange import _json_spans as spans
from custodes.exchange._json_spans import (
    EVERY,
    FILLED,
    NotJsonError,
    Span,
    TooDeepError,
    TooMuchError,
    items,
    table_of,
    wanted_of,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=30,
)


@pytest.fixture
def all_is_large(monkeypatch):
    """Decode nothing whole that is longer than a short text."""
    monkeypatch.setattr(spans, "SMALL", 40)


@given(
    table=st.dictionaries(st.text(), VALUES, max_size=5),
    indent=st.none() | st.integers(0, 3),
    ascii_only=st.booleans(),
)
def test_the_places_of_a_table_hold_its_values(table, indent, ascii_only):
    text = json.dumps(table, indent=indent, ensure_ascii=ascii_only)
    if any(0xD800 <= ord(char) < 0xE000 for char in text):
        return
    text = text.encode()

    found = table_of(text)

    assert {key: json.loads(text[at.start : at.end]) for key, at in found} == table


@given(values=st.lists(VALUES, max_size=6))
def test_the_places_of_a_list_hold_its_values(values):
    text = json.dumps(values).encode()

    found = items(text, Span(0, len(text)))

    assert [json.loads(text[at.start : at.end]) for at in found] == values


def test_of_a_large_value_only_what_is_wanted_is_decoded(all_is_large):
    told = {
        "id": 7,
        "messages": [{"content": "x" * 100}, {"content": ["]", "}"]}],
        "error": {"message": "e" * 60},
        "limit": None,
        "scores": {"match": {"value": "C", "explanation": "y" * 60}},
        "history": [{"by": "z" * 50, "more": "more"}],
    }
    text = json.dumps(told).encode()
    wanted = {
        "id": None,
        "error": FILLED,
        "limit": FILLED,
        "scores": {EVERY: {"value": None}},
        "history": ({"more": None},),
        "absent": None,
    }

    assert wanted_of(text, Span(0, len(text)), wanted) == {
        "id": 7,
        "error": True,
        "limit": None,
        "scores": {"match": {"value": "C"}},
        "history": [{"more": "more"}],
    }


def test_a_long_value_where_a_short_one_belongs_is_refused(all_is_large):
    text = json.dumps({"id": "x" * 100}).encode()

    with pytest.raises(TooMuchError, match="102 bytes"):
        wanted_of(text, Span(0, len(text)), {"id": None})


def test_nan_is_read():
    (found,) = table_of(b'{"a": NaN}')

    assert str(wanted_of(b'{"a": NaN}', found[1], None)) == "nan"


@pytest.mark.parametrize("is_small", [True, False], ids=["small", "large"])
@pytest.mark.parametrize(
    ("depth", "is_read"), [(150, True), (195, True), (201, False), (900, False), (90_000, False)]
)
def test_what_is_nested_too_deeply_is_refused_however_large(depth, is_read, is_small, monkeypatch):
    if not is_small:
        monkeypatch.setattr(spans, "SMALL", 1)
    text = b'{"a": ' + b"[" * depth + b"]" * depth + b"}"

    def read():
        ((_, at),) = table_of(text)
        wanted_of(text, at, FILLED, depth=2)

    if is_read:
        read()
    else:
        with pytest.raises(TooDeepError):
            read()


def test_brackets_in_texts_are_not_depth():
    text = json.dumps({"a": "[" * 1000, "b": '\\"{' * 500}).encode()

    assert wanted_of(text, Span(0, len(text)), None) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{",
        b'{"a"}',
        b'{"a":}',
        b'{"a": 1,}',
        b'{"a": 1} 2',
        b'{"a": [}',
        b'{"a": [1}',
        b'{"a": "x}',
        b'{"a": tru}',
        b'{"a" 1}',
        b'{"a": 1 "b": 2}',
        b"{a: 1}",
        b'{"a": [1]]}',
        b'{"\xff": 1}',
    ],
)
def test_what_is_not_one_table_is_refused(text):
    with pytest.raises(NotJsonError):
        table_of(text)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":[' + b"{}" * 200_000,
        b'{"a":[' + b'"\\' * 200_000,
        b'{"a":[' + b'[{"a",' * 200_000,
        b'{"a":[' + b"[[[[" + b"],[" * 200_000,
        b'{"a":"' + b"x" * 1_000_000,
    ],
    ids=lambda text: text[:16].decode(),
)
def test_no_text_takes_more_than_one_pass(text):
    """Two seconds of work are forty times what these take; a second pass each would be hours."""
    started = time.thread_time()

    with pytest.raises((NotJsonError, TooDeepError)):
        table_of(text)

    assert time.thread_time() - started < 2
