import json

import jsonschema
import pytest

from audit_files import log, sample, write_eval, write_json
from command_line import run_here
from custodes.exchange import schemas


@pytest.fixture
def runs(tmp_path):
    """The same test run three times: it failed, did not end, and passed."""
    made = []
    for minute, (value, status) in enumerate(
        (("I", "success"), ("C", "started"), ("C", "success"))
    ):
        told = log(
            [sample(each, value) for each in range(3)],
            status=status,
            eval={
                "eval_id": f"run-{minute}",
                "created": f"2026-09-01T10:0{minute}:00+00:00",
                "task": "a_test",
            },
        )
        made.append(write_eval(tmp_path / f"{minute}.eval", told))
    return made


def test_all_runs_of_a_test_stand_together_and_then_what_is_not_shown(runs, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "evidence", *map(str, runs))

    out = done.out
    assert done.code == 0
    assert "a_test on example/model-a-2026-09-01, 3 runs" in out
    assert [out.count(f"  {place}. 2026-09-01T10:0{place - 1}") for place in (1, 2, 3)] == [1] * 3
    assert "unfinished, shows nothing (run 2): The run did not end" in out
    assert "run_again, counts for less: The same test was run 3 times; it is one test." in out
    assert out.index("a_test") < out.index("What this does not show")
    assert "secret" not in out


def test_a_file_that_cannot_be_read_is_told_beside_the_others(runs, tmp_path, monkeypatch, capsys):
    broken = write_json(tmp_path / "broken.json", {"a": 1})

    done = run_here(monkeypatch, capsys, "evidence", str(runs[0]), str(broken))

    assert done.code == 1
    assert "a_test" in done.out
    assert "broken.json: not an Inspect log (it has no 'eval')" in done.err


def test_the_result_is_of_its_schema(runs, tmp_path, monkeypatch, capsys):
    broken = write_json(tmp_path / "broken.json", {"a": 1})

    done = run_here(monkeypatch, capsys, "evidence", str(runs[0]), str(broken), "--json", "-")

    result = json.loads(done.out)
    jsonschema.validate(result, schemas()["evidence.schema.json"])
    assert result["schema"] == "custodes/evidence/1"
    assert result["not_shown"]
    assert [each["file"] for each in result["refused"]] == [str(broken)]
    assert result["audits"][0]["outcome"] == "inconclusive"


def test_a_round_tells_what_is_not_shown_before_what_is(tmp_path, monkeypatch, capsys):
    (tmp_path / "round.toml").write_text(
        'title = "A round"\ninstitution = "An institute"\nbudget = 1\ncurrency = "USD"\n'
        'worldviews = ["central"]\nsamples = 64\n',
        "utf-8",
    )
    (tmp_path / "efforts.csv").write_text("id,title,cost\na,A,1\n", "utf-8")
    (tmp_path / "systems.toml").write_text(
        '[[system]]\nid = "model-a"\ntitle = "Model A"\n[[system.hazard]]\n'
        'name = "power_seeking"\nhidden_problem = 0.2\nharm_if_hidden = 0.05\n',
        "utf-8",
    )
    (tmp_path / "evidence").mkdir()
    write_eval(tmp_path / "evidence" / "a.eval", log([sample(each) for each in range(40)]))
    (tmp_path / "evidence" / "evidence.toml").write_text(
        '[[audit]]\nid = "one"\nsystem = "model-a"\nhazards = ["power_seeking"]\n'
        'files = ["a.eval"]\nall_runs_listed = true\noutcome = "no_finding"\n'
        'outcome_by = "An assessor"\noutcome_reason = "read it"\n',
        "utf-8",
    )

    done = run_here(
        monkeypatch, capsys, "evidence", str(tmp_path), "--json", str(tmp_path / "evidence.json")
    )

    out = done.out
    assert done.code == 0
    assert out.index("System model-a: what this does not show") < out.index("what it shows")
    assert "Nothing here shows anything about deceptive alignment" in out
    assert "power seeking: 1 test, worth" in out
    result = json.loads((tmp_path / "evidence.json").read_text("utf-8"))
    jsonschema.validate(result, schemas()["evidence.schema.json"])
    assert result["systems"][0]["moves"]
