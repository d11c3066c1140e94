"""``custodes ask DIR``: which question to which expert is worth most."""

from __future__ import annotations

from pathlib import Path

import click

from custodes.cli._assess import evaluations
from custodes.cli._printing import progress_bar
from custodes.cli._questions_text import questions_text

_TOP = 8


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    default=_TOP,
    show_default=True,
    help="How many to print; the JSON has all.",
)
@click.option("--worldview", metavar="NAME", help="Decide under this one, not the round's first.")
@click.option(
    "--cost-of-answer",
    type=click.FloatRange(min=0),
    metavar="N",
    help="Cost of one expert's answer; USD 500 otherwise.",
)
@click.option("--samples", type=int, metavar="N", help="Draws; a power of two.")
@click.option("--seed", type=int, metavar="S", help="Seed; 0 is a seed.")
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
def ask(  # noqa: PLR0913 (one a flag)
    *,
    folder: Path,
    top: int,
    worldview: str | None,
    cost_of_answer: float | None,
    samples: int | None,
    seed: int | None,
    json_file: str | None,
) -> None:
    """Say which question, about which effort, to which expert is worth most.

    Worth: how much better the choice under the budget becomes, on average, when the answer is
    known exactly.
    """
    from custodes.assessment import assess, open_executor
    from custodes.exchange import read_round, result_text, write_result
    from custodes.questions import ask as ask_round

    round_ = read_round(folder)
    work = evaluations(round_, samples)
    with open_executor(None, evaluations=work) as executor, progress_bar("Assessing") as bar:
        assessment = assess(round_, samples=samples, seed=seed, executor=executor, progress=bar)
    with progress_bar("Weighing the questions") as bar:
        record = ask_round(
            assessment, worldview=worldview, cost_of_answer=cost_of_answer, progress=bar
        )
    if json_file and json_file != "-":
        write_result(record, json_file)
    if json_file == "-":
        click.echo(result_text(record), nl=False)
    else:
        click.echo(questions_text(record, top=top))
