"""The choice beside a plain additive greedy, on one large made-up round, in one run.

1,000 efforts x 8 packages, 1,000 scenarios. Four problems, each solved by the product and by what
a spreadsheet would do: sort by the sum of single effects for the money, and take while it lasts.

    python benchmarks/bench_choice.py            the four problems
    python benchmarks/bench_choice.py --round    also a whole round of 200 efforts, from its files

Prints seconds, the proven gap, how much of the risk is left by each, and peak memory.
"""

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from custodes.assessment import assess, open_executor
from custodes.choice import (
    Draws,
    Option,
    Problem,
    Tail,
    choose,
    cvar,
    losses_alone,
    net_of,
    nets_alone,
    objective_of,
    solve,
)
from custodes.efforts import KINDS, Effort, EffortId
from custodes.mitigations import library
from custodes.quantities import Amount
from custodes.rounds import Round, RoundSettings
from custodes.worldviews import preset

EFFORTS, PACKAGES, SCENARIOS, HAZARDS = 1000, 8, 1000, 6
BACKGROUND = 0.1
"""Risk of each hazard, before its spread over scenarios."""
CROWDED = (0.5, 0.2, 0.1, 0.1, 0.05, 0.05)
"""Share of the efforts that work on each hazard."""


def instance(seed: int) -> Problem:
    """Efforts that cut one hazard each and add some risk; dearer packages add less.

    Half of the efforts work on one hazard, as real rounds are crowded somewhere; what they add
    has a part in common, so that bad worlds are bad for all.
    """
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(0, 1, EFFORTS))
    hazard = rng.choice(HAZARDS, EFFORTS, p=CROWDED)
    mean = 0.0048 * size**0.7 * np.exp(rng.normal(0, 0.8, EFFORTS))
    world = BACKGROUND * np.exp(rng.normal(0, 0.4, SCENARIOS))
    share = np.clip(mean[:, None] * np.exp(rng.normal(-0.08, 0.4, (EFFORTS, SCENARIOS))), 0, 0.8)
    harm = 0.1 * 0.35 * mean[:, None] * np.exp(rng.normal(0, 0.7, (EFFORTS, 1)))
    harm = harm * np.exp(rng.normal(-0.5, 1, (EFFORTS, SCENARIOS)))
    harm = harm * np.exp(rng.normal(-0.7, 1.2, SCENARIOS))
    adds = np.empty((EFFORTS * PACKAGES, SCENARIOS))
    removes = [np.zeros((EFFORTS * PACKAGES, SCENARIOS)) for _ in range(HAZARDS)]
    for package in range(PACKAGES):
        adds[package::PACKAGES] = harm * np.exp(-0.25 * package)
        a = -np.log1p(-share * (1 - 0.02 * package))
        for number, each in enumerate(removes):
            each[package::PACKAGES] = np.where((hazard == number)[:, None], a, 0.0)
    return Problem(
        options=tuple(
            Option(f"e{effort:04d}", tuple(f"c{at}" for at in range(package)))
            for effort in range(EFFORTS)
            for package in range(PACKAGES)
        ),
        cost=np.repeat(size, PACKAGES) * np.tile(1 + 0.03 * np.arange(PACKAGES), EFFORTS),
        draws={
            "central": Draws(adds=adds, backgrounds=(world,) * HAZARDS, removes=tuple(removes))
        },
        budget=0.25 * float(size.sum()),
    )


def additive(problem: Problem) -> Problem:
    """The same problem, single effects added up."""
    return replace(
        problem, draws={name: Draws(nets_alone(each)) for name, each in problem.draws.items()}
    )


def greedy(problem: Problem) -> np.ndarray:
    """Best single effect for its money first, each effort once, while the money lasts."""
    loss = losses_alone(problem.draws["central"])
    picks = np.zeros(len(problem.options), dtype=bool)
    taken: set[str] = set()
    left = problem.budget
    for at in np.argsort(loss / problem.cost):
        effort = problem.options[at].effort
        if loss[at] < 0 and effort not in taken and problem.cost[at] <= left:
            picks[at] = True
            taken.add(effort)
            left -= problem.cost[at]
    return picks


def compare(name: str, problem: Problem, truth: Draws) -> np.ndarray:
    """One line: seconds, gap, and the risk left, of the product and of the greedy."""
    start = time.perf_counter()
    found = solve(problem, objective_of(problem))
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    simple = greedy(additive(problem))
    simple_seconds = time.perf_counter() - start
    risk = HAZARDS * float(truth.backgrounds[0].mean())
    ours, theirs = (risk + float(net_of(truth, picks).mean()) for picks in (found.picks, simple))
    gap = (found.objective - found.bound) / abs(found.objective)
    line = (
        f"{name:16} {seconds:6.2f} s  gap {gap:7.1e}  risk left {ours:.5f}    "
        f"greedy {simple_seconds:5.2f} s  {theirs:.5f} ({theirs / ours - 1:+.1%})"
    )
    for tail in problem.tails:
        view = problem.draws["central"]
        ends = [cvar(net_of(view, picks), tail.level) for picks in (found.picks, simple)]
        line += f"    CVaR {ends[0]:.5f} / {ends[1]:.5f}, limit {tail.limit:.5f}"
    print(line)
    return found.picks


def a_round(efforts: int) -> Round:
    """A round on reference classes alone."""
    rng = np.random.default_rng(3)
    kinds = [kind for kind in KINDS if kind != "broad_programme"]
    return Round(
        settings=RoundSettings(
            title="Benchmark",
            institution="Nobody",
            budget=5e8,
            currency="USD",
            samples=1024,
        ),
        efforts=tuple(
            Effort(
                id=EffortId(f"e{number:04d}"),
                title=f"Effort {number}",
                kind=kinds[number % len(kinds)],
                cost=Amount.point(float(np.exp(rng.normal(np.log(3e6), 1)))),
            )
            for number in range(efforts)
        ),
        worldviews=tuple(preset(name) for name in ("central", "sanguine", "cautious")),
        mitigations=tuple(library().values()),
    )


def whole_round(efforts: int) -> None:
    """Assess and choose, as `custodes choose` does."""
    round_ = a_round(efforts)
    start = time.perf_counter()
    with open_executor(None, evaluations=efforts * 3 * 1024) as executor:
        assessment = assess(round_, executor=executor)
    assessed = time.perf_counter()
    choice = choose(assessment)
    done = time.perf_counter()
    print(
        f"{efforts} efforts from a round: assessed {assessed - start:.1f} s, chosen "
        f"{done - assessed:.1f} s ({choice.options} options, {choice.scenarios} draws, "
        f"{len(choice.chosen)} chosen, gap {choice.gap:.1e})"
    )


def main() -> None:
    """Solve the four problems."""
    overlap = instance(1)
    truth = overlap.draws["central"]
    print(f"{EFFORTS} efforts x {PACKAGES} packages, {SCENARIOS} scenarios, {HAZARDS} hazards")
    for name, problem in (("added up", additive(overlap)), ("overlap", overlap)):
        picks = compare(name, problem, truth)
        worst = cvar(net_of(problem.draws["central"], picks), 0.95)
        tail = Tail(0.95, worst - 0.1 * abs(worst))
        compare(f"{name}, CVaR", replace(problem, tails=(tail,)), truth)
    if "--round" in sys.argv:
        whole_round(200)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
