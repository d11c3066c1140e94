"""The archive beside a site: the round's folder without what is withheld, to compute it again."""

from __future__ import annotations

import hashlib
import io
import shlex
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from custodes.assessment import AssessmentRecord, assess
from custodes.choice import ChoiceRecord, Curve
from custodes.decisions import ApproachVersion, Critique, Decision
from custodes.disclosure import withheld_lines
from custodes.exchange import (
    approach_as_toml,
    critiques_as_csv,
    curves_as_csv,
    decisions_as_toml,
    predictions_as_csv,
    result_text,
    round_files,
)
from custodes.reports._edition import Edition, shows_experts
from custodes.reports._open_round import without_answers, without_audits
from custodes.reports._source import source_commit
from custodes.reports._system_pages import Monitoring
from custodes.rounds import Round, inputs_sha256

ARCHIVE = "recompute.zip"
"""Its name in the site."""
TOP = "recompute"
"""The folder that unpacking it makes."""
ROUND = "round"
"""The folder of the round in it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The moment of every member, so that the same content gives the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a stranger needs to compute the published figures again."""

    content: bytes
    """The zip file."""
    withheld: tuple[str, ...]
    """What is left out, in sentences."""
    same_bits: bool
    """Whether it gives the published figures; otherwise its own result stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is published beside a round."""

    choice: ChoiceRecord | None = None
    """What was chosen."""
    curves: Sequence[Curve] = ()
    """Recommenders' curves of open efforts."""
    decisions: Sequence[Decision] = ()
    """Released decisions about open efforts."""
    critiques: Sequence[Critique] = ()
    """Public critique."""
    approach: Sequence[ApproachVersion] = ()
    """Published versions of the approach."""
    monitoring: Monitoring | None = None
    """Dossiers, released decisions about systems and predictions about published things."""


def archive_of(edition: Edition, beside: Beside) -> Archive:
    """The archive of a publication.

    Args:
        edition: What is published.
        beside: What is published beside it.
    """
    record = edition.record
    pools_alone = not shows_experts(edition.settings)
    given = without_answers(edition.opened) if pools_alone else edition.opened
    given = without_audits(given)
    same = inputs_sha256(given) == inputs_sha256(edition.opened)
    result = record if same else _own_result(record, given)
    left_out = (
        *withheld_lines(edition.withheld_told),
        *_left_out(edition, answers_lost=pools_alone and not same),
    )
    files = {
        **{f"{ROUND}/{name}": text for name, text in round_files(given).items()},
        **{f"{ROUND}/{name}": text for name, text in _beside_files(beside).items()},
        "assessment.json": result_text(result),
    }
    if beside.choice is not None and same:
        files["choice.json"] = result_text(beside.choice)
    files["WITHHELD.txt"] = "".join(f"{line}\n" for line in left_out or ("Nothing.",))
    files["README.txt"] = _readme(result, same=same, has_choice="choice.json" in files)
    return Archive(content=_zipped(files), withheld=left_out, same_bits=same)


def _own_result(record: AssessmentRecord, given: Round) -> AssessmentRecord:
    """What the archive's own round gives, where answers that the figures rest on are left out."""
    conditions = {each.id: each.conditions for each in record.efforts if each.conditions_given}
    return assess(
        given,
        worldviews=record.round.worldviews,
        samples=record.samples,
        seed=record.seed,
        sampler=record.sampler,
        conditions=conditions,
    ).record


def _beside_files(beside: Beside) -> Mapping[str, str]:
    monitoring = beside.monitoring
    of_systems = monitoring.decisions if monitoring else ()
    predictions = monitoring.predictions if monitoring else ()
    files = {
        "decisions.toml": decisions_as_toml(beside.decisions, of_systems)
        if beside.decisions or of_systems
        else "",
        "predictions.csv": predictions_as_csv(predictions) if predictions else "",
        "critiques.csv": critiques_as_csv(beside.critiques) if beside.critiques else "",
        "approach.toml": approach_as_toml(beside.approach) if beside.approach else "",
        "curves.csv": curves_as_csv(beside.curves) if beside.curves else "",
    }
    return {name: text for name, text in files.items() if text}


def _left_out(edition: Edition, *, answers_lost: bool) -> Iterator[str]:
    """What the archive does not hold for another reason than a mark, in sentences."""
    if edition.opened.audits:
        yield (
            "Every audit file and what was attested about it: samples may hold what must not "
            "spread. Where the published figures rest on audits, the public cannot compute them "
            "again; evidence.json has every count, score and digest."
        )
    if answers_lost:
        yield (
            "Every answer of an expert but those about claims, their weights and their conflicts: "
            "this round publishes pools alone. The published figures rest on the answers; the "
            "auditor can compute them again, the public cannot."
        )
    elif any(edition.judgements.values()):
        yield (
            "Who the experts are, their affiliations, fields and interests, and what their "
            "conflicts are unless it was decided to publish them. No figure rests on these; "
            "that an answer is set aside, and each weight, is in the files."
        )


def _readme(record: AssessmentRecord, *, same: bool, has_choice: bool) -> str:
    commit = source_commit(record)
    source = f"version {record.library_version}{f', git commit {commit}' if commit else ''}"
    lines = [
        f"{record.round.title}, {record.round.institution}",
        "",
        "What the published figures were computed from, to compute them again.",
        f"You need Python 3.11 or newer and the source of Custodes, {source}.",
        "In the folder of the source: python3 -m pip install .",
        "",
        "Then here, in the folder of this file:",
        "",
        "    sha256sum -c manifest.txt",
        f"    {assess_command(record)}",
        "    cmp assessment.json again.json",
    ]
    if has_choice:
        lines.append(f"    custodes choose {ROUND} --replay choice.json")
    lines += [
        "",
        *(
            (
                "No difference is reported: these are the bits that were published.",
                "WITHHELD.txt says what is left out; no published figure rests on it.",
            )
            if same
            else (
                "assessment.json here is this archive's own result. It is NOT the published one:",
                "what the published figures rest on is withheld (WITHHELD.txt), and the reference",
                "classes of efforts and systems stand in its place here.",
            )
        ),
    ]
    return "".join(f"{line}\n" for line in lines)


def assess_command(record: AssessmentRecord) -> str:
    """The command that computes a result again from the folder of its round."""
    words = ["custodes", "assess", ROUND, "--samples", record.samples, "--seed", record.seed]
    if record.sampler != "sobol":
        words += ["--sampler", record.sampler]
    for name in record.round.worldviews:
        words += ["--worldview", name]
    for each in record.efforts:
        if each.conditions_given:
            words += ["--conditions", f"{each.id}={','.join(each.conditions)}"]
    return shlex.join(map(str, [*words, "--json", "again.json"]))


def _zipped(files: Mapping[str, str]) -> bytes:
    """The files under one folder with their manifest, the same bytes for the same content."""
    contents = {name: text.encode() for name, text in sorted(files.items())}
    contents["manifest.txt"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items()
    ).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            member = zipfile.ZipInfo(f"{TOP}/{name}", _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return made.getvalue()
