"""A real two-round study through pooling and scoring, against its published figures.

Run it with the folder that holds the study's files; `docs/tutorial/two-round-study.md` explains
what it prints. With a second argument it also writes the study as a round, for `custodes pool`.
"""

import csv
import sys
from pathlib import Path

from custodes.judgements import (
    METHODS,
    REPLICATS,
    ResolvedAnswer,
    ThreePoints,
    brier_score,
    camps_of,
    panel_of,
    pool_answers,
    replicats,
    spread_of,
    track_records,
)
from custodes.quantities import Amount, Quantity

SAME = 1e-12
"""Difference from a published figure that is only rounding."""
OURS = ("linear", "vincent", "median", "trimmed", "interval_width")
PROBABILITY = Quantity(
    name="replicates",
    symbol="p",
    meaning="Probability that a replication finds the claimed effect.",
    question="How likely is it that the claim replicates?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="",
)


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one of the study's files."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def three_points(folder: Path, number: int) -> list[ThreePoints]:
    """One round's answers: lowest, best and highest probability, from percent."""
    return [
        ThreePoints(
            claim=row["paper_id"],
            expert=row["user_name"],
            lower=float(row["lower"]) / 100,
            best=float(row["best"]) / 100,
            upper=float(row["upper"]) / 100,
        )
        for row in rows_of(folder, f"round{number}_three_point.csv")
    ]


def by_claim(answers: list[ThreePoints]) -> dict[str, dict[str, Amount]]:
    """Answers as amounts, by claim and expert."""
    found: dict[str, dict[str, Amount]] = {}
    for each in answers:
        amount = Amount(p05=each.lower, p50=each.best, p95=each.upper)
        found.setdefault(each.claim, {})[each.expert] = amount
    return found


def mean_brier(pooled: dict[str, float], truth: dict[str, int]) -> float:
    """Mean Brier score over the claims."""
    return sum(brier_score(p, truth[claim]) for claim, p in pooled.items()) / len(pooled)


def tell(folder: Path) -> None:
    """Print what the page shows."""
    truth = {row["paper_id"]: int(row["outcome"]) for row in rows_of(folder, "outcomes.csv")}
    published: dict[str, dict[str, float]] = {}
    for row in rows_of(folder, "expected.csv"):
        published.setdefault(row["method"], {})[row["paper_id"]] = float(row["cs"])
    rounds = {number: three_points(folder, number) for number in (1, 2)}
    people = {each.expert for each in rounds[1]}
    print(f"{len(people)} experts, {len(truth)} claims, {len(rounds[1]) + len(rounds[2])} answers")

    print("\nBrier score (smaller is better)         round 1   round 2")
    alone = [
        sum(brier_score(each.best, truth[each.claim]) for each in answers) / len(answers)
        for answers in rounds.values()
    ]
    together = [mean_brier(replicats(each, "ArMean"), truth) for each in rounds.values()]
    print(f"mean of the experts, each alone         {alone[0]:.5f}   {alone[1]:.5f}")
    print(f"of the mean of their best estimates     {together[0]:.5f}   {together[1]:.5f}")

    print("\npublished rule    claim 100   largest difference   Brier, round 2")
    for name in REPLICATS:
        pooled = replicats(rounds[2], name)
        told = "       not published"
        if name in published:
            off = max(abs(pooled[claim] - value) for claim, value in published[name].items())
            told = f"{'below 1e-12' if off < SAME else f'{off:.1e}':>20}"
        print(f"{name:<16} {pooled['100']:>10.6f} {told} {mean_brier(pooled, truth):>16.6f}")

    print("\nour pool of the ranges   claim 100 (5 % to 95 %)       Brier of its mean, round 2")
    questions = by_claim(rounds[2])
    for method in METHODS:
        if method not in OURS:
            continue
        pools = {
            claim: pool_answers(answers, PROBABILITY, method=method)
            for claim, answers in questions.items()
        }
        first = pools["100"]
        score = mean_brier({claim: each.mean for claim, each in pools.items()}, truth)
        told = f"{first.p50:.3f} ({first.p05:.3f} to {first.p95:.3f})"
        print(f"{method:<24} {told:<30} {score:.6f}")

    for number, answers in rounds.items():
        panels = [panel_of(each, PROBABILITY) for each in by_claim(answers).values()]
        shares = [spread_of(panel).share_between for panel in panels]
        known = [share for share in shares if share is not None]
        splits = [camps_of(panel) for panel in panels]
        far = sum(split is not None and split.far_apart for split in splits)
        print(
            f"\nround {number}: {sum(known) / len(known):.0%} of the variance lies between "
            f"experts; two camps in {far} of {len(panels)} claims",
            end="",
        )
    print()

    records = track_records(
        [
            ResolvedAnswer(
                expert=each.expert,
                question=each.claim,
                family="event",
                amount=Amount.point(each.best),
                outcome=truth[each.claim],
            )
            for each in rounds[2]
        ]
    )
    better = sum(
        each.brier is not None and each.brier < together[1] for each in records if each.comparable
    )
    print(f"\n{better} of {len(records)} experts did better alone than the mean of all")


def write_round(folder: Path, into: Path) -> None:
    """Write the study as a round: each claim an effort, its probability of success asked."""
    into.mkdir(parents=True)
    (into / "round.toml").write_text(
        'title = "Twenty-five research claims"\ninstitution = "repliCATS data"\n'
        'budget = 25\ncurrency = "USD"\n',
        "utf-8",
    )
    claims = list(dict.fromkeys(each.claim for each in three_points(folder, 1)))
    efforts = "".join(f"claim-{claim},Research claim {claim},1\n" for claim in claims)
    (into / "efforts.csv").write_text(f"id,title,cost\n{efforts}", "utf-8")
    rows = ["effort,expert,round,quantity,raw,unit\n"]
    for number in (1, 2):
        rows += [
            f"claim-{row['paper_id']},{row['user_name']},{number},success,"
            f"{row['lower']} / {row['best']} / {row['upper']},percent\n"
            for row in rows_of(folder, f"round{number}_three_point.csv")
        ]
    (into / "judgements.csv").write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    study = Path(sys.argv[1])
    tell(study)
    if len(sys.argv) > 2:  # noqa: PLR2004 (the folder of the round)
        write_round(study, Path(sys.argv[2]))
