"""Check a history's file against a root that was kept elsewhere; needs Python and nothing else.

    python check_history.py chain.jsonl root.json [--key HEX]
Both files come from the page History. Every hash and the root's signature are checked; with --key
that the signer is the one you know. Exit code 1, and a sentence, if anything differs.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(one: Point, other: Point) -> Point:
    """The sum of two points of edwards25519 in extended coordinates (RFC 8032, 5.1.4)."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D, 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Point) -> Point:
    """A point added to itself a number of times."""
    if number == 0:
        return (0, 1, 1, 0)
    half = times(number // 2, add(point, point))
    return add(half, point) if number & 1 else half


def point_of(packed: bytes) -> Point:
    """The point behind 32 bytes (RFC 8032, 5.1.3)."""
    y, odd = int.from_bytes(packed, "little") & (2**255 - 1), packed[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or y >= P:
        raise ValueError(packed)
    x = P - x if x & 1 != odd else x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the Ed25519 signature of a text is by this key (RFC 8032, 5.1.7)."""
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % ORDER
    left, right = times(s, BASE), add(point_of(signature[:32]), times(h, point_of(key)))
    same = (left[0] * right[2] - right[0] * left[2], left[1] * right[2] - right[1] * left[2])
    return s < ORDER and same[0] % P == 0 and same[1] % P == 0


def as_json(told: Mapping[str, object]) -> str:
    """How an entry or a root is written before it is hashed or signed."""
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def check(lines: Iterable[str], root: dict[str, Any], known_key: str) -> str:
    """The first thing that does not fit, in a sentence; empty where all fits."""
    signed = as_json({name: root[name] for name in ("n", "hash", "at")}).encode()
    if known_key and root["key"] != known_key:
        return f"the root was signed with another key: {root['key']}"
    if not is_signed(bytes.fromhex(root["key"]), bytes.fromhex(root["signature"]), signed):
        return "the root's signature does not fit what it says"
    previous, number, at_root = "0" * 64, 0, ""
    for number, line in enumerate(lines, start=1):
        entry = json.loads(line)
        claimed = entry.pop("hash")
        if entry["n"] != number or entry["previous_hash"] != previous:
            return f"line {number}: it does not follow from the line before"
        previous = hashlib.sha256(as_json(entry).encode("utf-8", "surrogatepass")).hexdigest()
        if previous != claimed:
            return f"line {number}: its content is not what was hashed"
        at_root = previous if number == root["n"] else at_root
    if at_root != root["hash"]:
        return f"entry {root['n']} is not the one that was signed; the chain has {number} entries"
    return ""


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("chain", type=Path)
    asked.add_argument("root", type=Path)
    asked.add_argument("--key", default="", help="the signer's public key as you know it")
    given = asked.parse_args()
    try:
        with given.chain.open(encoding="utf-8", errors="surrogatepass") as file:
            wrong = check(file, json.loads(given.root.read_text("utf-8")), given.key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        wrong = f"these are not a chain and a root: {error!r}"
    sys.stdout.write("" if wrong else "The chain is whole, and holds the signed entry.\n")
    sys.exit(wrong or 0)
