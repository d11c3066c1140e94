"""Read audit logs with our reader and with Inspect itself, and say where the two differ.

Inspect is 84 packages that the product does not need, so this runs in an environment of its own:
`make compare-inspect`. Compared are status, counts, models, run ids and stated scores; differences
that are known are listed in `KNOWN`. `eval_id` is not compared: Inspect makes one up where an old
log has none.
"""

import math
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from inspect_ai.log import read_eval_log

from custodes.errors import InputError
from custodes.exchange import read_audit_log

KNOWN = {
    ("log_valid.txt", "scores"): "an old layout, `results.scorers`, which Inspect drops",
    ("log_valid.txt", "total_samples"): "absent; Inspect fills in 0",
    ("log_valid.txt", "completed_samples"): "absent; Inspect fills in 0",
    ("log_with_nan.txt", "total_samples"): "absent; Inspect fills in 0",
    ("log_with_nan.txt", "completed_samples"): "absent; Inspect fills in 0",
}
"""Differences that are known, with their reason."""


def number(value: object) -> float | None:
    """A metric as we keep it: none where it is not a finite number."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def theirs(path: Path) -> dict[str, Any]:
    """What Inspect reads, as far as it is compared; it goes by the suffix, so that is mended."""
    with tempfile.TemporaryDirectory() as folder:
        is_zip = path.read_bytes()[:2] == b"PK"
        named = shutil.copy(path, Path(folder) / ("a.eval" if is_zip else "a.json"))
        log = read_eval_log(str(named))
    results = log.results
    return {
        "status": log.status,
        "task": log.eval.task,
        "model": log.eval.model,
        "run_id": log.eval.run_id or None,
        "dataset_samples": log.eval.dataset.samples,
        "samples_in_file": len(log.samples or []),
        "total_samples": results.total_samples if results else None,
        "completed_samples": results.completed_samples if results else None,
        "scores": {
            (score.name, name): number(metric.value)
            for score in (results.scores if results else [])
            for name, metric in score.metrics.items()
        },
    }


def ours(path: Path) -> dict[str, Any]:
    """The same from our reader."""
    run = read_audit_log(path)
    told = {name: getattr(run, name) for name in _PLAIN}
    told["scores"] = {
        (score.name, name): number(value)
        for score in run.scores
        for name, value in score.metrics.items()
    }
    return told


_PLAIN = (
    "status",
    "task",
    "model",
    "run_id",
    "dataset_samples",
    "samples_in_file",
    "total_samples",
    "completed_samples",
)


def compared(path: Path) -> dict[str, tuple[Any, Any]]:
    """Fields that differ, with what each reader says."""
    here, there = ours(path), theirs(path)
    return {name: (here[name], there[name]) for name in there if here[name] != there[name]}


def main(folders: list[str]) -> int:
    """Compare every log in some folders; ends with 1 where a difference is not known."""
    files = sorted(p for folder in folders for p in Path(folder).rglob("*") if p.is_file())
    same, known, unknown, both_refuse = 0, 0, 0, 0
    for path in files:
        try:
            ours(path)
        except InputError as error:
            try:
                theirs(path)
            except Exception:  # noqa: BLE001 (whatever Inspect raises is a refusal)
                both_refuse += 1
            else:
                unknown += 1
                print(f"{path.name}: we refuse, Inspect reads: {error}")
            continue
        try:
            found = compared(path)
        except Exception as error:  # noqa: BLE001 (whatever Inspect raises is a refusal)
            unknown += 1
            print(f"{path.name}: we read, Inspect refuses: {str(error)[:200]}")
            continue
        new = {name: each for name, each in found.items() if (path.name, name) not in KNOWN}
        same += not found
        known += bool(found) and not new
        unknown += bool(new)
        for name, (here, there) in found.items():
            why = KNOWN.get((path.name, name), "NOT KNOWN")
            print(f"{path.name}: {name}: ours {here}, Inspect {there} ({why})")
    print(
        f"{len(files)} files: {same} read the same, {known} with known differences, "
        f"{both_refuse} refused by both, {unknown} that need a look"
    )
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
