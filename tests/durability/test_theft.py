"""Whoever steals the database, its log, the files or a backup finds nothing that was sealed."""

import base64
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from own_database import ON_POSTGRESQL, migrate, own_database

SESSION = Path(__file__).with_name("sealing_session.py")
TESTS = Path(__file__).parents[1]
SECRET = "CANARY-quokka-91c4e7"


def written_anyhow(secret):
    """The secret as bytes, in the encodings in which something might store it."""
    plain = secret.encode()
    shifted = [base64.b64encode(bytes(n) + plain)[4:-4] for n in range(3)]
    return [plain, plain.hex().encode(), secret.encode("utf-16-le"), *shifted]


def places(folder):
    """Every file beneath a folder by name, what is packed unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        yield f"{path.name}/{name}", archive.read(name)


def test_a_thief_of_everything_on_the_disk_finds_nothing(tmp_path):
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    temporary.mkdir()
    with own_database(home) as environment:
        environment |= {
            "PYTHONPATH": os.pathsep.join([*sys.path, str(TESTS)]),
            "TMPDIR": str(temporary),
        }
        migrate(environment)
        done = subprocess.run(
            [sys.executable, str(SESSION), SECRET, str(tmp_path / "kept.backup")],
            env=environment,
            check=True,
            text=True,
            capture_output=True,
        )
        found = dict(places(tmp_path))

    statuses, opened_and_searched = done.stdout.splitlines()
    assert statuses == "[400, 302, 302, 200, 200]"
    assert opened_and_searched == "[True, False]"
    assert SECRET not in done.stderr
    assert "kept.backup/manifest.json" in found
    if not ON_POSTGRESQL:
        assert {"workbench.sqlite3", "workbench.sqlite3-wal"} <= set(found)
    leaks = [
        name
        for name, content in found.items()
        if any(word in content for word in written_anyhow(SECRET))
    ]
    assert leaks == []


def test_the_search_finds_what_is_there(tmp_path):
    (tmp_path / "plain").write_text(f"a {SECRET} b")
    (tmp_path / "coded").write_bytes(base64.b64encode(f"ab{SECRET}cd".encode()))
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("row", SECRET)

    found = [
        name
        for name, content in places(tmp_path)
        if any(word in content for word in written_anyhow(SECRET))
    ]

    assert found == ["coded", "packed/row", "plain"]
