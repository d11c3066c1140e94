"""``custodes schemas DIR``: the JSON Schema of every file and result."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def schemas(folder: Path) -> None:
    """Write the JSON Schema of every file and result into DIR.

    A file of rows is described by one row, a TOML file by its whole table.
    """
    from custodes.exchange import write_schemas

    for path in write_schemas(folder):
        click.echo(str(path))
