import re
from xml.etree import ElementTree as ET

import pytest

from custodes.reports import scenario_figure
from custodes.scenarios import SCENARIOS, run

pytest.importorskip("vl_convert", reason="the extra report is not installed")

SVG = "{http://www.w3.org/2000/svg}"
CASES = [
    *((name, {}) for name in SCENARIOS),
    ("valley", {"rival_deploys": 0.5, "deployers": 5}),
    ("valley", {"harm_internalised": 0.6}),
    ("valley", {"rival_deploys": 1}),
    ("valley", {"deployment_cost": 5}),
    ("race", {"prize": 0, "round_benefit": 0}),
    ("progress", {"safeguards_months": 1}),
    ("progress", {"capability_months": 3}),
    ("progress", {"hazard": 0}),
    ("detection", {"specificity": 0, "sensitivity": 1, "gaming": 0}),
    ("detection", {"gaming": 0, "common_cause": 0, "tests": 500}),
    ("principals", {"holders": 100_000, "correlation": 0.2}),
]


def words(svg):
    """What is written in a picture, and how large."""
    return [
        (float(text.get("font-size", "0px").removesuffix("px")), "".join(text.itertext()))
        for text in ET.fromstring(svg).iter(f"{SVG}text")  # noqa: S314 (our own drawing)
        if "".join(text.itertext()).strip()
    ]


@pytest.mark.parametrize(("name", "settings"), CASES, ids=str)
def test_every_case_is_drawn_readably_and_by_itself(name, settings):
    record = run(name, settings)

    svg = scenario_figure(record)

    root = ET.fromstring(svg)  # noqa: S314 (our own drawing)
    assert root.findtext(f"{SVG}title") == SCENARIOS[name].title
    assert root.findtext(f"{SVG}desc") == record.reading
    assert root.get("role") == "img"
    assert root.get("aria-hidden") is None
    assert min(size for size, _ in words(svg)) >= 11
    assert not re.search(r"NaN|Infinity|undefined|@font-face|<script|<image", svg)
    assert set(re.findall(r"https?://[^\"']+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


@pytest.mark.parametrize(
    ("name", "settings", "told"),
    [
        (
            "valley",
            {},
            {"the valley", "developer deploys from 0.7692", "society gains from 0.9901"},
        ),
        ("valley", {}, {"largest risk 0.118 at 0.8035", "with a licence for 80%"}),
        ("valley", {"rival_deploys": 1}, {"the developer deploys whatever the risk"}),
        ("valley", {"deployment_cost": 5}, {"the developer never deploys"}),
        ("race", {}, {"dilemma", "nothing is known", "all is public", "as set: 1"}),
        ("actors", {}, {"5: 0.578", "best", "truth known", "estimates averaged"}),
        ("progress", {"safeguards_months": 1}, {"before: 0.03351", "after: 0.03245"}),
        (
            "detection",
            {"specificity": 0, "sensitivity": 1, "gaming": 0},
            {"no system passes all of these tests"},
        ),
        ("detection", {}, {"floor 0.0308", "as set: 0.0359", "as if independent"}),
        ("principals", {"correlation": 0.2}, {"correlation 0.2", "independent", "5 %"}),
    ],
)
def test_thresholds_and_the_case_as_set_are_named(name, settings, told):
    svg = scenario_figure(run(name, settings))

    assert told <= {text for _, text in words(svg)}


def test_a_closed_valley_is_not_shaded():
    closed = {
        text for _, text in words(scenario_figure(run("valley", {"harm_internalised": 0.6})))
    }

    assert "the valley" not in closed


def test_the_same_record_gives_the_same_picture():
    assert scenario_figure(run("race")) == scenario_figure(run("race"))
