"""Named, order-free random streams.

A stream is named by (seed, owner, quantity). Its numbers hang on its name alone: not on which
streams were drawn before, nor on chunks, threads or machines. The same name gives the same bits.

Scrambled Sobol' points by default. Each stream is a Sobol' dimension of its own: its direction
numbers are drawn from its name (odd integers m_k < 2^k, as a Sobol' table holds them beyond the
degree of its polynomial), then scrambled by a random lower-triangular matrix and a digital shift
(Matousek 1998, doi 10.1006/jcom.1998.0489). So there are as many dimensions as names, each
stratified by itself, any two independent, and no table to run out of. Sixteen independent
scrambles make up the draws, and the standard errors come from them
(docs/decisions/0002-streams.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import shake_128
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from custodes.quantities._worlds import Worlds

Sampler: TypeAlias = Literal["sobol", "monte_carlo"]

SCRAMBLES = 16
"""Independent scrambles among the draws."""
LEAST_SAMPLES = 64
"""Fewest draws: four points in each scramble."""
_BITS = 32


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams of one seed.

    >>> import numpy as np
    >>> streams = Streams(seed=0, samples=64)
    >>> x = streams.scores("world", "risk_accident")
    >>> bool(np.all(x - streams.scores("world", "risk_accident") == 0))
    True
    """

    seed: int
    """0 is a seed."""
    samples: int = 4096
    """Draws; a power of two from 64."""
    sampler: Sampler = "sobol"
    """Scrambled Sobol' points, or plain Monte Carlo."""

    def uniforms(self, owner: str, quantity: str) -> Worlds:
        """Numbers in (0, 1), shape (samples,), in the order of the worlds."""
        name = f"{self.seed}\x1f{owner}\x1f{quantity}".encode()
        if self.sampler == "monte_carlo":
            return _plain(name, self.samples)
        return _sobol(name, self.samples)

    def scores(self, owner: str, quantity: str) -> Worlds:
        """Normal scores of the same numbers, shape (samples,)."""
        scores: Worlds = ndtri(self.uniforms(owner, quantity))
        return scores


def _plain(name: bytes, samples: int) -> Worlds:
    bits = np.frombuffer(shake_128(b"plain" + name).digest(samples * 8), dtype="<u8") >> 11
    numbers: Worlds = (bits.astype(np.float64) + 0.5) * 2.0**-53
    return numbers


def _sobol(name: bytes, samples: int) -> Worlds:
    points = samples // SCRAMBLES
    levels = points.bit_length() - 1
    wanted = SCRAMBLES * (levels + _BITS + 1)
    drawn = np.frombuffer(shake_128(b"sobol" + name).digest(wanted * 4), dtype="<u4")
    drawn = drawn.reshape(SCRAMBLES, -1)
    directions = _scrambled(drawn[:, :levels], drawn[:, levels : levels + _BITS])
    numbers = np.empty((SCRAMBLES, points), dtype=np.uint32)
    numbers[:, 0] = drawn[:, -1]
    for level in range(levels):
        half = 1 << level
        numbers[:, half : 2 * half] = numbers[:, :half] ^ directions[:, level, None]
    uniforms: Worlds = (numbers.reshape(-1).astype(np.float64) + 0.5) * 2.0**-_BITS
    return uniforms


def _scrambled(
    drawn: npt.NDArray[np.uint32], rows: npt.NDArray[np.uint32]
) -> npt.NDArray[np.uint32]:
    """Direction numbers v_k = m_k 2^(32-k), m_k odd, times a lower-triangular matrix of bits."""
    first, diagonal, keep = _masks(drawn.shape[1])
    directions = (drawn & keep) | first
    below = (rows & ~(diagonal | (diagonal - np.uint32(1)))) | diagonal
    # bit i of the product is the parity of (row i of the matrix) and (the direction number)
    product = directions[:, :, None] & below[:, None, :]
    for shift in (16, 8, 4, 2, 1):
        product = product ^ (product >> np.uint32(shift))
    bits = (product & np.uint32(1)) * diagonal
    scrambled: npt.NDArray[np.uint32] = np.bitwise_or.reduce(bits, axis=2).astype(np.uint32)
    return scrambled


@lru_cache
def _masks(levels: int) -> tuple[npt.NDArray[np.uint32], ...]:
    """Lowest bit of each direction number; the matrix's diagonal; the bits above the lowest."""
    first = np.array([1 << (_BITS - 1 - level) for level in range(levels)], dtype=np.uint32)
    diagonal = np.array([1 << (_BITS - 1 - row) for row in range(_BITS)], dtype=np.uint32)
    keep = ~(first | (first - np.uint32(1)))
    return first, diagonal, keep
