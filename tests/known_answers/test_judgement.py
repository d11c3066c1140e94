"""Everything in `known_answers/judgement.json`: reading, shapes, pooling, seeds, scores, studies.

Source: closed forms, quadratures, and published studies recomputed by independent programs; each
case names its own. Study files are read where they are present and never copied.
"""

import csv
import json
import math
from functools import cache

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit, ndtri
from scipy.stats import gamma, lognorm, norm

from custodes.errors import InputError
from custodes.exchange import read_excalibur
from custodes.judgements import (
    Extremising,
    ThreePoints,
    at_wanted_confidence,
    bin_of,
    brier_score,
    calibration_of,
    camps_of,
    crps,
    extremising_factor,
    feedback_on,
    fits_together,
    implied_mean,
    information_of,
    interval_score,
    log_score,
    optimised_maker,
    panel_of,
    pinball_score,
    pool_answers,
    pooled_maker,
    pooled_quantiles,
    pooled_shares,
    replicats,
    score_seeds,
    speakers,
    split_of,
    spread_of,
    wilson,
)
from custodes.quantities import Amount, Metalog, Quantity, distribution, parse_amount
from custodes.quantities._distribution import METALOG_CONSTANT
from custodes.questions import crux_value
from shared_files import shared

FAMILIES = {"id": "real", "log": "positive", "logit": "share"}
LOWS = {"id": -1e300, "log": 0.0, "logit": 0.0}
HIGHS = {"id": 1e300, "log": 1e300, "logit": 1.0}
Z95 = float(ndtri(0.95))
STUDIES = [
    *("ATCEP", "Arsenic D-R", "Brexit Food", "CDC_ROI", "CREATE", "CoveringKids", "Daniela"),
    *("FCEP", "Florida", "Gerstenberger", "Goodheart", "Illinois", "Nebraska", "San Diego"),
    *("Sheep Scab", "Washington", "dcpn_fistula", "france", "liander", "obesity", "puig-oil"),
    *("tobacco", "uk", "umd"),
]


@cache
def cases():
    table = json.loads(shared("data", "known_answers", "judgement.json").read_text("utf-8"))
    return {case["id"]: case for case in table["cases"]}


def the_case(name):
    case = cases().get(name)
    if case is None:
        pytest.skip(f"judgement.json has no case {name}")
    if case["requires"]:
        shared("data", *case["requires"].split("/"))
    return case["input"], case["expected"]


def a_quantity(scale):
    return Quantity(
        name="asked",
        symbol="",
        meaning="",
        question="",
        unit="",
        low=LOWS[scale],
        high=HIGHS[scale],
        family=FAMILIES[scale],
        owner="effort",
        page="",
    )


def amounts(answers):
    """Three numbers, or one, by an expert's number."""
    return {
        f"{at:04}": Amount(p05=each[0], p50=each[1], p95=each[2])
        if isinstance(each, list | tuple)
        else Amount.point(each)
        for at, each in enumerate(answers)
    }


def near(expected, relative=1e-9, absolute=1e-300):
    return pytest.approx(expected, rel=relative, abs=absolute)


def test_every_case_is_tested():
    tested = {
        "rescale": 3,
        "notation": 17,
        "metalog": 1,
        "distribution": 9,
        "pool": 13,
        "camps": 2,
        "cooke": 34,
        "score": 5,
        "track": 1,
        "aggrecat": 8,
        "espai": 3,
        "fri": 2,
    }

    found = {}
    for name in cases():
        found[name.split(".")[0]] = found.get(name.split(".")[0], 0) + 1

    assert found == tested


# What is written -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 4))
def test_a_stated_confidence_is_rescaled(number):
    given, expected = the_case(f"rescale.{number}")

    found = at_wanted_confidence(
        (given["lower"], given["best"], given["upper"]),
        confidence=given["confidence"],
        quantity=a_quantity(given["scale"]),
    )

    assert found == near(expected)


@pytest.mark.parametrize("number", range(1, 10))
def test_one_cell_says_an_amount(number):
    given, expected = the_case(f"notation.{number}")

    found = parse_amount(given["text"], family=FAMILIES[given["scale"]])

    assert found.numbers == near(expected, 1e-12)


@pytest.mark.parametrize("number", range(1, 9))
def test_an_unclear_cell_is_refused_with_a_cure(number):
    given, expected = the_case(f"notation.refuse.{number}")

    with pytest.raises(InputError) as refusal:
        parse_amount(given["text"], family="share")

    (fault,) = refusal.value.faults
    assert expected["refused"]
    assert given["text"] in fault.message
    assert fault.cure


# Three quantiles as a distribution -------------------------------------------------------------


def test_the_metalog_constant_is_the_largest_feasible_skew():
    _, expected = the_case("metalog.constant")

    found = minimize_scalar(
        lambda y: -((y - 0.5) + y * (1 - y) * logit(y)),
        bounds=(0.5, 1),
        method="bounded",
        options={"xatol": 1e-13},
    )

    assert -1 / found.fun == near(expected["constant"])
    assert found.x == near(expected["y"], 1e-7)
    assert near(expected["constant"], 1e-15) == METALOG_CONSTANT


def at_five(quantiles, alpha, scale):
    """Quantiles at alpha as a two-piece normal states them at 5 and 95 %."""
    maps = {"id": (float, float), "log": (math.log, math.exp), "logit": (logit, expit)}
    onto, back = maps[scale]
    low, middle, high = (float(onto(x)) for x in quantiles)
    factor = Z95 / -float(ndtri(alpha))
    ends = (middle - (middle - low) * factor, middle, middle + (high - middle) * factor)
    return Amount(**dict(zip(("p05", "p50", "p95"), map(float, map(back, ends)), strict=True)))


@pytest.mark.parametrize("number", range(1, 7))
def test_three_quantiles_are_a_two_piece_normal(number):
    given, expected = the_case(f"distribution.{number}")
    asked = a_quantity(given["scale"])

    found = distribution(at_five(given["quantiles"], given["alpha"], given["scale"]), asked)

    wanted = expected["two_piece"]
    assert found.centre == near(wanted["centre"], 1e-9, 1e-12)
    assert (found.below, found.above) == near((wanted["s_lo"], wanted["s_hi"]))
    shares = np.array([float(share) for share in wanted["q"]])
    clipped = np.maximum(list(wanted["q"].values()), 1e-9 if given["scale"] == "logit" else -1e300)
    assert found.at(ndtri(shares)) == near(clipped)
    assert implied_mean(found) == near(wanted["mean"], 1e-7)


@pytest.mark.parametrize("number", [2, 5, 6])
def test_three_quantiles_at_five_percent_are_a_metalog(number):
    given, expected = the_case(f"distribution.{number}")
    p05, p50, p95 = given["quantiles"]

    found = distribution(
        Amount(p05=p05, p50=p50, p95=p95), a_quantity(given["scale"]), shape="metalog"
    )

    if expected.get("tail_exponent", 0) >= 0.5:
        assert found.reason == "heavy_tail"
        return
    assert isinstance(found, Metalog)
    assert (found.a1, found.a2, found.a3) == near(expected["a"])
    shares = np.array([float(share) for share in expected["q"]])
    assert found.at(ndtri(shares)) == near(np.maximum(list(expected["q"].values()), 1e-9))
    assert implied_mean(found) == near(expected["mean"], 1e-7)


@pytest.mark.parametrize("number", [1, 3, 4])
def test_the_metalog_at_ten_percent_is_the_same_algebra(number):
    given, expected = the_case(f"distribution.{number}")
    t = np.array(given["quantiles"], dtype=float)
    t = np.log(t) if given["scale"] == "log" else t
    log_odds = math.log((1 - given["alpha"]) / given["alpha"])
    width = t[2] - t[0]
    r = (t[1] - t[0]) / width

    a = [t[1], width / (2 * log_odds), (1 - 2 * r) * width / ((1 - 2 * given["alpha"]) * log_odds)]
    k = 0.5 * (1 - METALOG_CONSTANT * (0.5 - given["alpha"]))

    assert a == near(expected["a"])
    assert (r, k) == near((expected["r"], expected["k"]))
    assert (k < r < 1 - k) == expected["feasible"]


def test_a_range_on_a_logarithm_is_lognormal():
    given, expected = the_case("distribution.to.lognormal")
    amount = parse_amount(given["text"], family="positive")

    found = distribution(amount, a_quantity("log"))

    assert (found.centre, found.below, found.above) == near(
        (expected["mu"], expected["sigma"], expected["sigma"])
    )
    assert implied_mean(found) == near(expected["mean"])
    assert feedback_on(amount, a_quantity("log")).p25 == near(expected["p25"])


def test_feedback_tells_the_probability_below_zero():
    given, expected = the_case("distribution.pnegative")
    p05, p50, p95 = given["quantiles"]

    found = feedback_on(Amount(p05=p05, p50=p50, p95=p95), a_quantity(given["scale"]))

    assert found.p_negative == near(expected["p_negative"])


def test_moments_on_the_scale_have_a_closed_form():
    given, expected = the_case("distribution.moments")
    amount = Amount(p05=-given["s_lo"] * Z95, p50=0, p95=given["s_hi"] * Z95)
    panel = panel_of({"a": amount}, a_quantity("id"))

    spread = spread_of(panel)

    assert spread.within == near(expected["variance"], 1e-12)
    assert implied_mean(panel.exact[0].shape) == near(expected["mean"], 1e-12)


# Pooling ---------------------------------------------------------------------------------------


def normals(pairs):
    return amounts([(mu - Z95 * sd, mu, mu + Z95 * sd) for mu, sd in pairs])


def test_the_linear_pool_of_two_normals():
    given, expected = the_case("pool.linear.1")

    found = pool_answers(normals(given["experts"]), a_quantity("id"))

    assert (found.p05, found.p50, found.p95) == near(list(expected.values()))


def test_linear_pool_and_quantile_average_differ():
    given, expected = the_case("pool.linear.2")
    answers = normals(given["experts"])

    linear = pool_answers(answers, a_quantity("id"))
    vincent = pool_answers(answers, a_quantity("id"), method="vincent")
    spread = spread_of(panel_of(answers, a_quantity("id")))

    assert (linear.p05, linear.p50, linear.p95) == near(list(expected["linear"].values()))
    assert (vincent.p05, vincent.p50, vincent.p95) == near(expected["vincent"])
    assert (spread.within, spread.between) == near((expected["within"], expected["between"]))
    assert spread.share_between == near(expected["share_between"])
    assert math.sqrt(spread.within + spread.between) == near(expected["linear_sd"])


class OfScipy:
    """A distribution of scipy as a belief."""

    def __init__(self, frozen):
        self.frozen = frozen

    def cdf(self, t):
        return self.frozen.cdf(t)

    def at(self, scores):
        return self.frozen.ppf(norm.cdf(scores))


def test_the_linear_pool_of_three_families_is_that_of_shelf():
    _, expected = the_case("pool.linear.shelf")
    beliefs = [
        OfScipy(gamma(10, scale=1 / 4)),
        OfScipy(norm(3, 2)),
        OfScipy(lognorm(2, scale=3)),
    ]
    weights = np.array([1, 2, 3]) / 6

    share = pooled_shares(beliefs, weights, np.array([1.5]))
    high = pooled_quantiles(beliefs, weights, ndtri(np.array([0.95])))

    assert share == near([expected["cdf_at_1_5"]], 1e-8)
    assert high == near([expected["q95"]], 1e-8)


@pytest.mark.parametrize("number", [1, 2])
def test_three_quantile_answers_are_pooled(number):
    given, expected = the_case(f"pool.quantiles.{number}")
    answers = amounts(given["experts"])

    linear = pool_answers(answers, a_quantity(given["scale"]))
    vincent = pool_answers(answers, a_quantity(given["scale"]), method="vincent")

    assert (linear.p05, linear.p50, linear.p95) == near(list(expected["two_piece"].values()), 1e-8)
    assert (vincent.p05, vincent.p50, vincent.p95) == near(expected["vincent_on_scale"], 1e-8)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_probabilities_are_pooled_by_their_odds(number):
    given, expected = the_case(f"pool.odds.{number}")
    answers, asked = amounts(given["p"]), a_quantity("logit")

    odds = pool_answers(answers, asked, method="geometric_odds")
    mean = pool_answers(answers, asked).mean

    assert odds.p50 == near(expected["geometric_mean_of_odds"], 1e-12)
    assert mean == near(expected["mean"], 1e-12)
    if "median" in expected:
        assert pool_answers(answers, asked, method="median").p50 == expected["median"]
    if "extremised" in expected:
        found = pool_answers(
            answers, asked, method="extremised", extremising=Extremising(factor=given["a"])
        )
        assert found.p50 == near(expected["extremised"], 1e-12)


def test_the_extremising_factor_rises_to_the_root_of_three():
    given, expected = the_case("pool.neyman_roughgarden")

    found = [extremising_factor(n) for n in given["n"]]

    assert found == near(expected["factors"], 1e-12)
    assert extremising_factor(10**9) == near(expected["limit"], 1e-8)


def test_trimming_drops_the_outer_fifths():
    given, expected = the_case("pool.trimmed")
    answers = amounts(given["p"])

    found = pool_answers(answers, a_quantity("logit"), method="trimmed")

    assert found.mean == near(expected["trimmed"], 1e-12)
    assert pool_answers(answers, a_quantity("logit")).mean == near(expected["mean"], 1e-12)


# pool.coherent.1 to .3 are proved on the engine, in tests/laws/test_speakers.py and test_model.py


def test_one_expert_speaks_in_each_world():
    for name in ("pool.coherent.1", "pool.coherent.2"):
        given, expected = the_case(name)
        order = np.random.default_rng(0).random(4096)
        who = speakers([1.0, 1.0], order)
        x, y = (np.array([given["A"][k], given["B"][k]])[who] for k in (0, 1))
        assert np.mean(x - y < 0) == expected["p_negative"]
    given, expected = the_case("pool.coherent.3")
    by_who = {"all": (0, 1, 2), "second_and_third": (1, 2), "first_and_second": (0, 1)}
    for wanted, chosen in by_who.items():
        weights = [given["weights"][k] for k in chosen]
        who = speakers(weights, np.random.default_rng(1).random(3 * 2**12))
        shares = np.bincount(who) / len(who)
        assert shares == pytest.approx(expected[wanted], abs=1e-3)


# Camps -----------------------------------------------------------------------------------------


def forecasts():
    path = shared("data", "judgement", "fri_adversarial_collaboration", "FORECASTS.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_adversarial_collaboration_has_two_camps():
    given, expected = the_case("camps.fri")

    split = camps_of(panel_of(amounts(given["p"]), a_quantity("logit")))

    assert (len(split.lower), len(split.upper)) == (expected["lower_size"], expected["upper_size"])
    medians = expit([split.lower_median, split.upper_median])
    assert medians == near([expected["lower_median"], expected["upper_median"]])
    assert split.distance == near(expected["distance"])
    assert split.far_apart == expected["far_apart"]


def test_the_declared_camps_are_what_people_said():
    _, expected = the_case("camps.fri")
    people = {}
    for row in forecasts():
        people.setdefault((row["person"], row["Camp"]), []).append(float(row["PU"]))

    medians = {"Concerned": [], "Skeptical": []}
    for (_, camp), each in people.items():
        medians[camp].append(np.median(each))
    camps = {camp: float(np.median(each)) for camp, each in medians.items()}

    declared = expected["declared"]
    assert camps["Concerned"] == declared["concerned_median"]
    assert camps["Skeptical"] == declared["sceptical_median"]
    assert logit(camps["Concerned"]) - logit(camps["Skeptical"]) == near(declared["distance"])


def three_points(number):
    path = shared("data", "judgement", "aggrecat", f"round{number}_three_point.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            ThreePoints(
                claim=row["paper_id"],
                expert=row["user_name"],
                lower=float(row["lower"]) / 100,
                best=float(row["best"]) / 100,
                upper=float(row["upper"]) / 100,
            )
            for row in csv.DictReader(file)
        ]


def by_claim(answers):
    found = {}
    for each in answers:
        found.setdefault(each.claim, []).append(each)
    return found


def test_no_claim_of_replicats_has_two_camps():
    _, expected = the_case("camps.aggrecat")
    floor = 0.005

    splits = {}
    for claim, answers in by_claim(three_points(2)).items():
        onto = [
            logit(np.clip([each.lower, each.best, each.upper], floor, 1 - floor))
            for each in answers
        ]
        splits[claim] = split_of([t[1] for t in onto], [(t[2] - t[0]) / (2 * Z95) for t in onto])

    assert [claim for claim, split in splits.items() if split.far_apart] == expected["flagged"]
    largest = max(split.distance for split in splits.values())
    assert largest == pytest.approx(expected["largest_distance"], abs=0.01)


# Seed questions --------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", ["0-5-5-0", "1-4-4-1", "5-0-0-5", "1-9-9-1", "0-10-0-0"])
def test_calibration_from_counts(counts):
    given, expected = the_case(f"cooke.calibration.{counts}")

    found = calibration_of(given["counts"], np.array(given["p"]), seeds=sum(given["counts"]))

    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("number", [1, 2])
def test_information_of_one_item(number):
    given, expected = the_case(f"cooke.information.{number}")
    low, high = given["range"]
    over = 0.1 * (high - low)

    found = information_of(
        np.array(given["quantiles"], dtype=float),
        low - over,
        high + over,
        np.array([0.05, 0.45, 0.45, 0.05]),
    )

    assert found == near(expected, 1e-12)


def test_a_truth_on_a_quantile_is_in_the_lower_bin():
    given, expected = the_case("cooke.bin.edge")

    assert bin_of(given["quantiles"], given["realisation"]) == expected["bin"]


@pytest.mark.parametrize(
    "name", [*(f"study.{study}" for study in STUDIES), "rule.Hemophilia", "rule.TdC"]
)
def test_a_real_study_is_scored_as_published(name):
    given, expected = the_case(f"cooke.{name}")
    study = read_excalibur(shared("data", *given["dtt"].split("/")))

    scores = score_seeds(study, overshoot=given["overshoot"])
    makers = {
        "equal": pooled_maker(scores, by="equal"),
        "global": pooled_maker(scores, by="global"),
        "global_optimised": optimised_maker(scores, by="global"),
        "item_optimised": optimised_maker(scores, by="item"),
    }

    assert study.experts == tuple(expected["experts"])
    assert len(study.items) == expected["n_items"]
    assert study.is_seed.sum() == expected["n_seeds"]
    assert study.levels == near(expected["quantiles"], 1e-12)
    assert (scores.answered.tolist(), scores.least) == (expected["n_answered"], expected["n_min"])
    assert scores.counts.tolist() == expected["counts"]
    for found, wanted in (
        (scores.calibration, "calibration"),
        (scores.information, "information"),
        (scores.information_all, "information_all_items"),
    ):
        known = [math.nan if value is None else value for value in expected[wanted]]
        assert found == pytest.approx(np.array(known), abs=1e-6, nan_ok=True)
    for weights, maker in makers.items():
        wanted = expected[weights]
        found = (maker.calibration, maker.information, maker.score)
        assert found == pytest.approx(
            (wanted["calibration"], wanted["information"], wanted["score"]), abs=1e-6
        )
        if "alpha" in wanted:
            assert maker.cut_off == pytest.approx(wanted["alpha"], abs=1e-6)
        if "weights" in wanted and study.is_answered.all():
            assert maker.weights[:, 0] == pytest.approx(np.array(wanted["weights"]), abs=1e-6)
    first = expected.get("pooled_quantiles_first_item", {})
    for weights in first.keys() - {"item"}:
        assert makers[weights].quantiles[0] == near(first[weights], 1e-9)


# Scores ----------------------------------------------------------------------------------------


def test_crps_of_a_normal():
    given, expected = the_case("score.crps.normal")
    (answer,) = normals([(given["mu"], given["sd"])]).values()

    found = crps(distribution(answer, a_quantity("id")), given["y"])

    assert found == near(expected, 1e-12)


def test_crps_of_a_two_piece_normal():
    given, expected = the_case("score.crps.two_piece")
    p05, p50, p95 = given["quantiles"]

    found = crps(
        distribution(Amount(p05=p05, p50=p50, p95=p95), a_quantity(given["scale"])), given["y"]
    )

    assert found == pytest.approx(expected, abs=1e-7)


def test_interval_scores():
    given, expected = the_case("score.interval")

    found = [interval_score(*case, alpha=given["alpha"]) for case in given["cases"]]

    assert found == near(expected, 1e-12)


def test_brier_and_log_scores():
    given, expected = the_case("score.brier")
    pairs = list(zip(given["p"], given["outcome"], strict=True))

    assert [brier_score(*pair) for pair in pairs] == near(expected["brier"], 1e-12)
    assert [log_score(*pair) for pair in pairs] == near(expected["log"], 1e-7, 1e-12)


def test_pinball_scores():
    given, expected = the_case("score.pinball")

    found = pinball_score(given["quantiles"], given["y"], levels=given["levels"])

    assert found == near(expected, 1e-12)


def test_a_share_has_its_wilson_interval():
    given, expected = the_case("track.wilson")

    found = wilson(given["k"], given["n"], level=given["level"])

    assert found.share == expected["share"]
    assert (found.low, found.high) == near(expected["interval"])


# Studies with two rounds -----------------------------------------------------------------------


def outcomes():
    path = shared("data", "judgement", "aggrecat", "outcomes.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["paper_id"]: int(row["outcome"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    "method",
    ["ArMean", "Median", "LOArMean", "BetaArMean", "IntWAgg", "IndIntWAgg", "AsymWAgg"],
)
def test_replicats_rules_are_those_published(method):
    _, expected = the_case(f"aggrecat.{method}")
    with shared("data", *expected["file"].split("/")).open(encoding="utf-8", newline="") as file:
        published = {
            row["paper_id"]: float(row["cs"])
            for row in csv.DictReader(file)
            if row["method"] == method
        }

    found = replicats(three_points(2), method)

    assert found["100"] == near(expected["claim_100"], 1e-12)
    assert {claim: found[claim] for claim in published} == near(published, 1e-12)
    truth = outcomes()
    score = np.mean([brier_score(p, truth[claim]) for claim, p in found.items()])
    assert score == near(expected["brier"])


def test_the_second_round_is_better():
    _, expected = the_case("aggrecat.rounds")
    truth = outcomes()

    rounds = [three_points(1), three_points(2)]

    individual = [
        np.mean([brier_score(each.best, truth[each.claim]) for each in answers])
        for answers in rounds
    ]
    means = [replicats(answers, "ArMean") for answers in rounds]
    of_mean = [
        np.mean([brier_score(p, truth[claim]) for claim, p in each.items()]) for each in means
    ]
    out_of_order = [
        each for answers in rounds for each in answers if not each.lower <= each.best <= each.upper
    ]
    assert individual == near(expected["individual"])
    assert of_mean == near(expected["mean"])
    assert len(out_of_order) == expected["incoherent"]
    assert sum(map(len, rounds)) == expected["answers"]


@pytest.mark.parametrize("column", ["extinction_all_1", "extinction_100_1", "vb_1_5"])
def test_a_messy_survey_is_read_or_refused(column):
    given, expected = the_case(f"espai.{column}")
    path = shared("data", "judgement", "espai_2023", "combined-cleaned-personal-anon.csv")
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row[given["column"]] for row in csv.DictReader(file)]
    texts = [text for text in texts if text not in ("", "NA")]

    numbers, told, refused = [], [], []
    for text in texts:
        try:
            amount = parse_amount(text, family="real")
        except InputError as error:
            refused.append(text)
            told += error.faults
            continue
        if text.endswith("%"):
            # a number that names its unit is read, and is not one of the bare ones
            told.append(amount)
            continue
        numbers.append(amount.p50)

    assert len(texts) == expected["answers"]
    assert len(numbers) == expected["numeric"]
    assert (np.median(numbers), np.mean(numbers)) == near((expected["median"], expected["mean"]))
    assert [*refused, *(text for text in texts if text.endswith("%"))] == [
        *(text for text in expected["refused"] if not text.endswith("%")),
        *(text for text in expected["refused"] if text.endswith("%")),
    ]


def test_triples_that_cannot_be_are_found():
    _, expected = the_case("fri.incoherent")
    rows = forecasts()

    complete = [row for row in rows if all(row[name] for name in ("PU", "Pc", "PUc"))]
    complete = [row for row in complete if "NA" not in (row["PU"], row["Pc"], row["PUc"])]
    wrong = [
        row
        for row in complete
        if not fits_together(
            p_outcome=float(row["PU"]),
            p_crux=float(row["Pc"]),
            p_outcome_if_crux=float(row["PUc"]),
        )
    ]

    assert len(rows) == expected["rows"]
    assert len(rows) - len(complete) == expected["blank"]
    assert len(wrong) == expected["incoherent"]


def test_the_value_of_a_crux_is_the_published_one():
    given, expected = the_case("fri.voi")
    with shared("data", *expected["file"].split("/")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    found = [
        crux_value(
            p_outcome=float(row["PU"]),
            p_crux=float(row["Pc"]),
            p_crux_of_others=float(row["PC_alt"]),
            p_outcome_if_crux=float(row["PUc"]),
        )
        for row in rows
    ]

    assert len(rows) == given["rows"]
    assert found == pytest.approx([float(row[expected["column"]]) for row in rows], abs=1e-12)
