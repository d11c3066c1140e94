import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.scenarios import miss, posterior_unsafe, run

SHARE = st.floats(0.01, 0.99)
FLAWED = st.fixed_dictionaries(
    {"sensitivity": SHARE, "gaming": st.floats(0, 0.9), "common_cause": st.floats(0, 0.9)}
)


def test_missing_by_simulation():
    """Misses by 0.005 about once in 30,000 runs of 200,000 draws."""
    rng = np.random.default_rng(3)
    games = rng.random(200_000) < 0.1
    common = rng.random(200_000) < 0.3
    each = rng.random((200_000, 4)) > 0.6
    passed = games | np.where(common, each[:, 0], each.all(axis=1))

    found = miss(4, sensitivity=0.6, gaming=0.1, common_cause=0.3)

    assert float(found) == pytest.approx(np.mean(passed), abs=0.005)


@given(FLAWED, st.integers(2, 50), st.sampled_from(["gaming", "common_cause"]))
def test_more_gaming_or_common_cause_raises_the_miss(flawed, tests, name):
    more = flawed | {name: flawed[name] + 0.05}

    assert miss(tests, **more) >= miss(tests, **flawed) - 1e-15


@given(FLAWED)
def test_more_tests_never_raise_the_miss_nor_pass_the_floor(flawed):
    outputs = run("detection", flawed).outputs

    missed = miss(np.arange(1, 400), **flawed)

    assert np.all(np.diff(missed) <= 1e-15)
    assert missed[-1] >= outputs.miss_floor - 1e-12
    assert float(miss(10**6, **flawed)) == pytest.approx(outputs.miss_floor, abs=1e-12)


@given(FLAWED, st.integers(1, 30))
def test_effective_tests_miss_as_much_as_the_tests(flawed, tests):
    outputs = run("detection", {"tests": tests, **flawed}).outputs

    assert (1 - flawed["sensitivity"]) ** outputs.effective_tests == pytest.approx(outputs.miss)
    assert outputs.effective_tests <= tests + 1e-9


def test_posterior_by_counting():
    posterior = posterior_unsafe(
        prior_unsafe=np.array([0.2, 0.5]), miss=0.1, all_clear_if_safe=0.9
    )

    assert posterior == pytest.approx([20 / (20 + 720), 5 / 50])


@pytest.mark.parametrize(
    ("settings", "nulls"),
    [
        ({"specificity": 0.95}, {"posterior_floor"}),
        ({"sensitivity": 1, "gaming": 0}, {"overconfidence", "effective_tests"}),
        ({"sensitivity": 0}, {"effective_tests"}),
        ({"prior_unsafe": 0}, {"overconfidence"}),
        (
            {"specificity": 0, "sensitivity": 1, "gaming": 0},
            {
                "posterior_unsafe",
                "posterior_if_independent",
                "overconfidence",
                "effective_tests",
                "posterior_floor",
            },
        ),
    ],
)
def test_what_has_no_number_is_null(settings, nulls):
    record = run("detection", settings)

    missing = {key for key, value in record.outputs.model_dump().items() if value is None}
    assert missing == nulls
    assert len(record.notes) == len(nulls)


def test_the_reading_is_computed():
    flawed, clean = run("detection"), run("detection", {"gaming": 0, "common_cause": 0})

    assert "5.35 times too little" in flawed.reading
    assert "stays above 0.0308" in flawed.reading
    assert "too little" not in clean.reading
    assert "stays above" not in clean.reading
