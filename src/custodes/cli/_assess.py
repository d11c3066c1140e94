"""``custodes assess DIR``: the main job."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from custodes.cli._challenges_text import challenges_text
from custodes.cli._claims_text import claims_text
from custodes.cli._panels_text import panels_text
from custodes.cli._printing import assessment_table, progress_bar, told_ppm
from custodes.cli._publication import publish
from custodes.cli._replay_text import replay_text
from custodes.cli._without_each_text import without_each_text

if TYPE_CHECKING:
    from custodes.assessment import Assessment
    from custodes.rounds import Round


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--worldview", "worldviews", metavar="NAME", multiple=True, help="Only this one.")
@click.option("--samples", type=int, metavar="N", help="Draws; a power of two.")
@click.option("--seed", type=int, metavar="S", help="Seed; 0 is a seed.")
@click.option("--sampler", type=click.Choice(["sobol", "monte_carlo"]), help="How to draw.")
@click.option(
    "--conditions", multiple=True, metavar="EFFORT=ID,ID", help="Use this package for an effort."
)
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
@click.option("--report", metavar="DIR", type=click.Path(path_type=Path), help="Write the report.")
@click.option("--scheduler", metavar="ADDRESS", help="Assess on a dask cluster.")
@click.option(
    "--round",
    "judgement_round",
    type=click.Choice(["1", "2"]),
    default="2",
    help="1: on the experts' blind answers alone; 2, the default: on their last ones.",
)
@click.option("--compare-rounds", is_flag=True, help="Also say what the discussion changed.")
@click.option(
    "--without-each",
    is_flag=True,
    help="Also say what each effort would be without each one of its conditions.",
)
@click.option(
    "--replay",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Compute a kept assessment.json again; what moved?",
)
@click.option("--best-first/--worst-first", default=False, help="Order of the table.")
def assess(  # noqa: PLR0913 (one a flag)
    *,
    folder: Path,
    worldviews: tuple[str, ...],
    samples: int | None,
    seed: int | None,
    sampler: Literal["sobol", "monte_carlo"] | None,
    conditions: tuple[str, ...],
    json_file: str | None,
    report: Path | None,
    scheduler: str | None,
    judgement_round: str,
    compare_rounds: bool,
    without_each: bool,
    replay: Path | None,
    best_first: bool,
) -> None:
    """Assess every effort of a round, before and after the recommended conditions.

    Negative is safer. The same inputs and seed give the same result, bit for bit.
    """
    from custodes.assessment import assess as assess_round
    from custodes.assessment import open_executor
    from custodes.exchange import read_round, result_text, write_result

    if replay is not None:
        _replay(folder, replay, json_file)
        return
    packages = packages_in(conditions)
    round_ = read_round(folder)
    if judgement_round == "1":
        round_ = round_.blind
    work = evaluations(round_, samples, worldviews)
    with open_executor(scheduler, evaluations=work) as executor, progress_bar("Assessing") as bar:
        assessment = assess_round(
            round_,
            worldviews=worldviews or None,
            samples=samples,
            seed=seed,
            sampler=sampler,
            conditions=packages,
            executor=executor,
            progress=bar,
        )
    if json_file and json_file != "-":
        write_result(assessment.record, json_file)
    if report is not None:
        publish(assessment, report)
    if json_file == "-":
        click.echo(result_text(assessment.record), nl=False)
    else:
        click.echo(assessment_table(assessment.record, best_first=best_first))
        for told in (
            panels_text(assessment.record),
            claims_text(assessment.record),
            challenges_text(assessment),
        ):
            if told:
                click.echo(f"\n{told}")
        if compare_rounds:
            click.echo(f"\n{_rounds_compared(assessment)}")
        if without_each:
            click.echo(f"\n{without_each_text(assessment)}")


def _replay(folder: Path, kept: Path, json_file: str | None) -> None:
    """Compute a kept result again from the round as it is, and say what moved."""
    from custodes.assessment import open_executor, replayed
    from custodes.exchange import read_assessment, read_round, result_text, write_result

    record = read_assessment(kept)
    round_ = read_round(folder, worldviews=record.round.worldviews)
    work = evaluations(round_, record.samples)
    with open_executor(None, evaluations=work) as executor, progress_bar("Assessing") as bar:
        found = replayed(record, round_, executor=executor, progress=bar)
    if json_file == "-":
        click.echo(result_text(found.assessment.record), nl=False)
        return
    if json_file:
        write_result(found.assessment.record, json_file)
    click.echo(replay_text(found))


def _rounds_compared(assessment: Assessment) -> str:
    """What the discussion changed, effort by effort, under the first worldview."""
    from custodes.assessment import compare_rounds

    first = assessment.record.round.worldviews[0]
    rows = [each for each in compare_rounds(assessment) if each.worldview == first]
    if not rows:
        return "Nobody revised an answer."
    lines = [
        f"Blind answers against the last ones, net with conditions under {first}, ppm",
        f"{'effort':<32} {'blind':>10} {'last':>10} {'change':>10} {'P blind':>8} {'P last':>7}",
    ]
    lines += [
        f"{each.effort[:32]:<32} {told_ppm(each.blind.mean):>10} {told_ppm(each.last.mean):>10} "
        f"{told_ppm(each.change):>10} {each.p_raises_risk_blind:>8.0%} "
        f"{each.p_raises_risk_last:>7.0%}"
        for each in rows
    ]
    return "\n".join(lines)


def evaluations(round_: Round, samples: int | None, worldviews: Iterable[str] = ()) -> int:
    """Efforts times worldviews times draws: how much work it is."""
    views = len(tuple(worldviews)) or len(round_.worldviews)
    return len(round_.efforts) * views * (samples or round_.settings.samples)


def packages_in(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The packages that `--conditions EFFORT=ID,ID` states; `EFFORT=` is the empty package.

    Raises:
        click.BadParameter: One of them is not of this form, or an effort is named twice.
    """
    packages: dict[str, tuple[str, ...]] = {}
    for each in given:
        effort, equals, ids = each.partition("=")
        if not equals or not effort.strip():
            msg = f"'{each}' is not EFFORT=ID,ID"
            raise click.BadParameter(msg, param_hint="--conditions")
        if effort.strip() in packages:
            msg = f"'{effort.strip()}' is given twice"
            raise click.BadParameter(msg, param_hint="--conditions")
        named = (part.strip() for part in ids.split(","))
        packages[effort.strip()] = tuple(dict.fromkeys(part for part in named if part))
    return packages
