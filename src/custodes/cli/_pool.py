"""``custodes pool DIR``: what experts answered, pooled, and how far they are apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._interval_bars import axis_over
from custodes.cli._pictures import require_svg, write_picture
from custodes.cli._printing import progress_bar
from custodes.cli._wrapping import named, printable, wrapped

if TYPE_CHECKING:
    from custodes.cli._interval_bars import Axis
    from custodes.judgements import Method, PooledQuestion, PoolRecord

_METHODS = (
    *("linear", "vincent", "median", "geometric_odds", "extremised", "trimmed"),
    *("interval_width", "cooke_global", "cooke_item", "cooke_equal", "user", "beta"),
)
_NAME, _NUMBERS, _BAR = 16, 30, 46
_SMALL, _LARGE = 1e-3, 1e5
_OUT = {
    "flagged": "out: flagged",
    "abstained": "abstains",
    "conflict": "out: conflict",
    "weight": "out: weight 0",
    "wording": "out: other wording",
    "method": "out by the method",
}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--method",
    metavar="M",
    type=click.Choice(_METHODS),
    default="linear",
    show_default=True,
    help=f"One of {', '.join(_METHODS)}.",
)
@click.option(
    "--round",
    "judgement_round",
    type=click.Choice(["1", "2"]),
    default="2",
    show_default=True,
    help="1: blind answers alone; 2: the last usable answer of each expert.",
)
@click.option("--effort", "efforts", metavar="ID", multiple=True, help="Only this effort.")
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
@click.option("--plot", "plot_file", metavar="FILE", help="Draw the ranges and pools as SVG.")
def pool(
    *,
    folder: Path,
    method: Method,
    judgement_round: str,
    efforts: tuple[str, ...],
    json_file: str | None,
    plot_file: str | None,
) -> None:
    """Pool the experts' answers and show how far they are apart.

    For every question: each expert's range as a bar, the pool, what the other methods give, how
    much of the spread is disagreement, and two camps where one number would speak for nobody.
    """
    from custodes.exchange import read_round, result_text, write_result
    from custodes.judgements import pool as pool_round

    require_svg(plot_file)
    round_ = read_round(folder)
    with progress_bar("Pooling") as bar:
        record = pool_round(
            round_,
            method=method,
            judgement_round=1 if judgement_round == "1" else 2,
            progress=bar,
        )
    subjects = _known(efforts, record)
    if json_file and json_file != "-":
        write_result(record, json_file)
    if plot_file is not None:
        from custodes.reports import answers_picture

        shown = [each for each in record.questions if each.subject in subjects]
        write_picture(plot_file, answers_picture(shown))
    if json_file == "-":
        click.echo(result_text(record), nl=False)
        return
    click.echo("\n".join(pool_lines(record, subjects)))


def _known(efforts: tuple[str, ...], record: PoolRecord) -> tuple[str, ...]:
    """The subjects to show, or a refusal of those that nobody judged."""
    from custodes.catalogue import nearest
    from custodes.errors import Fault, InputError

    judged = tuple(dict.fromkeys(each.subject for each in record.questions))
    faults = [
        Fault(message=f"nobody answered about {name!r}", cure=nearest(name, judged))
        for name in efforts
        if name not in judged
    ]
    if faults:
        raise InputError(faults)
    return efforts or judged


def pool_lines(record: PoolRecord, subjects: Sequence[str]) -> Iterator[str]:
    """The pooled questions at 100 columns.

    Args:
        record: The result.
        subjects: Which to show.
    """
    from custodes.judgements import METHODS_TOLD

    which = "blind answers alone" if record.judgement_round == 1 else "last answers"
    yield wrapped(f"Pooled by {record.method} ({METHODS_TOLD[record.method]}); {which}.")
    yield wrapped(
        "Each bar runs from the 5th to the 95th percentile, o is the median; 'assumed' is what "
        "stands where nobody answers. SHARE BETWEEN: how much of the variance is experts "
        "disagreeing, and not each one's own doubt."
    )
    for subject, questions in groupby(record.questions, key=lambda each: each.subject):
        if subject not in subjects:
            continue
        yield ""
        yield click.style(printable(subject), bold=True)
        for question in questions:
            yield from _question(question, record.method)
    if record.notes:
        yield ""
    for note in record.notes:
        yield wrapped(note, hanging=2)


def _question(question: PooledQuestion, method: str) -> Iterator[str]:
    from custodes.catalogue import QUANTITIES

    asked = QUANTITIES.get(question.quantity)
    meaning = f": {asked.question}" if asked else ""
    yield ""
    yield wrapped(f"{question.quantity} ({question.unit}){meaning}", indent=2, hanging=4)
    axis = axis_over(list(_numbers(question)), scale=question.scale, columns=_BAR)
    yield f"  {'':{_NAME + _NUMBERS}} {axis.rule(told_number)}"
    for each in question.experts:
        if each.p05 is None or each.p50 is None or each.p95 is None:
            yield f"  {_short(each.expert)}{_OUT['abstained']}: {each.abstain.replace('_', ' ')}"
            continue
        row = _row(each.expert, (each.p05, each.p50, each.p95), axis)
        marks = [_OUT[each.out_because]] if each.out_because in _OUT else []
        marks += [flag for flag in each.flags if flag not in ("order", "outside")]
        yield row
        if marks:
            yield f"  {'':{_NAME}}{', '.join(marks)}"
    camps = question.camps if question.camps and question.camps.far_apart else None
    far = camps is not None
    for name, camp in (("lower", camps.lower), ("upper", camps.upper)) if camps else ():
        label = f"{name} camp ({len(camp.experts)})"
        yield _row(label, (camp.pool.p05, camp.pool.p50, camp.pool.p95), axis, line="=")
    if question.pool is not None:
        used = "linear" if question.refused else method
        numbers = (question.pool.p05, question.pool.p50, question.pool.p95)
        row = _row(f"POOL ({question.pool.experts})", numbers, axis, line="=")
        yield click.style(row, dim=far, bold=not far)
        if question.refused:
            yield wrapped(f"{question.refused}: {used} shown", indent=4, hanging=6)
    if question.assumed is not None:
        yield click.style(_row("assumed", question.assumed.numbers, axis, line="."), dim=True)
    for line in _beneath(question):
        yield wrapped(line, indent=4, hanging=6)


def _numbers(question: PooledQuestion) -> Iterator[float]:
    for each in question.experts:
        yield from (x for x in (each.p05, each.p95) if x is not None)
    if question.pool is not None:
        yield from (question.pool.p05, question.pool.p95)
    if question.assumed is not None:
        yield from (question.assumed.p05, question.assumed.p95)


def _row(name: str, numbers: tuple[float, float, float], axis: Axis, *, line: str = "-") -> str:
    p05, p50, p95 = numbers
    told = f"{told_number(p50)} ({told_number(p05)} to {told_number(p95)})"
    return f"  {_short(name)}{told:{_NUMBERS}} {axis.bar(p05, p50, p95, line=line)}".rstrip()


def _short(name: str) -> str:
    return f"{named(name, _NAME - 1, indent=2)} "


def told_number(value: float) -> str:
    """A number with three digits that mean something."""
    if value and (abs(value) < _SMALL or abs(value) >= _LARGE):
        return f"{value:.2g}".replace("e-0", "e-").replace("e+0", "e")
    return f"{value:.3g}"


def _beneath(question: PooledQuestion) -> Iterator[str]:
    if question.spread is not None and question.counts.usable > 1:
        share = question.spread.share_between
        yield "share between: " + ("nobody states any spread" if share is None else f"{share:.0%}")
    camps = question.camps
    if camps is not None and camps.far_apart:
        lower, upper = told_number(camps.lower.median), told_number(camps.upper.median)
        yield (
            f"TWO CAMPS, medians {lower} and {upper}: do not quote one view of this panel. A "
            "statistical split is not a fact about people."
        )
    beside = [
        f"{name} {told_number(each.p50)} ({told_number(each.p05)} to {told_number(each.p95)})"
        for name, each in question.methods.items()
        if name in ("vincent", "median", "cooke_global")
    ]
    if beside and question.counts.usable > 1:
        yield f"other methods: {'; '.join(beside)}"
    if question.revised is not None and question.blind is not None:
        before, after = question.blind.p50, question.revised.p50
        yield f"median blind {told_number(before)}, revised {told_number(after)}"
    if question.with_conflicted is not None:
        told = question.with_conflicted
        yield (
            f"with those set aside for a conflict: {told_number(told.p50)} "
            f"({told_number(told.p05)} to {told_number(told.p95)})"
        )
    for other in question.other_wordings:
        middle = f"median {told_number(other.pool.p50)}" if other.pool else "none usable"
        yield f"another wording, not pooled with this one: {other.wording}, {middle}"
    counts = question.counts
    odd = [
        f"{number} {word}"
        for number, word in (
            (counts.flagged, "flagged"),
            (counts.unusable, "unusable"),
            (counts.abstained, "abstained"),
            (counts.set_aside, "set aside"),
        )
        if number
    ]
    if odd:
        yield f"answers: {counts.usable} in the pool; {', '.join(odd)}"
    yield from question.notes
