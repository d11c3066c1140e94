"""``custodes report DIR --out SITE``: the static public report of a round."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from custodes.cli._assess import evaluations
from custodes.cli._printing import progress_bar
from custodes.cli._publication import publish


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="SITE",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of the report; an earlier report in it is replaced, nothing else is.",
)
@click.option(
    "--as-of",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day as of which readiness and what is overdue are told, as 2027-03-01; today where "
    "left out.",
)
def report(folder: Path, out: Path, as_of: dt.datetime | None) -> None:
    """Assess a round, choose, and write its public report: pages that open from the folder SITE.

    Efforts and challenges with a handling mark are withheld; the report tells how many and why.
    """
    from custodes.assessment import assess, open_executor
    from custodes.exchange import read_round
    from custodes.reports import require_site_folder

    require_site_folder(out)
    round_ = read_round(folder)
    work = evaluations(round_, None)
    with open_executor(None, evaluations=work) as executor, progress_bar("Assessing") as bar:
        assessment = assess(round_, executor=executor, progress=bar)
    publish(assessment, out, folder, as_of.date() if as_of else None)
