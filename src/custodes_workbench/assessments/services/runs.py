"""Runs: asked for once, carried out in the background, kept with their inputs for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import custodes
from custodes.assessment import Assessment, OwnResult, by_expert
from custodes.exchange import result_text
from custodes.records import Record
from custodes.reports import write_site
from custodes.rounds import inputs_sha256, sha256_of
from custodes_workbench.access import Act, Facts, Refused, decide, require
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import (
    assessment_of,
    inputs_computed,
    inputs_of,
    sha256_of_text,
)
from custodes_workbench.assessments.selectors import (
    facts_of_all,
    report_key,
    runs_visible_to,
)
from custodes_workbench.claims.selectors import round_of
from custodes_workbench.evidence.records import evidence_to_publish
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.services import ask_job, cancel_job
from custodes_workbench.operations.services.jobs import Service
from custodes_workbench.operations.works import Tell
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import is_alone, roles_held
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

ACT_OF = {
    Run.Kind.ASSESS: Act.RUN_ASSESSMENT,
    Run.Kind.ASK: Act.RUN_ASSESSMENT,
    Run.Kind.CHOOSE: Act.CHOOSE,
}
"""What somebody must be allowed to do, to start a run of a kind."""
REPORT = "report"
"""The kind of the job that writes an assessment's report."""


@transaction.atomic
def start_run(
    *, round_: Round, kind: str, by: User, options: Mapping[str, Any] | None = None
) -> Run:
    """Keep the round as it is now and ask for its computation; asked again, it is the same run.

    Args:
        round_: The round.
        kind: Assessment, what to ask next, or choice.
        by: Who asks.
        options: What is asked beyond the round.

    Raises:
        Refused: They may not now.
    """
    require(decide(ACT_OF[Run.Kind(kind)], _facts(kind, by, round_)))
    inputs = round_of(round_)
    sha256 = inputs_sha256(inputs)
    told = dict(options or {})
    drawn = inputs.settings
    key = sha256_of([kind, sha256, told, drawn.seed, drawn.samples, version("custodes")])
    Round.objects.select_for_update().get(pk=round_.pk)  # one number each
    found = Run.objects.filter(round=round_, key=key).select_related("job").first()
    if found is not None and found.job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        return found
    job = ask_job(
        kind="run",
        subject=key,
        round_slug=round_.slug,
        asked_by=by,
        idempotency_key=f"run {round_.pk} {key}",
    )
    if found is None:
        found = Run.objects.create(
            round=round_,
            kind=kind,
            n=1 + Run.objects.filter(round=round_, kind=kind).count(),
            asked_by=by,
            job=job,
            inputs_json=inputs.model_dump_json(by_alias=True),
            inputs_sha256=sha256,
            key=key,
            options=told,
            seed=drawn.seed,
            samples=drawn.samples,
            library_version=version("custodes"),
        )
    else:
        Run.objects.filter(pk=found.pk).update(asked_by=by)
        found.job, found.asked_by = job, by
    record_event(
        "run started",
        by=by,
        subject=f"{kind} {round_.slug}/{found.n}",
        round_=round_.slug,
        told={"inputs_sha256": sha256, "seed": drawn.seed, "samples": drawn.samples},
    )
    return found


def cancel_run(*, run: Run, by: User) -> None:
    """Stop a run that is not done.

    Args:
        run: Which.
        by: Who stops it.

    Raises:
        Refused: They may not start such a run either.
    """
    require(decide(ACT_OF[Run.Kind(run.kind)], _facts(run.kind, by, run.round)))
    cancel_job(job=run.job, by=by)


@transaction.atomic
def propose(*, run: Run, by: User, reason: str) -> None:
    """Make a choice the one that the decision makers are proposed; there is one at a time.

    Args:
        run: A choice that is done.
        by: Who proposes it.
        reason: Why this one; it stands with the choice.

    Raises:
        Refused: They may not prepare a choice now.
    """
    require(decide(Act.CHOOSE, facts_of_all(by, run.round)))
    Run.objects.filter(round=run.round, is_proposal=True).update(is_proposal=False)
    Run.objects.filter(pk=run.pk).update(is_proposal=True, proposed_because=reason)
    record_event(
        "choice proposed",
        by=by,
        subject=f"choose {run.round.slug}/{run.n}",
        round_=run.round.slug,
        reason=reason,
    )


def carry_out_run(job: Job, tell: Tell) -> None:
    """Compute a run from its own inputs and keep the result.

    Whoever asked must still be allowed to when it begins; the others ask again.
    A run that has a result already is computed again and compared: the bytes must be the same.
    An asker who may not see it any more does not: every page asks again, and the entry says so.

    Args:
        job: The job of the run.
        tell: Told what is done and in all.
    """
    run = Run.objects.select_related("round", "asked_by").get(job=job)
    _require_still(run)
    record, assessment = _computed(run, tell)
    text = result_text(record)
    digest = sha256_of_text(text)
    own: tuple[OwnResult, ...] = ()
    if run.kind == Run.Kind.ASSESS:
        own = by_expert(assessment)
    with transaction.atomic():
        current = Run.objects.select_for_update().get(pk=run.pk)
        current.round, current.asked_by = run.round, run.asked_by
        if current.result_sha256:
            # a worker died between the result and its job's end, or came back late
            if current.result_sha256 != digest:
                _tell_of_another(run, kept=current.result_sha256, found=digest)
            return
        Run.objects.filter(pk=run.pk).update(
            result_json=text,
            result_sha256=digest,
            own_json=json.dumps([each.model_dump(mode="json") for each in own]),
        )
        record_event(
            "run done",
            by=Service(),
            subject=f"{run.kind} {run.round.slug}/{run.n}",
            round_=run.round.slug,
            told={
                "result_sha256": digest,
                "at": timezone.now().isoformat(),
                "asker may see it": _may_still_see(current),
            },
        )


@transaction.atomic
def ask_report(*, run: Run, by: User) -> None:
    """Ask for the pages of an assessment's report; asked for again, they are made once.

    Args:
        run: An assessment that is done.
        by: Who wants them.

    Raises:
        Refused: They do not see every effort's result, or there is none yet.
    """
    require(decide(Act.SEE_ALL_RESULTS, facts_of_all(by, run.round)))
    if not run.is_done:
        msg = "The assessment is not done yet, so there is nothing to report."
        raise Refused(msg)
    ask_job(
        kind=REPORT,
        subject=str(run.pk),
        round_slug=run.round.slug,
        asked_by=by,
        idempotency_key=report_key(run),
    )
    record_event(
        "report asked for",
        by=by,
        subject=f"{run.kind} {run.round.slug}/{run.n}",
        round_=run.round.slug,
    )


def carry_out_report(job: Job, tell: Tell) -> None:
    """Write the pages of an assessment's report, from the result and the inputs that were kept.

    Args:
        job: The job of the report.
        tell: Told what is done and in all.
    """
    run = Run.objects.select_related("round").get(pk=job.subject)
    inputs = inputs_of(run)
    write_site(assessment_of(run), inputs, site_of(run), evidence=evidence_to_publish(inputs))
    tell(1, 1)


def _tell_of_another(run: Run, *, kept: str, found: str) -> None:
    record_event(
        "run gave another result",
        by=Service(),
        subject=f"{run.kind} {run.round.slug}/{run.n}",
        round_=run.round.slug,
        told={"kept": kept, "found": found},
    )


def _facts(kind: str, by: User, round_: Round) -> Facts:
    """A choice is among all efforts at once, so that one conflict keeps somebody out of it."""
    return facts_of_all(by, round_) if kind == Run.Kind.CHOOSE else facts_of(by, round_)


def _require_still(run: Run) -> None:
    """Go on only if whoever asked may still start such a run, now that its turn has come."""
    asker = run.asked_by
    asker.held, asker.alone = roles_held(asker), False
    round_ = Round.objects.prefetch_related("stages").get(pk=run.round_id)
    if is_alone() or run.result_sha256:
        return
    require(decide(ACT_OF[Run.Kind(run.kind)], _facts(run.kind, asker, round_)))


def _may_still_see(run: Run) -> bool:
    asker = run.asked_by
    asker.held, asker.alone = roles_held(asker), False
    return is_alone() or bool(runs_visible_to(asker, run.round).filter(pk=run.pk))


def site_of(run: Run) -> Path:
    """Where the pages of an assessment's report lie."""
    return Path(settings.MEDIA_ROOT) / "runs" / str(run.pk) / "site"


def _computed(run: Run, tell: Tell) -> tuple[Record, Assessment]:
    inputs = inputs_computed(run)
    number = max(1, len(inputs.efforts))
    steps = 1 if run.kind == Run.Kind.ASSESS else 2

    def first(done: int, total: int) -> None:
        tell(done, total * steps)

    def second(done: int, total: int) -> None:
        tell(number + (done * number) // max(1, total), number * steps)

    assessment = custodes.assess(inputs, progress=first)
    if run.kind == Run.Kind.ASK:
        return custodes.ask(assessment, progress=second), assessment
    if run.kind == Run.Kind.CHOOSE:
        return custodes.choose(assessment, progress=second, **_asked(run.options)), assessment
    return assessment.record, assessment


def _asked(options: Mapping[str, Any]) -> dict[str, Any]:
    """What `choose` is asked, of what stands in a run's options."""
    asked = {name: options[name] for name in ("budget", "cap_p_raises_risk") if name in options}
    if "cvar_level" in options:
        asked["cvar"] = (options["cvar_level"], options.get("cvar_limit", 0.0))
    return asked
