"""``custodes choose DIR``: which efforts, with which conditions, under the budget."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from custodes.cli._assess import evaluations
from custodes.cli._choice_text import choice_text, handling_note
from custodes.cli._printing import progress_bar
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.choice import ChoiceRecord
    from custodes.decisions import Decision
    from custodes.rounds import Round


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--budget", type=float, metavar="N", help="Money, in place of the round's.")
@click.option(
    "--cap-p-raises-risk",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Cap on P(raises risk) of each effort.",
)
@click.option(
    "--cvar",
    metavar="LEVEL:LIMIT",
    help="Limit the mean of the portfolio's worst draws, as 0.95:0.",
)
@click.option(
    "--cap-p-portfolio",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Cap on P(raises risk) of the portfolio.",
)
@click.option(
    "--rule",
    type=click.Choice(["first", "credence", "maximin", "regret"]),
    help="What decides under several worldviews.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="EFFORT=ID,ID",
    help="Look at this package of conditions too.",
)
@click.option(
    "--block", "blocked", multiple=True, metavar="EFFORT=REASON", help="Leave an effort out."
)
@click.option("--samples", type=int, metavar="N", help="Draws; a power of two.")
@click.option("--seed", type=int, metavar="S", help="Seed; 0 is a seed.")
@click.option("--replay", metavar="FILE", help="Recompute a kept choice; is it the same?")
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
def choose(  # noqa: PLR0913 (one a flag)
    *,
    folder: Path,
    budget: float | None,
    cap_p_raises_risk: float | None,
    cvar: str | None,
    cap_p_portfolio: float | None,
    rule: Literal["first", "credence", "maximin", "regret"] | None,
    packages: tuple[str, ...],
    blocked: tuple[str, ...],
    samples: int | None,
    seed: int | None,
    replay: str | None,
    json_file: str | None,
) -> None:
    """Choose efforts, with their conditions, under the budget and the limits of the round.

    Says what is chosen and what is not, each with its reason, what the portfolio does under
    every worldview, how far it can be from the best, and what the next million buys.
    """
    from custodes.assessment import assess, open_executor
    from custodes.choice import choose as choose_from
    from custodes.disclosure import is_public
    from custodes.exchange import (
        read_curves,
        read_decisions,
        read_round,
        result_text,
        write_result,
    )

    if replay is not None:
        click.echo(_replayed(folder, replay))
        return
    tail = tail_in(cvar) if cvar is not None else None
    wanted = packages_in(packages)
    reasons = reasons_in(blocked)
    round_ = read_round(folder)
    curves = read_curves(folder)
    work = evaluations(round_, samples)
    with open_executor(None, evaluations=work) as executor, progress_bar("Assessing") as bar:
        assessment = assess(round_, samples=samples, seed=seed, executor=executor, progress=bar)
    with progress_bar("Choosing") as bar:
        record = choose_from(
            assessment,
            budget=budget,
            cap_p_raises_risk=cap_p_raises_risk,
            cvar=tail,
            cap_p_portfolio=cap_p_portfolio,
            rule=rule,
            packages=wanted,
            blocked=reasons,
            curves=curves,
            progress=bar,
            clock=time.perf_counter,
        )
    marks = {
        str(each.id): each.handling for each in round_.efforts if not is_public(each.handling)
    }
    if json_file and marks:
        where = "the result" if json_file == "-" else json_file
        click.echo(wrapped(f"{where}: {handling_note(marks)}", hanging=2), err=True)
    if json_file and json_file != "-":
        write_result(record, json_file)
    if json_file == "-":
        click.echo(result_text(record), nl=False)
    else:
        click.echo(choice_text(record, marks))
        for line in _owed(record, round_, read_decisions(folder, round_)):
            click.echo(line)


def _owed(record: ChoiceRecord, round_: Round, decisions: Sequence[Decision]) -> Iterator[str]:
    """What challenges ask of the decisions to support what is chosen."""
    from custodes.decisions import challenges_owed

    decided = {each.effort: each for each in decisions}
    lines = [
        wrapped(f"{each.id}: {owed}", indent=2, hanging=4)
        for each in record.chosen
        for owed in challenges_owed(each.id, round_, decided.get(each.id))
    ]
    if lines:
        yield "BEFORE SUPPORT, what challenges ask of the decision:"
        yield from lines


def _replayed(folder: Path, file: str) -> str:
    """Whether a kept choice comes out the same.

    Raises:
        InputError: It does not; says what has changed.
    """
    from custodes.choice import replay
    from custodes.errors import Fault, InputError
    from custodes.exchange import read_choice, read_curves, read_round, result_text

    kept = read_choice(file)
    with progress_bar("Choosing again") as bar:
        found = replay(kept, read_round(folder), curves=read_curves(folder), progress=bar)
    if found.is_same:
        same_bytes = result_text(found.record) == Path(file).read_text("utf-8")
        how = "byte for byte" if same_bytes else "in every field; only the file's layout differs"
        return f"{file} comes out the same, {how}: {_in_short(kept)}."
    differs = f"{file} comes out differently in {', '.join(found.differs)}"
    cure = f"run `custodes choose {folder}` to choose from the round as it is now"
    if not found.changed:
        raise InputError(
            [
                Fault(
                    message=f"{differs}, and the round is as it was: the file was edited, or "
                    "another machine computed it",
                    cure=cure,
                )
            ]
        )
    raise InputError([Fault(message=f"{differs}; {'; '.join(found.changed)}", cure=cure)])


def _in_short(record: ChoiceRecord) -> str:
    return f"{len(record.chosen)} efforts for {record.currency} {record.spent:,.0f}"


def tail_in(given: str) -> float | tuple[float, float]:
    """The level, or level and limit, that `--cvar` states.

    Raises:
        click.BadParameter: It is no number, or the level is no share below 1.
    """
    level, colon, limit = given.partition(":")
    try:
        numbers = (float(level), float(limit) if colon else 0.0)
    except ValueError:
        numbers = (nan, nan)
    if not all(isfinite(number) for number in numbers):
        msg = f"'{given}' is not LEVEL:LIMIT, as 0.95:0"
        raise click.BadParameter(msg, param_hint="--cvar")
    if not 0 <= numbers[0] < 1:
        msg = f"the level {level} is not a share from 0 up to, but not including, 1"
        raise click.BadParameter(msg, param_hint="--cvar")
    return numbers if colon else numbers[0]


def packages_in(given: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Packages by effort that `--package EFFORT=ID,ID` states.

    Raises:
        click.BadParameter: One of them is not of this form.
    """
    packages: dict[str, list[tuple[str, ...]]] = {}
    for each in given:
        effort, ids = _halves(each, "EFFORT=ID,ID", "--package")
        named = (part.strip() for part in ids.split(","))
        packages.setdefault(effort, []).append(tuple(part for part in named if part))
    return packages


def reasons_in(given: Iterable[str]) -> dict[str, str]:
    """Reasons by effort that `--block EFFORT=REASON` states.

    Raises:
        click.BadParameter: One of them is not of this form, or has no reason.
    """
    reasons: dict[str, str] = {}
    for each in given:
        effort, reason = _halves(each, "EFFORT=REASON", "--block")
        if not reason.strip():
            msg = f"'{each}' gives no reason"
            raise click.BadParameter(msg, param_hint="--block")
        reasons[effort] = f"blocked: {reason.strip()}"
    return reasons


def _halves(given: str, form: str, option: str) -> tuple[str, str]:
    effort, equals, rest = given.partition("=")
    if not equals or not effort.strip():
        msg = f"'{given}' is not {form}"
        raise click.BadParameter(msg, param_hint=option)
    return effort.strip(), rest
