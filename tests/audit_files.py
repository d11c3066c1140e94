"""Audit files made for a test: a log as a table, written as JSON or as `.eval`, also broken."""

import json
import struct
import zipfile
import zlib


def sample(item, value="C", *, epoch=1, model="model-a-2026-09-01", **more):
    return {
        "id": item,
        "epoch": epoch,
        "input": "a secret question",
        "messages": [{"role": "user", "content": "a secret question"}],
        "output": {"model": model, "choices": []},
        "scores": {"match": {"value": value, "answer": "a secret answer"}},
        **more,
    }


def log(samples=(), *, accuracy=None, **changes):
    """A log of a test that ended well; `eval` and `results` are changed key by key."""
    told = {
        "version": 2,
        "status": "success",
        "eval": {
            "eval_id": "an-id",
            "run_id": "a-run",
            "task_id": "a-task",
            "created": "2026-09-01T10:00:00+00:00",
            "task": "a_test",
            "task_version": 1,
            "dataset": {"name": "items", "samples": len(samples)},
            "model": "example/model-a-2026-09-01",
            "config": {"epochs": 1},
            "revision": {"commit": "0c0ffee", "dirty": False},
            "packages": {"inspect_ai": "0.3.154"},
        },
        "results": {
            "total_samples": len(samples),
            "completed_samples": len(samples),
            "scores": [
                {
                    "name": "match",
                    "metrics": {} if accuracy is None else {"accuracy": {"value": accuracy}},
                }
            ],
        },
        "samples": list(samples),
    }
    for key, change in changes.items():
        stands = told.get(key)
        both = isinstance(stands, dict) and isinstance(change, dict)
        told[key] = {**stands, **change} if both else change
    return told


def write_json(path, told):
    path.write_text(json.dumps(told), "utf-8")
    return path


def write_eval(path, told, *, compression=zipfile.ZIP_DEFLATED, header="header.json"):
    """The same log as `.eval`; 93 packs each member with Zstandard, in two frames."""
    members = {header: {key: value for key, value in told.items() if key != "samples"}}
    for number, each in enumerate(told["samples"] or []):
        members[f"samples/{number}_epoch_1.json"] = each
    packed = {name: json.dumps(content).encode() for name, content in members.items()}
    if compression != 93:
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in packed.items():
                archive.writestr(name, content)
        return path
    import zstandard  # noqa: PLC0415 (an extra that may be missing)

    squeeze = zstandard.ZstdCompressor().compress
    half = {name: len(content) // 2 for name, content in packed.items()}
    return write_zip(
        path,
        {
            name: (content, squeeze(content[: half[name]]) + squeeze(content[half[name] :]))
            for name, content in packed.items()
        },
    )


def write_zip(path, members, *, method=93, said=None):
    """A ZIP with members packed by somebody else; `said` is the size declared, if it lies."""
    with path.open("wb") as stream:
        listed = []
        for name, (content, packed) in members.items():
            size = len(content) if said is None else said
            fields = (20, 0, method, 0, 0, zlib.crc32(content), len(packed), size, len(name), 0)
            listed.append((name, fields, stream.tell()))
            stream.write(struct.pack("<4s5H3L2H", b"PK\3\4", *fields) + name.encode() + packed)
        start = stream.tell()
        for name, fields, at in listed:
            head = struct.pack("<4s6H3L2H", b"PK\1\2", 20, *fields)
            stream.write(head + struct.pack("<3H2L", 0, 0, 0, 0, at) + name.encode())
        length, number = stream.tell() - start, len(listed)
        stream.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, length, start, 0))
    return path
