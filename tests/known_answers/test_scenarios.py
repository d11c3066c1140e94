"""Known answers of docs/explanation/model.md-9.6, each by the function and by the command.

Tolerances as the file itself states: relative 1e-9 or absolute 1e-12, and absolute 1e-6 for what
is found by search.
"""

import json
import subprocess
import sys

import numpy as np
import pytest
from scipy.special import expit

from custodes.scenarios import (
    SCENARIOS,
    developer_threshold_logit,
    run,
    society_threshold_logit,
)
from custodes.scenarios._actors import payoff_majority
from custodes.scenarios._principals import holders_for, makers_able, misuse_cut_left, p_leak
from custodes.scenarios._progress import investment_months
from custodes.scenarios._smooth_risk import peak_of_risk
from shared_files import SHARED, shared

FILE = ("data", "known_answers", "model.json")
SEARCHED = {"optimal_threshold", "peak_x", "peak_p", "peak_risk"}
HERE = SHARED.joinpath(*FILE)
KNOWN = json.loads(HERE.read_text("utf-8")) if HERE.exists() else None
ROWS = KNOWN["commands"]["answers"] if KNOWN else []
SINGLE = KNOWN["scenarios"] if KNOWN else {}


def cases(room, name):
    """One parameter a case; one that skips with the reason where the file is not here."""
    return SINGLE[room][name] if KNOWN else [None]


def title(row):
    if row is None:
        return "absent"
    return row["scenario"] + "".join(f",{key}={value}" for key, value in row["set"].items())


def expected(outputs):
    return {
        key: value
        if value is None
        else pytest.approx(
            value, rel=0 if key in SEARCHED else 1e-9, abs=1e-6 if key in SEARCHED else 1e-12
        )
        for key, value in outputs.items()
    }


@pytest.fixture(autouse=True)
def known():
    shared(*FILE)


def test_there_are_fifty_one_rows():
    assert len(ROWS) == 51


@pytest.mark.parametrize("name", SCENARIOS)
def test_defaults_are_those_of_the_model(name):
    assert run(name).inputs.model_dump() == KNOWN["commands"]["defaults"][name]


@pytest.mark.parametrize("row", ROWS or [None], ids=title)
def test_every_row_by_the_function(row):
    record = run(row["scenario"], row["set"])

    assert record.outputs.model_dump() == expected(row["outputs"])


def chosen_rows():
    """One row a scenario, the fullest, and every row with a null."""
    if KNOWN is None:
        return [None]
    fullest = [
        max((row for row in ROWS if row["scenario"] == name), key=lambda row: len(row["set"]))
        for name in SCENARIOS
    ]
    nulls = [row for row in ROWS if None in row["outputs"].values() and row not in fullest]
    return [*fullest, *nulls]


@pytest.mark.parametrize("row", chosen_rows(), ids=title)
def test_rows_by_the_command(row):
    words = [f"--set={key}={value}" for key, value in row["set"].items()]

    done = subprocess.run(
        [sys.executable, "-m", "custodes", "scenario", row["scenario"], *words, "--json", "-"],
        check=True,
        capture_output=True,
        text=True,
    )

    told = json.loads(done.stdout)
    nulls = [key for key, value in row["outputs"].items() if value is None]
    assert told["schema"] == "custodes/scenario/1"
    assert told["scenario"] == row["scenario"]
    assert told["set"] == row["set"]
    assert told["inputs"] == KNOWN["commands"]["defaults"][row["scenario"]] | row["set"]
    assert told["outputs"] == expected(row["outputs"])
    assert [line.split(" is null: ")[0] for line in done.stderr.splitlines()] == nulls


# The same formulas as single functions: the block `scenarios` of the file. -----------------------


@pytest.mark.parametrize("case", cases("valley", "static"), ids=str)
def test_thresholds_of_the_valley(case):
    named = {"commonality": "common_failure", "private_cost": "deployment_cost"}
    settings = {named.get(key, key): value for key, value in case["inputs"].items()}

    found = run("valley", settings)

    want, outputs = case["expected"], found.outputs
    assert outputs.p_developer == pytest.approx(want["p_deployer"], rel=1e-9)
    assert outputs.largest_loss == pytest.approx(want["largest_loss"], rel=1e-9, abs=1e-12)
    assert outputs.windfall_that_closes == pytest.approx(want["closing_windfall"], abs=1e-9)
    if "private_cost" not in case["inputs"]:  # there the file leaves society's cost out
        infinite = want["width_logit"] == np.inf
        assert outputs.p_society == pytest.approx(want["p_society"], rel=1e-9)
        assert outputs.width_p == pytest.approx(want["width"], rel=1e-9, abs=1e-12)
        assert outputs.width_logit == (
            None if infinite else pytest.approx(want["width_logit"], rel=1e-9, abs=1e-12)
        )


def plain_thresholds():
    """The cases that the elementwise form covers: no cost, one cause of failure."""
    others = {"commonality", "private_cost"}
    return [
        case
        for case in cases("valley", "static")
        if case is None or not others & set(case["inputs"])
    ]


@pytest.mark.parametrize("case", plain_thresholds(), ids=str)
def test_elementwise_thresholds_give_the_same(case):
    given = {
        "harm_internalised": 0.01,
        "benefit_captured": 0.3,
        "windfall": 0.0,
        "rival_deploys": 0.0,
        "rents_lost": 0.0,
    } | {key: value for key, value in case["inputs"].items() if key not in {"liability", "assets"}}

    developer = developer_threshold_logit(
        liability=case["inputs"].get("assets", 0.0) / 100,
        harm_benefit=np.array([100.0, 100.0]),
        usefulness=0.0,
        **given,
    )

    width = society_threshold_logit(100.0) - developer
    want = case["expected"]
    assert expit(developer) == pytest.approx(2 * [want["p_deployer"]], rel=1e-9)
    assert width == pytest.approx(2 * [want["width_logit"]], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", cases("valley", "smooth"), ids=str)
def test_peak_of_the_smooth_risk(case):
    given = dict(case["inputs"])

    peak = peak_of_risk(x_developer=given.pop("x_deployer"), **given)

    want = case["expected"]
    assert peak.x == pytest.approx(want["peak_logit"], abs=1e-6)
    assert peak.p == pytest.approx(want["peak_p"], abs=1e-6)
    assert peak.risk == pytest.approx(want["peak_risk"], rel=1e-9)


def same(outputs, want, names):
    found = outputs.model_dump()
    assert {key: found[name] for key, name in names.items() if key in want} == {
        key: pytest.approx(want[key], rel=1e-9, abs=1e-12) for key in names if key in want
    }


@pytest.mark.parametrize("case", cases("race", "armstrong"), ids=str)
def test_race_to_the_precipice(case):
    given = dict(case["inputs"])

    found = run("race", {"capability_range": given.pop("spread"), **given})

    names = {"none": "risk_no_information", "private": "risk_private", "public": "risk_public"}
    same(found.outputs, case["expected"], names)


@pytest.mark.parametrize("case", cases("race", "dsair"), ids=str)
def test_race_between_safe_and_unsafe(case):
    given = dict(case["inputs"])

    found = run("race", {"round_benefit": given.pop("benefit"), **given})

    names = {
        "collective": "p_safe_collectively_better",
        "risk_dominant": "p_safe_risk_dominant",
        "limit_collective": "limit_collectively_better",
        "limit_risk_dominant": "limit_risk_dominant",
    }
    same(found.outputs, case["expected"], names)


@pytest.mark.parametrize("case", cases("actors", "act"), ids=str)
def test_somebody_acts(case):
    assert run("actors", case["inputs"]).outputs.p_act == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("actors", "threshold"), ids=str)
def test_best_common_threshold(case):
    found = run("actors", case["inputs"]).outputs

    want = dict(case["expected"])
    assert found.optimal_threshold == pytest.approx(want.pop("threshold"), abs=1e-6)
    names = {
        "payoff": "payoff_optimal",
        "naive": "payoff_at_threshold",
        "pooled": "payoff_pooled",
        "median_of_max": "median_of_largest",
    }
    same(found, want, names)


@pytest.mark.parametrize("case", cases("actors", "majority"), ids=str)
def test_majority(case):
    assert payoff_majority(**case["inputs"], noise=1, value_spread=1) == pytest.approx(
        case["expected"], rel=1e-9
    )


@pytest.mark.parametrize("case", cases("progress", "gap"), ids=str)
def test_gap(case):
    given = case["inputs"]

    found = run(
        "progress", {"gap": given["mean"], "gap_spread": given["sd"], "hazard": given["hazard"]}
    )

    names = {
        "unready": "p_unready",
        "expected_gap": "expected_gap",
        "catastrophe": "p_catastrophe",
        "sensitivity": "log_risk_per_month",
    }
    same(found.outputs, case["expected"], names)


@pytest.mark.parametrize("case", cases("progress", "months_investment"), ids=str)
def test_months_of_investment(case):
    months = investment_months(
        revenue=case["inputs"]["extra"], spend_response=1, spend_growth=case["inputs"]["growth"]
    )

    assert months == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("progress", "amdahl"), ids=str)
def test_months_of_ai_research(case):
    given = case["inputs"]

    found = run(
        "progress",
        {
            "usefulness": given["tool"] - 1,
            "rd_share": given["share"],
            "rd_months": given["months"],
        },
    )

    assert found.outputs.ai_research_months == pytest.approx(case["expected"]["months"], rel=1e-9)


@pytest.mark.parametrize("case", cases("progress", "loop"), ids=str)
def test_loop(case):
    given = case["inputs"]

    found = run("progress", {"loop_share": given["reinvested"], "loop_response": given["returns"]})

    assert found.outputs.loop_gain == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("detection", "tests"), ids=str)
def test_passed_tests(case):
    given = dict(case["inputs"])
    settings = {"prior_unsafe": given.pop("prior"), "common_cause": given.pop("common"), **given}

    found = run("detection", settings)

    want = dict(case["expected"])
    if given["specificity"] < 1:  # the file gives the floor of tests that never fail the safe
        want.pop("floor")
    names = {
        "miss": "miss",
        "naive": "posterior_if_independent",
        "posterior": "posterior_unsafe",
        "overconfidence": "overconfidence",
        "effective_tests": "effective_tests",
        "floor": "posterior_floor",
        "false_alarm": "false_alarm",
    }
    same(found.outputs, want, names)


@pytest.mark.parametrize("case", cases("principals", "any_malicious"), ids=str)
def test_any_holder_malicious(case):
    given = case["inputs"]

    found = run("principals", {"holders": given["holders"], "malicious_share": given["q"]})

    assert found.outputs.p_any_malicious == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("principals", "any_malicious_correlated"), ids=str)
def test_any_correlated_holder_malicious(case):
    given = case["inputs"]

    found = run(
        "principals",
        {
            "holders": given["holders"],
            "malicious_share": given["mean"],
            "correlation": given["corr"],
        },
    )

    assert found.outputs.p_any_malicious == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("principals", "holders_for"), ids=str)
def test_holders_for_a_target(case):
    given = case["inputs"]

    assert holders_for(given["target"], malicious_share=given["q"]) == pytest.approx(
        case["expected"], rel=1e-9
    )


@pytest.mark.parametrize("case", cases("principals", "leak"), ids=str)
def test_leak(case):
    given = case["inputs"]

    leaked = p_leak(given["holders"], leak_rate=given["rate"], years=given["years"])

    assert float(leaked) == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("principals", "makers"), ids=str)
def test_makers(case):
    given = case["inputs"]

    able = makers_able(
        makers=given["now"],
        cost_fall=given["cost_fall"],
        maker_tail=given["exponent"],
        years=given["years"],
    )

    assert able == pytest.approx(case["expected"], rel=1e-9)


@pytest.mark.parametrize("case", cases("principals", "misuse_left"), ids=str)
def test_misuse_cut_left(case):
    given = case["inputs"]

    left = misuse_cut_left(
        misuse_cut=given["cut"], p_leak=given["leaked"], removal=given["removed"]
    )

    assert left == pytest.approx(case["expected"], rel=1e-9)
