"""What to ask next: 24 quantities of 200 efforts, beside a spline and beside bins, in one run.

Every effort has two options; its benefit hangs on all 24 quantities, on some of them hardly. The
true value of each quantity is a closed form, so the errors of the methods are compared as well as
their times. `pygam` is measured where it is installed, on a few quantities, as it takes long; bins
are 20 of equal count, as in the R package `voi`.
"""

import math
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri
from scipy.stats import qmc

from custodes.questions import evpi_of_normal, values_of_each

Numbers = npt.NDArray[np.float64]

EFFORTS, QUANTITIES, DRAWS = 200, 24, 4096
BINS = 20
SLOW = 8
"""Quantities that are given to a method that takes long."""


def by_bins(benefit: Numbers, quantity: Numbers) -> float:
    """EVPPI by the means of bins of equal count."""
    means = benefit[np.argsort(quantity)][: DRAWS // BINS * BINS].reshape(BINS, -1).mean(axis=1)
    return float(np.maximum(means, 0).mean() - max(0.0, means.mean()))


def by_spline(benefit: Numbers, quantity: Numbers) -> float:
    """EVPPI by a generalised additive model with its penalty left as it comes."""
    pygam = import_module("pygam")
    fit = pygam.LinearGAM(pygam.s(0)).fit(quantity[:, None], benefit)
    fitted = fit.predict(quantity[:, None])
    return float(np.maximum(fitted, 0).mean() - max(0.0, fitted.mean()))


def rounds() -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Scores of the quantities, benefits of the efforts, and the true values."""
    rng = np.random.default_rng(1)
    for number in range(EFFORTS):
        scores = ndtri(qmc.Sobol(QUANTITIES, rng=number).random(DRAWS)).T
        slopes = rng.exponential(1, QUANTITIES) ** 2 * 1e-4
        mean = rng.normal(0, slopes.max())
        truth = [evpi_of_normal(mean, slope) for slope in slopes]
        yield scores, mean + slopes @ scores, np.array(truth)


def told(name: str, seconds: float, count: int, errors: Numbers, ours: float | None) -> float:
    """One line: time a quantity, against ours, and the error against the truth."""
    each = seconds / count
    ratio = f"{each / ours:>8.1f} x" if ours else f"{1:>8.1f} x"
    rms = math.sqrt(np.mean(np.square(errors)))
    print(
        f"  {name:<28} {each * 1e3:>9.3f} ms {ratio}   bias {np.mean(errors) * 1e6:>+6.2f}e-6, "
        f"error {rms * 1e6:>5.2f}e-6"
    )
    return each


def main() -> None:
    """Print times, ratios and errors."""
    efforts = [*rounds()]
    everything = EFFORTS * QUANTITIES
    print(f"{EFFORTS} efforts, {QUANTITIES} quantities each, {DRAWS} draws; true values known")
    start = time.perf_counter()
    found = [
        values_of_each(np.stack([np.zeros(DRAWS), benefit]), scores)
        for scores, benefit, _ in efforts
    ]
    seconds = time.perf_counter() - start
    errors = np.concatenate(
        [
            [each.evppi for each in row] - truth
            for row, (_, _, truth) in zip(found, efforts, strict=True)
        ]
    )
    ours = told("ours, with error and floor", seconds, everything, errors, None)
    start = time.perf_counter()
    bins = np.array(
        [[by_bins(benefit, each) for each in scores] for scores, benefit, _ in efforts]
    )
    took = time.perf_counter() - start
    truths = np.array([truth for _, _, truth in efforts])
    told("bins, with neither", took, everything, bins - truths, ours)
    if find_spec("pygam"):
        scores, benefit, truth = efforts[0]
        start = time.perf_counter()
        spline = [by_spline(benefit, each) for each in scores[:SLOW]]
        took = time.perf_counter() - start
        first = np.array([each.evppi for each in found[0][:SLOW]]) - truth[:SLOW]
        told(f"ours, the same {SLOW} as below", ours * SLOW, SLOW, first, ours)
        told("pygam, with neither", took, SLOW, spline - truth[:SLOW], ours)
    else:
        print("  pygam is not installed: pip install pygam")
    print(f"all {everything} questions: {seconds:.2f} s")


if __name__ == "__main__":
    main()
