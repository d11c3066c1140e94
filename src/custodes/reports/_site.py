"""The static public report: plain files that open from a folder, ask nobody and run nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from custodes.assessment import AssessmentRecord
from custodes.choice import ChoiceRecord
from custodes.decisions import Decision
from custodes.disclosure import Withheld, withheld_lines
from custodes.errors import Fault, InputError
from custodes.questions import QuestionsRecord
from custodes.records import Record
from custodes.reports._choice_pages import choice_page, refuse_withheld
from custodes.reports._decision_pages import decisions_page, published_decisions
from custodes.reports._edition import Edition, edit
from custodes.reports._extras import needed
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
from custodes.reports._pages import effort_page, method, overview, portfolio, shared, worldviews
from custodes.reports._question_pages import (
    published_questions,
    questions_about,
    questions_page,
)
from custodes.reports._source import source_commit
from custodes.rounds import Round

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
    decisions: Sequence[Decision] = (),
    withheld: Sequence[Withheld] = (),
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
        decisions: What was decided; those that are released have a page of their own.
        withheld: What is told of things that are withheld, where more is known than that they are.
        progress: Told how many pages are done, and of how many.

    Raises:
        InputError: The folder holds something else, the result is not of this round, or the
            choice or the questions name an effort that is withheld.
        PrerequisiteError: The extra `report` is not installed.
    """
    target = Path(out)
    require_site_folder(target)
    edition = edit(record, round_, withheld=withheld)
    if choice is not None:
        refuse_withheld(edition, choice)
    if questions is not None:
        questions = published_questions(edition, questions)
    told = published_decisions(edition, decisions)
    contents = _contents(edition, choice, questions, told, progress or _silent)
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
    choice: ChoiceRecord | None,
    questions: QuestionsRecord | None,
    decisions: Sequence[Decision],
    progress: Progress,
) -> dict[str, bytes]:
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
        "withheld_lines": withheld_lines(edition.withheld_told),
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
        "assessment.json": _json(edition.record),
        "overview.csv": _csv(edition),
        "assets/style.css": (assets / "style.css").read_bytes(),
    }
    if choice is not None:
        contents["choice.json"] = _json(choice)
    if questions is not None:
        contents["questions.json"] = _json(questions)
    if decisions:
        contents["decisions.json"] = _decisions_json(decisions)
    jobs: list[tuple[str, str, str, Callable[[], dict[str, Any]]]] = [
        ("index.html", "overview.html", "", lambda: overview(edition)),
        ("portfolio.html", "portfolio.html", "", lambda: portfolio(edition)),
        *(
            [
                (
                    "decisions.html",
                    "decisions.html",
                    "",
                    lambda: decisions_page(edition, decisions),
                )
            ]
            if decisions
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
        for name in ("assessment.json", "overview.csv")
    }
    page = environment.get_template("recompute.html").render(
        root="", here="recompute.html", sums=sums, commit=source_commit(edition.record)
    )
    contents["recompute.html"] = page.encode()
    progress(len(jobs) + 1, len(jobs) + 1)
    return contents


def _json(record: Record) -> bytes:
    return f"{record.model_dump_json(by_alias=True, indent=1)}\n".encode()


def _decisions_json(decisions: Sequence[Decision]) -> bytes:
    entries = [each.model_dump(mode="json", exclude_defaults=True) for each in decisions]
    told = {"schema": "custodes/decisions/1", "decision": entries}
    return f"{json.dumps(told, indent=1, ensure_ascii=False)}\n".encode()


def _csv(edition: Edition) -> bytes:
    """The overview's figures as numbers, one row an effort, worldview and state."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_CSV_HEAD)
    for effort in edition.record.efforts:
        for name in edition.names:
            found = effort.worldviews[name]
            for conditions, result in (("without", found.before), ("with", found.after)):
                net = result.net
                writer.writerow(
                    [
                        effort.id,
                        _harmless(effort.title),
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
    return table.getvalue().encode()


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


def _harmless(text: str) -> str:
    """A title that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
