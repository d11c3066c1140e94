"""The effort in a world with mitigations, and the package of conditions that is recommended.

Source: docs/explanation/model.md; the order of the search is ours
(docs/decisions/0003-package-search.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from custodes.assessment._attribution import score
from custodes.assessment._engine import Values
from custodes.mitigations import changed
from custodes.quantities import Worlds

Package = frozenset[str]
"""Ids of mitigations in force together."""

GAIN_GIVEN_UP = 0.05
"""Conditions are dropped while the total loss stays within this share of the gain."""
ENUMERATED = 6
"""Up to so many conditions every package is scored; beyond, they are searched."""
_TRIED_AT_ONCE = 4
_CACHED = 32768
_ROWS = 8
"""Packages evaluated in one array; few enough for a processor's cache."""


def with_mitigations(
    values: Values, strengths: Sequence[Mapping[str, Worlds]]
) -> dict[str, Worlds]:
    """The quantities in a world where these mitigations are in force.

    Args:
        values: Every quantity by name.
        strengths: Effective strengths of each mitigation, in the order of their ids.
    """
    touched: dict[str, list[Worlds]] = {}
    for each in strengths:
        for name, strength in each.items():
            touched.setdefault(name, []).append(strength)
    return {
        **values,
        **{name: changed(name, values[name], acting) for name, acting in touched.items()},
    }


class PackageScores:
    """Scores of packages on the same worlds: the mean over worldviews of the mean; low is good.

    Arrays have the shape (worldviews, packages, worlds), with no row where worldviews or packages
    do not differ: what they have in common is computed once. A quantity's values under the same
    mitigations are made once for the whole search.
    """

    def __init__(
        self,
        values_by_worldview: Sequence[Values],
        strengths: Callable[[str], Mapping[str, Worlds]],
        *,
        verdict: str,
    ) -> None:
        """Score by `risk` or `social-value`.

        Args:
            values_by_worldview: The quantities without mitigations.
            strengths: Effective strengths of a mitigation, by its id.
            verdict: What is scored.
        """
        self._values = {
            name: _by_worldview([values[name] for values in values_by_worldview])
            for name in values_by_worldview[0]
        }
        self._strengths = strengths
        self._verdict = verdict
        self._changed: dict[tuple[str, tuple[str, ...]], Worlds] = {}

    def __call__(self, packages: Sequence[Package]) -> Worlds:
        """One score a package."""
        scores = np.empty(len(packages))
        for start in range(0, len(packages), _ROWS):
            rows = packages[start : start + _ROWS]
            changes = {name: self._rows(name, each) for name, each in self._acting(rows).items()}
            found = score({**self._values, **changes}, verdict=self._verdict)
            by_package = np.atleast_2d(found.mean(axis=-1))
            scores[start : start + len(rows)] = by_package.mean(axis=0)
        return scores

    def of_all(self, conditions: Sequence[str]) -> dict[Package, float]:
        """The score of every package that can be made of a few conditions.

        Each condition has an axis of its own, off and on. So every step of the formulas is
        computed once for each set of the conditions that it hangs on, and not once a package.

        Args:
            conditions: At most `ENUMERATED`, in the order of their ids.
        """
        number = len(conditions)
        axes = {each: axis for axis, each in enumerate(conditions)}
        changes: dict[str, Worlds] = {}
        for name, ids in self._touching(conditions).items():
            on_off = [
                self._under(
                    name, tuple(each for each, on in zip(ids, switches, strict=True) if on)
                )
                for switches in product((False, True), repeat=len(ids))
            ]
            rows = [np.atleast_2d(each) for each in np.broadcast_arrays(*on_off)]
            sizes = [2 if each in ids else 1 for each in axes]
            stacked = np.stack(rows) if rows[0].ndim == 2 else np.concatenate(rows, axis=1)  # noqa: PLR2004 (packages and worlds)
            views = stacked.shape[:1] if rows[0].ndim > 2 else (1,)  # noqa: PLR2004 (worldviews too)
            changes[name] = stacked.reshape(*views, *sizes, stacked.shape[-1])
        values = {
            name: each.reshape(len(each), *(1,) * number, each.shape[-1])
            if each.ndim > 1
            else each
            for name, each in self._values.items()
        } | changes
        worlds = max(each.shape[-1] for each in values.values())
        step = max(64, _CACHED // (1 << number))
        total = np.zeros((1 << number,))
        for start in range(0, worlds, step):
            few = slice(start, start + step)
            found = score(
                {
                    name: each[..., few] if each.shape[-1] > 1 else each
                    for name, each in values.items()
                },
                verdict=self._verdict,
            )
            sums = found.sum(axis=-1)
            by_package = sums.reshape(-1, 1 << number) if sums.ndim else sums[None, None]
            total = total + by_package.mean(axis=0)
        return {
            frozenset(each for each, on in zip(conditions, switches, strict=True) if on): float(
                total[place]
            )
            / worlds
            for place, switches in enumerate(product((False, True), repeat=number))
        }

    def _touching(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """For each quantity: which of the mitigations touch it, in the order of their ids."""
        touching: dict[str, list[str]] = {}
        for each in sorted(ids):
            for name in self._strengths(each):
                touching.setdefault(name, []).append(each)
        return touching

    def _acting(self, packages: Sequence[Package]) -> dict[str, list[tuple[str, ...]]]:
        """For each quantity that is touched: which mitigations act on it in each package."""
        touching = self._touching(frozenset[str]().union(*packages))
        return {
            name: [tuple(each for each in ids if each in package) for package in packages]
            for name, ids in touching.items()
        }

    def _rows(self, name: str, acting: Sequence[tuple[str, ...]]) -> Worlds:
        """A quantity with one row a package; no rows where the packages do not differ in it."""
        if len(set(acting)) == 1:
            return self._under(name, acting[0])
        each = np.broadcast_arrays(*(self._under(name, which) for which in acting))
        return np.concatenate(each, axis=-2) if each[0].ndim > 1 else np.stack(each)

    def _under(self, name: str, which: tuple[str, ...]) -> Worlds:
        key = (name, which)
        if key not in self._changed:
            self._changed[key] = changed(
                name, self._values[name], [self._strengths(each)[name] for each in which]
            )
        return self._changed[key]


def _by_worldview(views: Sequence[Worlds]) -> Worlds:
    """One array where all worldviews share it, else shape (worldviews, 1, worlds)."""
    if all(each is views[0] for each in views):
        return views[0]
    return np.stack(np.broadcast_arrays(*views))[:, None, :]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the search found."""

    package: Package
    """The package with few conditions."""
    full: Package
    """The best package before conditions were dropped to have fewer."""


def recommend(
    candidates: Sequence[str],
    *,
    score: Callable[[Sequence[Package]], Worlds],
    affordable: Callable[[Package], bool],
    every_score: Mapping[Package, float] | None = None,
) -> Recommendation:
    """The recommended package of conditions.

    The best package is searched: start empty; take the best step among adding, dropping and
    exchanging one; stop when no step lowers the score. Then drop the condition whose loss is
    least while the total loss stays within 5 % of the gain. Ties go to the first in the order of
    ids.

    Adding is tried lazily: what a condition gained before is taken for the most it can gain now,
    until no condition looks better than the best one tried; before the end every addition and
    drop is tried. An exchange is tried where the cost keeps a condition out.

    Args:
        candidates: Conditions that apply and are available, in the order of their ids.
        score: Lower is better; called with many packages at once.
        affordable: Whether a package's cost is within the limit.
        every_score: The scores of all packages, where there are few: then the best is known.
    """
    search = _Search(score, affordable, every_score or {})
    nothing: Package = frozenset()
    start = search.of([nothing])[nothing]
    full = search.best_known() if every_score else _searched(search, candidates)
    best = search.of([full])[full]
    allowed = best + GAIN_GIVEN_UP * (start - best)
    here = full
    losses = dict.fromkeys(sorted(full), -np.inf)
    while here:
        step = search.best_toggle(here, [each for each in losses if each in here], losses)
        if search.of([step])[step] > allowed:
            break
        here = step
    return Recommendation(package=here, full=full)


def _searched(search: _Search, candidates: Sequence[str]) -> Package:
    here: Package = frozenset()
    gains = dict.fromkeys(candidates, -np.inf)
    while True:
        outside = [each for each in candidates if each not in here]
        step = search.best_toggle(here, outside, gains) if outside else here
        if not search.is_below(step, here):
            step = search.best(
                [
                    *(here | {each} for each in outside),
                    *(here - {each} for each in sorted(here)),
                ],
                here,
            )
        if not search.is_below(step, here):
            step = search.best(
                [
                    here - {out} | {into}
                    for out in sorted(here)
                    for into in outside
                    if not search.affordable(here | {into})
                ],
                here,
            )
        if not search.is_below(step, here):
            return here
        here = step


class _Search:
    """Scores that were asked for, each computed once."""

    def __init__(
        self,
        score: Callable[[Sequence[Package]], Worlds],
        affordable: Callable[[Package], bool],
        known: Mapping[Package, float],
    ) -> None:
        self._score = score
        self.affordable = affordable
        self._known = dict(known)

    def of(self, packages: Iterable[Package]) -> dict[Package, float]:
        """Scores of those that are affordable."""
        wanted = [each for each in dict.fromkeys(packages) if self.affordable(each)]
        new = [each for each in wanted if each not in self._known]
        if new:
            self._known.update(zip(new, (float(x) for x in self._score(new)), strict=True))
        return {each: self._known[each] for each in wanted}

    def best_known(self) -> Package:
        """The best affordable package among all that are known; ties by number, then ids."""
        return min(
            (each for each in self._known if self.affordable(each)),
            key=lambda each: (self._known[each], len(each), sorted(each)),
        )

    def best(self, packages: Iterable[Package], here: Package) -> Package:
        """The best of the packages and of here."""
        scores = self.of([here, *packages])
        return min(scores, key=scores.__getitem__)

    def is_below(self, package: Package, here: Package) -> bool:
        """Whether a package's score is lower than here; one that costs too much is not."""
        scores = self.of([package, here])
        return package in scores and scores[package] < scores[here]

    def best_toggle(
        self, here: Package, conditions: Sequence[str], changes: dict[str, float]
    ) -> Package:
        """The package with one of the conditions added or dropped that has the lowest score.

        Tried lazily: a condition's last change of score is taken for the least it can be now, so
        that one whose last change is above the best fresh one is not tried again.

        Args:
            here: The package so far.
            conditions: What may be added or dropped; at least one.
            changes: Last change of score by condition, minus infinity where never tried; updated.
        """
        now = self.of([here])[here]
        fresh: dict[str, float] = {}
        while True:
            lead = min(fresh.values(), default=np.inf)
            ahead = sorted(
                (each for each in conditions if each not in fresh and changes[each] < lead),
                key=lambda each: (changes[each], each),
            )
            if not ahead:
                break
            untried = [each for each in ahead if changes[each] == -np.inf]
            trying = untried or ahead[:_TRIED_AT_ONCE]
            scores = self.of([here ^ {each} for each in trying])
            for each in trying:
                fresh[each] = changes[each] = scores.get(here ^ {each}, np.inf) - now
        best = min(fresh, key=lambda each: (fresh[each], each), default=conditions[0])
        return here ^ {best}
