"""Choosing: every case of `choice.json`, through the solver and by looking at every portfolio."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from custodes.choice import (
    Curve,
    Cuts,
    Draws,
    NoPortfolioError,
    Option,
    Problem,
    Row,
    Rule,
    Tail,
    conflicting_rows,
    cumulative_ratio,
    cvar,
    enumerate_all,
    fill_up,
    frontier,
    hull_of,
    lagrange,
    log_removed,
    net_of,
    objective_of,
    optimum,
    p_raises,
    share_out,
    share_removed,
    solve,
    spent,
    tangent_of_loss,
)
from shared_files import shared


@cache
def cases():
    text = shared("data", "known_answers", "choice.json").read_text("utf-8")
    return {case["id"]: case for case in json.loads(text)["cases"]}


def of(name):
    return cases()[name]["input"], cases()[name]["expected"]


def row(problem_options, name, weight, *, lower=-np.inf, upper=np.inf, kind="other"):
    """A row whose coefficients a function of option number and option gives."""
    coefficients = np.array([weight(at, each) for at, each in enumerate(problem_options)], float)
    return Row(
        name=name,
        origin="case",
        coefficients=coefficients,
        lower=lower,
        upper=upper,
        kind=kind,
    )


def plain(value, cost, budget, rows=()):
    """Efforts of one package each, whose values are known for certain."""
    draws = Draws(adds=-np.array(value, float)[:, None])
    return Problem(
        options=tuple(Option(f"{at:02d}") for at in range(len(value))),
        cost=np.array(cost, float),
        draws={"central": draws},
        budget=budget,
        rows=rows,
    )


def chosen_of(picks, given):
    """Efforts with the number of their package, as the cases write them."""
    names = [
        (effort["id"], at)
        for effort in given["efforts"]
        for at, _ in enumerate(effort["packages"])
    ]
    return [{"id": names[at][0], "package": names[at][1]} for at in np.flatnonzero(picks)]


def both_ways(problem):
    """The optimum by the solver, and by looking at every portfolio; they must agree."""
    aim = objective_of(problem) if problem.rule.name != "regret" else None
    found = optimum(problem)
    if aim is not None:
        known = enumerate_all(problem, aim)
        assert known.objective == pytest.approx(found.objective, abs=1e-12)
    if aim is not None and problem.most_raising is None:
        assert solve(problem, aim).objective == pytest.approx(found.objective, abs=1e-9)
    assert found.warnings == ()
    assert found.bound == found.objective
    for bound in (found.bound_solver, found.bound_relaxation, found.bound_lagrange):
        assert bound <= found.objective + 1e-9
    return found


# ---- efforts with packages, in value ----


def packages(name, *, rows=True, view="central"):
    """`choice.packages.*`: values become nets."""
    given, _ = of(name)
    options, cost, value, draws, p = [], [], [], [], []
    for effort in given["efforts"]:
        for package in effort["packages"]:
            options.append(Option(effort["id"], tuple(package["conditions"])))
            cost.append(package["cost"])
            value.append(package["worldview"])
            draws.append(package["draws"])
            p.append(package["p"])
    limits = []
    for first, second in given["exclusions"]:
        limits.append(
            row(
                options,
                f"{first} excludes {second}",
                lambda _, each, pair=(first, second): each.effort in pair,
                upper=1,
            )
        )
    for first, second in given["requires"]:
        limits.append(
            row(
                options,
                f"{first} needs {second}",
                lambda _, each, a=first, b=second: (each.effort == a) - (each.effort == b),
                upper=0,
            )
        )
    categories = {effort["id"]: effort["category"] for effort in given["efforts"]}
    for category, ends in given.get("categories", {}).items():
        limits.append(
            row(
                options,
                f"category {category}",
                lambda at, each, c=category: cost[at] * (categories[each.effort] == c),
                lower=ends.get("min", -np.inf),
                upper=ends.get("max", np.inf),
            )
        )
    problem = Problem(
        options=tuple(options),
        cost=np.array(cost),
        draws={view: Draws(adds=-np.array(draws))},
        budget=given["budget"],
        rows=tuple(limits) if rows else (),
    )
    values = np.array(value)
    views = {each: Draws(adds=-values[:, [at]]) for at, each in enumerate(given["worldviews"])}
    return problem, views, np.array(p), given


PACKAGES = ["choice.packages.1", "choice.packages.2"]


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_by_the_mean(name):
    problem, _, _, given = packages(name)
    expected = of(name)[1]["mean"]

    found = both_ways(problem)

    assert chosen_of(found.picks, given) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert spent(problem, found.picks) == pytest.approx(expected["spent"], abs=1e-9)
    assert found.enumerated.feasible == expected["feasible_combinations"]
    nets = net_of(problem.draws["central"], found.picks)
    assert p_raises(nets) == pytest.approx(expected["p_portfolio_raises_risk"], abs=1e-12)
    assert -cvar(nets, 0.9) == pytest.approx(expected["cvar_10"], abs=1e-9)


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_under_a_cap_for_each(name):
    problem, _, p, given = packages(name)
    expected = of(name)[1]["cap_25"]
    over = row(problem.options, "cap", lambda at, _: p[at] > 0.25 + 1e-12, upper=0)

    found = both_ways(replace(problem, rows=(*problem.rows, over)))

    assert chosen_of(found.picks, given) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert found.enumerated.feasible == expected["feasible_combinations"]


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_above_a_floor_for_the_tail(name):
    problem, _, _, given = packages(name)
    expected = of(name)[1]["cvar_10_floor"]

    found = both_ways(replace(problem, tails=(Tail(0.9, -expected["floor"]),)))

    assert chosen_of(found.picks, given) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_under_a_cap_for_the_portfolio(name):
    problem, _, _, given = packages(name)
    expected = of(name)[1]["portfolio_p_cap"]
    surrogate = of(name)[1]["portfolio_p_cap_by_cvar_surrogate"]
    limit = expected["limit"]

    found = both_ways(replace(problem, most_raising=limit))
    strict = both_ways(replace(problem, tails=(Tail(1 - limit, 0.0),)))

    assert chosen_of(found.picks, given) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert chosen_of(strict.picks, given) == surrogate["chosen"]
    assert -strict.objective == pytest.approx(surrogate["objective"], abs=1e-9)


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_that_overlap(name):
    problem, _, _, given = packages(name)
    expected = of(name)[1]["multiplicative"]
    shares = np.array([each["r"] for effort in given["efforts"] for each in effort["packages"]])
    weights = given["hazard_weights"]
    overlapping = Draws(
        adds=np.zeros((len(shares), 1)),
        backgrounds=tuple(np.array([weight]) for weight in weights),
        removes=tuple(-np.log1p(-shares[:, [hazard]]) for hazard in range(len(weights))),
    )
    additive = Draws(adds=-(shares @ np.array(weights))[:, None])

    found = both_ways(replace(problem, draws={"central": overlapping}))
    summed = both_ways(replace(problem, draws={"central": additive}))

    assert chosen_of(found.picks, given) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)
    by_sum = expected["additive_choice"]
    assert chosen_of(summed.picks, given) == by_sum["chosen"]
    assert -summed.objective == pytest.approx(by_sum["claimed"], abs=1e-9)
    assert -net_of(overlapping, summed.picks)[0] == pytest.approx(
        by_sum["objective_true"], abs=1e-9
    )


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.parametrize(
    ("rule", "key"),
    [("credence", "credence"), ("maximin", "maximin"), ("regret", "minimax_regret")],
)
def test_packages_under_several_worldviews(name, rule, key):
    problem, views, _, given = packages(name)
    expected = of(name)[1]["worldview"][key]
    credences = dict(zip(views, expected.get("credences", ()), strict=False)) or None

    found = both_ways(replace(problem, draws=views, rule=Rule(rule, credences)))

    assert chosen_of(found.picks, given) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert found.enumerated.feasible == expected["feasible_combinations"]


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_best_in_each_worldview(name):
    problem, views, _, _ = packages(name)

    best = [
        -both_ways(replace(problem, draws={view: draws})).objective
        for view, draws in views.items()
    ]

    assert best == pytest.approx(of(name)[1]["worldview"]["best_in_each"], abs=1e-9)


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_along_the_budget(name):
    problem, _, _, _ = packages(name)

    for point in of(name)[1]["frontier"]:
        found = both_ways(replace(problem, budget=point["budget"]))

        assert -found.objective == pytest.approx(point["objective"], abs=1e-9)
        assert spent(problem, found.picks) == pytest.approx(point["spent"], abs=1e-9)


# ---- efforts with packages, in net ----


def nets(name, *, budget=None, rows=True):
    """`choice.rules.1`, `choice.cvar.packages.1`, `choice.overlap.packages.1`."""
    given, _ = of(name)
    rules = given["rules"]
    options, cost, benefit, increase = [], [], [], []
    for effort in given["efforts"]:
        for package in effort["packages"]:
            options.append(Option(effort["id"], (package["id"],)))
            cost.append(package["cost"])
            benefit.append(package["benefit"])
            increase.append(package["increase"])
    cost, benefit, increase = np.array(cost), np.array(benefit), np.array(increase)
    limits = [
        row(options, "exclusion", lambda _, each, of=pair: each.effort in of, upper=1)
        for pair in rules.get("exclusions", ())
    ]
    for first, second in rules.get("prerequisites", ()):
        limits.append(
            row(
                options,
                "prerequisite",
                lambda _, each, a=first, b=second: (each.effort == a) - (each.effort == b),
                upper=0,
            )
        )
    limits += [
        row(
            options,
            each["name"],
            lambda at, option, of=each["efforts"]: cost[at] * (option.effort in of),
            upper=each["cap"],
        )
        for each in rules.get("categories", ())
    ]
    if "cap_p_raises_risk" in rules:
        over = (increase - benefit > 1e-13).mean(axis=1) > rules["cap_p_raises_risk"] + 1e-12
        limits.append(row(options, "cap", lambda at, _: over[at], upper=0, kind="cap"))
    if "overlap" in given:
        background = np.full(benefit.shape[1], given["overlap"]["background"])
        draws = Draws(
            adds=increase,
            backgrounds=(background,),
            removes=(log_removed(benefit, background),),
        )
    else:
        draws = Draws(adds=increase - benefit)
    return Problem(
        options=tuple(options),
        cost=cost,
        draws={"central": draws},
        budget=rules["budget"] if budget is None else budget,
        rows=tuple(limits) if rows else (),
    )


def names_of(problem, picks):
    return [
        {"id": problem.options[at].effort, "package": problem.options[at].conditions[0]}
        for at in np.flatnonzero(picks)
    ]


def test_rules():
    problem = nets("choice.rules.1")
    expected = of("choice.rules.1")[1]

    found = both_ways(problem)

    assert names_of(problem, found.picks) == expected["chosen"]
    assert found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert spent(problem, found.picks) == pytest.approx(expected["spent"], abs=1e-9)
    assert found.enumerated.feasible == expected["feasible_portfolios"]
    assert found.enumerated.combinations == expected["portfolios"]


def test_price_of_money_and_its_bound():
    problem = nets("choice.rules.1")
    expected = of("choice.rules.1")[1]["lagrange"]

    priced = lagrange(problem, tangent_of_loss(problem.draws["central"], np.zeros(18)))

    assert priced.price == pytest.approx(expected["price"], abs=1e-9)
    assert -priced.bound == pytest.approx(expected["bound_on_value"], abs=1e-9)


def test_limit_on_the_tail_by_lazy_rows():
    given, expected = of("choice.cvar.packages.1")
    problem = nets("choice.cvar.packages.1")
    tail = Tail(given["cvar"]["level"], given["cvar"]["limit"])

    free = both_ways(problem)
    found = both_ways(replace(problem, tails=(tail,)))

    without = expected["without_cvar_limit"]
    assert names_of(problem, free.picks) == without["chosen"]
    assert free.objective == pytest.approx(without["objective"], abs=1e-9)
    net = problem.draws["central"]
    assert cvar(net_of(net, free.picks), tail.level) == pytest.approx(without["cvar"], abs=1e-9)
    assert names_of(problem, found.picks) == expected["chosen"]
    assert found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert cvar(net_of(net, found.picks), tail.level) == pytest.approx(expected["cvar"], abs=1e-9)
    assert found.enumerated.combinations == expected["portfolios"]


def test_overlap_of_packages():
    expected = of("choice.overlap.packages.1")[1]
    problem = nets("choice.overlap.packages.1")
    overlapping = problem.draws["central"]
    given = of("choice.overlap.packages.1")[0]
    benefit = np.array([k["benefit"] for e in given["efforts"] for k in e["packages"]])
    additive = Draws(adds=overlapping.adds - benefit)

    found = both_ways(problem)
    summed = both_ways(replace(problem, draws={"central": additive}))

    assert names_of(problem, found.picks) == expected["chosen"]
    assert found.objective == pytest.approx(expected["objective"], abs=1e-9)
    assert spent(problem, found.picks) == pytest.approx(expected["spent"], abs=1e-9)
    assert found.enumerated.feasible == expected["feasible_portfolios"]
    by_sum = expected["additive_choice"]
    assert names_of(problem, summed.picks) == by_sum["chosen"]
    assert summed.objective == pytest.approx(by_sum["additive_objective"], abs=1e-9)
    true = float(net_of(overlapping, summed.picks).mean())
    assert true == pytest.approx(by_sum["true_objective"], abs=1e-9)


# ---- single formulas ----


def test_tail_by_hand():
    given, expected = of("choice.cvar.hand")

    found = [cvar(np.array(given["net"], float), level) for level in given["levels"]]

    assert found == pytest.approx(expected, abs=1e-12)


def test_tail_with_a_fractional_last_draw():
    given, expected = of("choice.cvar.1")

    worst = -cvar(-np.array(given["draws20"], float), 1 - given["a"])

    assert worst == pytest.approx(expected, abs=1e-12)


def test_cuts_on_one_hazard():
    given, expected = of("choice.overlap")

    found = [share_removed(given["cuts"], rho=rho) for rho in given["rho"]]

    assert found == pytest.approx(expected, abs=1e-12)


def test_a_cut_and_a_rise_on_one_hazard():
    given, expected = of("choice.overlap.harm")

    assert share_removed(given["cuts"], rho=0.0) == pytest.approx(expected, abs=1e-12)


def test_adding_up_fails():
    given, expected = of("choice.additive.fails")
    cuts, weights = np.array(given["cuts"]), np.array(given["weights"])
    problem = plain(cuts @ weights, np.ones(3), given["budget"])
    exact = Draws(
        adds=np.zeros((3, 1)),
        backgrounds=tuple(np.array([weight]) for weight in weights),
        removes=tuple(-np.log1p(-cuts[:, [hazard]]) for hazard in range(2)),
    )

    summed = both_ways(problem)
    found = both_ways(replace(problem, draws={"central": exact}))

    assert list(np.flatnonzero(summed.picks)) == expected["additive_choice"]
    assert -summed.objective == pytest.approx(expected["additive_claim"], abs=1e-12)
    assert -net_of(exact, summed.picks)[0] == pytest.approx(expected["additive_true"], abs=1e-12)
    assert list(np.flatnonzero(found.picks)) == expected["exact_choice"]
    assert -found.objective == pytest.approx(expected["exact"], abs=1e-12)


# ---- textbook and edges ----


def test_knapsack():
    given, expected = of("choice.knapsack.p01")

    found = both_ways(plain(given["value"], given["cost"], given["budget"]))

    assert list(np.flatnonzero(found.picks)) == expected["chosen"]
    assert -found.objective == pytest.approx(expected["objective"], abs=1e-9)


def test_the_solver_on_a_problem_it_was_reported_wrong_on():
    given, expected = of("choice.scipy.24141")
    table = np.array(given["A"], float)

    found = milp(
        given["c"],
        integrality=given["integrality"],
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(table, given["b"], given["b"]),
    )

    assert table @ np.round(found.x) == pytest.approx(np.array(given["b"], float), abs=1e-9)
    assert found.fun == pytest.approx(expected["objective"], abs=1e-6)
    assert table @ np.array(expected["feasible_point"]) == pytest.approx(given["b"])


def test_nothing_for_no_money():
    given, expected = of("choice.empty")

    found = both_ways(plain([1, 2], [1, 1], given["budget"]))

    assert not found.picks.any()
    assert found.objective == expected["objective"]


def test_nothing_where_all_are_harmful():
    given, expected = of("choice.all_harmful")

    found = both_ways(plain(given["values"], given["costs"], given["budget"]))

    assert not found.picks.any()
    assert found.objective == expected["objective"]


def test_a_floor_that_cannot_be_met_is_named():
    given, _ = of("choice.infeasible.floor")
    problem = plain([1, 1], given["costs"], 10)
    floor = row(
        problem.options,
        "floor of B",
        lambda at, _: given["costs"][at],
        lower=given["category_min"],
    )
    problem = replace(problem, rows=(floor,))

    with pytest.raises(NoPortfolioError):
        optimum(problem)

    assert [each.name for each in conflicting_rows(problem)] == ["floor of B"]


# ---- worldviews and the frontier ----


def test_worldviews():
    given, expected = of("choice.worldviews")
    value = np.array([given["value"][name] for name in "ABCD"], float)
    views = {f"view {at + 1}": Draws(adds=-value[:, [at]]) for at in range(3)}
    problem = Problem(
        options=tuple(Option(name) for name in "ABCD"),
        cost=np.array([given["cost"][name] for name in "ABCD"], float),
        draws=views,
        budget=given["budget"],
    )
    credences = dict(zip(views, given["credence"], strict=True))

    def chosen(found):
        return [problem.options[at].effort for at in np.flatnonzero(found.picks)]

    alone = [both_ways(replace(problem, draws={each: views[each]})) for each in views]

    assert [-each.objective for each in alone] == pytest.approx(expected["best"])
    assert chosen(both_ways(problem)) == chosen(alone[0]) == expected["first"]
    assert [chosen(each) for each in alone[1:]] == [
        expected["second_alone"],
        expected["third_alone"],
    ]
    for rule in ("credence", "maximin", "regret"):
        found = both_ways(replace(problem, rule=Rule(rule, credences)))
        assert chosen(found) == expected[rule]
    for names, values in expected["values"].items():
        picks = np.array([name in names for name in "ABCD"])
        assert [-float(net_of(each, picks).mean()) for each in views.values()] == values


def test_frontier_and_its_hull():
    given, expected = of("choice.frontier.1")
    problem = nets(given["efforts_of"], budget=given["budgets"][-1], rows=False)
    aim, cuts = objective_of(problem), Cuts()
    known = optimum(problem, cuts=cuts)

    points = frontier(problem, aim, given["budgets"], cuts, known)
    hull = hull_of([(each.spent, each.objective) for each in points])

    assert [each.objective for each in points] == pytest.approx(
        [each["net"] for each in expected["points"]], abs=1e-9
    )
    assert [each.spent for each in points] == pytest.approx(
        [each["spent"] for each in expected["points"]], abs=1e-9
    )
    assert np.array(hull.corners) == pytest.approx(np.array(expected["hull"]), abs=1e-9)
    assert hull.slopes == pytest.approx(expected["marginal"], abs=1e-9)


def test_the_ratio_falls():
    given, expected = of("choice.ratio.falls")

    assert cumulative_ratio(**given) == pytest.approx(expected, abs=1e-12)


# ---- divisible money ----


@pytest.mark.parametrize("name", ["choice.waterfill.1", "choice.waterfill.3"])
def test_divisible_money(name):
    given, expected = of(name)

    split, marginal = fill_up(given["k"], given["S0"], given["budget"])

    assert split == pytest.approx(expected["x"], abs=1e-8)
    assert marginal == pytest.approx(expected["marginal"], abs=1e-8)
    value = np.array(given["k"]) @ np.log1p(split / np.array(given["S0"]))
    assert value == pytest.approx(expected["value"], abs=1e-8)


def curves_of(table):
    """Curves as three numbers each, recommenders and efforts counted from 0."""
    return [
        Curve(recommender=str(who), effort=str(effort), first=first, zero=zero, curve=curve)
        for who, row_ in enumerate(table)
        for effort, (first, zero, curve) in enumerate(row_)
    ]


@pytest.mark.parametrize("name", ["choice.sprocess.plain", "choice.sprocess.signed"])
def test_sharing_out_by_turns(name):
    given, expected = of(name)
    curves = curves_of(given["curves"])
    pots = {str(at): each * given["budget"] for at, each in enumerate(given["shares"])}

    found = share_out(curves, pots=pots, variant=given["mode"], step=given["step"])

    assert list(found.given.values()) == expected["allocation"]
    assert_steps(found.steps, expected["log"])


def test_sharing_out_under_the_brake():
    """The brake of the case stops harmful effort 2, as the sign does in the case before."""
    given, expected = of("choice.sprocess.brake")
    pots = {str(at): each * given["budget"] for at, each in enumerate(given["shares"])}

    found = share_out(
        curves_of(given["curves"]),
        pots=pots,
        variant="plain",
        blocked={str(at): "challenge" for at in given["blocked"]},
        step=given["step"],
    )

    assert list(found.given.values()) == expected["allocation"]
    made = [each for each in found.steps if not each.refused_because]
    assert_steps(made, expected["log"])
    refused = [(each.recommender, each.effort) for each in found.steps if each.refused_because]
    assert refused == [("1", "2")]


def assert_steps(steps, log):
    for step, (who, effort, marginal) in zip(steps, log, strict=True):
        if who == "retired":
            assert (step.recommender, step.effort, step.marginal) == (str(effort), "", None)
        else:
            assert (step.recommender, step.effort) == (str(who), str(effort))
            assert step.marginal == pytest.approx(marginal, abs=1e-9)


@pytest.mark.parametrize("mode", ["plain", "mean", "brake"])
def test_sharing_out_by_the_mean(mode):
    given, every = of("choice.sprocess.mean")
    expected = every[mode]
    table = [
        [(first, zero, 1.0) for first, zero in zip(m0, d0, strict=True)]
        for m0, d0 in zip(given["m0"], given["d0"], strict=True)
    ]
    blocked = {str(at): "challenge" for at in given["blocked_in_brake"]}

    found = share_out(
        curves_of(table),
        pots={str(at): pot for at, pot in enumerate(given["pots"])},
        variant="plain" if mode == "brake" else mode,
        blocked=blocked if mode == "brake" else None,
        rescale=False,
        step=given["step"],
    )

    assert list(found.given.values()) == expected["given"]
    assert found.left == expected["left"]
    made = [each for each in found.steps if each.amount]
    assert len(made) == expected["steps"]
    for step, told in zip(made, expected["first_steps"], strict=False):
        assert [step.recommender, step.effort, step.amount] == [
            str(told[0]),
            str(told[1]),
            told[2],
        ]
        assert step.marginal == pytest.approx(told[3], abs=1e-12)


def test_sharing_out_in_the_limit():
    """Curves k/(1 + x) are their own water level: mean curve against each alone, averaged."""
    given, expected = of("choice.sprocess.limits")
    worth = np.array(given["k"])
    start = np.ones(worth.shape[1])

    together, _ = fill_up(worth.mean(axis=0), start, given["budget"])
    alone = [fill_up(each, start, given["budget"])[0] for each in worth]

    assert together == pytest.approx(expected["mean_curve"], abs=1e-8)
    assert np.mean(alone, axis=0) == pytest.approx(expected["average_of_own"], abs=1e-8)
