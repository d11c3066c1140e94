"""What clean tests show: a system that games tests, or flaws that all tests share, stay unseen.

Source: paper pp. 21-23 (deceptive alignment, external audits). The model is ours
(docs/explanation/model.md):
with probability d the unsafe system games every test; with probability b all tests share one
cause of missing; otherwise they miss independently.
"""

from __future__ import annotations

from math import log, log1p

import numpy as np
import numpy.typing as npt
from pydantic import Field

from custodes.records import Record
from custodes.scenarios._numbers import Numbers, finite
from custodes.scenarios._scenario import Scenario


class DetectionInputs(Record):
    """A system that may be unsafe, and the tests that it has passed."""

    prior_unsafe: float = Field(0.2, ge=0, le=1)
    """Probability that the system is unsafe, before any test."""
    tests: int = Field(3, ge=1, le=100_000)
    """How many tests it has passed."""
    sensitivity: float = Field(0.7, ge=0, le=1)
    """Probability that one test finds an unsafe system out, if it does not game."""
    specificity: float = Field(1.0, ge=0, le=1)
    """Probability that a safe system passes one test."""
    gaming: float = Field(0.1, ge=0, le=1)
    """Probability that an unsafe system games every test (p. 21)."""
    common_cause: float = Field(0.1, ge=0, le=1)
    """Probability that all tests miss for one common cause or none does."""


class DetectionOutputs(Record):
    """What passing all tests leaves, against what it would if tests were independent."""

    miss: float
    """P(an unsafe system passes all tests)."""
    miss_if_independent: float
    """The same without gaming and common cause."""
    posterior_unsafe: float | None
    """P(unsafe), having passed all tests."""
    posterior_if_independent: float | None
    """The same without gaming and common cause: what a naive reader believes."""
    overconfidence: float | None
    """How many times too small the naive belief is."""
    effective_tests: float | None
    """How many independent tests would show as much."""
    miss_floor: float
    """What no number of such tests gets below."""
    posterior_floor: float | None
    """P(unsafe) that no number of such tests gets below."""
    false_alarm: float
    """P(a safe system fails a test)."""


def miss(
    tests: Numbers, *, sensitivity: float, gaming: float, common_cause: float
) -> npt.NDArray[np.float64]:
    """P(an unsafe system passes all n): d + (1-d) (b (1-s) + (1-b) (1-s)^n), elementwise.

    Args:
        tests: n, at least 1.
        sensitivity: s, [0, 1].
        gaming: d, [0, 1].
        common_cause: b, [0, 1].

    Source: paper pp. 21-23; docs/explanation/model.md (our model).
    """
    one = 1 - sensitivity
    independent = np.power(one, tests)
    passed: npt.NDArray[np.float64] = gaming + (1 - gaming) * (
        common_cause * one + (1 - common_cause) * independent
    )
    return passed


def miss_floor(*, sensitivity: float, gaming: float, common_cause: float) -> float:
    """The limit of `miss` for ever more tests: d + (1-d) b (1-s); 1 where s = 0.

    Args:
        sensitivity: s, [0, 1].
        gaming: d, [0, 1].
        common_cause: b, [0, 1].

    Source: docs/explanation/model.md (our model).
    """
    if sensitivity == 0:
        return 1.0
    return gaming + (1 - gaming) * common_cause * (1 - sensitivity)


def posterior_unsafe(
    *, prior_unsafe: Numbers, miss: Numbers, all_clear_if_safe: Numbers
) -> npt.NDArray[np.float64]:
    """P(unsafe | passed): pi miss / (pi miss + (1-pi) spec^n), elementwise; nan for 0/0.

    Args:
        prior_unsafe: pi, [0, 1].
        miss: P(an unsafe system passes all tests).
        all_clear_if_safe: spec^n, P(a safe system passes all tests).

    Source: Bayes' rule.
    """
    unsafe = np.multiply(prior_unsafe, miss)
    safe = np.multiply(np.subtract(1.0, prior_unsafe), all_clear_if_safe)
    with np.errstate(invalid="ignore"):
        posterior: npt.NDArray[np.float64] = np.divide(unsafe, unsafe + safe)
    return posterior


def effective_tests(*, miss: float, sensitivity: float) -> float | None:
    """How many independent tests would show as much: ln miss / ln(1-s).

    Args:
        miss: P(an unsafe system passes all tests).
        sensitivity: s; None where a test finds nothing or everything.

    Source: docs/explanation/model.md (our model).
    """
    if not 0 < sensitivity < 1 or miss <= 0:
        return None
    return max(log(miss) / log1p(-sensitivity), 0.0)


def solve_detection(inputs: DetectionInputs) -> DetectionOutputs:
    """All the outputs of the scenario ``detection``.

    Source: docs/explanation/model.md.
    """
    n, s, spec = inputs.tests, inputs.sensitivity, inputs.specificity
    gaming, common = inputs.gaming, inputs.common_cause
    missed = float(miss(n, sensitivity=s, gaming=gaming, common_cause=common))
    naive = float(miss(n, sensitivity=s, gaming=0.0, common_cause=0.0))
    floor = miss_floor(sensitivity=s, gaming=gaming, common_cause=common)
    prior, passes = inputs.prior_unsafe, spec**n
    believed = finite(posterior_unsafe(prior_unsafe=prior, miss=missed, all_clear_if_safe=passes))
    independent = finite(
        posterior_unsafe(prior_unsafe=prior, miss=naive, all_clear_if_safe=passes)
    )
    return DetectionOutputs(
        miss=missed,
        miss_if_independent=naive,
        posterior_unsafe=believed,
        posterior_if_independent=independent,
        overconfidence=finite(believed / independent) if believed and independent else None,
        effective_tests=effective_tests(miss=missed, sensitivity=s),
        miss_floor=floor,
        posterior_floor=float(
            posterior_unsafe(prior_unsafe=prior, miss=floor, all_clear_if_safe=1.0)
        )
        if spec == 1
        else None,
        false_alarm=0.0 - float(np.expm1(n * log(spec))) if spec > 0 else 1.0,
    )


def read_detection(inputs: DetectionInputs, outputs: DetectionOutputs) -> str:
    """What the numbers say: what the passed tests show, and what more of them cannot show."""
    if outputs.posterior_unsafe is None:
        return "No system, safe or not, passes all of these tests, so passing shows nothing."
    tests = "1 passed test" if inputs.tests == 1 else f"{inputs.tests} passed tests"
    passed = (
        f"After {tests} the system is unsafe with probability "
        f"{outputs.posterior_unsafe:z.3g}, down from {inputs.prior_unsafe:z.3g}."
    )
    said = [passed]
    if outputs.overconfidence is not None and outputs.overconfidence > _MORE_THAN_ROUNDING:
        said.append(
            f"Who takes the tests as independent believes {outputs.posterior_if_independent:.3g}, "
            f"{outputs.overconfidence:z.3g} times too little."
        )
    if outputs.effective_tests is not None:
        said.append(f"They show as much as {outputs.effective_tests:z.3g} independent ones.")
    if outputs.posterior_floor:
        said.append(
            "However many tests of this kind it passes, the probability stays above "
            f"{outputs.posterior_floor:z.3g}: tests that fail for other reasons are needed."
        )
    return " ".join(said)


_MORE_THAN_ROUNDING = 1 + 1e-9

DETECTION = Scenario(
    name="detection",
    title="Passed tests: what gaming and common causes keep them from showing.",
    pages="21-23",
    inputs=DetectionInputs,
    outputs=DetectionOutputs,
    solve=solve_detection,
    read=read_detection,
    nulls={
        "posterior_unsafe": "no system, safe or not, passes all of these tests",
        "posterior_if_independent": "no system, safe or not, passes all of these tests",
        "overconfidence": "the naive belief is 0, or there is none",
        "effective_tests": "a test finds nothing or everything",
        "posterior_floor": "a safe system fails some test in the end: with specificity below 1 "
        "nothing passes ever more tests",
    },
)
"""The scenario ``detection``."""
