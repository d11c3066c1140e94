"""What every choice obeys, whatever is chosen among (docs/explanation/choice.md)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choice_problems import a_problem, a_row, names_of
from custodes.choice import (
    Draws,
    NoPortfolioError,
    Option,
    Problem,
    Rule,
    Tail,
    enumerate_all,
    losses_alone,
    nets_alone,
    objective_of,
    optimum,
    p_raises,
)

SEEDS = st.integers(0, 100_000)
HAZARDS = st.integers(0, 2)
RULES = st.sampled_from(["first", "credence", "maximin"])
quick = settings(max_examples=25, deadline=None)
WITHIN = 1e-9


def value_of(problem):
    """The objective of the best portfolio; infinity where there is none."""
    try:
        return optimum(problem).objective
    except NoPortfolioError:
        return np.inf


def two_views(seed, hazards, rule, **fields):
    return a_problem(
        seed,
        hazards=hazards,
        efforts=4,
        scenarios=24,
        views=("central", "cautious"),
        rule=Rule(rule),
        **fields,
    )


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES, more=st.floats(0, 3))
def test_a_wider_budget_never_worsens_the_optimum(seed, hazards, rule, more):
    problem = two_views(seed, hazards, rule)

    wider = replace(problem, budget=problem.budget + more)

    assert value_of(wider) <= value_of(problem) + WITHIN


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES)
def test_another_effort_never_worsens_the_optimum(seed, hazards, rule):
    problem = two_views(seed, hazards, rule)
    last = problem.members[-1].start
    without = Problem(
        options=problem.options[:last],
        cost=problem.cost[:last],
        draws={
            view: Draws(each.adds[:last], each.backgrounds, tuple(a[:last] for a in each.removes))
            for view, each in problem.draws.items()
        },
        budget=problem.budget,
        rule=problem.rule,
    )

    assert value_of(problem) <= value_of(without) + WITHIN


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES)
def test_a_harmless_free_package_more_never_worsens_the_optimum(seed, hazards, rule):
    problem = two_views(seed, hazards, rule)
    free = Option("zz", ())
    more = Problem(
        options=(*problem.options, free),
        cost=np.append(problem.cost, 0.0),
        draws={
            view: Draws(
                np.vstack([each.adds, np.zeros(each.scenarios)]),
                each.backgrounds,
                tuple(np.vstack([a, np.zeros(each.scenarios)]) for a in each.removes),
            )
            for view, each in problem.draws.items()
        },
        budget=problem.budget,
        rule=problem.rule,
    )

    assert value_of(more) <= value_of(problem) + WITHIN


@quick
@given(seed=SEEDS, caps=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_tighter_cap_on_each_effort_never_improves_it(seed, caps):
    problem = a_problem(seed, efforts=4, harm=2.0)
    nets = nets_alone(problem.draws["central"])
    over = [
        replace(
            a_row(problem, "cap", {}, upper=0),
            coefficients=np.array([float(p_raises(net) > cap) for net in nets]),
        )
        for cap in sorted(caps)
    ]

    tight, wide = (value_of(replace(problem, rows=(row,))) for row in over)

    assert tight >= wide - WITHIN


@quick
@given(seed=SEEDS, hazards=HAZARDS, caps=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_tighter_cap_on_the_portfolio_never_improves_it(seed, hazards, caps):
    problem = a_problem(seed, efforts=4, hazards=hazards, harm=2.0, share=0.8)

    tight, wide = (value_of(replace(problem, most_raising=cap)) for cap in sorted(caps))

    assert tight >= wide - WITHIN


@quick
@given(
    seed=SEEDS,
    hazards=HAZARDS,
    level=st.floats(0, 0.95),
    limits=st.tuples(st.floats(-1, 1), st.floats(-1, 1)),
)
def test_a_tighter_limit_on_the_tail_never_improves_it(seed, hazards, level, limits):
    problem = a_problem(seed, efforts=4, hazards=hazards, harm=2.0, share=0.8)

    tight, wide = (
        value_of(replace(problem, tails=(Tail(level, limit),))) for limit in sorted(limits)
    )

    assert tight >= wide - 1e-8


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES)
def test_a_row_more_never_improves_it(seed, hazards, rule):
    problem = two_views(seed, hazards, rule)
    row = a_row(problem, "one of", {"e00": 1, "e01": 1, "e02": 1}, upper=1)

    assert value_of(replace(problem, rows=(row,))) >= value_of(problem) - WITHIN


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES)
def test_the_order_of_efforts_changes_nothing_but_the_order(seed, hazards, rule):
    problem = two_views(seed, hazards, rule)
    turned = np.concatenate(
        [np.arange(each.start, each.stop) for each in reversed(problem.members)]
    )
    other = Problem(
        options=tuple(problem.options[at] for at in turned),
        cost=problem.cost[turned],
        draws={
            view: Draws(
                each.adds[turned], each.backgrounds, tuple(a[turned] for a in each.removes)
            )
            for view, each in problem.draws.items()
        },
        budget=problem.budget,
        rule=problem.rule,
    )

    one, two = optimum(problem), optimum(other)

    assert one.objective == pytest.approx(two.objective, abs=WITHIN)
    assert sorted(names_of(problem, one.picks)) == sorted(names_of(other, two.picks))


@quick
@given(seed=SEEDS, which=st.integers(0, 3))
def test_an_effort_that_only_adds_risk_is_never_chosen_unless_fixed(seed, which):
    problem = a_problem(seed, efforts=4, hazards=2, share=2.0)
    draws = problem.draws["central"]
    mine = np.array([option.effort == f"e{which:02d}" for option in problem.options])
    harmful = Draws(
        adds=np.where(mine[:, None], np.abs(draws.adds) + 1e-6, draws.adds),
        backgrounds=draws.backgrounds,
        removes=tuple(np.where(mine[:, None], 0.0, each) for each in draws.removes),
    )
    problem = replace(problem, draws={"central": harmful})
    promised = a_row(problem, "promised", {f"e{which:02d}": 1}, lower=1)

    free = optimum(problem)
    forced = optimum(replace(problem, rows=(promised,)))

    assert f"e{which:02d}" not in names_of(problem, free.picks)
    assert f"e{which:02d}" in names_of(problem, forced.picks)
    assert forced.objective > free.objective


@quick
@given(seed=SEEDS)
def test_overlap_and_sum_agree_where_no_hazard_is_served_twice(seed):
    problem = a_problem(seed, efforts=3, packages=2, hazards=1)
    draws = problem.draws["central"]
    [background], [removes] = draws.backgrounds, draws.removes
    own = [
        np.where(
            np.array([option.effort == name for option in problem.options])[:, None], removes, 0
        )
        for name in problem.efforts
    ]
    apart = Draws(draws.adds, (background,) * 3, tuple(own))
    summed = Draws(nets_alone(apart))

    one = optimum(replace(problem, draws={"central": apart}))
    two = optimum(replace(problem, draws={"central": summed}))

    assert one.objective == pytest.approx(two.objective, abs=1e-8)
    assert losses_alone(apart) == pytest.approx(losses_alone(summed))


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES)
def test_overlap_never_makes_the_sum_of_benefits_larger(seed, hazards, rule):
    problem = two_views(seed, hazards, rule)
    summed = {view: Draws(nets_alone(each)) for view, each in problem.draws.items()}

    assert value_of(problem) >= value_of(replace(problem, draws=summed)) - WITHIN


@quick
@given(seed=SEEDS, hazards=HAZARDS, rule=RULES)
def test_the_certificate_is_true(seed, hazards, rule):
    problem = two_views(seed, hazards, rule)

    found = optimum(problem)
    known = enumerate_all(problem, objective_of(problem))

    assert found.objective == pytest.approx(known.objective, abs=WITHIN)
    assert found.warnings == ()
    for bound in (found.bound, found.bound_solver, found.bound_relaxation, found.bound_lagrange):
        assert bound <= known.objective + 1e-8
