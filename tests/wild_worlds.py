"""Worlds whose inputs lie anywhere in their ranges: ends, zeros, tiny and huge, and in between."""

import numpy as np

from custodes.catalogue import QUANTITIES
from model_values import PLAIN

COSTS = ("cost_usd", "reference_cost")


def wild_worlds(seed, count=1000, **fixed):
    """Inputs of the engine, one array of `count` worlds each; those in `fixed` as given.

    In each world every input is, with equal chance, uniform over its range, log-uniform between
    1e-12 and its larger end (with either sign where it has one), an end of its range, or plain.
    Hypothesis draws the seed: a failure names the seed, and the world with the largest error.
    """
    rng = np.random.default_rng(seed)
    worlds = {name: _anywhere(name, rng, count) for name in QUANTITIES}
    worlds |= {name: 10 ** rng.uniform(0, 11, count) for name in COSTS}
    return worlds | {
        name: np.broadcast_to(np.asarray(value, np.float64), (count,))
        for name, value in fixed.items()
    }


def _anywhere(name, rng, count):
    each = QUANTITIES[name]
    uniform = rng.uniform(each.low, each.high, count)
    largest = max(abs(each.low), abs(each.high))
    scaled = 10 ** rng.uniform(-12, np.log10(largest), count) * rng.choice([-1, 1], count)
    ends = rng.choice([each.low, each.high, 0.0], count)
    choices = [uniform, scaled, ends, np.full(count, PLAIN[name])]
    return np.clip(np.choose(rng.integers(4, size=count), choices), each.low, each.high)
