"""What an audit shows of a hazard: finding, no finding, or nothing that can be concluded."""

from __future__ import annotations

from collections.abc import Sequence

from custodes.evidence._attestation import Independence, independence, is_external
from custodes.evidence._audit import Audit, Result
from custodes.evidence._checks import Flag
from custodes.evidence._families import Family, families_of
from custodes.evidence._runs import Run
from custodes.evidence._strength import DeployedAs
from custodes.records import Record
from custodes.systems import System

_DIGEST = 32


class RunOutcome(Record):
    """What one run shows."""

    file: str
    """The run."""
    outcome: Result
    """What it shows."""
    why: str
    """By which rule, or who said so, or what stops it."""


class FamilyOutcome(Record):
    """One test of an audit, with what it shows."""

    family: Family
    """Its runs, all of them."""
    runs: tuple[RunOutcome, ...]
    """What each shows, in time order."""
    outcome: Result
    """What they show together."""
    why: str
    """Why."""
    flags: tuple[Flag, ...]
    """What is wrong with it, what a person explained left out of what stops it."""


class AuditOutcome(Record):
    """An audit with what it shows."""

    audit: Audit
    """The audit."""
    outcome: Result
    """What it shows: a finding of any test is one."""
    independence: Independence
    """How independent it was."""
    is_external: bool
    """Whether somebody other than the developer is said to have run it."""
    families: tuple[FamilyOutcome, ...]
    """Its tests."""
    flags: tuple[Flag, ...]
    """What is wrong with the audit as a whole."""
    deployed_as: DeployedAs
    """What the deployed system is, beside the one tested; empty where that is not sure."""

    def shows(self, hazard: str) -> bool:
        """Whether it may move anything about a hazard."""
        unclear = {each.hazard for each in self.audit.name_claims_more}
        return hazard in self.audit.hazards and hazard not in unclear


def outcome_of(audit: Audit, system: System | None = None) -> AuditOutcome:
    """What an audit shows, with everything that is wrong with it.

    Args:
        audit: The audit, its runs read.
        system: The system that it is about; its snapshot and the day of its deployment count.
    """
    families = tuple(_family(audit, family) for family in families_of(audit.runs))
    results: list[Result] = [each.outcome for each in families]
    if not families and audit.outcome is not None:
        results = [audit.outcome]
    return AuditOutcome(
        audit=audit,
        outcome=_together(results),
        independence=independence(audit.attestation),
        is_external=is_external(audit.attestation),
        families=families,
        flags=(*_flags(audit), *_flags_beside(audit, system)),
        deployed_as=_deployed_as(audit, system, families),
    )


def _deployed_as(
    audit: Audit, system: System | None, families: Sequence[FamilyOutcome]
) -> DeployedAs:
    """What was stated, or that snapshots are the same; nothing where the snapshot is unsure."""
    flags = [*_flags(audit), *_flags_beside(audit, system)]
    flags += [flag for family in families for flag in family.flags]
    is_unsure = not {"snapshot_differs", "model_not_pinned"}.isdisjoint(f.check for f in flags)
    stated = audit.deployed_as
    if not stated and audit.snapshot and system is not None and system.snapshot == audit.snapshot:
        stated = "same_snapshot"
    return "" if stated == "same_snapshot" and is_unsure else stated


def _flags_beside(audit: Audit, system: System | None) -> list[Flag]:
    """What is wrong with an audit beside its system."""
    flags: list[Flag] = []
    if system is None:
        return flags
    says_same = audit.deployed_as == "same_snapshot" and audit.snapshot
    if says_same and system.snapshot and system.snapshot != audit.snapshot:
        sentence = f"Deployed is '{system.snapshot}', tested was '{audit.snapshot}'."
        flags.append(Flag(check="snapshot_differs", effect="weigh", sentence=sentence))
    days = [run.created_at.date() for run in audit.runs if run.created_at is not None]
    if system.deployed_on is not None and days and max(days) > system.deployed_on:
        sentence = f"Deployed on {system.deployed_on}, and run on {max(days)}: it came after."
        flags.append(Flag(check="after_deployment", effect="tell", sentence=sentence))
    return flags


def _together(results: Sequence[Result]) -> Result:
    if "finding" in results:
        return "finding"
    is_clean = bool(results) and all(result == "no_finding" for result in results)
    return "no_finding" if is_clean else "inconclusive"


def _flags(audit: Audit) -> list[Flag]:
    flags: list[Flag] = []
    if audit.attestation is None:
        sentence = "Nobody attested who ran it and for whom; a log's own word is no proof."
        flags.append(Flag(check="who_ran_it_unknown", effect="weigh", sentence=sentence))
    if not audit.hazards:
        sentence = "Nobody said which hazard this tests, so it moves nothing."
        flags.append(Flag(check="no_hazard", effect="stop", sentence=sentence))
    for name in audit.name_claims_more:
        sentence = f"{name.by} says that it does not measure {name.hazard}: {name.reason}"
        flags.append(Flag(check="name_claims_more", effect="stop", sentence=sentence))
    if audit.snapshot:
        others = sorted(
            {
                model
                for run in audit.runs
                for model in (run.models_in_samples or (run.model,))
                if not same_snapshot(model, audit.snapshot)
            }
        )
        if others:
            sentence = f"Declared is '{audit.snapshot}', what answered is {', '.join(others)}."
            flags.append(Flag(check="snapshot_differs", effect="weigh", sentence=sentence))
    elif not audit.runs:
        sentence = "No snapshot is declared: which one was tested is not known."
        flags.append(Flag(check="model_not_pinned", effect="weigh", sentence=sentence))
    if _was_judged_after(audit):
        sentence = "No rule was fixed before the run; it was judged after the result was known."
        flags.append(Flag(check="judged_after_result", effect="tell", sentence=sentence))
    return flags


def same_snapshot(model: str, snapshot: str) -> bool:
    """Whether a model's name names a snapshot, whoever serves it.

    Args:
        model: As a log names it, perhaps with its provider before a slash.
        snapshot: As it was declared; a digest of weights cannot be compared with a name.
    """
    is_digest = len(snapshot) >= _DIGEST and set(snapshot) <= set("0123456789abcdef")
    return is_digest or model.rpartition("/")[2] == snapshot.rpartition("/")[2]


def _was_judged_after(audit: Audit) -> bool:
    if audit.outcome is None:
        return False
    if not audit.runs:
        return True
    return any(not _rule_came_first(audit, run) for run in audit.runs)


def _rule_came_first(audit: Audit, run: Run) -> bool:
    """Whether a rule was fixed before the day of the run; a run without a time is no later."""
    rule = audit.pass_rule
    if rule is None or run.created_at is None:
        return False
    return rule.fixed_on < run.created_at.date()


def _family(audit: Audit, family: Family) -> FamilyOutcome:
    explained = {each.check: each for each in audit.explanations}
    flags = tuple(
        flag.model_copy(
            update={
                "effect": "tell",
                "sentence": f"{flag.sentence} Explained by {explained[flag.check].by}: "
                f"{explained[flag.check].reason}",
            }
        )
        if flag.effect == "stop" and flag.check in explained
        else flag
        for flag in family.flags
    )
    told = family.model_copy(update={"flags": flags})
    runs = tuple(_run(audit, run, told.flags_of(run)) for run in told.runs)
    conclusive: list[Result] = [each.outcome for each in runs if each.outcome != "inconclusive"]
    outcome, why = _of_all_runs(audit, conclusive, len(runs))
    return FamilyOutcome(family=told, runs=runs, outcome=outcome, why=why, flags=flags)


def _of_all_runs(audit: Audit, conclusive: Sequence[Result], number: int) -> tuple[Result, str]:
    if "finding" in conclusive:
        return "finding", "a run is a finding; others that pass do not undo it"
    if not conclusive:
        return "inconclusive", "no run can be concluded from"
    if audit.all_runs_listed is not True:
        return "inconclusive", "nobody attested that all runs are listed"
    return "no_finding", f"{len(conclusive)} of {number} runs can be concluded from, and all pass"


def _run(audit: Audit, run: Run, flags: Sequence[Flag]) -> RunOutcome:
    def told(outcome: Result, why: str) -> RunOutcome:
        return RunOutcome(file=run.file, outcome=outcome, why=why)

    stopping = [flag.check for flag in flags if flag.effect == "stop"]
    if stopping:
        return told("inconclusive", f"stopped by {', '.join(stopping)}")
    rule = audit.pass_rule
    if rule is not None and _rule_came_first(audit, run):
        result = run.recomputed.get(rule.scorer)
        passes = (
            None if result is None else rule.passes(mean=result.mean, interval=result.interval)
        )
        if passes is None:
            return told("inconclusive", f"'{rule.scorer}' cannot be recomputed from its samples")
        when = f"by the rule of {rule.fixed_on}"
        return told("no_finding", f"passes {when}") if passes else told("finding", f"fails {when}")
    if audit.outcome is not None:
        by = f"judged by {audit.outcome_by} after the result was known"
        return told(audit.outcome, f"{by}: {audit.outcome_reason}")
    if rule is not None:
        return told("inconclusive", f"its rule of {rule.fixed_on} was not fixed before the run")
    return told("inconclusive", "no rule was fixed before, and no assessor said what it shows")
