import json
from importlib import metadata
from pathlib import Path

import pytest

import report_records as records
from custodes.reports import _source


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package that was installed as told: its version, and where it came from."""

    def write(version, origin):
        folder = Path(tmp_path / f"custodes-{version}.dist-info")
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: custodes\nVersion: {version}\n", "utf-8"
        )
        if origin is not None:
            (folder / "direct_url.json").write_text(json.dumps(origin), "utf-8")
        held = metadata.Distribution.at(folder)
        monkeypatch.setattr(_source, "distribution", lambda _name: held)

    return write


FROM_GIT = {"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "ab" * 20}}


@pytest.mark.parametrize(
    ("version", "origin", "commit"),
    [
        ("0.0.1", FROM_GIT, "ab" * 20),
        ("0.0.2", FROM_GIT, ""),
        ("0.0.1", {"url": "file:///somewhere", "dir_info": {"editable": True}}, ""),
        ("0.0.1", None, ""),
    ],
)
def test_commit_is_told_where_the_package_knows_it(version, origin, commit, installed):
    installed(version, origin)

    assert _source.source_commit(records.assessment()) == commit
