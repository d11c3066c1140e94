"""Reads of the history: entries for those who may read it, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import QuerySet

from custodes_workbench.access import Act, Facts, decide
from custodes_workbench.history.models import ChainTip, Entry, EntryText, Root
from custodes_workbench.history.records import FIRST, chain_line, digest_of, hash_of, signed_text


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of checking the chain."""

    entries: int
    """How many entries were read."""
    root: str
    """The hash of the last one."""
    broken_at: int | None
    """The first entry that does not fit; none where all fit."""
    what: str
    """What does not fit, in words; empty where all fit."""


def entries_visible_to(facts: Facts) -> QuerySet[Entry]:
    """Every entry, newest first, for those who may read the history; none for others.

    Args:
        facts: Of the person, outside a round.
    """
    if not decide(Act.READ_HISTORY, facts):
        return Entry.objects.none()
    return Entry.objects.select_related("said").order_by("-n")


def chain_lines() -> Iterator[str]:
    """The whole chain as the lines that `check_history.py` reads; only behind a ruling."""
    for entry in Entry.objects.order_by("n").iterator(chunk_size=2000):
        yield chain_line(entry)


def roots() -> QuerySet[Root]:
    """Every signed root, newest first; for everybody, that is what they are for."""
    return Root.objects.all()


def broken_roots() -> Iterator[str]:
    """Signed roots that the chain does not hold any more, or that nobody signed."""
    kept = dict(Entry.objects.filter(n__in=Root.objects.values("n")).values_list("n", "hash"))
    for root in Root.objects.order_by("n"):
        if kept.get(root.n) != root.hash:
            yield f"entry {root.n} of the history is not the one whose root was signed"
        elif not _is_signed(root):
            yield f"the signature of root {root.n} does not fit"


def _is_signed(root: Root) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(root.key))
        key.verify(bytes.fromhex(root.signature), signed_text(root).encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_chain() -> Verified:
    """Read the whole chain and recompute every hash and every digest of a text."""
    previous, last = FIRST, 0
    texts = dict(EntryText.objects.values_list("entry_id", "salt"))
    for entry in Entry.objects.order_by("n").iterator(chunk_size=2000):
        fault = _fault(entry, number=last + 1, previous=previous)
        if fault:
            return Verified(last, previous, entry.n, fault)
        previous, last = entry.hash, entry.n
    tip = ChainTip.objects.first()
    if tip is not None and (tip.n, tip.hash) != (last, previous):
        what = f"the chain ends at {last}, but {tip.n} entries were written"
        return Verified(last, previous, last + 1, what)
    return _with_texts(Verified(last, previous, None, ""), texts)


def _fault(entry: Entry, *, number: int, previous: str) -> str:
    if entry.n != number:
        return f"entry {number} is missing"
    if entry.previous_hash != previous:
        return "it does not follow from the entry before it"
    if entry.hash != hash_of(entry):
        return "its content is not what was hashed"
    return ""


def _with_texts(verified: Verified, salts: dict[int, str]) -> Verified:
    for said in EntryText.objects.select_related("entry").order_by("entry_id").iterator():
        digest = digest_of(salt=salts[said.entry_id], text=said.text)
        if digest != said.entry.text_digest:
            return Verified(verified.entries, verified.root, said.entry_id, "its text was changed")
    return verified
