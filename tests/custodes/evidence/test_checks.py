import pytest

from custodes.evidence import CHECKS, flags_of_run
from custodes.exchange import read_audit_log
from shared_files import shared

MADE, UK, METR = "made", "uk_aisi", "metr"
POPULARITY = "2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval"
CLASS_EVAL = "2025-12-13T23-15-44+00-00_class-eval_XDtHXBaqEHGUBoFoinn2wS.eval"
TRIGGERED = [
    ("unfinished", "stop", "made/rerun_2.eval"),
    ("cancelled", "stop", "made/cancelled_partial.eval"),
    (
        "cancelled",
        "stop",
        "uk_aisi/analysis/test_logs/2025-05-12T20-28-13-04-00_popularity.json",
    ),
    (
        "cancelled",
        "stop",
        "uk_aisi/analysis/test_logs/2025-05-12T20-28-13-04-00_no-samples.json",
    ),
    ("run_error", "stop", "made/broken_harness.eval"),
    ("sample_errors", "stop", "made/broken_harness.eval"),
    ("invalidated", "stop", "made/invalidated.eval"),
    ("no_results", "stop", "made/broken_harness.eval"),
    ("no_results", "stop", "made/rerun_2.eval"),
    ("no_results", "tell", "made/cancelled_partial.eval"),
    ("no_scores", "stop", f"uk_aisi/scorer/logs/{POPULARITY}"),
    ("empty_metrics", "tell", "made/empty_metrics.eval"),
    ("metric_not_a_number", "tell", "made/nan_metric.eval"),
    ("metric_not_a_number", "stop", "uk_aisi/log/test_eval_log/log_with_nan.txt"),
    (
        "results_without_samples",
        "weigh",
        "uk_aisi/analysis/test_logs/2025-05-12T20-28-13-04-00_no-samples.json",
    ),
    ("results_without_samples", "weigh", "uk_aisi/log/test_eval_log/log_valid.txt"),
    ("count_mismatch", "stop", "uk_aisi/log/test_eval_log/log_tool_call_error.json"),
    ("aggregate_disagrees", "stop", "made/aggregate_disagrees.eval"),
    ("edited_after_run", "tell", "made/edited_score.eval"),
    ("few_items", "weigh", "made/rerun_1.eval"),
    ("repeated_items", "tell", "metr/small.eval"),
    ("part_of_dataset", "weigh", f"metr/{CLASS_EVAL}"),
    (
        "part_of_dataset",
        "weigh",
        "uk_aisi/analysis/test_logs_choices/mmlu-summary-choices.eval",
    ),
    ("uncommitted_code", "tell", f"metr/{CLASS_EVAL}"),
    ("no_code_version", "tell", "metr/small.eval"),
    ("task_unversioned", "tell", f"metr/{CLASS_EVAL}"),
    ("model_not_pinned", "weigh", "uk_aisi/log/test_eval_log/log_streaming.eval"),
]


@pytest.mark.parametrize(
    ("check", "effect", "file"), TRIGGERED, ids=lambda each: each.split("/")[-1]
)
def test_each_check_speaks_of_the_log_that_it_was_made_for(check, effect, file):
    run = read_audit_log(shared("data", "evidence", "inspect", *file.split("/")), name=file)

    (flag,) = (flag for flag in flags_of_run(run) if flag.check == check)

    assert flag.effect == effect
    assert flag.effect in CHECKS[check].effects
    assert flag.about == file
    assert flag.sentence.endswith(".")


def test_a_clean_log_has_no_flag():
    run = read_audit_log(shared("data", "evidence", "inspect", "made", "clean_300.eval"))

    assert flags_of_run(run) == ()


def test_an_edit_is_told_with_who_and_why():
    run = read_audit_log(shared("data", "evidence", "inspect", "made", "edited_score.eval"))

    (flag,) = (flag for flag in flags_of_run(run) if flag.check == "edited_after_run")

    (edit,) = run.edits
    assert edit.author
    assert edit.author in flag.sentence
    assert edit.reason in flag.sentence
