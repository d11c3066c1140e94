import csv
import math

import numpy as np
import pytest
from scipy.stats import norm, spearmanr

from custodes.evidence import CAPABILITY_CORRELATIONS, capability_correlation
from shared_files import shared

CAPABILITIES = (
    *("logiqa", "piqa", "hellaswag", "winogrande", "superglue_copa", "medqa_4options"),
    *("arc_challenge", "mmlu", "minerva_math", "lambada_openai", "gsm8k", "bbh"),
)


@pytest.fixture(scope="module")
def scores():
    path = shared("data", "trends", "safetywashing", "benchmarks_chat_models.csv")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        name: np.array([float(row[name] or "nan") for row in rows])
        for name in rows[0]
        if name in {*CAPABILITIES, *CAPABILITY_CORRELATIONS}
    }


def test_every_correlation_is_that_of_the_published_scores(scores):
    """The first principal component of 12 capability benchmarks, as the paper makes it."""
    table = np.stack([scores[name] for name in CAPABILITIES], axis=1)
    strengths, directions = np.linalg.eigh(spearmanr(table).statistic)
    axis = directions[:, -1] * np.sign(directions[:, -1].sum())
    capability = ((table - table.mean(axis=0)) / table.std(axis=0)) @ axis

    assert strengths[-1] / strengths.sum() == pytest.approx(0.708, abs=5e-4)
    for name, known in CAPABILITY_CORRELATIONS.items():
        there = ~np.isnan(scores[name])
        found = spearmanr(scores[name][there], capability[there]).statistic
        assert (known.models, known.r) == (there.sum(), pytest.approx(found, abs=5e-4)), name


def test_an_interval_covers_the_known_correlation_in_nine_of_ten_samples():
    """By simulation: the interval is of the correlation, and not of something else."""
    numbers = np.random.default_rng(7)
    truth, models = 0.6, 26
    pearson = 2 * math.sin(math.pi * truth / 6)  # whose rank correlation is the truth
    inside = 0
    for _ in range(2000):
        x, noise = numbers.standard_normal((2, models))
        r = spearmanr(x, pearson * x + math.sqrt(1 - pearson**2) * noise).statistic
        low, high = CAPABILITY_CORRELATIONS["gpqa"].model_copy(update={"r": r}).interval
        inside += low <= truth <= high
    assert inside / 2000 == pytest.approx(norm.cdf(1.645) * 2 - 1, abs=0.03)


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("TruthfulQA (MC1)", "rises"),
        ("truthfulqa_mc1", "rises"),
        ("WMDP", "falls"),
        ("HarmBench direct requests", ""),  # its interval contains 0
        ("MACHIAVELLI power", ""),  # its orientation was not checked
    ],
)
def test_a_benchmark_is_found_by_either_name_and_gives_its_sign(name, sign):
    found = capability_correlation(name)

    assert found is not None
    assert found.sign == sign
    low, high = found.interval
    assert low < found.r < high


@pytest.mark.parametrize("name", ["", " ", "an unheard-of benchmark"])
def test_of_an_unknown_benchmark_nothing_is_known(name):
    assert capability_correlation(name) is None
