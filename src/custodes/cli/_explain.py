"""``custodes explain NAME``: what a name means, its unit, range, source and status."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", metavar="[NAME]", default="")
def explain(name: str) -> None:
    """Say what a quantity, mechanism, problem, mitigation, kind or worldview means.

    Without NAME it lists every name that it knows.
    """
    from custodes.cli._explanations import SORTS, explanations_of, unknown
    from custodes.cli._wrapping import labelled

    if not name:
        click.echo("`custodes explain NAME` explains one of these:")
        click.echo(labelled((sort.title, ", ".join(sort.names())) for sort in SORTS))
        return
    texts = explanations_of(name)
    if not texts:
        raise unknown(name)
    click.echo("\n\n".join(texts))
