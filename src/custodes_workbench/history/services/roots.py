"""Roots: the last hash of the chain, signed, so that others can keep it outside the database."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from custodes_workbench.history.models import ChainTip, Root
from custodes_workbench.history.records import signed_text
from custodes_workbench.history.services.entries import Actor, record_event

KEY_FILE = "root-key"
"""In the data folder; in the database it would be in the hands of who can change the chain."""
EVERY = dt.timedelta(days=1)
"""How long the newest root may stand while the history goes on."""


@transaction.atomic
def sign_root(*, by: Actor) -> Root | None:
    """Sign the last hash of the chain, and say so in the chain.

    Args:
        by: Who causes it: whoever releases a publication, or the worker once a day.

    Returns:
        The root; none while there is no entry.
    """
    tip = ChainTip.objects.select_for_update().filter(pk=1).first()
    if tip is None:
        return None
    key = _key(settings.DATA_FOLDER / KEY_FILE)
    made = Root(n=tip.n, hash=tip.hash, at=timezone.now())
    made.key = key.public_key().public_bytes_raw().hex()
    made.signature = key.sign(signed_text(made).encode()).hex()
    made.save(force_insert=True)
    record_event("root signed", by=by, subject=f"root {made.n}", told={"hash": made.hash})
    return made


def is_root_due() -> bool:
    """Whether something was done since the newest root, and that root is a day old."""
    newest, tip = Root.objects.first(), ChainTip.objects.first()
    if tip is None:
        return False
    if newest is None:
        return True
    said_itself = newest.n + 1
    return tip.n > said_itself and timezone.now() - newest.at >= EVERY


def _key(file: Path) -> Ed25519PrivateKey:
    """The key in the file, made on the first call."""
    made = Ed25519PrivateKey.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text("ascii")))
    with os.fdopen(handle, "w", encoding="ascii") as kept:
        kept.write(made.private_bytes_raw().hex())
    return made
