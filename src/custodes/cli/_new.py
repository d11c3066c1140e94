"""``custodes new DIR``: a blank round with every file and column explained."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a blank round into DIR, every file and column explained.

    DIR is made; nothing is overwritten.
    """
    from custodes.exchange import write_starter

    write_starter("blank", into=folder)
    click.echo(f"a blank round is in {folder}/; README.md says what to do first", err=True)
