"""Gaussian copula: quantities that move together, given as rank correlations.

Source: docs/explanation/model.md; the normal scores of a rank correlation r have correlation 2
sin(pi r / 6)
(Pearson 1907). Marginals never change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from custodes.errors import Fault, InputError
from custodes.quantities._worlds import Worlds

LEAST_EIGENVALUE = 1e-10
"""A matrix with a smaller eigenvalue is impossible, or as good as."""


def cholesky_factor(
    ranks: Mapping[tuple[str, str], float], names: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Lower factor of the correlation of normal scores, rows and columns as in `names`.

    Args:
        ranks: Spearman rank correlations in (-1, 1), by pair.
        names: The quantities named in the pairs, in the order of the catalogue.

    Raises:
        InputError: No such quantities can exist together; names the pairs.
    """
    place = {name: number for number, name in enumerate(names)}
    matrix = np.eye(len(names))
    for (one, other), rank in ranks.items():
        score = 2 * math.sin(math.pi * rank / 6)
        matrix[place[one], place[other]] = matrix[place[other], place[one]] = score
    if np.linalg.eigvalsh(matrix)[0] < LEAST_EIGENVALUE:
        pairs = ", ".join(f"{a} with {b} {rank:+g}" for (a, b), rank in ranks.items())
        raise InputError(
            [
                Fault(
                    message=f"no quantities can have these rank correlations together: {pairs}",
                    cure="weaken or remove one of them",
                    field="correlation",
                )
            ]
        )
    return np.asarray(np.linalg.cholesky(matrix), dtype=np.float64)


def correlated(scores: Mapping[str, Worlds], factor: npt.NDArray[np.float64]) -> dict[str, Worlds]:
    """Independent scores made correlated: row i is the sum of factor[i, j] times score j."""
    columns = list(scores.values())
    return {
        name: sum(
            (factor[row, column] * columns[column] for column in range(row + 1)),
            np.zeros_like(columns[0]),
        )
        for row, name in enumerate(scores)
    }
