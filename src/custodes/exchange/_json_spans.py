"""What is wanted of a JSON text, without making objects of all of a large one.

An audit log is mostly conversations, of which we keep nothing. A text up to `SMALL` is decoded
whole, since that is fastest. A larger one stays bytes: a value is stepped over by its brackets,
and only what is wanted is decoded. All patterns are possessive and anchored, so that no text
takes more than one pass.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Text: TypeAlias = bytes | bytearray | mmap.mmap
"""UTF-8 text, in memory or mapped."""

MAX_DEPTH = 200
"""How deep lists and tables of a log may stand in each other."""
SMALL = 1_048_576
"""Bytes that are decoded whole; as objects they may take fifty times as much."""

EVERY = "*"
"""In what is wanted, stands for every key of a table."""


class Filled:
    """In what is wanted: whether something stands there that is neither null nor empty."""


FILLED = Filled()
"""The one `Filled`."""
Wanted: TypeAlias = "Mapping[str, Wanted] | tuple[Wanted] | Filled | None"
"""Keys with what is wanted inside them; of a list, what is wanted of each; none is all of it."""

_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"[^"\\\x00-\x1f]*+(?:\\.[^"\\\x00-\x1f]*+)*+"', re.DOTALL)
_SCALAR = re.compile(
    rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
    rb"|true|false|null|NaN|-?Infinity"
)
_PLAIN = rb'[^"\[\]{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)*+'
_STEPPED_OVER = 2
_LEAF = rb"(?:\{%b\}|\[%b\])" % (_PLAIN, _PLAIN)
_TWIG = rb"(?:\{%b(?:%b%b)*+\}|\[%b(?:%b%b)*+\])" % (2 * (_PLAIN, _LEAF, _PLAIN))
_TO_BRACKET = re.compile(rb"%b(?:%b%b)*+([\[\]{}])" % (_PLAIN, _TWIG, _PLAIN), re.DOTALL)
"""To the next bracket; tables that hold no more than one further level are stepped over whole."""
_MARK = b"\xef\xbb\xbf"
_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))
_CLOSES = {ord("["): ord("]"), ord("{"): ord("}")}


class NotJsonError(ValueError):
    """The text is not JSON; the message says where."""


class TooDeepError(ValueError):
    """Lists and tables stand in each other more than `MAX_DEPTH` deep."""


class TooMuchError(ValueError):
    """One value that is wanted whole is larger than `SMALL`."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where one value stands."""

    start: int
    """Its first byte."""
    end: int
    """The byte after its last."""


def table_of(text: Text) -> tuple[tuple[str, Span], ...]:
    """The keys of the one table that a text is, with the places of their values.

    Raises:
        NotJsonError: It is none, is broken, or something stands behind it.
        TooDeepError: A value is nested too deeply.
    """
    start = _after_space(text, len(_MARK) if text[: len(_MARK)] == _MARK else 0)
    found = tuple(entries(text, Span(start, len(text))))
    last = found[-1][1].end if found else start + 1
    end = _after_space(text, last) + 1
    if _after_space(text, end) != len(text):
        raise _wrong(end, "something stands behind the end")
    return found


def entries(text: Text, span: Span, *, depth: int = 1) -> Iterator[tuple[str, Span]]:
    """The keys of a table with the places of their values.

    Raises:
        NotJsonError: It is not a table, or is broken.
        TooDeepError: A value is nested too deeply.
    """
    at = _open(text, span.start, b"{")
    if text[at : at + 1] == b"}":
        return
    while True:
        found = _STRING.match(text, at)
        if found is None:
            raise _wrong(at, "a key is missing")
        key = decoded(text, Span(at, found.end()))
        at = _after_space(text, found.end())
        if text[at : at + 1] != b":":
            raise _wrong(at, "a colon is missing")
        at = _after_space(text, at + 1)
        end = _end_of_value(text, at, depth=depth)
        yield str(key), Span(at, end)
        at = _after_space(text, end)
        if text[at : at + 1] == b"}":
            return
        if text[at : at + 1] != b",":
            raise _wrong(at, "a comma is missing")
        at = _after_space(text, at + 1)


def items(text: Text, span: Span, *, depth: int = 1) -> Iterator[Span]:
    """The places of the values of a list.

    Raises:
        NotJsonError: It is not a list, or is broken.
        TooDeepError: A value is nested too deeply.
    """
    at = _open(text, span.start, b"[")
    if text[at : at + 1] == b"]":
        return
    while True:
        end = _end_of_value(text, at, depth=depth)
        yield Span(at, end)
        at = _after_space(text, end)
        if text[at : at + 1] == b"]":
            return
        if text[at : at + 1] != b",":
            raise _wrong(at, "a comma is missing")
        at = _after_space(text, at + 1)


def is_table(text: Text, span: Span) -> bool:
    """Whether the value is a table."""
    return text[span.start : span.start + 1] == b"{"


def is_list(text: Text, span: Span) -> bool:
    """Whether the value is a list."""
    return text[span.start : span.start + 1] == b"["


def wanted_of(text: Text, span: Span, wanted: Wanted, *, depth: int = 1) -> Any:  # noqa: ANN401 (whatever the file holds)
    """What is wanted of a value: all of a small one, and of a larger one no more than that.

    Args:
        text: The text.
        span: The value.
        wanted: What is wanted. Where a table or list is wanted and something else stands, it is
            none.
        depth: How deep the value stands.

    Raises:
        NotJsonError: It is broken.
        TooDeepError: It is nested too deeply.
        TooMuchError: A value that is wanted whole is larger than anything we look at.
    """
    if span.end - span.start <= SMALL:
        return decoded(text, span, depth=depth)
    if isinstance(wanted, Filled):
        return True
    if wanted is None:
        msg = f"a value of {span.end - span.start:,} bytes stands where a short one belongs"
        raise TooMuchError(msg)
    if isinstance(wanted, tuple):
        inside = items(text, span, depth=depth + 1) if is_list(text, span) else ()
        return [wanted_of(text, each, wanted[0], depth=depth + 1) for each in inside]
    if not is_table(text, span):
        return None
    return {
        key: wanted_of(text, each, wanted.get(key, wanted.get(EVERY)), depth=depth + 1)
        for key, each in entries(text, span, depth=depth + 1)
        if key in wanted or EVERY in wanted
    }


def decoded(text: Text, span: Span, *, depth: int = 1) -> Any:  # noqa: ANN401 (whatever the file holds)
    """The value itself; NaN and infinity are read, as some logs hold them.

    Raises:
        NotJsonError: It is not JSON, or not UTF-8.
        TooDeepError: It is nested too deeply.
    """
    part = bytes(text[span.start : span.end])
    if _may_be_too_deep(part, depth):
        _end_of_value(part, 0, depth=depth)
    try:
        return json.loads(part.decode("utf-8"))
    except RecursionError:
        msg = f"at byte {span.start:,}"
        raise TooDeepError(msg) from None
    except ValueError as error:
        raise _wrong(span.start, str(error)) from None


def _may_be_too_deep(part: bytes, depth: int) -> bool:
    """Whether its brackets, those in texts too, ever stand deeper than is allowed."""
    brackets = np.frombuffer(part.translate(None, _NO_BRACKETS), dtype=np.uint8)
    if len(brackets) + depth <= MAX_DEPTH:
        return False
    steps = 1 - 2 * (brackets >> 2 & 1).astype(np.int32)  # bit 2 tells ] and } from [ and {
    return bool(np.cumsum(steps).max() + depth > MAX_DEPTH)


def _after_space(text: Text, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at


def _open(text: Text, at: int, bracket: bytes) -> int:
    if text[at : at + 1] != bracket:
        raise _wrong(at, f"{bracket.decode()} is missing")
    return _after_space(text, at + 1)


def _end_of_value(text: Text, at: int, *, depth: int) -> int:
    first = text[at : at + 1]
    if first == b'"':
        found = _STRING.match(text, at)
    elif first in (b"[", b"{"):
        return _end_of_nest(text, at, depth=depth)
    else:
        found = _SCALAR.match(text, at)
    if found is None:
        raise _wrong(at, "a value is missing or broken")
    return found.end()


def _end_of_nest(text: Text, at: int, *, depth: int) -> int:
    """The end of a list or table: brackets are paired, what stands between is not looked at."""
    to_bracket = _TO_BRACKET.match
    awaited = bytearray([_CLOSES[text[at]]])
    at += 1
    while True:
        found = to_bracket(text, at)
        if found is None:
            raise _wrong(at, "a bracket is never closed")
        at = found.end()
        bracket = text[at - 1]
        closing = _CLOSES.get(bracket)
        if closing is not None:
            awaited.append(closing)
            if len(awaited) + depth + _STEPPED_OVER > MAX_DEPTH:
                msg = f"at byte {at:,}"
                raise TooDeepError(msg)
        elif awaited.pop() != bracket:
            raise _wrong(at - 1, "a bracket closes what was not opened")
        elif not awaited:
            return at


def _wrong(at: int, why: str) -> NotJsonError:
    return NotJsonError(f"at byte {at:,}: {why}")
