"""Rows that likely tell of one grant, each pair with its reasons; a person decides.

Points are our assumption, chosen so that no single likeness suffices: an amount, a time, and a
name or a text have to agree. Measured by `benchmarks/bench_duplicates.py`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from custodes.exchange._names import forms_of, is_nobody, likeness, plain, words_of_name

ENOUGH = 8.0
"""Points from which two rows of different sources are told as likely one grant."""
ENOUGH_IN_ONE_SOURCE = 10.0
"""The same for two rows of one source, which had its reasons to list both."""

_NAME = 3.5
_NAME_IN_TEXT = 2.5
_STRANGERS = -2.0
_ALIKE_AT_LEAST = 0.25
_SAME_MONTH, _SAME_SPAN, _NEXT_MONTH, _MONTHS_APART, _NO_TIME = 3.0, 1.5, 1.0, 0.5, 0.0
_MOST_MONTHS = 2
_DIGITS = {1: 2.0, 2: 2.5, 3: 3.0, 4: 3.5, 5: 4.0}
"""Points of an equal amount by its digits before the zeros at its end: a round one is common."""
_MORE_DIGITS = 4.5
_NEAR, _NEARLY = 0.15, 0.001
_NEAR_POINTS, _NEARLY_POINTS = 1.0, 2.0
_TEXT = 3.0
_TELLING_AT_LEAST = 1.5
"""Weight of shared words from which a text counts in full; General Support weighs less."""
_BIG_BLOCK = 50
_STEM, _SHORT_WORD, _TEXT_READ = 6, 3, 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantTrace:
    """What is known of one grant, as one source tells it."""

    id: str
    """Its name in what is reported."""
    name: str
    """Who receives it."""
    text: str = ""
    """Title and description."""
    amount: float
    """How much."""
    currency: str = ""
    """In which currency; empty fits any."""
    original: tuple[float, str] | None = None
    """The amount before a conversion, and its currency."""
    months: tuple[int, int] | None = None
    """First and last month it can be of, counted from year 0; None is not stated."""
    funder: str = ""
    """Who gives it."""
    estimated: bool = False
    """Whether the amount is somebody's estimate: then that it is equal says little."""


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """Two rows that likely tell of one grant."""

    first: str
    """Id of one."""
    second: str
    """Id of the other."""
    points: float
    """How much speaks for it; `ENOUGH` is 8."""
    reasons: tuple[str, ...]
    """What speaks for it, in words."""


def likely_duplicates(
    records: Iterable[GrantTrace], others: Iterable[GrantTrace] | None = None
) -> tuple[LikelyDuplicate, ...]:
    """Pairs that likely tell of one grant, each record in one pair at most, surest first.

    Args:
        records: Grants of one source.
        others: Grants of another source, to be compared with them; without it the records are
            compared among themselves, where only a near copy from one funder counts.
    """
    first = list(records)
    among = others is None
    second = first if others is None else list(others)
    judge = _Judge(first if among else [*first, *second])
    pairs = _pairs_among(first) if among else _pairs_across(first, second)
    enough = ENOUGH_IN_ONE_SOURCE if among else ENOUGH
    found: list[tuple[float, int, int, tuple[str, ...]]] = []
    for one, two in pairs:
        verdict = judge.compare(first[one], second[two])
        if verdict and verdict[0] >= enough:
            found.append((verdict[0], one, two, verdict[1]))
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    used: set[tuple[bool, int]] = set()
    kept: list[LikelyDuplicate] = []
    for points, one, two, reasons in found:
        ends = {(True, one), (among, two)}
        if not ends & used:
            used |= ends
            kept.append(LikelyDuplicate(first[one].id, second[two].id, round(points, 1), reasons))
    return tuple(kept)


# Which pairs are worth a look ---------------------------------------------------------------

_Keys = Callable[[GrantTrace], Iterable[Hashable]]


def _pairs_among(records: Sequence[GrantTrace]) -> Iterator[tuple[int, int]]:
    """Pairs of one amount from one funder; in big blocks of one year, then of one name."""
    blocks = _blocks(records, range(len(records)), _amount_and_funder)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        for pair in _within(records, members, (_years, _forms)):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _within(
    records: Sequence[GrantTrace], members: Sequence[int], finer: tuple[_Keys, ...]
) -> Iterator[tuple[int, int]]:
    if len(members) <= _BIG_BLOCK:
        yield from combinations(members, 2)
    elif finer:
        for smaller in _blocks(records, members, finer[0]).values():
            yield from _within(records, smaller, finer[1:])
    else:
        yield from pairwise(members)


def _pairs_across(
    first: Sequence[GrantTrace], second: Sequence[GrantTrace]
) -> Iterator[tuple[int, int]]:
    """Pairs of one amount, or of one name and about one time."""
    seen: set[tuple[int, int]] = set()
    for keys, finer in ((_amounts, (_years, _forms)), (_forms_and_years, (_near_months,))):
        left = _blocks(first, range(len(first)), keys)
        right = _blocks(second, range(len(second)), keys)
        for key in left.keys() & right.keys():
            for pair in _between(first, left[key], second, right[key], finer):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _between(
    first: Sequence[GrantTrace],
    left: Sequence[int],
    second: Sequence[GrantTrace],
    right: Sequence[int],
    finer: tuple[_Keys, ...],
) -> Iterator[tuple[int, int]]:
    if len(left) * len(right) <= _BIG_BLOCK**2 or not finer:
        yield from product(left, right)
        return
    smaller = _blocks(second, right, finer[0])
    for key, members in _blocks(first, left, finer[0]).items():
        if key in smaller:
            yield from _between(first, members, second, smaller[key], finer[1:])


def _blocks(
    records: Sequence[GrantTrace], members: Iterable[int], keys: _Keys
) -> Mapping[Hashable, list[int]]:
    blocks = defaultdict[Hashable, list[int]](list)
    for member in members:
        for key in keys(records[member]):
            blocks[key].append(member)
    return blocks


def _amounts(trace: GrantTrace) -> Iterator[Hashable]:
    yield round(trace.amount)
    if trace.original:
        yield round(trace.original[0])


def _amount_and_funder(trace: GrantTrace) -> Iterator[Hashable]:
    yield round(trace.amount), plain(trace.funder)


def _years(trace: GrantTrace) -> Iterator[Hashable]:
    if trace.months is None:
        yield None
    else:
        first, last = trace.months
        yield from range((first - _MOST_MONTHS) // 12, (last + _MOST_MONTHS) // 12 + 1)


def _near_months(trace: GrantTrace) -> Iterator[Hashable]:
    if trace.months is None:
        yield None
    else:
        first, last = trace.months
        yield from range(first - 1, last + 2)


def _forms(trace: GrantTrace) -> Iterator[Hashable]:
    yield from forms_of(trace.name)


def _forms_and_years(trace: GrantTrace) -> Iterator[Hashable]:
    yield from product(forms_of(trace.name), _years(trace))


# What speaks for a pair ---------------------------------------------------------------------


class _Judge:
    """Compares two traces; knows which words are common in all texts."""

    def __init__(self, records: Sequence[GrantTrace]) -> None:
        self._count = Counter[str]()
        self._texts: dict[int, frozenset[str]] = {}
        for record in records:
            stems = _stems(record.text) - _stems(record.name)
            self._texts[id(record)] = stems
            self._count.update(stems)
        self._most = math.log(len(records) + 2)

    def compare(self, one: GrantTrace, two: GrantTrace) -> tuple[float, tuple[str, ...]] | None:
        """Points and reasons; None where amount or time rule it out."""
        amount = _amount_points(one, two)
        time = _time_points(one, two) if amount else None
        if amount is None or time is None:
            return None
        parts = [amount, time, self._name_points(one, two), self._text_points(one, two)]
        return sum(points for points, _ in parts), tuple(reason for _, reason in parts if reason)

    def _name_points(self, one: GrantTrace, two: GrantTrace) -> tuple[float, str]:
        if is_nobody(one.name) or is_nobody(two.name):
            return 0.0, ""
        alike, why = likeness(one.name, two.name)
        points = _NAME * alike
        if points < _NAME_IN_TEXT:
            if _says(two.text, one.name) or _says(one.text, two.name):
                return _NAME_IN_TEXT, "the text of one names the recipient of the other"
            if alike < _ALIKE_AT_LEAST:
                return _STRANGERS + points, why
        return points, why

    def _text_points(self, one: GrantTrace, two: GrantTrace) -> tuple[float, str]:
        left, right = self._texts[id(one)], self._texts[id(two)]
        shared = sum(map(self._weight, left & right))
        smaller = min(sum(map(self._weight, left)), sum(map(self._weight, right)))
        if not shared or not smaller:
            return 0.0, ""
        points = _TEXT * shared / smaller * min(1.0, shared / _TELLING_AT_LEAST)
        return points, "texts share telling words" if points >= 1 else ""

    def _weight(self, stem: str) -> float:
        return max(0.0, 1 - math.log(self._count[stem]) / self._most)


def _amount_points(one: GrantTrace, two: GrantTrace) -> tuple[float, str] | None:
    pairs = [
        (left, right)
        for left, of in ((one.amount, one.currency), one.original or (0.0, ""))
        for right, to in ((two.amount, two.currency), two.original or (0.0, ""))
        if left > 0 and right > 0 and (of == to or not of or not to)
    ]
    if not pairs:
        return None
    left, right = min(pairs, key=lambda pair: abs(math.log(pair[0] / pair[1])))
    if round(left) == round(right):
        if one.estimated or two.estimated:
            return _NEAR_POINTS, "same amount, estimated"
        digits = len(str(round(left)).rstrip("0")) or 1
        return _DIGITS.get(digits, _MORE_DIGITS), "same amount"
    apart = abs(left - right) / max(left, right)
    if apart <= _NEARLY:
        return _NEARLY_POINTS, "nearly the same amount"
    return (_NEAR_POINTS, f"amounts {apart:.0%} apart") if apart <= _NEAR else None


def _time_points(one: GrantTrace, two: GrantTrace) -> tuple[float, str] | None:
    if one.months is None or two.months is None:
        return _NO_TIME, ""
    apart = max(one.months[0] - two.months[1], two.months[0] - one.months[1], 0)
    if apart > _MOST_MONTHS:
        return None
    if one.months == two.months and one.months[0] == one.months[1]:
        return _SAME_MONTH, "same month"
    if apart == 0:
        return _SAME_SPAN, "dates agree as far as they are known"
    return (_NEXT_MONTH, "a month apart") if apart == 1 else (_MONTHS_APART, "two months apart")


def _says(text: str, name: str) -> bool:
    """Whether a text holds a name, word for word."""
    padded = f" {plain(text)} "
    if len(words_of_name(name)) > 1 and f" {plain(name)} " in padded:
        return True
    return any(len(form) > 1 and f" {' '.join(form)} " in padded for form in forms_of(name))


def _stems(text: str) -> frozenset[str]:
    words = plain(text[:_TEXT_READ]).split()
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORT_WORD)
