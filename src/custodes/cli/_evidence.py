"""``custodes evidence``: what audit files, or the audits of a round, show and what they do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._wrapping import wrapped

if TYPE_CHECKING:
    from custodes.errors import Fault
    from custodes.evidence import (
        AuditInResult,
        Estimate,
        EvidenceRecord,
        FamilyInResult,
        HazardInResult,
        Run,
        SystemInResult,
    )


@click.command()
@click.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
def evidence(*, paths: tuple[Path, ...], json_file: str | None) -> None:
    """Say what audit files show, and what they do not.

    FILE is an .eval or .json file that Inspect wrote. A round's folder in its place tells what
    its audits say of each system, and how they move its numbers. Weak evidence is no fault: the
    exit code is 1 only if a file cannot be read.
    """
    from custodes.errors import InputError
    from custodes.exchange import result_text, write_result

    record, refused = _record(paths)
    if json_file and json_file != "-":
        write_result(record, json_file)
    if json_file == "-":
        click.echo(result_text(record), nl=False)
    else:
        for line in _lines(record):
            indent = len(line) - len(line.lstrip())
            click.echo(wrapped(line, indent=indent, hanging=indent + 2) if line else "")
    if refused:
        raise InputError(refused)


def _record(paths: tuple[Path, ...]) -> tuple[EvidenceRecord, tuple[Fault, ...]]:
    from importlib.metadata import version

    from custodes.evidence import evidence_of_files
    from custodes.exchange import read_audit_logs, read_round

    if len(paths) == 1 and paths[0].is_dir():
        from custodes.assessment import evidence_of

        return evidence_of(read_round(paths[0])), ()
    read = read_audit_logs(paths)
    library = version("custodes")
    return evidence_of_files(read.runs, read.refused, library_version=library), read.refused


def _lines(record: EvidenceRecord) -> Iterator[str]:
    for audit in record.audits:
        if audit.id:
            yield from _audit(audit)
        for family in audit.families:
            yield from _family(family, in_round=bool(audit.id))
        for flag in audit.flags:
            yield f"  {flag.check}: {flag.sentence}"
        yield ""
    for system in record.systems:
        yield from _system(system)
    if not record.systems:
        yield "What this does not show"
        for sentence in record.not_shown:
            yield f"  - {sentence}"


def _audit(audit: AuditInResult) -> Iterator[str]:
    hazards = _words(audit.hazards) or "no hazard named"
    by = "external" if audit.is_external else "the developer's own, or not said whose"
    yield f"Audit {audit.id} of {audit.system}: {hazards}"
    yield f"  {_words((audit.outcome,))}; independence {audit.grade} ({by})"
    if audit.not_stated:
        yield f"  not stated: {_words(audit.not_stated)}"


def _family(family: FamilyInResult, *, in_round: bool) -> Iterator[str]:
    number = f"{len(family.runs)} run{'s' if len(family.runs) != 1 else ''}"
    yield f"{family.task} on {family.model}, {number}"
    outcomes = {each.file: each for each in family.shown}
    for place, run in enumerate(family.runs, start=1):
        when = run.created or "no time"
        yield f"  {place}. {when}  {run.status}  {_result(run)}  ({run.file})"
        if in_round:
            shown = outcomes[run.file]
            yield f"    {_words((shown.outcome,))}: {shown.why}"
    if in_round:
        yield f"  together: {_words((family.outcome,))}, since {family.why}"
    yield from _flags(family)


def _flags(family: FamilyInResult) -> Iterator[str]:
    """Each flag once, with the runs that it speaks of."""
    places = {run.file: str(place) for place, run in enumerate(family.runs, start=1)}
    told: dict[tuple[str, str, str], list[str]] = {}
    for flag in family.flags:
        about = told.setdefault((flag.check, _EFFECTS[flag.effect], flag.sentence), [])
        about += [places[flag.about]] if flag.about in places else []
    for (check, effect, sentence), about in told.items():
        runs = f" (run {', '.join(about)})" if about and len(family.runs) > 1 else ""
        yield f"  {check}, {effect}{runs}: {sentence}"


_EFFECTS = {"stop": "shows nothing", "weigh": "counts for less", "tell": "to know"}


def _result(run: Run) -> str:
    told = [
        f"{scorer} {found.mean:.4g} over {found.items} item{'s' if found.items != 1 else ''}"
        + (f" [{found.interval.p05:.3g} to {found.interval.p95:.3g}]" if found.interval else "")
        for scorer, found in run.recomputed.items()
    ]
    if told:
        return ", ".join(told)
    stated = [
        f"{score.name} {name} {value:.4g} stated"
        for score in run.scores
        for name, value in score.metrics.items()
        if value is not None
    ]
    return ", ".join(stated) or "no result"


def _system(system: SystemInResult) -> Iterator[str]:
    yield f"System {system.system}: what this does not show"
    for sentence in system.not_shown:
        yield f"  - {sentence}"
    yield f"System {system.system}: what it shows"
    for hazard in system.hazards:
        yield f"  {_hazard(hazard)}"
    if system.x0 is not None:
        yield f"  logit safety {_range(system.x0)}"
        for view, believed in system.x_perceived.items():
            yield f"  as decision makers believe it ({view}) {_range(believed)}"
    if system.effective_sample_size is not None:
        yield f"  worlds that agree with the evidence: {system.effective_sample_size:,.0f}"
    yield ""


def _hazard(hazard: HazardInResult) -> str:
    tests = f"{hazard.n_tests} test{'s' if hazard.n_tests != 1 else ''}"
    found = f", {hazard.n_findings} found it" if hazard.n_findings else ""
    grade = f", best independence {hazard.best_grade}" if hazard.best_grade else ""
    worth = f", worth {hazard.n_eff:.2g} honest ones" if hazard.n_eff and hazard.n_tests else ""
    told = f"{_words((hazard.hazard,))}: {tests}{found}{worth}{grade}; strengths: {hazard.basis}"
    if hazard.prior is None or hazard.posterior is None or hazard.face_value is None:
        return f"{told}; nobody judged how likely it is"
    return (
        f"{told}; before {_range(hazard.prior)}, after {_range(hazard.posterior)}, at face value "
        f"{hazard.face_value.mean:.3g}"
    )


def _range(estimate: Estimate) -> str:
    return f"{estimate.mean:.3g} [{estimate.p05:.3g} to {estimate.p95:.3g}]"


def _words(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
