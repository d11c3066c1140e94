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

from custodes.assessment import Alone, outcome, together
from custodes.catalogue import MECHANISMS, QUANTITIES
from custodes.mitigations import changed, library
from custodes.quantities import Amount, distribution
from custodes.systems import BUILT_IN
from custodes.worldviews import preset
from model_values import arrays
from shared_files import shared

RELATIVE = 1e-9
ABSOLUTE = 1e-14
CASES = (
    "plain mitigated all-mitigations valley valley-licensed valley-training small large "
    "negative-misuse other-mechanism log-returns zero"
).split()
FLAT = (
    "plain uncertain-success mitigated valley valley-licensed training large "
    "negative-misuse-cut small-grant zero"
).split()
NO_BENEFIT = np.zeros(1)


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
    singles = ("net", "net_accident", "net_misuse", "social_value", "usefulness")
    assert means({each: after[each] for each in singles}) == near(
        {each: expected[each] for each in singles}
    )


@pytest.mark.parametrize(
    ("name", "without"),
    [("mitigated", "plain"), ("all-mitigations", "plain"), ("valley-licensed", "valley")],
)
def test_before_its_conditions_stands_the_case_without_them(name, without, tmp_path):
    expected = file_case(without)["expected"]

    _, found = assessed(tmp_path / "round", file_case(name))

    assert found["before"]["net"]["mean"] == near(expected["net"])
    assert means(found["before"]["increase"]) == near(expected["increase"])


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
        split = {each: number(parts.get(each, NO_BENEFIT)) for each in MECHANISMS}
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
        each: number(accident.get(each, NO_BENEFIT)) + number(misuse.get(each, NO_BENEFIT))
        for each in MECHANISMS
    }
    assert told == near(case["expected"])
