"""Problems of choosing, made up: a few efforts with packages, with or without overlap."""

import numpy as np

from custodes.choice import Draws, Option, Problem, Row


def options_of(efforts, packages):
    """Options of so many efforts with so many packages each."""
    return tuple(
        Option(f"e{effort:02d}", tuple(f"c{at}" for at in range(package)))
        for effort in range(efforts)
        for package in range(packages)
    )


def a_problem(  # noqa: PLR0913 (each is one thing a test may set)
    seed,
    *,
    efforts=5,
    packages=2,
    scenarios=40,
    hazards=0,
    views=("central",),
    share=0.4,
    harm=1.0,
    **fields,
):
    """A problem from a seed; with hazards, benefits overlap on them."""
    rng = np.random.default_rng(seed)
    options = options_of(efforts, packages)
    cost = np.repeat(rng.uniform(0.5, 3.0, efforts), packages)
    cost = cost * np.tile(1.0 + 0.1 * np.arange(packages), efforts)
    draws = {}
    for number, view in enumerate(views):
        benefit = np.repeat(rng.lognormal(-1.0, 0.7, (efforts, scenarios)), packages, axis=0)
        benefit *= np.tile(1.0 - 0.05 * np.arange(packages), efforts)[:, None]
        increase = np.repeat(rng.lognormal(-1.5, 1.2, (efforts, scenarios)), packages, axis=0)
        increase *= harm * np.tile(0.6 ** np.arange(packages), efforts)[:, None] * (1 + number)
        if hazards:
            background = rng.lognormal(1.0, 0.3, scenarios)
            which = np.repeat(rng.integers(0, hazards, efforts), packages)
            removes = [
                np.where(
                    (which == hazard)[:, None],
                    -np.log1p(-np.minimum(benefit / background, 0.9)),
                    0.0,
                )
                for hazard in range(hazards)
            ]
            draws[view] = Draws(
                adds=increase, backgrounds=(background,) * hazards, removes=tuple(removes)
            )
        else:
            draws[view] = Draws(adds=increase - benefit)
    return Problem(
        options=options,
        cost=cost,
        draws=draws,
        budget=fields.pop("budget", share * float(cost[:: packages or 1].sum())),
        **fields,
    )


def a_row(problem, name, weights, *, lower=-np.inf, upper=np.inf, kind="other"):
    """A row with a weight for each effort by name; the others count 0."""
    return Row(
        name=name,
        origin="test",
        coefficients=np.array([float(weights.get(each.effort, 0.0)) for each in problem.options]),
        lower=lower,
        upper=upper,
        kind=kind,
    )


def names_of(problem, picks):
    """Efforts chosen."""
    return [problem.options[at].effort for at in np.flatnonzero(picks)]
