"""The effort in a world with mitigations, and the package of conditions that is recommended.

Source: model.md 6; the order of the search is ours (docs/decisions/0003-package-search.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from custodes.assessment._attribution import score
from custodes.assessment._engine import Values
from custodes.mitigations import changed
from custodes.quantities import Worlds

Package = frozenset[str]
"""Ids of mitigations in force together."""

GAIN_GIVEN_UP = 0.05
"""Conditions are dropped while the total loss stays within this share of the gain."""
_TRIED_AT_ONCE = 4
_ROWS = 24
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
    """Scores of packages on the same worlds: mean over the worldviews of the mean, lower is better.

    Packages stand in the rows of one array, so that what they have in common is computed once;
    a quantity's values under the same mitigations are made once for the whole search.
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
        self._views = tuple(values_by_worldview)
        self._strengths = strengths
        self._verdict = verdict
        self._changed: dict[tuple[int, str, tuple[str, ...]], Worlds] = {}

    def __call__(self, packages: Sequence[Package]) -> Worlds:
        """One score a package."""
        scores = np.empty(len(packages))
        for start in range(0, len(packages), _ROWS):
            rows = packages[start : start + _ROWS]
            acting = self._acting(rows)
            total = np.zeros(len(rows))
            for view, values in enumerate(self._views):
                changes = {
                    name: self._rows(view, name, each) for name, each in acting.items()
                }
                found = score({**values, **changes}, verdict=self._verdict)
                total += np.broadcast_to(found, (len(rows), found.shape[-1])).mean(axis=-1)
            scores[start : start + len(rows)] = total / len(self._views)
        return scores

    def _acting(self, packages: Sequence[Package]) -> dict[str, list[tuple[str, ...]]]:
        """For each quantity that is touched: which mitigations act on it in each package."""
        touching: dict[str, list[str]] = {}
        for each in sorted(frozenset().union(*packages)):
            for name in self._strengths(each):
                touching.setdefault(name, []).append(each)
        return {
            name: [tuple(each for each in ids if each in package) for package in packages]
            for name, ids in touching.items()
        }

    def _rows(self, view: int, name: str, acting: Sequence[tuple[str, ...]]) -> Worlds:
        """A quantity with one row a package; no rows where the packages do not differ in it."""
        if len(set(acting)) == 1:
            return self._under(view, name, acting[0])
        return np.stack(
            np.broadcast_arrays(*(self._under(view, name, which) for which in acting))
        )

    def _under(self, view: int, name: str, which: tuple[str, ...]) -> Worlds:
        key = (view, name, which)
        if key not in self._changed:
            self._changed[key] = changed(
                name, self._views[view][name], [self._strengths(each)[name] for each in which]
            )
        return self._changed[key]


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
) -> Recommendation:
    """The recommended package of conditions.

    Start empty; take the best step among adding, dropping and exchanging one; stop when no step
    lowers the score. Then drop the condition whose loss is least while the total loss stays
    within 5 % of the gain. Ties go to the first in the order of ids.

    Adding is tried lazily: what a condition gained before is taken for the most it can gain now,
    until no condition looks better than the best one tried; before the end every step is tried.
    An exchange is tried where the cost keeps a condition out.

    Args:
        candidates: Conditions that apply and are available, in the order of their ids.
        score: Lower is better; called with many packages at once.
        affordable: Whether a package's cost is within the limit.
    """
    search = _Search(score, affordable)
    here: Package = frozenset()
    start = search.of([here])[here]
    gains = dict.fromkeys(candidates, -np.inf)
    while True:
        step = _best_addition(search, here, gains)
        if step is None:
            step = search.best_below(
                [
                    *(here | {each} for each in candidates if each not in here),
                    *(here - {each} for each in sorted(here)),
                ],
                here,
            )
        if step is None:
            step = search.best_below(
                [
                    here - {out} | {into}
                    for out in sorted(here)
                    for into in candidates
                    if into not in here and not affordable(here | {into})
                ],
                here,
            )
        if step is None:
            break
        here = step
    full = here
    allowed = search.of([here])[here] + GAIN_GIVEN_UP * (start - search.of([here])[here])
    while here:
        fewer = search.of([here - {each} for each in sorted(here)])
        step = min(fewer, key=fewer.__getitem__)
        if fewer[step] > allowed:
            break
        here = step
    return Recommendation(package=here, full=full)


class _Search:
    """Scores that were asked for, each computed once."""

    def __init__(
        self,
        score: Callable[[Sequence[Package]], Worlds],
        affordable: Callable[[Package], bool],
    ) -> None:
        self._score = score
        self._affordable = affordable
        self._known: dict[Package, float] = {}

    def of(self, packages: Iterable[Package]) -> dict[Package, float]:
        """Scores of those that are affordable."""
        wanted = [each for each in dict.fromkeys(packages) if self._affordable(each)]
        new = [each for each in wanted if each not in self._known]
        if new:
            self._known.update(zip(new, (float(x) for x in self._score(new)), strict=True))
        return {each: self._known[each] for each in wanted}

    def best_below(self, packages: Iterable[Package], here: Package) -> Package | None:
        """The best of the packages, if its score is lower than here."""
        scores = self.of(packages)
        best = min(scores, key=scores.__getitem__, default=here)
        return best if scores and scores[best] < self._known[here] else None


def _best_addition(
    search: _Search, here: Package, gains: dict[str, float]
) -> Package | None:
    """The addition that lowers the score most, by what each gained when it was last tried.

    Args:
        search: The scores.
        here: The package so far.
        gains: Change of score by condition when last tried; updated.
    """
    now = search.of([here])[here]
    fresh: dict[str, float] = {}
    while True:
        waiting = sorted(
            (each for each in gains if each not in here and each not in fresh),
            key=lambda each: (gains[each], each),
        )
        lead = min(fresh.values(), default=0.0)
        ahead = [each for each in waiting if gains[each] < min(lead, 0.0)]
        if not ahead:
            break
        trying = ahead if gains[ahead[0]] == -np.inf else ahead[:_TRIED_AT_ONCE]
        scores = search.of([here | {each} for each in trying])
        for each in trying:
            fresh[each] = scores.get(here | {each}, np.inf) - now
            gains[each] = fresh[each]
    best = min(fresh, key=lambda each: (fresh[each], each), default=None)
    return here | {best} if best is not None and fresh[best] < 0 else None
