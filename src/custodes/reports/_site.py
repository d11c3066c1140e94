"""The static public report: plain files that open from a folder, ask nobody and run nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeAlias

from custodes.assessment import AssessmentRecord, ScalingStatement, WithoutCondition
from custodes.choice import ChoiceRecord, Curve
from custodes.decisions import ApproachVersion, Critique, Decision, yearly_record
from custodes.disclosure import Withheld, withheld_lines
from custodes.errors import Fault, InputError
from custodes.evidence import EvidenceRecord
from custodes.exchange import result_text
from custodes.questions import QuestionsRecord
from custodes.records import Record
from custodes.reports._archive import ARCHIVE, Archive, Beside, archive_of, assess_command
from custodes.reports._atrs import ATRS, atrs_draft
from custodes.reports._awards import AWARDS, GRANTS, awards_csv, grants_json, grants_of
from custodes.reports._choice_pages import choice_page, refuse_withheld
from custodes.reports._claims_pages import claims_page
from custodes.reports._critique_pages import approach_page, critiques_page, published_critiques
from custodes.reports._decision_pages import decisions_page, published_decisions
from custodes.reports._edition import Edition, edit
from custodes.reports._evidence_pages import evidence_page, published_evidence
from custodes.reports._extras import needed
from custodes.reports._feed import FEED, feed_of
from custodes.reports._formulas import set_formula
from custodes.reports._numbers import (
    in_words,
    money,
    percent,
    signed,
    significant,
    tell_plain,
    tell_risk,
    tell_social_value,
)
from custodes.reports._pages import (
    challenges,
    effort_page,
    method,
    overview,
    portfolio,
    shared,
    worldviews,
)
from custodes.reports._question_pages import (
    published_questions,
    questions_about,
    questions_page,
)
from custodes.reports._record_page import published_predictions, record_page
from custodes.reports._sheets import sheet
from custodes.reports._source import source_commit
from custodes.reports._system_pages import (
    Monitoring,
    published_system_decisions,
    refuse_other_dossiers,
    system_file,
    system_page,
    systems_page,
)
from custodes.rounds import Round, inputs_sha256

_Job: TypeAlias = tuple[str, str, str, Callable[[], dict[str, Any]]]
"""A page: its name in the site, its template, the way to the site's root, what it shows."""
Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""
MANIFEST = "manifest.txt"
"""Lists every file of the site with its SHA-256; also the mark by which we know our own."""
_FIRST_LINE = "custodes/site/1"
"""What the first line of the manifest says, as a remark: `sha256sum -c` passes over it."""


def write_site(  # noqa: PLR0913 (each is one part of a publication)
    record: AssessmentRecord,
    round_: Round,
    out: str | Path,
    *,
    choice: ChoiceRecord | None = None,
    questions: QuestionsRecord | None = None,
    curves: Sequence[Curve] = (),
    decisions: Sequence[Decision] = (),
    withheld: Sequence[Withheld] = (),
    approach: Sequence[ApproachVersion] = (),
    critiques: Sequence[Critique] = (),
    without: Sequence[WithoutCondition] = (),
    statements: Sequence[ScalingStatement] = (),
    evidence: EvidenceRecord | None = None,
    monitoring: Monitoring | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the public report of an assessment into a folder.

    Efforts and challenges with a handling mark are left out of every page, sum, file and hash.
    They are told as withheld, with what `withheld` says of them, unless their existence itself is
    restricted. The same result and round give the same bytes.

    Args:
        record: The result.
        round_: The round it was computed from.
        out: The folder; made if it is not there, replaced if an earlier report stands in it.
        choice: What was chosen among the open efforts, for a page of its own.
        questions: What to ask next about the open efforts, for a page of its own.
        curves: Recommenders' curves that the choice was made with.
        decisions: What was decided; those that are released have a page of their own.
        withheld: What is told of things that are withheld, where more is known than that they are.
        approach: The published versions of how the institution decides.
        critiques: Public critique, with its answers.
        without: What `without_each_condition` found, for the pages of the efforts.
        statements: What `scaling_statements` found, for the pages of the efforts.
        evidence: What the audits of the round show, for a page of its own.
        monitoring: Dossiers of systems, decisions about them and predictions, as of a day.
        progress: Told how many pages are done, and of how many.

    Raises:
        InputError: The folder holds something else, the result is not of this round, the
            choice or the questions name an effort that is withheld, or the dossiers rest on more
            than what is published.
        PrerequisiteError: The extra `report` is not installed.
    """
    target = Path(out)
    require_site_folder(target)
    if record.inputs_sha256 != inputs_sha256(round_):
        cure = "report the round from which the result was computed"
        raise InputError([Fault(message="the result is not of this round as it is", cure=cure)])
    edition = edit(
        record,
        round_,
        withheld=withheld,
        recommenders={each.recommender for each in curves},
        without=without,
        statements=statements,
    )
    if choice is not None:
        refuse_withheld(edition, choice)
    if questions is not None:
        questions = published_questions(edition, questions)
    beside = Beside(
        choice=choice,
        curves=tuple(each for each in curves if each.effort in edition.efforts),
        decisions=published_decisions(edition, decisions),
        approach=approach,
        critiques=published_critiques(edition, critiques),
    )
    if monitoring is not None:
        beside = replace(beside, monitoring=_published(edition, monitoring, beside.decisions))
    archive = archive_of(edition, beside)
    if evidence is not None:
        evidence = published_evidence(evidence, round_)
    contents = _contents(edition, beside, archive, questions, evidence, progress or _silent)
    listed = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(contents.items())
    )
    contents[MANIFEST] = f"# {_FIRST_LINE}\n{listed}".encode()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        why = error.strerror or "the folder cannot be made"
        fault = Fault(
            message=f"cannot be written ({why})", cure="name another folder", file=str(out)
        )
        raise InputError([fault]) from error
    try:
        for name, content in contents.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        fresh.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def require_site_folder(out: str | Path) -> None:
    """Refuse, before any long work, a folder that a report could not be written into.

    Only a folder that is missing, empty or holds an earlier report will do: the whole folder is
    replaced, because a page left over could tell what is withheld now.

    Raises:
        InputError: Something else is there.
        PrerequisiteError: The extra `report` is not installed.
    """
    for package in ("altair", "jinja2", "vl_convert"):
        needed(package)
    target = Path(out)
    if not target.exists() and not target.is_symlink():
        return
    if target.is_dir() and not target.is_symlink():
        manifest = target / MANIFEST
        # earlier reports had no sign before it
        ours = manifest.is_file() and manifest.read_bytes().removeprefix(b"# ").startswith(
            _FIRST_LINE.encode()
        )
        if ours or not any(target.iterdir()):
            return
        fault = Fault(
            message="holds something that is not a report of ours",
            cure="name another folder",
            file=str(target),
        )
    else:
        fault = Fault(message="is not a folder", cure="name a folder", file=str(target))
    raise InputError([fault])


def _silent(_done: int, _all: int) -> None:
    """Tell nobody."""


def _contents(
    edition: Edition,
    beside: Beside,
    archive: Archive,
    questions: QuestionsRecord | None,
    evidence: EvidenceRecord | None,
    progress: Progress,
) -> dict[str, bytes]:
    choice, decisions, monitoring = beside.choice, beside.decisions, beside.monitoring
    claims = edition.record.claims
    publication = edition.settings.publication
    has_critiques = bool(beside.critiques or publication.contact or publication.critique)
    feed = feed_of(edition, decisions, beside.approach, beside.critiques)
    grants = grants_of(edition, decisions)
    grants_file = grants_json(edition, grants)
    supported = sum(each.outcome == "support" for each in decisions)
    jinja2 = needed("jinja2")
    markupsafe = needed("markupsafe")
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("custodes.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        **shared(edition),
        "has_choice": choice is not None,
        "has_decisions": bool(decisions),
        "has_evidence": evidence is not None,
        "has_claims": edition.record.claims is not None,
        "has_systems": monitoring is not None and _has_systems(monitoring),
        "has_record": monitoring is not None and bool(monitoring.predictions),
        "withheld_lines": withheld_lines(edition.withheld_told),
        "has_approach": bool(beside.approach),
        "has_critiques": has_critiques,
        "has_feed": feed is not None,
        "has_grants": grants_file is not None,
        "nameless": supported - len(grants),
        "publication": publication,
        "asked": questions_about(questions) if questions is not None else None,
    }
    environment.filters |= {
        "drawing": markupsafe.Markup,
        "formula": set_formula,
        "money": money,
        "percent": percent,
        "plain": tell_plain,
        "risk": tell_risk,
        "significant": significant,
        "signed": signed,
        "social": tell_social_value,
        "words": in_words,
    }
    assets = files("custodes.reports") / "assets"
    contents = {
        "assessment.json": result_text(edition.record).encode(),
        ARCHIVE: archive.content,
        ATRS: atrs_draft(edition),
        "overview.csv": _csv(edition),
        "assets/style.css": (assets / "style.css").read_bytes(),
    }
    if choice is not None:
        contents["choice.json"] = result_text(choice).encode()
    if questions is not None:
        contents["questions.json"] = result_text(questions).encode()
    if evidence is not None:
        contents["evidence.json"] = result_text(evidence).encode()
    if decisions:
        contents["decisions.json"] = _told_json("decision", decisions)
        contents[AWARDS] = awards_csv(edition, decisions)
    if grants_file is not None:
        contents[GRANTS] = grants_file
    if beside.critiques:
        contents["critiques.json"] = _told_json("critique", beside.critiques)
    if beside.approach:
        contents["approach.json"] = _told_json("version", beside.approach)
    if feed is not None:
        contents[FEED] = feed
    if monitoring is not None:
        contents |= _monitoring_files(monitoring)
    jobs: list[_Job] = [
        ("index.html", "overview.html", "", lambda: overview(edition)),
        ("portfolio.html", "portfolio.html", "", lambda: portfolio(edition)),
        *(
            [
                (
                    "decisions.html",
                    "decisions.html",
                    "",
                    lambda: decisions_page(
                        edition, decisions, today=monitoring.today if monitoring else None
                    ),
                )
            ]
            if decisions
            else []
        ),
        *(
            [("challenges.html", "challenges.html", "", lambda: challenges(edition))]
            if any(edition.challenges.values())
            else []
        ),
        *(
            [("choice.html", "choice.html", "", lambda: choice_page(edition, choice))]
            if choice is not None
            else []
        ),
        *(
            [("questions.html", "questions.html", "", lambda: questions_page(edition, questions))]
            if questions is not None
            else []
        ),
        *(
            [
                (
                    "evidence.html",
                    "evidence.html",
                    "",
                    lambda: evidence_page(evidence, edition.opened),
                )
            ]
            if evidence is not None
            else []
        ),
        *(
            [("claims.html", "claims.html", "", lambda: claims_page(edition, claims))]
            if claims is not None
            else []
        ),
        *(
            [("approach.html", "approach.html", "", lambda: approach_page(beside.approach))]
            if beside.approach
            else []
        ),
        *(
            [("critiques.html", "critiques.html", "", lambda: critiques_page(edition, beside))]
            if has_critiques
            else []
        ),
        *(_monitoring_jobs(edition, monitoring) if monitoring is not None else []),
        ("worldviews.html", "worldviews.html", "", lambda: worldviews(edition)),
        ("method.html", "method.html", "", lambda: method(edition)),
        *(
            (
                f"efforts/{edition.pages[effort.id]}",
                "effort.html",
                "../",
                lambda effort=effort: effort_page(edition, effort),
            )
            for effort in edition.record.efforts
        ),
    ]
    for done, (name, template, root, context) in enumerate(jobs, start=1):
        page = environment.get_template(template).render(context(), root=root, here=name)
        contents[name] = page.encode()
        progress(done, len(jobs) + 1)
    sums = {
        name: hashlib.sha256(contents[name]).hexdigest()
        for name in ("assessment.json", "overview.csv", ARCHIVE)
    }
    page = environment.get_template("recompute.html").render(
        root="",
        here="recompute.html",
        sums=sums,
        commit=source_commit(edition.record),
        command=assess_command(edition.record),
        replay=choice is not None and archive.same_bits,
        same_bits=archive.same_bits,
        left_out=archive.withheld,
    )
    contents["recompute.html"] = page.encode()
    progress(len(jobs) + 1, len(jobs) + 1)
    return contents


def _published(
    edition: Edition, monitoring: Monitoring, decisions: Sequence[Decision]
) -> Monitoring:
    """What of it is published: released decisions, and predictions about published things."""
    if monitoring.dossiers is not None:
        refuse_other_dossiers(edition, monitoring.dossiers)
    return replace(
        monitoring,
        decisions=published_system_decisions(edition, monitoring.decisions),
        predictions=published_predictions(edition, monitoring.predictions, decisions),
    )


def _has_systems(monitoring: Monitoring) -> bool:
    return monitoring.dossiers is not None and bool(monitoring.dossiers.systems)


def _monitoring_files(monitoring: Monitoring) -> dict[str, bytes]:
    """What is told as of a day, as numbers."""
    files: dict[str, bytes] = {}
    if monitoring.dossiers is not None and monitoring.dossiers.systems:
        files["dossiers.json"] = result_text(monitoring.dossiers).encode()
    if monitoring.decisions:
        files["system-decisions.json"] = _told_json("system_decision", monitoring.decisions)
    if monitoring.predictions:
        record = yearly_record(monitoring.predictions)
        files["track-record.json"] = result_text(record).encode()
    return files


def _monitoring_jobs(edition: Edition, monitoring: Monitoring) -> list[_Job]:
    """The pages of systems and of the track record."""
    jobs: list[_Job] = []
    if monitoring.dossiers is not None and monitoring.dossiers.systems:
        jobs.append(
            ("systems.html", "systems.html", "", lambda: systems_page(edition, monitoring))
        )
        for each in monitoring.dossiers.systems:
            context = partial(system_page, edition, monitoring, each)
            jobs.append((system_file(each.system), "system.html", "../", context))
    if monitoring.predictions:
        jobs.append(
            (
                "track-record.html",
                "track_record.html",
                "",
                lambda: record_page(edition, monitoring.predictions, monitoring.today),
            )
        )
    return jobs


_SCHEMAS = {
    "decision": "decisions",
    "system_decision": "decisions",
    "critique": "critiques",
    "version": "approach",
}


def _told_json(name: str, records: Sequence[Record]) -> bytes:
    """Records as JSON, in the shape of their file in a round's folder."""
    entries = [each.model_dump(mode="json", exclude_defaults=True) for each in records]
    told = {"schema": f"custodes/{_SCHEMAS[name]}/1", name: entries}
    return f"{json.dumps(told, indent=1, ensure_ascii=False)}\n".encode()


def _csv(edition: Edition) -> bytes:
    """The overview's figures as numbers, one row an effort, worldview and state."""
    rows: list[Sequence[str]] = [_CSV_HEAD]
    for effort in edition.record.efforts:
        for name in edition.names:
            found = effort.worldviews[name]
            for conditions, result in (("without", found.before), ("with", found.after)):
                net = result.net
                rows.append(
                    [
                        effort.id,
                        effort.title,
                        effort.kind,
                        effort.basis,
                        repr(effort.cost),
                        effort.currency,
                        name,
                        conditions,
                        "|".join(effort.conditions) if conditions == "with" else "",
                        *(
                            repr(number)
                            for number in (net.mean, net.p05, net.p50, net.p95, net.standard_error)
                        ),
                        repr(result.p_raises_risk),
                        "" if result.ratio is None else repr(result.ratio),
                    ]
                )
    return sheet(rows)


_CSV_HEAD = (
    "id",
    "title",
    "kind",
    "basis",
    "cost",
    "currency",
    "worldview",
    "conditions",
    "package",
    "net_mean",
    "net_p05",
    "net_p50",
    "net_p95",
    "net_standard_error",
    "p_raises_risk",
    "ratio",
)
