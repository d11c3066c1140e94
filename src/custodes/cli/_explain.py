"""``custodes explain NAME``: what a name means, its unit, range, source and status."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name", metavar="[NAME]", default="")
@click.option(
    "--round",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A round whose own mitigations, worldviews and systems are explained too.",
)
def explain(name: str, folder: Path | None) -> None:
    """Say what a quantity, mechanism, problem, mitigation, kind or worldview means.

    Without NAME it lists every name that it knows.
    """
    from custodes.cli._explanations import SORTS, explanations_of, sorts_of, unknown
    from custodes.cli._wrapping import labelled
    from custodes.exchange import read_round

    sorts = SORTS if folder is None else sorts_of(read_round(folder))
    if not name:
        click.echo("`custodes explain NAME` explains one of these:")
        click.echo(labelled((sort.title, ", ".join(sort.names())) for sort in sorts))
        return
    texts = explanations_of(name, sorts)
    if not texts:
        raise unknown(name, sorts)
    click.echo("\n\n".join(texts))
