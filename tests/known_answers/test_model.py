"""Everything in `known_answers/model.json` about the engine, files and command included.

Source: two independent programs, one with numpy and one scalar with the standard library only,
written from the formulas of the model's description; they agree to 4e-10.
"""

import json
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtri

from custodes.assessment import Alone, assess, outcome, together
from custodes.assessment._inputs import SYSTEM_KINDS, WEIGHT_KINDS
from custodes.assessment._result import _disagreement
from custodes.assessment._worlds import Scores
from custodes.benefits import cost_factor
from custodes.catalogue import MECHANISMS, QUANTITIES
from custodes.efforts import reference_classes
from custodes.mitigations import changed, library
from custodes.quantities import Amount, Assumption, distribution
from custodes.systems import BUILT_IN
from custodes.worldviews import preset
from model_values import IDLE, arrays, effect_of
from round_records import a_round, an_effort, answers, at_medians
from shared_files import shared

RELATIVE = 1e-9
ABSOLUTE = 1e-14
CASES = [
    "plain",
    "mitigated",
    "all-mitigations",
    "valley",
    "valley-licensed",
    "valley-training",
    "small",
    "large",
    "negative-misuse",
    "other-mechanism",
    "log-returns",
    "zero",
]
FLAT = [
    "plain",
    "uncertain-success",
    "mitigated",
    "valley",
    "valley-licensed",
    "training",
    "large",
    "negative-misuse-cut",
    "small-grant",
    "zero",
]
WITHOUT = {"mitigated": "plain", "all-mitigations": "plain", "valley-licensed": "valley"}
SINGLES = ("net", "net_accident", "net_misuse", "social_value", "usefulness")
ABSENT = np.zeros(1)


@cache
def known():
    return json.loads(shared("data", "known_answers", "model.json").read_text("utf-8"))


def near(expected):
    return pytest.approx(expected, rel=RELATIVE, abs=ABSOLUTE)


def file_case(name):
    return next(case for case in known()["file_cases"] if case["name"] == name)


# --- through files and the command -------------------------------------------------------------


def assessed(folder, case):
    """What the command writes about the case under its worldview, with the case's package."""
    view = write_case(folder, case)
    result = folder / "assessment.json"
    words = ["assess", str(folder), "--conditions"]
    words += [f"{case['name']}={','.join(case['mitigations'])}", "--json", str(result)]
    run = subprocess.run(
        [sys.executable, "-m", "custodes", *words], check=False, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    effort = json.loads(result.read_text("utf-8"))["efforts"][0]
    return effort["conditions"], effort["worldviews"][view]


def write_case(folder, case):
    """The round of one case, as an institution would write it."""
    effort, name = case["effort"], case["name"]
    view = f"view-{name}"
    quantities = {k: v for k, v in effort.items() if k in QUANTITIES}
    (folder / "worldviews").mkdir(parents=True)
    (folder / "round.toml").write_text(
        'title = "Known answers"\ninstitution = "Known answers"\nbudget = 1e10\n'
        f'currency = "USD"\nworldviews = ["{view}"]\nsamples = 64\n'
    )
    (folder / "efforts.csv").write_text(
        "id,title,kind,cost,target_system,reference_cost\n"
        f"{name},{name},other,{effort['cost']!r},{name},{effort['reference_cost']!r}\n"
    )
    (folder / "judgements.csv").write_text(
        "effort,expert,round,quantity,p05,p50,p95,reason\n"
        + "".join(f"{name},e1,1,{k},{v!r},{v!r},{v!r},known\n" for k, v in quantities.items())
    )
    (folder / "worldviews" / f"{view}.toml").write_text(
        'schema = "custodes/worldview/1"\ntitle = "Known answers"\nbase = "central"\n'
        "horizon = 2050\n[quantities]\n"
        + "".join(f"{k} = {v!r}\n" for k, v in case["worldview"].items())
    )
    (folder / "systems.toml").write_text(
        f'schema = "custodes/systems/1"\n[[system]]\nid = "{name}"\ntitle = "Known answers"\n'
        "[system.quantities]\n" + "".join(f"{k} = {v!r}\n" for k, v in case["system"].items())
    )
    (folder / "mitigations.toml").write_text(
        'schema = "custodes/mitigations/1"\nlibrary = true\n'
        + "".join(
            f'[[mitigation]]\nid = "{each}"\nadopted = 1\n[mitigation.changes]\n'
            + "".join(f"{k} = {change['strength']!r}\n" for k, change in changes.items())
            for each, changes in case["mitigations"].items()
        )
    )
    return view


def means(summaries):
    return {name: each["mean"] for name, each in summaries.items()}


@pytest.mark.parametrize("name", CASES)
def test_a_case_written_as_files_is_reproduced_by_the_command(name, tmp_path):
    case = file_case(name)

    conditions, found = assessed(tmp_path / "round", case)

    after, expected = found["after"], case["expected"]
    assert sorted(conditions) == sorted(case["mitigations"])
    assert means(after["benefit"]) == near(expected["benefit"])
    assert means(after["increase"]) == near(expected["increase"])
    assert means({each: after[each] for each in SINGLES}) == near(
        {each: expected[each] for each in SINGLES}
    )
    before, expected = found["before"], file_case(WITHOUT.get(name, name))["expected"]
    assert means(before["increase"]) == near(expected["increase"])
    assert means({each: before[each] for each in SINGLES}) == near(
        {each: expected[each] for each in SINGLES}
    )


def test_the_cases_are_all_of_the_file():
    assert [case["name"] for case in known()["file_cases"]] == CASES
    assert [case["id"] for case in known()["cases"]] == FLAT


# --- the pure function ---------------------------------------------------------------------------


def values_of(case):
    """The inputs of a file case, with its mitigations in force."""
    effort = case["effort"]
    values = arrays(
        {k: v for k, v in effort.items() if k in QUANTITIES}
        | case["worldview"]
        | case["system"]
        | {
            "cost_usd": effort["cost"] * effort["usd_per_unit"],
            "reference_cost": effort["reference_cost"],
        }
    )
    acting = {}
    for changes in case["mitigations"].values():
        for name, change in changes.items():
            acting.setdefault(name, []).append(np.array([change["strength"]]))
    return values | {name: changed(name, values[name], each) for name, each in acting.items()}


def number(array):
    return float(np.atleast_1d(array)[0])


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_reproduced_with_its_split_and_its_checks(name):
    case = file_case(name)

    found = outcome(values_of(case))

    expected = case["expected"]
    before = number(found.risk_before)
    assert before == near(expected["risk_before"])
    assert before + number(found.net) == near(expected["risk_after"])
    for side, parts in (("accident", found.parts.accident), ("misuse", found.parts.misuse)):
        split = {each: number(parts.get(each, ABSENT)) for each in MECHANISMS}
        assert split == near(expected[f"increase_{side}"])
    assert {key: number(found.checks[key]) for key in case["checks"]} == near(case["checks"])


@pytest.mark.parametrize("name", FLAT)
def test_a_flat_case_is_reproduced_by_the_pure_function(name):
    case = next(case for case in known()["cases"] if case["id"] == name)
    inputs = dict(case["inputs"])
    inputs["cost_usd"] = inputs.pop("cost") * inputs.pop("usd_per_unit")

    found = outcome(arrays(inputs))

    success = inputs["success"]
    accident, misuse = found.parts.accident, found.parts.misuse
    told = {
        "benefit.accident": -number(accident["benefit"]),
        "benefit.misuse": -number(misuse["benefit"]),
        "net_accident": sum(number(each) for each in accident.values()),
        "net_misuse": sum(number(each) for each in misuse.values()),
        "net": number(found.net),
        "usefulness": number(found.usefulness),
        "social_value": number(found.social_value),
        "risk_before": number(found.risk_before),
        "risk_after": number(found.risk_before) + number(found.net),
        "p_deploy_before": number(found.checks["p_deploy_before"]),
        # in these cases it is the mixture over success and failure
        "p_deploy_after": success * number(found.checks["p_deploy_after"])
        + (1 - success) * number(found.checks["p_deploy_after_if_failed"]),
        "x_deployer": number(found.checks["x_deployer"]),
    } | {
        each: number(accident.get(each, ABSENT)) + number(misuse.get(each, ABSENT))
        for each in MECHANISMS
    }
    assert told == near(case["expected"])


# --- tables --------------------------------------------------------------------------------------


def test_every_quantity_has_its_family_and_its_operation():
    # the cost is a quantity of the file, not of the catalogue
    families = {name: each.family for name, each in QUANTITIES.items()} | {"cost": "positive"}
    operations = {name: each.operation for name, each in QUANTITIES.items() if each.operation}

    assert families == known()["families"]
    assert operations == known()["operations"]


def triple(stated):
    return list(stated.numbers)


def as_triple(value):
    return value if isinstance(value, list) else [value, value, value]


@pytest.mark.parametrize("name", ["central", "sanguine", "cautious"])
def test_a_preset_holds_the_numbers_of_its_table(name):
    ours = {each: triple(stated) for each, stated in preset(name).quantities.items()}

    assert ours == {k: as_triple(v) for k, v in known()["worldviews"][name].items()}


def test_the_built_in_system_holds_the_numbers_of_its_table():
    ours = {each: triple(stated) for each, stated in BUILT_IN.quantities.items()}

    assert ours == {k: as_triple(v) for k, v in known()["system"].items()}


def test_every_reference_class_holds_the_numbers_of_its_table():
    ours = {
        kind: {name: triple(stated) for name, stated in each.quantities.items()}
        | {"reference_cost": each.reference_cost}
        for kind, each in reference_classes().items()
    }

    theirs = known()["reference_classes"]
    assert list(ours) == list(theirs)
    for kind, stated in theirs.items():
        assert ours[kind] == {
            k: v if k == "reference_cost" else as_triple(v) for k, v in stated.items()
        }


def test_every_mitigation_holds_the_numbers_of_its_table():
    ours = {
        each.id: {
            "page": each.page,
            "problem": ", ".join(each.problem),
            "who": each.who,
            "grant_condition": each.grant_condition,
            "applies": each.applies,
            "adopted": triple(each.adopted),
            "cost_share": each.cost_share,
            "cost_least": each.cost_least,
            "effects": {k: triple(v) for k, v in each.changes.items() if k not in side},
            "side_effects": {k: triple(v) for k, v in each.changes.items() if k in side},
        }
        for each in library().values()
        for side in [each.side_effects]
    }

    theirs = {
        name: {k: v for k, v in each.items() if k != "text"}
        | {"adopted": as_triple(each["adopted"])}
        for name, each in known()["mitigations"].items()
    }
    assert ours == theirs


def test_kinds_that_act_on_systems_and_weights_are_those_of_the_table():
    assert list(SYSTEM_KINDS) == known()["system_kinds"]
    assert list(WEIGHT_KINDS) == known()["weight_kinds"]


def test_the_mechanisms_stand_in_the_order_of_the_table():
    assert list(MECHANISMS) == known()["mechanisms"]


# --- single formulas -----------------------------------------------------------------------------


@pytest.mark.parametrize("number_of_case", range(7))
def test_a_family_has_the_known_quantiles(number_of_case):
    case = known()["quantiles"][number_of_case]
    stated = Amount(p05=case["p05"], p50=case["p50"], p95=case["p95"])

    found = distribution(stated, QUANTITIES[case["quantity"]]).at(ndtri(np.array(case["u"])))

    # the file gives twelve digits; a 5th percentile of 0 is met to the last bit or two
    assert found == pytest.approx(np.array(case["value"]), rel=1e-9, abs=2e-15)


def test_the_cost_law_has_the_known_factors():
    for case in known()["cost_factors"]:
        found = cost_factor(
            cost_usd=np.array(case["cost"]),
            reference_cost=np.array(case["reference_cost"]),
            returns_start=np.array(case["returns_start"]),
            exponent=np.array(case["exponent"]),
        )

        assert float(found) == near(case["factor"]), case


@pytest.mark.parametrize("name", ["central", "sanguine", "cautious"])
def test_months_of_insight_cancel_a_certain_scalable_cut_of_one_per_cent(name):
    """All inputs at medians; the months are found by looking for the net of 0."""
    world = {each: stated.p50 for each, stated in preset(name).quantities.items()}
    system = {each: stated.p50 for each, stated in BUILT_IN.quantities.items()}
    certain = {"success": 1.0, "adoption": 1.0, "scaling": 1.0, "carry_over": 1.0}
    cut = {"accident_cut": 0.01, "made_safer_share": 0.0, "done_anyway": 0.0, "relaxation": 0.0}

    def net(months):
        changes = IDLE | world | system | certain | cut | {"insight_months": months}
        return effect_of(**changes).net

    months = brentq(net, 1e-6, 10.0, xtol=1e-13)

    expected = known()["exchange_months_for_one_per_cent_accident_cut"][name]
    assert months == pytest.approx(expected, rel=1e-8)  # where the search stops


def test_variance_is_split_between_and_within_experts():
    case = known()["variance"]
    pair = np.array([-1.0, 1.0])
    parts = [
        mean + sd * np.tile(pair, round(1000 * weight) // 2)
        for mean, sd, weight in zip(
            case["expert_means"], case["expert_sds"], case["weights"], strict=True
        )
    ]
    speaking = np.repeat(np.arange(3), [len(part) for part in parts])
    experts = Scores(scores={}, experts=("a", "b", "c"), speaking=speaking, stand_ins={})

    found = _disagreement(np.concatenate(parts), experts)

    assert found.between == near(case["between"])
    assert found.within == near(case["within"])
    assert found.share_between == near(case["between_share"])


@pytest.mark.parametrize("number_of_case", range(4))
def test_efforts_together_have_the_known_effect(number_of_case):
    case = known()["together"][number_of_case]
    flat = {each["id"]: each for each in known()["cases"]}
    alone = []
    for name, group in zip(case["efforts"], case["hazard_groups"], strict=True):
        expected = flat[name]["expected"]
        alone.append(
            Alone(
                net=np.array(expected["net"]),
                benefit_accident=np.array(expected["benefit.accident"]),
                benefit_misuse=np.array(expected["benefit.misuse"]),
                increase={each: np.array(expected[each]) for each in MECHANISMS},
                hazard_group=group,
            )
        )
    before = np.array(flat[case["efforts"][0]]["expected"]["risk_before"])

    found = together(alone, risk_before=before, overlap=case["rho"])

    told = {
        "benefit.accident": float(found.benefit_accident),
        "benefit.misuse": float(found.benefit_misuse),
        "net": float(found.net),
        "risk_after": float(before + found.net),
    } | {name: float(part) for name, part in found.increase.items()}
    assert told == near(case["expected"])


# --- the recommended package ---------------------------------------------------------------------


@cache
def package_round():
    """The round of the case: three worldviews at their medians, eight conditions in force."""
    case = known()["package"]
    system = BUILT_IN.model_copy(
        update={
            "id": "medians",
            "quantities": {
                name: Assumption.point(each.p50) for name, each in BUILT_IN.quantities.items()
            },
        }
    )
    effort = an_effort(
        "target",
        cost=case["effort"]["cost"],
        reference_cost=case["effort"]["reference_cost"],
        target_system="medians",
        dual_use="yes",
    )
    judged = {name: v for name, v in case["effort"].items() if name in QUANTITIES}
    conditions = tuple(
        each.model_copy(
            update={
                "adopted": Amount.point(1.0),
                "available": each.id in case["conditions"],
                "changes": {k: Amount.point(v.p50) for k, v in each.changes.items()},
            }
        )
        for each in library().values()
    )
    return a_round(
        effort,
        worldviews=tuple(at_medians(preset(name)) for name in case["worldviews"]),
        samples=64,
        systems=(system,),
        mitigations=conditions,
        judgements=answers("target", **judged),
        settings={"limits": {"p_raises_risk": 1.0, "conditions_cost_share": case["cost_limit"]}},
    )


def score_of(package):
    """Mean net over the worldviews, in force this package."""
    found = assess(package_round(), conditions={"target": package}).effort("target")
    return sum(each.after.net.mean for each in found.worldviews.values()) / 3


def test_packages_have_the_known_scores():
    case = known()["package"]
    singles = {name: score_of([name]) for name in case["conditions"]}

    assert singles == near(case["single"])
    assert score_of([]) == near(case["none"])
    assert score_of(case["best"]) == near(case["best_value"])
    assert score_of(case["chosen"]) == near(case["chosen_value"])


def test_the_recommended_package_is_within_a_twentieth_of_the_best_gain():
    case = known()["package"]

    found = assess(package_round()).effort("target")

    assert set(found.conditions) <= set(case["conditions"])
    limit = case["best_value"] + 0.05 * (case["none"] - case["best_value"])
    assert score_of(found.conditions) <= limit
    assert len(found.conditions) == len(case["chosen"])  # as few as the enumeration needs


# --- sampled means -------------------------------------------------------------------------------

SAMPLES = 16_384
STANDARD_ERRORS = 4.0
SHARES = 0.01
ROWS = range(57)


@cache
def sampled():
    """Every row of `monte_carlo`, as one round: name of the effort by row, and the assessment."""
    efforts, judged, packages, names = {}, [], {}, []
    for row in known()["monte_carlo"]:
        name = f"{row['kind']}-{row['cost']:.0f}-{len(row['conditions'])}{row.get('variant', '')}"
        name = name.replace(" ", "-")
        names.append(name)
        if name not in efforts:
            efforts[name] = an_effort(name, kind=row["kind"], cost=row["cost"])
            packages[name] = row["conditions"]
            if "variant" in row:
                judged += answers(name, **known()["helpfulness_variant"])
    round_ = a_round(
        *efforts.values(),
        worldviews=("central", "sanguine", "cautious"),
        samples=SAMPLES,
        judgements=tuple(judged),
    )
    return names, assess(round_, conditions=packages)


@pytest.mark.parametrize("number_of_row", ROWS)
def test_sampled_means_are_those_of_another_program(number_of_row):
    """Within four combined standard errors; shares within .01.

    There are 57 x 19 means. Were they independent, about 7 % of seeds would put one of them
    beyond four standard errors by chance alone (and some more, because ours come from sixteen
    scrambles); the seed is fixed, so the test passes always or never.
    """
    row = known()["monte_carlo"][number_of_row]
    names, assessment = sampled()
    view = assessment.effort(names[number_of_row]).worldviews[row["worldview"]]

    found = view.after

    ours = {
        "benefit.accident": found.benefit.accident,
        "benefit.misuse": found.benefit.misuse,
        **found.increase,
        **{each: getattr(found, each) for each in SINGLES},
    }
    assert set(ours) == set(row["mean"])
    for output, mean in row["mean"].items():
        error = np.hypot(row["standard_error"][output], ours[output].standard_error)
        assert abs(ours[output].mean - mean) <= STANDARD_ERRORS * error, output
    assert found.p_raises_risk == pytest.approx(row["p_raises_risk"], abs=SHARES)
    assert found.p_lowers_social_value == pytest.approx(row["p_lowers_social_value"], abs=SHARES)


@pytest.mark.parametrize("number_of_row", ROWS)
def test_sampled_quantiles_and_ratios_are_those_of_another_program(number_of_row):
    """Quantiles of net within 8 % of their range; the ratio within four of its standard errors.

    The ratio's error of the other program is bounded by adding those of its two means.
    """
    row = known()["monte_carlo"][number_of_row]
    names, assessment = sampled()

    found = assessment.effort(names[number_of_row]).worldviews[row["worldview"]].after

    theirs = row["net_quantiles"]
    near_enough = 0.08 * (theirs["p95"] - theirs["p05"])
    for share, value in theirs.items():
        assert getattr(found.net, share) == pytest.approx(value, abs=near_enough)
    if row["ratio"] is None:
        assert found.ratio is None
    else:
        mean, error = row["mean"], row["standard_error"]
        benefit = mean["benefit.accident"] + mean["benefit.misuse"]
        relative = (error["benefit.accident"] + error["benefit.misuse"]) / abs(benefit)
        relative += error["usefulness"] / mean["usefulness"]
        combined = np.hypot(found.ratio_standard_error, relative * row["ratio"])
        assert abs(found.ratio - row["ratio"]) <= STANDARD_ERRORS * combined


# --- before, after, and with everything adopted ------------------------------------------------

TABLE = {
    # kind: ppm (P raises risk) before, after, with the whole applicable library;
    # docs/explanation/model.md
    "broad_programme": {
        "central": ((402.1, 0.77), (-244.3, 0.33), (-418.2, 0.13)),
        "sanguine": ((-65.8, 0.36), (-172.7, 0.10), None),
        "cautious": ((2571.6, 0.94), (306.2, 0.62), (-418.3, 0.36)),
    },
    "interpretability": {
        "central": ((6.9, 0.65), (-16.2, 0.42), (-27.8, 0.25)),
        "sanguine": ((-9.0, 0.31), (-11.5, 0.18), None),
        "cautious": ((106.7, 0.84), (14.2, 0.64), (-27.1, 0.46)),
    },
    "preference_training": {  # aimed at helpfulness
        "central": ((152.1, 1.00), (67.5, 1.00), (40.1, 0.99)),
        "sanguine": ((22.9, 1.00), (9.7, 0.98), None),
        "cautious": ((689.6, 1.00), (340.2, 1.00), (230.0, 1.00)),
    },
    "model_organisms": {
        "central": ((-59.0, 0.21), (-74.6, 0.11), (-72.4, 0.02)),
        "sanguine": ((-28.0, 0.05), (-30.9, 0.02), None),
        "cautious": ((-80.1, 0.36), (-131.4, 0.20), (-145.2, 0.04)),
    },
}


@cache
def before_after_and_all():
    efforts = tuple(
        an_effort(kind, kind=kind, cost=1e9 if kind == "broad_programme" else 1e7)
        for kind in TABLE
    )
    round_ = a_round(
        *efforts,
        worldviews=("central", "sanguine", "cautious"),
        samples=SAMPLES,
        judgements=answers("preference_training", **known()["helpfulness_variant"]),
    )
    adopted = tuple(
        each.model_copy(
            update={
                "adopted": Amount.point(1.0),
                "changes": {k: Amount.point(v.p50) for k, v in each.changes.items()},
            }
        )
        for each in library().values()
    )
    kinds = {"system": SYSTEM_KINDS, "weights": WEIGHT_KINDS}
    everything = {
        kind: [each.id for each in adopted if kind in kinds.get(each.applies, TABLE)]
        for kind in TABLE
    }
    everybody = round_.model_copy(update={"mitigations": adopted})
    return assess(round_), assess(everybody, conditions=everything)


@pytest.mark.parametrize("view", ["central", "sanguine", "cautious"])
@pytest.mark.parametrize("kind", TABLE)
def test_conditions_flip_what_the_table_says_they_flip(kind, view):
    """Signs and flips, and figures loosely: our search finds better packages than the table's."""
    told = TABLE[kind][view]
    ours, everybody = before_after_and_all()
    found = ours.effort(kind).worldviews[view]

    before, after = found.before, found.after

    (ppm, p), (ppm_after, p_after), everything = told
    assert before.net.mean * 1e6 == pytest.approx(ppm, rel=0.03, abs=2)
    assert before.p_raises_risk == pytest.approx(p, abs=0.02)
    assert np.sign(after.net.mean) == np.sign(ppm_after)
    assert after.net.mean * 1e6 <= ppm_after + 0.05 * abs(ppm_after)
    assert after.p_raises_risk <= p_after + 0.02
    if everything:
        adopted = everybody.effort(kind).worldviews[view].after
        assert adopted.net.mean * 1e6 == pytest.approx(everything[0], rel=0.15)
        assert adopted.p_raises_risk == pytest.approx(everything[1], abs=0.02)
