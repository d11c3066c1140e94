"""The public report of an assessment: what every command that writes it shares."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._printing import progress_bar
from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from custodes.assessment import Assessment
    from custodes.choice import ChoiceRecord, Curve
    from custodes.decisions import ApproachVersion, Critique, Decision
    from custodes.questions import QuestionsRecord
    from custodes.reports import Monitoring


def publish(
    assessment: Assessment,
    folder: Path,
    round_folder: Path | None = None,
    today: dt.date | None = None,
) -> None:
    """Write the report and say where it is.

    Args:
        assessment: The result.
        folder: Where the report goes.
        round_folder: Where a choice, decisions, approach and critique come from; none leaves
            them out.
        today: The day as of which readiness and what is overdue are told; none is today, in UTC.
    """
    write_publication(assessment, folder, round_folder, today)
    click.echo(f"The report is in {folder / 'index.html'}", err=True)


def write_publication(
    assessment: Assessment,
    folder: Path,
    round_folder: Path | None = None,
    today: dt.date | None = None,
) -> None:
    """Write the public report of a round, with what its folder says was decided and criticised.

    Args:
        assessment: The result.
        folder: Where the report goes.
        round_folder: As for :func:`publish`.
        today: As for :func:`publish`.
    """
    from custodes.assessment import evidence_of, scaling_statements, without_each_condition
    from custodes.exchange import read_approach, read_critiques, read_curves, read_decisions
    from custodes.reports import only_open, with_public_audits, write_site

    round_ = assessment.round_
    choice: ChoiceRecord | None = None
    curves: Sequence[Curve] = ()
    decisions: Sequence[Decision] = ()
    approach: Sequence[ApproachVersion] = ()
    critiques: Sequence[Critique] = ()
    if round_folder is not None:
        choice, curves = public_choice(assessment, round_folder), read_curves(round_folder)
        decisions, approach = read_decisions(round_folder, round_), read_approach(round_folder)
        critiques = read_critiques(round_folder, round_, decisions)
    questions = public_questions(assessment)
    opened = only_open(assessment)
    monitoring = _monitoring(
        assessment,
        round_folder,
        decisions=decisions,
        recommenders={each.recommender for each in curves},
        today=today or dt.datetime.now(dt.UTC).date(),
    )
    with progress_bar("Writing the report") as bar:
        write_site(
            assessment.record,
            round_,
            folder,
            choice=choice,
            questions=questions,
            curves=curves,
            decisions=decisions,
            approach=approach,
            critiques=critiques,
            without=without_each_condition(opened),
            statements=scaling_statements(opened),
            evidence=evidence_of(with_public_audits(round_)) if round_.audits else None,
            monitoring=monitoring,
            progress=bar,
        )


def _monitoring(
    assessment: Assessment,
    round_folder: Path | None,
    *,
    decisions: Sequence[Decision],
    recommenders: Collection[str],
    today: dt.date,
) -> Monitoring:
    """Dossiers, decisions about systems and predictions, as of a day."""
    from custodes.assessment import dossiers_of
    from custodes.exchange import read_predictions, read_system_decisions
    from custodes.reports import Monitoring, public_round

    record, round_ = assessment.record, assessment.round_
    dossiers = None
    if round_.systems:
        dossiers = dossiers_of(
            public_round(round_, recommenders=recommenders),
            worldviews=record.round.worldviews,
            samples=record.samples,
            seed=record.seed,
        )
    if round_folder is None:
        return Monitoring(today=today, dossiers=dossiers)
    return Monitoring(
        today=today,
        dossiers=dossiers,
        decisions=read_system_decisions(round_folder, round_),
        predictions=read_predictions(round_folder, round_, decisions),
    )


def public_choice(assessment: Assessment, folder: Path) -> ChoiceRecord | None:
    """What is chosen among the open efforts of a round, for its report.

    None where the limits of the round conflict among them; that is said on standard error.
    """
    from custodes.choice import choose as choose_from
    from custodes.errors import InputError
    from custodes.exchange import read_curves
    from custodes.reports import only_open

    drawn = read_curves(folder)
    opened = only_open(assessment, recommenders={each.recommender for each in drawn})
    names = {each.id for each in opened.record.efforts}
    curves = [each for each in drawn if each.effort in names]
    try:
        with progress_bar("Choosing") as bar:
            return choose_from(opened, curves=curves, progress=bar)
    except InputError as error:
        click.echo(wrapped(f"The report has no choice: {error}", hanging=2), err=True)
        return None


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
