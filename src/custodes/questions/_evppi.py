"""What it would be worth to know one quantity, or a group, exactly: EVPPI with its error.

Every estimator that looks at its own draws finds something in a useless quantity. So each value
comes with a standard error and with a noise floor, and a value that does not rise above both is
told as "not distinguishable from 0".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from custodes.quantities import Worlds
from custodes.questions._evpi import evpi
from custodes.questions._regression import Fit, basis_of, fitted, rank_basis

Orders: TypeAlias = npt.NDArray[np.unsignedinteger]
"""Draws in some order, by number."""
Flags: TypeAlias = npt.NDArray[np.bool_]
"""Yes or no."""

REDRAWS = 200
"""Redraws of the coefficients, for the standard error."""
PERMUTATIONS = 40
"""Random orders of the quantity, for the noise floor."""
_ERRORS_ABOVE = 2.0
_FLOOR_SHARE = 0.95
_ERROR_ROWS = 128
_RISE = 1e-9
_SMALL = 1 << 16


@dataclass(frozen=True, slots=True)
class Estimate:
    """Value of knowing a quantity exactly, in the unit of the benefits."""

    evppi: float
    """The estimate, from 0 to EVPI."""
    standard_error: float
    """Its standard error."""
    floor_median: float
    """Median of what the estimator finds in a useless quantity."""
    floor_p95: float
    """95th percentile of what it finds there."""

    @property
    def is_distinguishable(self) -> bool:
        """Whether it is told apart from 0: above the floor and above twice its error."""
        return self.evppi > max(self.floor_p95, _ERRORS_ABOVE * self.standard_error, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """An estimate before it is summed up; several efforts' are added, redraw by redraw."""

    worth: float
    """Value of knowing the quantity."""
    redrawn: Worlds
    """The same with redrawn coefficients, shape (REDRAWS,)."""
    floor: Worlds
    """The same for random orders of the quantity, shape (PERMUTATIONS,)."""

    def __add__(self, other: Found) -> Found:
        """Two decisions that one answer informs; errors are taken as moving together."""
        return Found(
            self.worth + other.worth, self.redrawn + other.redrawn, self.floor + other.floor
        )

    def estimate(self) -> Estimate:
        """The estimate with its standard error and noise floor."""
        return Estimate(
            evppi=self.worth,
            standard_error=float(self.redrawn.std(ddof=1)),
            floor_median=float(np.median(self.floor)),
            floor_p95=float(np.quantile(self.floor, _FLOOR_SHARE)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """The options as differences from the one that is best now."""

    order: tuple[int, ...]
    """Options, best mean first."""
    values: Worlds
    """Net benefit minus that of the best, shape (draws, options - 1), in `order`."""
    evpi: float
    """Value of knowing everything."""


def gaps_of(benefits: Worlds) -> Gaps:
    """Options put in the order of their means, the best as the reference.

    Args:
        benefits: Shape (options, draws).
    """
    order = np.argsort(-benefits.mean(axis=1), kind="stable")
    ordered = benefits[order]
    return Gaps(
        order=tuple(int(each) for each in order),
        values=np.ascontiguousarray((ordered[1:] - ordered[0]).T),
        evpi=evpi(benefits),
    )


def evppi(benefits: Worlds, quantity: Worlds, *, seed: int = 0) -> Estimate:
    """Value of knowing a quantity, or several together, exactly.

    mean_i max_d fit_id - max_d mean_i fit_id, with fits of the benefits on the ranks of the
    quantity (`fitted`), clipped to [0, EVPI]. A group is worth at least its largest member.

    Args:
        benefits: Net benefit of every option in every draw, shape (options, draws).
        quantity: Shape (draws,), or (quantities, draws) for a group.
        seed: Names the streams of the redraws and of the noise floor; 0 is a seed.

    Raises:
        InputError: Too few draws for so many quantities.
    """
    gaps = gaps_of(benefits)
    members = np.atleast_2d(quantity)
    floor = noise_floor(gaps, seed=seed)
    singles = found_in_each(gaps, orders_of(members), floor=floor, seed=seed)
    estimates = [each.estimate() for each in singles]
    if len(members) > 1:
        basis = basis_of(members)
        together = found_by(
            fitted(basis, gaps.values),
            basis,
            most=gaps.evpi,
            floor=_floor(basis, gaps.values, seed),
            seed=seed,
        )
        estimates.append(together.estimate())
    return max(estimates, key=lambda each: each.evppi)


def orders_of(quantities: Worlds) -> Orders:
    """Draws in the order of each quantity, shape (quantities, draws).

    Args:
        quantities: Shape (quantities, draws).
    """
    orders = np.argsort(quantities, axis=1, kind="stable")
    return orders.astype(np.uint16 if orders.shape[1] <= _SMALL else np.uint32)


def found_in_each(
    gaps: Gaps, orders: Orders, *, floor: Worlds, seed: int = 0
) -> tuple[Found, ...]:
    """Value of knowing each of several quantities, one at a time.

    Args:
        gaps: The options.
        orders: Draws in the order of each quantity, shape (quantities, draws).
        floor: The noise floor; it hangs on the benefits alone, because all quantities have the
            same ranks in some order.
        seed: Names the streams.
    """
    basis = rank_basis(len(gaps.values))
    return tuple(
        found_by(fit, basis, most=gaps.evpi, floor=floor, seed=seed)
        for fit in fits_of_each(gaps.values, orders)
    )


def found_by(fit: Fit, basis: Worlds, *, most: float, floor: Worlds, seed: int) -> Found:
    """What a fit says that its quantity is worth.

    Args:
        fit: Differences from the option that is best now.
        basis: The basis that it was fitted on.
        most: EVPI, which no quantity can be worth more than.
        floor: The noise floor.
        seed: Names the stream of the redraws.
    """
    return Found(
        worth=min(worth(fit, basis), most), redrawn=_redrawn(fit, basis, seed), floor=floor
    )


def fits_of_each(values: Worlds, orders: Orders) -> tuple[Fit, ...]:
    """The regression on each of several quantities; rows of the basis are in rank order.

    Args:
        values: Responses, shape (draws, responses).
        orders: Shape (quantities, draws).
    """
    draws, others = values.shape
    if not len(orders):
        return ()
    responses = values[orders].transpose(1, 0, 2).reshape(draws, -1)
    fit = fitted(rank_basis(draws), responses)
    return tuple(
        Fit(
            coefficients=fit.coefficients[:, start : start + others],
            errors=fit.errors[:, start : start + others],
        )
        for start in range(0, responses.shape[1], others)
    )


def noise_floor(gaps: Gaps, *, seed: int = 0) -> Worlds:
    """What the estimator finds in quantities that have nothing to do with the benefits.

    Returns:
        Shape (PERMUTATIONS,).
    """
    return _floor(rank_basis(len(gaps.values)), gaps.values, seed)


def worth(fit: Fit, basis: Worlds) -> float:
    """Mean max(0, fits) - max(0, mean fits): the reference's fit is 0."""
    if not _may_change(fit.coefficients[None]).any():
        return 0.0
    return worth_of(fit.at(basis), fit.coefficients[0])


def worth_of(fits: Worlds, means: Worlds) -> float:
    """mean_i max(0, max_d fits_id) - max(0, max_d means_d), at least 0.

    Args:
        fits: Differences from the option that is best now, shape (draws, options - 1).
        means: Their means, shape (options - 1,).
    """
    gained = float(np.maximum(_largest(fits), 0.0).mean())
    return max(gained - max(0.0, float(means.max())), 0.0)


def _largest(fits: Worlds) -> Worlds:
    """The largest along the last axis; a reduction over two or three options would crawl."""
    best: Worlds = fits[..., 0]
    for place in range(1, fits.shape[-1]):
        best = np.maximum(best, fits[..., place])
    return best


def _may_change(coefficients: Worlds) -> Flags:
    """Whether fits can cross 0 anywhere at all, shape (fits,); most cannot, and cost no more."""
    columns, others = coefficients.shape[1:]
    if others > 1 or columns > len(_REACH):
        every: Flags = np.ones(len(coefficients), dtype=np.bool_)
        return every
    reach = np.abs(coefficients[:, 1:, 0]) @ _REACH[1:columns]
    crosses: Flags = reach * (1 + _RISE) > np.abs(coefficients[:, 0, 0])
    return crosses


_REACH = np.sqrt(2.0 * np.arange(7) + 1.0)
"""Largest size of each column of the basis of one quantity."""


def _redrawn(fit: Fit, basis: Worlds, seed: int) -> Worlds:
    """The worth under redraws of the coefficients that were kept.

    On a thinned basis: the fit is smooth, and an error needs no more than two digits.
    """
    columns, others = fit.coefficients.shape
    spread = np.where(fit.coefficients != 0, fit.errors, 0.0)
    redrawn = fit.coefficients + spread * _normals(seed, columns, others)
    worths = np.zeros(REDRAWS)
    open_ = redrawn[_may_change(redrawn)]
    if len(open_):
        step = max(1, len(basis) // _ERROR_ROWS)
        few = basis[step // 2 :: step]
        fits = few @ open_  # (redraws, rows, options - 1)
        best = np.maximum(_largest(fits), 0.0).mean(axis=1)
        worths[: len(open_)] = np.maximum(best - np.maximum(open_[:, 0].max(axis=1), 0.0), 0.0)
    return worths


def _floor(basis: Worlds, values: Worlds, seed: int) -> Worlds:
    draws, others = values.shape
    # in an order of their own, so that the order of the draws says nothing
    values = values[np.lexsort(values.T[::-1])]
    shuffled = values[_shuffles(seed, draws)].reshape(draws, -1)
    fit = fitted(basis, shuffled)
    fits = fit.at(basis).reshape(draws, PERMUTATIONS, others)
    best = np.maximum(_largest(fits), 0.0)
    means = fit.coefficients[0].reshape(PERMUTATIONS, others).max(axis=1)
    worths: Worlds = np.maximum(best.mean(axis=0) - np.maximum(means, 0.0), 0.0)
    return worths


@lru_cache(maxsize=4)
def _shuffles(seed: int, draws: int) -> npt.NDArray[np.int64]:
    """Random orders, shape (draws, PERMUTATIONS)."""
    generator = named_generator(seed, "shuffles", str(draws))
    return np.stack([generator.permutation(draws) for _ in range(PERMUTATIONS)], axis=1)


@lru_cache(maxsize=16)
def _normals(seed: int, columns: int, others: int) -> Worlds:
    """Standard normal numbers, shape (REDRAWS, columns, others)."""
    generator = named_generator(seed, "redraws", str(columns), str(others))
    numbers: Worlds = generator.standard_normal((REDRAWS, columns, others))
    return numbers


def named_generator(seed: int, *names: str) -> np.random.Generator:
    """A generator that hangs on its seed and name alone."""
    text = "\x1f".join(("questions", str(seed), *names)).encode()
    key = int.from_bytes(hashlib.sha256(text).digest(), "big")
    return np.random.Generator(np.random.PCG64(key))


def evppi_of_classes(benefits: Worlds, classes: Sequence[int] | Worlds) -> float:
    """Value of knowing which class holds, as which expert is right: by the classes' means.

    Args:
        benefits: Shape (options, draws).
        classes: The number of the class in each draw.
    """
    _, numbers = np.unique(np.asarray(classes), return_inverse=True)
    counts = np.bincount(numbers)
    means = np.stack([np.bincount(numbers, weights=each) / counts for each in benefits])
    weighted = means.max(axis=0) @ counts / counts.sum()
    return max(0.0, float(weighted - benefits.mean(axis=1).max()))


def values_of_each(benefits: Worlds, quantities: Worlds, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Value of knowing each of several quantities, one at a time, with one noise floor for all.

    Args:
        benefits: Net benefit of every option in every draw, shape (options, draws).
        quantities: Shape (quantities, draws).
        seed: Names the streams; 0 is a seed.
    """
    gaps = gaps_of(benefits)
    floor = noise_floor(gaps, seed=seed)
    found = found_in_each(gaps, orders_of(quantities), floor=floor, seed=seed)
    return tuple(each.estimate() for each in found)
