import pytest

from custodes_workbench.operations.checks import faults_of_place, faults_of_sqlite

SAFE = {"version": (3, 51, 3), "journal": "wal", "synchronous": 2, "foreign_keys": True}


def ids(faults):
    return [each.id for each in faults]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"version": (3, 53, 4)}, []),
        ({"version": (3, 51, 2)}, ["custodes.E001"]),
        ({"version": (3, 40, 1), "journal": "delete", "synchronous": 3}, []),
        ({"synchronous": 1}, ["custodes.E002"]),
        ({"foreign_keys": False}, ["custodes.E003"]),
        (
            {"version": (3, 40, 1), "synchronous": 0, "foreign_keys": False},
            ["custodes.E001", "custodes.E002", "custodes.E003"],
        ),
    ],
)
def test_an_unsafe_sqlite_is_refused_with_the_cure(change, expected):
    faults = faults_of_sqlite(**(SAFE | change))

    assert ids(faults) == expected
    assert all(each.hint for each in faults)


@pytest.mark.parametrize(
    ("mounts", "expected"),
    [
        ([("/", "ext4")], []),
        ([("/", "ext4"), ("/data", "nfs4")], ["custodes.E004"]),
        ([("/", "nfs4"), ("/data", "ext4")], []),
        ([("/", "ext4"), ("/dat", "nfs4")], []),
    ],
)
def test_a_network_file_system_is_refused(tmp_path, mounts, expected):
    place = tmp_path / "data"
    place.mkdir()
    here = [(point.replace("/data", str(place)), kind) for point, kind in mounts]

    assert ids(faults_of_place(place / "workbench.sqlite3", mounts=here)) == expected


@pytest.mark.parametrize(("mode", "expected"), [(0o600, []), (0o644, ["custodes.E005"])])
def test_a_file_that_everybody_reads_is_refused(tmp_path, mode, expected):
    file = tmp_path / "workbench.sqlite3"
    file.touch()
    file.chmod(mode)

    assert ids(faults_of_place(file, mounts=[("/", "ext4")])) == expected
