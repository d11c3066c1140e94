import json

from command_line import run_here


def test_the_files_written_are_listed(monkeypatch, capsys, tmp_path):
    done = run_here(monkeypatch, capsys, "schemas", tmp_path / "schemas")

    listed = done.out.splitlines()
    assert done.code == 0
    assert listed == [str(path) for path in map(type(tmp_path), listed)]
    assert all(json.loads(type(tmp_path)(path).read_text("utf-8")) for path in listed)
