"""The effort in a world with mitigations, and the package of conditions that is recommended.

Source: model.md 6; the order of the search is ours (docs/decisions/0003-package-search.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from custodes.assessment._attribution import outcome
from custodes.assessment._engine import Values
from custodes.mitigations import changed
from custodes.quantities import Worlds

Package = frozenset[str]
"""Ids of mitigations in force together."""

GAIN_GIVEN_UP = 0.05
"""Conditions are dropped while the total loss stays within this share of the gain."""
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


def scores_by_package(
    values_by_worldview: Sequence[Values],
    strengths: Mapping[str, Mapping[str, Worlds]],
    packages: Sequence[Package],
    *,
    verdict: str,
) -> Worlds:
    """Score of each package: mean over the worldviews of mean net, or of minus social value.

    Packages stand in the rows of one array, so that what they have in common is computed once.

    Args:
        values_by_worldview: The quantities without mitigations, by worldview.
        strengths: Effective strengths by mitigation.
        packages: What to score.
        verdict: `risk` or `social-value`.

    Returns:
        One score a package; lower is better.
    """
    scores = np.empty(len(packages))
    for start in range(0, len(packages), _ROWS):
        rows = packages[start : start + _ROWS]
        total = np.zeros(len(rows))
        for values in values_by_worldview:
            found = outcome(_stacked(values, strengths, rows), with_parts=False)
            target = found.net if verdict == "risk" else -found.social_value
            total += np.broadcast_to(target, (len(rows), target.shape[-1])).mean(axis=-1)
        scores[start : start + len(rows)] = total / len(values_by_worldview)
    return scores


def _stacked(
    values: Values,
    strengths: Mapping[str, Mapping[str, Worlds]],
    packages: Sequence[Package],
) -> dict[str, Worlds]:
    """Quantities with one row a package where packages differ, and no row where they do not."""
    stacked = dict(values)
    for name in dict.fromkeys(
        name for package in packages for each in sorted(package) for name in strengths[each]
    ):
        acting = [
            tuple(each for each in sorted(package) if name in strengths[each])
            for package in packages
        ]
        distinct = {
            which: changed(name, values[name], [strengths[each][name] for each in which])
            for which in dict.fromkeys(acting)
        }
        if len(distinct) == 1:
            stacked[name] = distinct[acting[0]]
        else:
            stacked[name] = np.stack(np.broadcast_arrays(*(distinct[which] for which in acting)))
    return stacked


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

    Steps: start empty; take the best step among adding and dropping one, and, where neither
    helps, among exchanging one; stop when no step lowers the score. If that gains nothing, the
    package is empty. Then drop the condition whose loss is least while the total loss stays
    within 5 % of the gain. Ties go to the first in the order of ids.

    Args:
        candidates: Conditions that apply and are available, in the order of their ids.
        score: Lower is better; called with many packages at once.
        affordable: Whether a package's cost is within the limit.
    """
    known: dict[Package, float] = {}

    def scored(packages: Iterable[Package]) -> dict[Package, float]:
        wanted = [each for each in dict.fromkeys(packages) if affordable(each)]
        new = [each for each in wanted if each not in known]
        if new:
            known.update(zip(new, (float(x) for x in score(new)), strict=True))
        return {each: known[each] for each in wanted}

    here: Package = frozenset()
    start = best = scored([here])[here]
    while True:
        outside = [each for each in candidates if each not in here]
        inside = sorted(here)
        single = scored(
            [*(here | {each} for each in outside), *(here - {each} for each in inside)]
        )
        step = min(single, key=single.__getitem__, default=here)
        if single.get(step, best) >= best:
            swaps = scored(here - {out} | {into} for out in inside for into in outside)
            step = min(swaps, key=swaps.__getitem__, default=here)
            if swaps.get(step, best) >= best:
                break
        here, best = step, known[step]
    full = here
    allowed = best + GAIN_GIVEN_UP * (start - best)
    while here:
        fewer = scored(here - {each} for each in sorted(here))
        step = min(fewer, key=fewer.__getitem__)
        if fewer[step] > allowed:
            break
        here = step
    return Recommendation(package=here, full=full)
