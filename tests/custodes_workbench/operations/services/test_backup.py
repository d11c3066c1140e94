import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from cast import a_workbench_round
from custodes.errors import InputError
from custodes_workbench.history.models import ChainTip
from custodes_workbench.operations.rows import tables
from custodes_workbench.operations.services.backup import (
    hashes_now,
    restore_backup,
    write_backup,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("a/file.txt", ContentFile(b"what somebody uploaded"))
    a_workbench_round(cast)
    return tmp_path / "a.backup"


def empty_everything():
    """As a fresh workbench; the history's triggers stand aside for the test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER history_entry_delete")
        for model in reversed(tables()):
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 (our own names)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_backup_comes_back_with_the_same_hashes(file, settings, tmp_path):
    before = hashes_now()
    write_backup(file)
    empty_everything()
    settings.MEDIA_ROOT = tmp_path / "another"

    kept = restore_backup(file)

    assert hashes_now() == before == kept.tables
    assert kept.root == ChainTip.objects.get().hash
    assert (tmp_path / "another" / "a" / "file.txt").read_bytes() == b"what somebody uploaded"


def test_a_workbench_that_is_not_empty_is_left_alone(file):
    write_backup(file)
    before = hashes_now()

    with pytest.raises(InputError, match="cannot be restored: this workbench has"):
        restore_backup(file)

    assert hashes_now() == before


def test_a_backup_that_was_changed_is_refused(file, tmp_path):
    write_backup(file)
    changed = tmp_path / "changed.backup"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"Mallory", b"Lena"))
    empty_everything()

    with pytest.raises(InputError, match=r"is damaged: people\.User is not what it was"):
        restore_backup(changed)

    assert all(each.rows == 0 for each in hashes_now().values())


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_backup_is_refused(tmp_path, content):
    other = tmp_path / "other"
    other.write_bytes(content)

    with pytest.raises(InputError, match="is no backup, or is damaged"):
        restore_backup(other)


def test_a_backup_is_never_written_over_a_file(file):
    file.write_text("mine")

    with pytest.raises(InputError, match="exists already"):
        write_backup(file)

    assert file.read_text() == "mine"
