"""The public report of an assessment: what every command that writes it shares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._printing import progress_bar
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custodes.assessment import Assessment
    from custodes.choice import ChoiceRecord
    from custodes.decisions import Decision
    from custodes.questions import QuestionsRecord


def publish(
    assessment: Assessment,
    folder: Path,
    choice: ChoiceRecord | None = None,
    decisions: Sequence[Decision] = (),
) -> None:
    """Write the report and say where it is."""
    from custodes.reports import write_site

    questions = public_questions(assessment)
    with progress_bar("Writing the report") as bar:
        write_site(
            assessment.record,
            assessment.round_,
            folder,
            choice=choice,
            questions=questions,
            decisions=decisions,
            progress=bar,
        )
    click.echo(f"The report is in {folder / 'index.html'}", err=True)


def public_questions(assessment: Assessment) -> QuestionsRecord | None:
    """What to ask next about the open efforts of a round, for its report.

    None where there are too few draws to tell; that is said on standard error.
    """
    from custodes.errors import InputError
    from custodes.questions import ask
    from custodes.reports import only_open

    try:
        with progress_bar("Weighing the questions") as bar:
            return ask(only_open(assessment), progress=bar)
    except InputError as error:
        click.echo(wrapped(f"The report has no questions: {error}", hanging=2), err=True)
        return None
