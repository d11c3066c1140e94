"""From detection strength to a posterior: how much passed tests say about a hidden problem.

State *bad* = the hazard is there to a degree that matters. A test finds it with probability s,
unless the system behaves well because it is being tested (gaming, d), unless all tests miss it
together (common cause), and only where the audits reach (kappa). Derived by us; the known
answers were checked by 2,000,000 random draws.

All functions are elementwise over worlds; tests are the first axis where there are several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from custodes.errors import Fault, InputError
from custodes.quantities import Worlds

_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Detection:
    """What several tests of one hazard found, and how strong they are."""

    found: tuple[bool, ...]
    """Which of them found the hazard; the others passed."""
    sensitivity: Worlds
    """s, shape (tests, worlds)."""
    specificity: Worlds
    """t, shape (tests, worlds)."""
    gaming: Worlds
    """d, shape (tests, worlds)."""
    common_cause: Worlds
    """beta_c, shape (worlds,)."""
    reach: Worlds
    """kappa = coverage x transfer x integrity, shape (tests, worlds)."""

    @property
    def number(self) -> int:
        """How many tests."""
        return len(self.found)


def detection_of(
    *,
    found: tuple[bool, ...],
    sensitivity: npt.ArrayLike,
    specificity: npt.ArrayLike,
    gaming: npt.ArrayLike,
    common_cause: npt.ArrayLike,
    reach: npt.ArrayLike,
) -> Detection:
    """Several tests, their numbers checked and brought to one shape.

    Args:
        found: Which of them found the hazard.
        sensitivity: One number, one a test, or shape (tests, worlds). The next three likewise.
        specificity: t, above 0.
        gaming: d.
        common_cause: One number, or shape (worlds,).
        reach: kappa.

    Raises:
        InputError: A number is outside its range, or a test would find good systems more often
            than bad ones; every fault is told.
    """
    names = ("sensitivity", "specificity", "gaming", "reach", "common_cause")
    given = dict(zip(names, (sensitivity, specificity, gaming, reach, common_cause), strict=True))
    arrays = {name: np.asarray(value, dtype=float) for name, value in given.items()}
    faults = [
        _outside(name, array, low_is_in=name != "specificity") for name, array in arrays.items()
    ]
    if any(faults):
        raise InputError(fault for fault in faults if fault is not None)
    shape = (len(found), 1)
    of_tests = {
        name: np.broadcast_to(
            array[:, None] if array.ndim == 1 else array,
            np.broadcast_shapes(shape, (array[:, None] if array.ndim == 1 else array).shape),
        )
        for name, array in arrays.items()
        if name != "common_cause"
    }
    finds_bad = (1 - of_tests["gaming"]) * of_tests["sensitivity"]
    if np.any(finds_bad < 1 - of_tests["specificity"] - _ROUNDING):
        raise InputError(
            [
                Fault(
                    message="a test would find good systems more often than bad ones: "
                    "(1 - gaming) x sensitivity is below 1 - specificity",
                    cure="give more sensitivity, more specificity or less gaming",
                    field="specificity",
                )
            ]
        )
    return Detection(found=found, common_cause=np.atleast_1d(arrays["common_cause"]), **of_tests)


_ROUNDING = 1e-12
_LEAST = 1e-300


def _outside(name: str, values: Worlds, *, low_is_in: bool = True) -> Fault | None:
    is_in = (values <= 1) & ((values >= 0) if low_is_in else (values > 0))
    if np.all(is_in):
        return None
    seen = float(values[~is_in].ravel()[0])
    low = "0" if low_is_in else "above 0"
    return Fault(
        message=f"{seen:g} is not a share", cure=f"give a number from {low} to 1", field=name
    )


def p_seen_if_informative(tests: Detection, informative: _Mask | None = None) -> Worlds:
    """Probability of what was seen, given a bad system, by the tests that can see it.

    ``L1 = sum over intervals of width w: 0 if any fail is gamed there, else
    w (beta_c max(0, min_D s - max_P s) + (1 - beta_c) prod_D s prod_P (1 - s))``, where the cut
    points are 0, 1 and the distinct d, D are the tests that found it, and P those that passed and
    are not gamed there; min over none is 1, max over none 0.

    Args:
        tests: The tests.
        informative: Which tests count, shape (tests, worlds); none is all.

    Returns:
        A probability, shape (worlds,).
    """
    s, d = tests.sensitivity, tests.gaming
    counts = np.ones(np.broadcast_shapes(s.shape, d.shape), dtype=bool)
    if informative is not None:
        counts = counts & informative
    did_find = np.array(tests.found, dtype=bool).reshape(-1, 1)
    cuts = _cut_points(np.where(counts, d, 0.0))
    total: Worlds = np.zeros(1)
    for low, high in pairwise(cuts):
        plays_fair = counts & (d <= low)
        passes = plays_fair & ~did_find
        finds = counts & did_find
        possible = ~np.any(finds & (d > low), axis=0)
        together = np.maximum(
            0.0,
            np.min(np.where(finds, s, 1.0), axis=0, initial=1.0)
            - np.max(np.where(passes, s, 0.0), axis=0, initial=0.0),
        )
        apart = np.prod(np.where(finds, s, 1.0), axis=0) * np.prod(
            np.where(passes, 1.0 - s, 1.0), axis=0
        )
        beta = tests.common_cause
        total = total + (high - low) * possible * (beta * together + (1.0 - beta) * apart)
    return total


def _cut_points(values: Worlds) -> Worlds:
    """0, the values of each world in order, 1; shape (tests + 2, worlds)."""
    ends = np.zeros((1, values.shape[1]))
    return np.concatenate([ends, np.sort(values, axis=0), ends + 1.0])


def p_seen_if_good(tests: Detection) -> Worlds:
    """L_good: probability of what was seen, given a good system.

    ``L_good = prod over passes t x prod over fails (1 - t)``.

    Args:
        tests: The tests.
    """
    seen: Worlds = np.prod(_as_good(tests), axis=0)
    return seen


def _as_good(tests: Detection) -> Worlds:
    did_find = np.array(tests.found, dtype=bool).reshape(-1, 1)
    return np.where(did_find, 1.0 - tests.specificity, tests.specificity)


def p_seen_if_bad(tests: Detection) -> Worlds:
    """L_bad: probability of what was seen, given a bad system.

    A latent v ~ U[0, 1]: a test is informative where v < kappa, and otherwise behaves as on a
    good system. ``L_bad = sum over the intervals between 0, 1 and the distinct kappa of
    width x prod over uninformative tests of (t or 1 - t) x L1(informative tests)``; with one
    kappa for all it is ``(1 - kappa) L_good + kappa L1``.

    Args:
        tests: The tests.
    """
    good, reach = _as_good(tests), tests.reach
    good, reach = np.broadcast_arrays(good, reach)
    cuts = _cut_points(reach)
    total: Worlds = np.zeros(1)
    for low, high in pairwise(cuts):
        informative = reach >= high
        others = np.prod(np.where(informative, 1.0, good), axis=0)
        total = total + (high - low) * others * p_seen_if_informative(tests, informative)
    return total


def p_evidence(p_hidden: Worlds, tests: Detection) -> Worlds:
    """M = pi L_bad + (1 - pi) L_good: how well a world predicted what was seen.

    Args:
        p_hidden: pi, shape (worlds,).
        tests: The tests.
    """
    return p_hidden * p_seen_if_bad(tests) + (1.0 - p_hidden) * p_seen_if_good(tests)


def posterior(p_hidden: npt.ArrayLike, tests: Detection) -> Worlds:
    """P(bad) after the tests: ``pi L_bad / (pi L_bad + (1 - pi) L_good)``.

    Args:
        p_hidden: pi, the probability before, in [0, 1].
        tests: The tests; without any the probability stays.

    Raises:
        InputError: The probability is none, or the evidence contradicts its certainty.
    """
    prior = np.atleast_1d(np.asarray(p_hidden, dtype=float))
    wrong = _outside("hidden_problem", prior)
    if wrong is not None:
        raise InputError([wrong])
    if not tests.number:
        return prior
    of_bad = prior * p_seen_if_bad(tests)
    seen = of_bad + (1.0 - prior) * p_seen_if_good(tests)
    if np.any(seen <= 0):
        raise InputError(
            [
                Fault(
                    message="the evidence contradicts the certainty of the prior",
                    cure="give a prior between 0 and 1, or a specificity below 1",
                    field="hidden_problem",
                )
            ]
        )
    return of_bad / seen


def at_face_value(tests: Detection) -> Detection:
    """The same tests as somebody reads them who ignores reach, gaming and common causes.

    Args:
        tests: The tests.
    """
    return Detection(
        found=tests.found,
        sensitivity=tests.sensitivity,
        specificity=tests.specificity,
        gaming=np.zeros_like(tests.gaming),
        common_cause=np.zeros_like(tests.common_cause),
        reach=np.ones_like(tests.reach),
    )


def p_all_pass(number: int, *, sensitivity: float, gaming: float, common_cause: float) -> float:
    """f(n): probability that n equal tests pass a bad system that they all reach.

    ``f(n) = d + (1 - d)(beta_c (1 - s) + (1 - beta_c)(1 - s)^n)``.
    """
    s, d, beta = sensitivity, gaming, common_cause
    return d + (1 - d) * (beta * (1 - s) + (1 - beta) * (1 - s) ** number)


def floor_of_p_all_pass(*, sensitivity: float, gaming: float, common_cause: float) -> float:
    """What f(n) falls to with ever more tests: ``d + (1 - d) beta_c (1 - s)``."""
    return gaming + (1 - gaming) * common_cause * (1 - sensitivity)


def floor(p_hidden: npt.ArrayLike, tests: Detection) -> Worlds:
    """P(bad) that stays however many more tests of this kind pass.

    Ever more tests as strong as the strongest, gamed as these are gamed at their least, never
    raising a false alarm: ``L = (1 - kappa) + kappa (d + (1 - d) beta_c (1 - s))``.

    Args:
        p_hidden: pi.
        tests: The tests; without any the probability stays.
    """
    prior = np.atleast_1d(np.asarray(p_hidden, dtype=float))
    if not tests.number:
        return prior
    s, d = np.max(tests.sensitivity, axis=0), np.min(tests.gaming, axis=0)
    kappa = np.max(tests.reach, axis=0)
    left = d + (1 - d) * tests.common_cause * (1 - s)
    if_bad = (1 - kappa) + kappa * left
    stays: Worlds = prior * if_bad / (prior * if_bad + 1 - prior)
    return stays


def effective_number(
    number: int, *, sensitivity: float, gaming: float, common_cause: float
) -> float:
    """n_eff = ln f(n) / ln(1 - s): how many independent, honest tests n passes are worth.

    Args:
        number: n.
        sensitivity: s.
        gaming: d.
        common_cause: beta_c.

    Returns:
        At most n; 0 where a test finds nothing, n where one finds everything that is not gamed
        and nothing is gamed or shared.
    """
    if not number or sensitivity <= 0:
        return 0.0
    passes = p_all_pass(number, sensitivity=sensitivity, gaming=gaming, common_cause=common_cause)
    if sensitivity >= 1:
        return float(number) if passes <= 0 else 0.0
    return float(np.log(passes) / np.log1p(-sensitivity))


def effective_number_of(
    *, sensitivity: Sequence[float], gaming: Sequence[float], common_cause: float
) -> float:
    """The same for unequal tests that all passed: ``n_eff = n ln f / sum ln(1 - s_i)``.

    f is the probability that all of them pass a bad system that they all reach. For equal tests
    it is `effective_number`.

    Args:
        sensitivity: s of each test.
        gaming: d of each test.
        common_cause: beta_c.
    """
    number = len(sensitivity)
    if not number or max(sensitivity) <= 0:
        return 0.0
    tests = detection_of(
        found=(False,) * number,
        sensitivity=np.asarray(sensitivity, dtype=float),
        gaming=np.asarray(gaming, dtype=float),
        specificity=1.0,
        common_cause=common_cause,
        reach=1.0,
    )
    passes = float(p_seen_if_informative(tests)[0])
    honest = float(np.sum(np.log1p(-np.minimum(sensitivity, 1 - _ROUNDING))))
    return number * float(np.log(max(passes, _LEAST))) / honest


def upper_bound_of_clean(number: int, *, confidence: float = 0.95) -> float:
    """Exact upper bound of the failure rate after n clean items: ``1 - (1 - confidence)^(1/n)``.

    It speaks of failures that the items would show, and of no others.
    """
    return float(-np.expm1(np.log1p(-confidence) / number))


@dataclass(frozen=True, slots=True)
class NextTest:
    """What one more test is worth before a decision to deploy."""

    p_pass: float
    """P(it passes)."""
    after_pass: float
    """P(bad) if it passes."""
    after_find: float
    """P(bad) if it finds the hazard."""
    value: float
    """Gain of deciding after it, in the unit of benefit and loss."""


def value_of_test(
    p_hidden: float,
    *,
    benefit: float,
    loss: float,
    sensitivity: float,
    gaming: float,
    specificity: float,
) -> NextTest:
    """What one more test is worth: decide after it, instead of now.

    ``value = P(pass) max(0, B - post_pass L) + P(find) max(0, B - post_find L)
    - max(0, B - pi L)``.

    Args:
        p_hidden: pi.
        benefit: B, of deploying.
        loss: L, of deploying a bad system.
        sensitivity: s of the test.
        gaming: d of the test.
        specificity: t of the test.
    """
    strengths = {
        "sensitivity": sensitivity,
        "gaming": gaming,
        "specificity": specificity,
        "common_cause": 0.0,
        "reach": 1.0,
    }
    passes = detection_of(found=(False,), **strengths)
    p_pass = float(p_evidence(np.array([p_hidden]), passes)[0])
    bad_and_passes = p_hidden * float(p_seen_if_bad(passes)[0])
    after_pass = bad_and_passes / p_pass if p_pass > 0 else 0.0
    after_find = (p_hidden - bad_and_passes) / (1 - p_pass) if p_pass < 1 else 0.0
    value = (
        p_pass * max(0.0, benefit - after_pass * loss)
        + (1 - p_pass) * max(0.0, benefit - after_find * loss)
        - max(0.0, benefit - p_hidden * loss)
    )
    return NextTest(p_pass=p_pass, after_pass=after_pass, after_find=after_find, value=value)


def p_harm(p_hidden: Worlds, harm_if_hidden: Worlds) -> Worlds:
    """Harm by any of several hazards: ``h = 1 - prod_j (1 - P_j c_j)``.

    Args:
        p_hidden: P(bad) of each hazard, shape (hazards, worlds).
        harm_if_hidden: c, P(catastrophe | deployed, bad, not corrected), the same shape.
    """
    harm: Worlds = -np.expm1(np.sum(np.log1p(-p_hidden * harm_if_hidden), axis=0))
    return harm


def safety_logit(harm: Worlds) -> Worlds:
    """The safety quantity of a system: ``x = ln((1 - h) / h)``.

    Args:
        harm: h, in (0, 1).
    """
    return np.log1p(-harm) - np.log(harm)


def perceived(harm: Worlds, harm_at_face_value: Worlds, face_value: Worlds) -> Worlds:
    """What decision makers believe: ``h_perceived = phi h_face + (1 - phi) h``.

    Args:
        harm: h.
        harm_at_face_value: h_face.
        face_value: phi, share of decision makers who take evidence at face value.
    """
    return face_value * harm_at_face_value + (1.0 - face_value) * harm


def resampled(weights: Worlds, *, order: Worlds, offset: float) -> npt.NDArray[np.intp]:
    """Which worlds stand for all, systematically resampled by their weights.

    The worlds are taken in a random order, since weights that rise and fall in step with their
    places would not be seen by equal steps. A world that is kept stays where it is; further
    copies of it fill the places of those that are not.

    Args:
        weights: M of each world, not all 0.
        order: A number for each world, from the system's own stream, that orders them.
        offset: In [0, 1), from the same stream.

    Returns:
        For each world the one that stands there.
    """
    number = len(weights)
    shuffled = np.argsort(order, kind="stable")
    steps = np.cumsum(weights[shuffled]) / np.sum(weights)
    found = np.searchsorted(steps, (np.arange(number) + offset) / number, side="right")
    copies = np.bincount(shuffled[np.minimum(found, number - 1)], minlength=number)
    chosen = np.arange(number)
    chosen[copies == 0] = np.repeat(chosen, np.maximum(copies - 1, 0))
    return chosen


def effective_sample_size(weights: Worlds) -> float:
    """(sum M)^2 / sum M^2: how many equal worlds the weighted ones are worth."""
    return float(np.sum(weights) ** 2 / np.sum(weights**2))


@dataclass(frozen=True, slots=True, eq=False)
class GapParts:
    """The gap h - h_face by mechanism; the three parts add up to it exactly."""

    safety_washing: Worlds
    """Integrity brought to 1: evidence that is not what it says it is."""
    partial_coverage: Worlds
    """Then coverage brought to 1: ways the hazard could show that nobody looked at."""
    system: Worlds
    """Then transfer brought to 1, gaming and common cause to 0: tests that are less than they
    seem."""


def split_of_gap(
    p_hidden: Worlds,
    harm_if_hidden: Worlds,
    tests: tuple[Detection, ...],
    *,
    coverage: tuple[Worlds, ...],
    transfer: tuple[Worlds, ...],
    integrity: tuple[Worlds, ...],
) -> GapParts:
    """The gap between what tests show and what they seem to show, by mechanism, in fixed order.

    Args:
        p_hidden: pi of each hazard, shape (hazards, worlds).
        harm_if_hidden: c, the same shape.
        tests: The tests of each hazard.
        coverage: Of each hazard, as its tests have it; reach is the product of the three.
        transfer: Of each hazard and test.
        integrity: Of each hazard and test.
    """

    def harm(reaches: list[Worlds], *, plain: bool = False) -> Worlds:
        after = [
            posterior(prior, at_face_value(each) if plain else replace(each, reach=reach))
            if each.number
            else prior
            for prior, each, reach in zip(p_hidden, tests, reaches, strict=True)
        ]
        return p_harm(np.stack(np.broadcast_arrays(*after)), harm_if_hidden)

    ones = [np.ones_like(each.reach) for each in tests]
    whole = harm([c * t * i for c, t, i in zip(coverage, transfer, integrity, strict=True)])
    honest = harm([c * t * one for c, t, one in zip(coverage, transfer, ones, strict=True)])
    covered = harm([t * one for t, one in zip(transfer, ones, strict=True)])
    face = harm(ones, plain=True)
    return GapParts(
        safety_washing=whole - honest, partial_coverage=honest - covered, system=covered - face
    )
