"""The engine beside what a user would pick instead: numpy effort by effort, and squigglepy.

All contenders call the same formulas on arrays they have drawn themselves, in one run. CPU
seconds of this process, medians of several turns; A B A B, so that a busy machine slows all.

    python benchmarks/bench_engine.py          under two minutes
    python benchmarks/bench_engine.py --full   also 1,000 efforts x 64 packages x 8,192 draws
"""

import os
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import squigglepy as sq
from scipy.special import expit

from custodes.assessment import (
    EffortDraws,
    PackageScores,
    assess,
    draw_effort,
    draw_round,
    open_executor,
    score,
)
from custodes.catalogue import QUANTITIES
from custodes.efforts import KINDS, Effort, EffortId
from custodes.mitigations import library
from custodes.quantities import Amount, Distribution, Point, TwoPieceNormal
from custodes.rounds import Round, RoundSettings
from custodes.worldviews import PRESETS, preset

Shapes = dict[str, Distribution]
Values = dict[str, np.ndarray]
Job = Callable[[], object]

DRAWS = 8192
EFFORTS = 100
TURNS = 3
CONDITIONS = (
    "explain-in-detail",
    "non-military-framing",
    "precise-hazards",
    "publish-approach",
    "red-team-explanation",
    "scaling-statement",
)


def round_of(efforts: int, *, samples: int, worldviews: tuple[str, ...] = ("central",)) -> Round:
    """A round on reference classes alone."""
    return Round(
        settings=RoundSettings(
            title="Benchmark", institution="Nobody", budget=1e9, currency="USD", samples=samples
        ),
        efforts=tuple(
            Effort(
                id=EffortId(f"e{number}"),
                title="Benchmark",
                kind=KINDS[number % len(KINDS)],
                cost=Amount.point(1e7),
            )
            for number in range(efforts)
        ),
        worldviews=tuple(preset(name) for name in worldviews),
        mitigations=tuple(library().values()),
    )


def with_numpy(shapes: Shapes, rng: np.random.Generator) -> Values:
    """Draw every quantity anew, as a script for one effort does."""
    return fixed(shapes) | {
        name: shape.at(rng.standard_normal(DRAWS))
        for name, shape in shapes.items()
        if isinstance(shape, TwoPieceNormal)
    }


def fixed(shapes: Shapes) -> Values:
    """What is certain, and the two costs."""
    values = {
        name: np.array([shape.value]) for name, shape in shapes.items() if isinstance(shape, Point)
    }
    return values | {"cost_usd": values["cost"], "reference_cost": np.array([1e7])}


def with_squigglepy(shapes: Shapes) -> Values:
    """The nearest that squigglepy can say: one spread instead of two; vectorised."""
    values = fixed(shapes)
    for name, shape in shapes.items():
        if not isinstance(shape, TwoPieceNormal):
            continue
        spread = (shape.below + shape.above) / 2
        kind = shape.scale.name
        if kind == "ln":
            drawn = sq.sample(sq.lognorm(norm_mean=shape.centre, norm_sd=spread), DRAWS)
        else:
            drawn = sq.sample(sq.norm(mean=shape.centre, sd=spread), DRAWS)
            if kind == "logit":
                drawn = expit(drawn)
        values[name] = np.clip(drawn, shape.low, shape.high)
    return values


def cpu(job: Job) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    job()
    return time.process_time() - start


def turns(jobs: dict[str, Job]) -> dict[str, float]:
    """Median CPU seconds of each job, all in turns, after one warm-up."""
    seen = [{name: cpu(job) for name, job in jobs.items()} for _ in range(TURNS + 1)][1:]
    return {name: statistics.median(each[name] for each in seen) for name in jobs}


def told(title: str, found: dict[str, float], evaluations: int) -> None:
    """One line a contender: CPU nanoseconds an evaluation, and how many times ours."""
    print(title)
    ours = found["custodes"]
    for name, seconds in found.items():
        each = seconds / evaluations * 1e9
        print(f"  {name:34s} {each:8.1f} ns CPU an evaluation   {seconds / ours:5.1f} x ours")


def one_package(round_: Round) -> None:
    """Every effort once, no conditions: what sampling and formulas cost."""
    drawn = draw_round(round_)
    shapes = [draw_effort(drawn, effort).shapes for effort in round_.efforts]
    rng = np.random.default_rng(0)

    def ours() -> None:
        again = draw_round(round_)
        for effort in round_.efforts:
            score(draw_effort(again, effort).values["central"], verdict="risk").mean()

    def ours_on_all_processors() -> None:
        again = draw_round(round_)

        def one(effort: Effort) -> float:
            return score(draw_effort(again, effort).values["central"], verdict="risk").mean()

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(one, round_.efforts))

    def numpy_each() -> None:
        for each in shapes:
            score(with_numpy(each, rng), verdict="risk").mean()

    def squigglepy_each() -> None:
        for each in shapes:
            score(with_squigglepy(each), verdict="risk").mean()

    clocks = {
        name: statistics.median(_clock(job) for _ in range(TURNS))
        for name, job in (
            ("custodes, all processors", ours_on_all_processors),
            ("numpy", numpy_each),
            ("squigglepy", squigglepy_each),
        )
    }
    told(
        f"{EFFORTS} efforts x {DRAWS} draws, one worldview, no conditions",
        turns(
            {
                "custodes": ours,
                "numpy, effort by effort": numpy_each,
                "squigglepy, vectorised": squigglepy_each,
            }
        ),
        EFFORTS * DRAWS,
    )
    ours_clock = clocks["custodes, all processors"]
    print(
        "  on the clock: "
        + ", ".join(
            f"{name} {seconds:.2f} s ({seconds / ours_clock:.1f} x)"
            for name, seconds in clocks.items()
        )
    )


def many_packages(round_: Round, efforts: int) -> None:
    """64 packages of one effort on the same draws."""
    drawn = draw_round(round_)
    some = [draw_effort(drawn, effort) for effort in round_.efforts[:efforts]]
    packages = [
        frozenset(name for bit, name in enumerate(CONDITIONS) if number >> bit & 1)
        for number in range(1 << len(CONDITIONS))
    ]
    shapes = [each.shapes for each in some]

    def ours() -> None:
        for each in some:
            PackageScores([each.values["central"]], each.strengths, verdict="risk").of_all(
                CONDITIONS
            )

    def package_by_package(values_of: Callable[[EffortDraws, Shapes], Values]) -> None:
        for each, shape in zip(some, shapes, strict=True):
            values = values_of(each, shape)
            for package in packages:
                score(each.with_mitigations(values, package), verdict="risk").mean()

    told(
        f"{efforts} efforts x 64 packages x {DRAWS} draws, packages sharing draws",
        turns(
            {
                "custodes": ours,
                "numpy, package by package": lambda: package_by_package(
                    lambda each, _: each.values["central"]
                ),
                "squigglepy, package by package": lambda: package_by_package(
                    lambda _, shape: with_squigglepy(shape)
                ),
            }
        ),
        efforts * 64 * DRAWS,
    )


def errors() -> None:
    """Draws of plain Monte Carlo for the standard error that Sobol' points reach."""
    round_ = round_of(len(KINDS), samples=4096, worldviews=PRESETS)
    squares = {
        sampler: [
            (view.before.net.standard_error**2, view.before.p_raises_risk_standard_error**2)
            for seed in range(4)
            for effort in assess(
                round_,
                sampler=sampler,
                seed=seed,
                conditions={each.id: () for each in round_.efforts},
            ).record.efforts
            for view in effort.worldviews.values()
        ]
        for sampler in ("sobol", "monte_carlo")
    }
    net, share = (
        sum(each[part] for each in squares["monte_carlo"])
        / sum(each[part] for each in squares["sobol"])
        for part in (0, 1)
    )
    print("Draws of plain Monte Carlo for the standard error of one scrambled Sobol' draw")
    print(f"  mean of net {net:.1f}, P(raises risk) {share:.1f}")


def waits() -> None:
    """What a person waits for, in seconds on the clock."""
    one = round_of(1, samples=4096, worldviews=PRESETS)
    assess(one)
    clock = statistics.median(_clock(lambda: assess(one)) for _ in range(5))
    print("What a person waits for")
    print(f"  one effort, 3 worldviews, 4,096 draws, package recommended: {clock * 1e3:.0f} ms")
    many = round_of(200, samples=4096, worldviews=PRESETS)

    def whole() -> None:
        with open_executor() as executor:
            assess(many, executor=executor)

    print(f"  200 efforts, the same: {_clock(whole):.1f} s on {os.cpu_count()} processors")


def _clock(job: Job) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def peak(efforts: int) -> None:
    """Peak memory of a fresh process at efforts x 64 packages x draws."""
    words = [sys.executable, __file__, "--only-packages", str(efforts)]
    start = time.perf_counter()
    subprocess.run(words, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  in a fresh process: peak {used:.0f} MB, {time.perf_counter() - start:.1f} s")


def only_packages(efforts: int) -> None:
    """The job whose memory is measured."""
    round_ = round_of(efforts, samples=DRAWS)
    drawn = draw_round(round_)
    for effort in round_.efforts:
        each = draw_effort(drawn, effort)
        PackageScores([each.values["central"]], each.strengths, verdict="risk").of_all(CONDITIONS)


def main() -> None:
    """Measure and print."""
    if "--only-packages" in sys.argv:
        only_packages(int(sys.argv[-1]))
        return
    warnings.simplefilter("ignore")
    print(f"{len(QUANTITIES)} quantities; medians of {TURNS} turns")
    round_ = round_of(EFFORTS, samples=DRAWS)
    one_package(round_)
    many_packages(round_, 4)
    efforts = 1000 if "--full" in sys.argv else 100
    print(f"{efforts} efforts x 64 packages x {DRAWS} draws")
    peak(efforts)
    errors()
    waits()


if __name__ == "__main__":
    main()
