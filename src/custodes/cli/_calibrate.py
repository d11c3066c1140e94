"""``custodes calibrate DIR``: how experts did on questions whose answer is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._pictures import require_svg, write_picture
from custodes.cli._wrapping import named, wrapped

if TYPE_CHECKING:
    from custodes.judgements import CalibrationRecord

_NAME = 20
_MAKERS = {
    "equal": "equal weights",
    "global": "global weights",
    "global_optimised": "global, best cut-off",
    "item": "item weights",
    "item_optimised": "item, best cut-off",
    "user": "weights of experts.csv",
}


@click.command()
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
@click.option("--plot", "plot_file", metavar="FILE", help="Draw stated against seen, as SVG.")
def calibrate(*, source: Path, json_file: str | None, plot_file: str | None) -> None:
    """Score the experts by questions whose answer is known (Cooke's classical model).

    DIR is a round with a calibration.csv, or a study in Excalibur's files: name its .dtt, with
    the .rls beside it.
    """
    from custodes.exchange import result_text, write_result

    require_svg(plot_file)
    record = _calibrated(source)
    if json_file and json_file != "-":
        write_result(record, json_file)
    if plot_file is not None:
        from custodes.reports import calibration_figure

        write_picture(plot_file, calibration_figure(record).drawings[0])
    if json_file == "-":
        click.echo(result_text(record), nl=False)
        return
    click.echo("\n".join(calibration_lines(record)))


def _calibrated(source: Path) -> CalibrationRecord:
    from custodes.exchange import read_excalibur, read_round
    from custodes.judgements import calibrate as calibrate_round
    from custodes.judgements import calibrate_study

    if source.suffix.lower() in (".dtt", ".rls"):
        return calibrate_study(read_excalibur(source))
    return calibrate_round(read_round(source))


def calibration_lines(record: CalibrationRecord) -> Iterator[str]:
    """How each expert did, the pooled makers and how firm that is, at 100 columns."""
    from custodes.judgements import LEAST_SEEDS

    answered = record.least_answered
    yield wrapped(
        f"{len(record.experts)} experts, {record.seeds} questions with a known answer, "
        f"{answered} answered by each at least."
    )
    yield wrapped(
        "Calibration: the probability of so bad a fit or worse if the expert were well "
        "calibrated; information: how much narrower the ranges are than everybody's together. "
        "Held: truths inside the outermost range, with the 90 % interval of that share."
    )
    yield ""
    yield (
        f"{'expert':{_NAME}} {'seeds':>5} {'held':>5} {'share, interval':>21} {'calibration':>12} "
        f"{'information':>12} {'weight':>7} {'best':>7}"
    )
    for each in record.experts:
        held = each.held
        told = f"{held.share:.0%} ({held.low:.0%} to {held.high:.0%})" if held else "-"
        yield (
            f"{_short(each.expert)} {each.answered:>5} {held.held if held else '-':>5} "
            f"{told:>21} {_number(each.calibration):>12} {_number(each.information):>12} "
            f"{each.weight_global:>7.3f} {each.weight_optimised:>7.3f}"
        )
    yield ""
    yield f"{'pooled with':{_NAME + 5}} {'calibration':>12} {'information':>12} {'score':>10}"
    for maker in record.makers:
        yield (
            f"{_MAKERS[maker.weights]:{_NAME + 5}} {_number(maker.calibration):>12} "
            f"{_number(maker.information):>12} {_number(maker.score):>10}"
        )
    yield ""
    firm = record.robustness
    yield wrapped(
        f"Leaving out one expert or one question at a time, the score of the best global weights "
        f"runs from {_number(firm.score_low)} to {_number(firm.score_high)}."
    )
    if not record.enough:
        yield wrapped(
            f"NOT ENOUGH to weigh anybody: {LEAST_SEEDS} each are needed. Equal weights stand."
        )
    for note in record.notes:
        yield wrapped(note, hanging=2)
    logs = [each.question for each in record.questions if each.scale == "log"]
    if logs:
        yield wrapped(f"Measured on a logarithm: {', '.join(logs)}.", hanging=2)


def _short(name: str) -> str:
    return named(name, _NAME)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4g}"
