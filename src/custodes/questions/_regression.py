"""The mean of a benefit given a quantity, by a regression that shrinks what is noise.

Source: Strong, Oakley and Brennan 2014, doi 10.1177/0272989X13505910, for the regression; the
basis and the shrinkage are ours (docs/explanation/questions.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.polynomial import legendre

from custodes.errors import Fault, InputError
from custodes.quantities import Worlds

DEGREES = {1: 6, 2: 6, 3: 4, 4: 3}
"""Total degree of the polynomial, by the number of quantities."""
ADDITIVE_DEGREE = 4
"""Degree for each of more quantities than that, without products."""
DRAWS_A_COLUMN = 10
"""At least so many draws are needed for each column of the basis."""
_DEPENDENT = 1e-9
_BLOCK = 512


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Shrunken coefficients of one or more responses, and their standard errors."""

    coefficients: Worlds
    """Shape (columns, responses); 0 where nothing was told apart from noise."""
    errors: Worlds
    """Standard error of each before shrinking, the same shape."""

    def at(self, basis: Worlds) -> Worlds:
        """Fitted values, shape (rows of the basis, responses)."""
        if len(basis) <= _BLOCK:
            return basis @ self.coefficients
        fits = [basis[few] @ self.coefficients for few in _blocks(len(basis))]
        return np.concatenate(fits)

    @property
    def variances(self) -> Worlds:
        """Variance of the fitted values of each response: the columns are orthonormal."""
        squared: Worlds = (self.coefficients[1:] ** 2).sum(axis=0)
        return squared


def ranks_of(values: Worlds) -> Worlds:
    """`(ordinal rank - 1/2)/n` of values, shape (n,)."""
    count = len(values)
    places = np.empty(count)
    places[np.argsort(values, kind="stable")] = (np.arange(count) + 0.5) / count
    return places


@lru_cache(maxsize=8)
def rank_basis(draws: int) -> Worlds:
    """The basis of one quantity in the order of its ranks, shape (draws, 7); read-only.

    Every quantity has the same ranks in some order, so they all share one basis.
    """
    basis = orthonormal(_legendre((np.arange(draws) + 0.5) / draws, DEGREES[1]))
    basis.setflags(write=False)
    return basis


def basis_of(quantities: Worlds) -> Worlds:
    """The basis of a group of quantities, draw by draw.

    Products of orthonormal Legendre polynomials of the ranks, ordered by total degree; additive
    for more than four quantities.

    Args:
        quantities: Shape (quantities, draws).

    Returns:
        Shape (draws, columns), columns of mean square 1, the first all 1.

    Raises:
        InputError: There are fewer than `DRAWS_A_COLUMN` draws for each column.
    """
    number, draws = quantities.shape
    degree = DEGREES.get(number, ADDITIVE_DEGREE)
    single = [_legendre(ranks_of(each), degree) for each in quantities]
    powers = _powers(number, degree) if number in DEGREES else _single_powers(number, degree)
    if len(powers) * DRAWS_A_COLUMN > draws:
        raise InputError(
            [
                Fault(
                    message=f"{draws} draws are too few for {number} quantities together, which "
                    f"need {len(powers) * DRAWS_A_COLUMN}",
                    cure="draw more, or ask about fewer quantities at once",
                )
            ]
        )
    columns = np.ones((draws, len(powers)))
    for place, power in enumerate(powers):
        for which, exponent in enumerate(power):
            if exponent:
                columns[:, place] *= single[which][:, exponent]
    return orthonormal(columns)


def orthonormal(columns: Worlds) -> Worlds:
    """The columns made orthogonal in their order, with mean square 1; dependent ones left out."""
    factors, triangle = np.linalg.qr(columns)
    diagonal = np.diag(triangle)
    kept = np.abs(diagonal) > _DEPENDENT * abs(diagonal[0])
    signs = np.where(diagonal < 0, -1.0, 1.0)
    scaled: Worlds = (factors * signs)[:, kept] * np.sqrt(len(columns))
    return scaled


def fitted(basis: Worlds, responses: Worlds) -> Fit:
    """Shrunken least squares of responses on orthonormal columns.

    b_j = mean(Q_j y); se_j^2 = sum(Q_ij^2 e_i^2)/n^2 n/(n - p); b_j max(0, 1 - se_j^2/b_j^2),
    the mean b_0 left alone.

    Args:
        basis: Q, shape (n, p).
        responses: y, shape (n, responses).
    """
    draws, columns = basis.shape
    plain = np.zeros((columns, responses.shape[1]))
    for few in _blocks(draws):
        plain += basis[few].T @ responses[few]
    plain /= draws
    squares = np.zeros_like(plain)
    for few in _blocks(draws):
        left = responses[few] - basis[few] @ plain
        np.square(left, out=left)
        squares += np.square(basis[few]).T @ left
    squares /= draws * (draws - columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.maximum(0.0, 1.0 - squares / (plain * plain))
    kept = np.where(plain == 0, 0.0, kept)
    kept[0] = 1.0
    return Fit(coefficients=plain * kept, errors=np.sqrt(squares))


def _blocks(draws: int) -> Iterator[slice]:
    """Draws a few at a time: a cache's worth, and too few for the linear algebra to use threads.

    So the bits do not hang on the number of threads, and busy processors do not make it wait.
    """
    for start in range(0, draws, _BLOCK):
        yield slice(start, start + _BLOCK)


def _legendre(shares: Worlds, degree: int) -> Worlds:
    """sqrt(2j + 1) P_j(2u - 1), shape (n, degree + 1)."""
    table = legendre.legvander(2.0 * shares - 1.0, degree).astype(np.float64)
    scaled: Worlds = table * np.sqrt(2.0 * np.arange(degree + 1) + 1.0)
    return scaled


def _powers(number: int, degree: int) -> list[tuple[int, ...]]:
    """Exponents of all products up to a total degree, by total degree."""
    return [
        tuple(chosen.count(which) for which in range(number))
        for total in range(degree + 1)
        for chosen in combinations_with_replacement(range(number), total)
    ]


def _single_powers(number: int, degree: int) -> list[tuple[int, ...]]:
    """Exponents without products, by degree."""
    rows = [tuple([0] * number)]
    for exponent in range(1, degree + 1):
        rows += [
            tuple(exponent if place == which else 0 for place in range(number))
            for which in range(number)
        ]
    return rows
