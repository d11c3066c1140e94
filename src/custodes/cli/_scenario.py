"""``custodes scenario NAME``: one small model, its inputs and outputs, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import fill, wrap
from typing import TYPE_CHECKING

import click

from custodes.cli._wrapping import WIDTH

if TYPE_CHECKING:
    from custodes.errors import Fault
    from custodes.records import Record
    from custodes.scenarios import ScenarioRecord

TITLES = {
    "valley": "The dangerous valley: safe enough for the developer, not for society.",
    "race": "A race between teams: what knowledge and enmity do to safety.",
    "actors": "The unilateralist's curse: the more can act alone, the likelier a harmful act.",
    "progress": "Relative progress: the time between dangerous capability and its safeguards.",
    "detection": "Passed tests: what gaming and common causes keep them from showing.",
    "principals": "The bad principal: how many hold the system, and what outlives leaks.",
}
"""The scenarios and their titles, once more: listing them must not load numpy. A test compares."""

_NAME, _VALUE = 28, 12
_LISTING = "\b\nScenarios:\n" + "\n".join(f"  {name:<12}{line}" for name, line in TITLES.items())


@click.command(epilog=_LISTING)
@click.argument("name", required=False)
@click.option("settings", "--set", metavar="KEY=VALUE", multiple=True, help="Change one input.")
@click.option("json_file", "--json", metavar="FILE", help="Write the result; - for the terminal.")
@click.option("plot_file", "--plot", metavar="FILE", help="Draw the picture, as SVG.")
def scenario(
    name: str | None, settings: tuple[str, ...], json_file: str | None, plot_file: str | None
) -> None:
    """Solve one small model with known answers, and say what its numbers mean.

    Without NAME: the list of scenarios.
    """
    if name is None:
        click.echo("Scenarios (custodes scenario NAME shows the keys that --set can change):")
        click.echo("\n".join(f"  {known:<12}{line}" for known, line in TITLES.items()))
        return
    record = _solved(name, settings, plot_file)
    drawing = _drawn(record) if plot_file else None
    for note in record.notes:
        click.echo(note, err=True)
    if plot_file and drawing is not None:
        _write(plot_file, drawing)
    text = record.as_json()
    if json_file == "-":
        click.echo(text, nl=False)
        return
    if json_file:
        _write(json_file, text)
    click.echo("\n".join(_page(record)))


def _solved(name: str, settings: tuple[str, ...], plot_file: str | None) -> ScenarioRecord:
    """The solved scenario, or every fault in what was asked for."""
    from custodes.errors import Fault, InputError
    from custodes.scenarios import run

    faults = list(_malformed(settings))
    if plot_file is not None and Path(plot_file).suffix.lower() != ".svg":
        faults.append(
            Fault(
                message="is not the name of an SVG file",
                cure="--plot draws SVG: end the name in .svg",
                file=plot_file,
            )
        )
    pairs = dict(word.split("=", 1) for word in settings if "=" in word)
    try:
        record = run(name, {key.strip(): value.strip() for key, value in pairs.items()})
    except InputError as error:
        raise InputError([*faults, *error.faults]) from error
    if faults:
        raise InputError(faults)
    return record


def _malformed(settings: tuple[str, ...]) -> Iterable[Fault]:
    from custodes.errors import Fault

    seen: set[str] = set()
    for word in settings:
        key = word.partition("=")[0].strip()
        if "=" not in word:
            yield Fault(message=f"--set {word} has no value", cure="write --set KEY=VALUE")
        elif key in seen:
            yield Fault(message="is set twice", cure="set it once", field=key)
        seen.add(key)


def _drawn(record: ScenarioRecord) -> str:
    from custodes.reports import scenario_figure

    return scenario_figure(record)


def _write(name: str, text: str) -> None:
    from custodes.errors import Fault, InputError

    try:
        Path(name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        fault = Fault(
            message=f"cannot be written ({error.strerror})",
            cure="choose a file in a folder that exists and that you may write to",
            file=name,
        )
        raise InputError([fault]) from error


def _page(record: ScenarioRecord) -> Iterable[str]:
    """The result for a person, at most 100 columns wide."""
    from custodes.scenarios import SCENARIOS

    about = SCENARIOS[record.scenario]
    yield f"{about.title} (paper pp. {about.pages})"
    yield from ("", "Inputs (* = set here)")
    yield from _rows(record.inputs, marked=set(record.set))
    yield from ("", "Outputs")
    yield from _rows(record.outputs, marked=set())
    if record.measures:
        yield from ("", *_measures(record))
    yield from ("", fill(record.reading, WIDTH))


def _rows(facts: Record, *, marked: set[str]) -> Iterable[str]:
    for key, field in type(facts).model_fields.items():
        shown = _number(getattr(facts, key))
        meaning = " ".join((field.description or "").split())
        lines = wrap(meaning, WIDTH - _NAME - _VALUE - 4) or [""]
        mark = "*" if key in marked else " "
        yield f"{mark} {key:<{_NAME}}{shown:>{_VALUE}}  {lines[0]}"
        yield from (" " * (_NAME + _VALUE + 4) + line for line in lines[1:])


def _measures(record: ScenarioRecord) -> Iterable[str]:
    yield "What each measure does to the valley (width in log-odds up to the first deployer)"
    yield f"  {'':<18}{'width':>8}{'change':>9}{'peak risk':>11}{'change':>9}  how; its price"
    for each in record.measures:
        figures = (
            f"{_number(each.width_logit_first_deployer, 'z.3f'):>8}"
            f"{_number(each.width_change, '+z.3f'):>9}"
            f"{_number(each.peak_risk, 'z.3f'):>11}{_number(each.peak_risk_change, '+z.3f'):>9}"
        )
        lines = wrap(f"{each.change}; {each.trade_off}", WIDTH - 59)
        yield f"  {each.measure:<18}{figures}  {lines[0]}"
        yield from (" " * 59 + line for line in lines[1:])


def _number(value: float | None, form: str = "z.7g") -> str:
    return "-" if value is None else f"{value:{form}}"
