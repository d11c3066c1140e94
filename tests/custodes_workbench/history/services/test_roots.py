import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.history import check_history
from custodes_workbench.history.models import ChainTip, Entry, Root
from custodes_workbench.history.records import hash_of, root_file
from custodes_workbench.history.selectors import broken_roots, chain_lines
from custodes_workbench.history.services import is_root_due, record_event, sign_root
from custodes_workbench.history.services.roots import EVERY
from custodes_workbench.people.services import publish_root, publish_root_if_due

SCRIPT = Path(check_history.__file__)


class Somebody:
    history_name = "person 1"
    acting_as = ""


@pytest.fixture
def chain(db, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    for number in range(10):
        record_event(f"act {number}", by=Somebody(), subject=f"thing é {number}", reason="because")
    return sign_root(by=Somebody())


def checked(root, tmp_path, *more):
    """What the script says of the chain as it is now, in a process of its own."""
    lines, kept = tmp_path / "chain.jsonl", tmp_path / "root.json"
    lines.write_text("".join(chain_lines()), "utf-8")
    kept.write_text(root_file(root), "utf-8")
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(lines), str(kept), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def without_triggers(*statements):
    """Change the database as somebody with its password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for name in ("entry_update", "entry_delete", "text_update"):
                cursor.execute(f"DROP TRIGGER history_{name}")
        for each in statements:
            cursor.execute(each)


def write_anew():
    """Rewrite the whole chain after a change of entry 4, so that it fits in itself."""
    without_triggers("UPDATE history_entry SET action = 'something else' WHERE n = 4")
    previous = "0" * 64
    for entry in Entry.objects.order_by("n"):
        entry.previous_hash = previous
        entry.hash = previous = hash_of(entry)
        Entry.objects.filter(pk=entry.pk).update(previous_hash=entry.previous_hash, hash=previous)
    ChainTip.objects.update(hash=previous)


def test_the_script_is_short_enough_to_be_read():
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 100


def test_the_script_says_that_a_chain_is_the_one_that_was_signed(chain, tmp_path):
    record_event("act after the root", by=Somebody(), subject="thing")

    code, told = checked(chain, tmp_path, "--key", chain.key)

    assert (code, told) == (0, "The chain is whole, and holds the signed entry.\n")


def test_a_history_written_anew_from_end_to_end_is_found(chain, tmp_path):
    with transaction.atomic():
        write_anew()
        code, told = checked(chain, tmp_path)
        within = list(broken_roots())
        transaction.set_rollback(True)

    assert (code, "entry 10 is not the one that was signed" in told) == (1, True)
    assert within == ["entry 10 of the history is not the one whose root was signed"]
    assert list(broken_roots()) == []


def test_a_history_cut_short_is_found(chain, tmp_path):
    with transaction.atomic():
        without_triggers(
            "DELETE FROM history_entrytext WHERE entry_id > 8",
            "DELETE FROM history_entry WHERE n > 8",
        )
        code, told = checked(chain, tmp_path)
        transaction.set_rollback(True)

    assert (code, "the chain has 8 entries" in told) == (1, True)


def test_a_root_signed_by_somebody_else_is_found(chain, tmp_path):
    told = json.loads(root_file(chain))
    stranger = Ed25519PrivateKey.generate()
    signed = check_history.as_json({name: told[name] for name in ("n", "hash", "at")})
    forged = Root(n=chain.n, hash=chain.hash, at=chain.at)
    forged.key = stranger.public_key().public_bytes_raw().hex()
    forged.signature = stranger.sign(signed.encode()).hex()

    assert checked(forged, tmp_path)[0] == 0
    code, said = checked(forged, tmp_path, "--key", chain.key)
    assert (code, "another key" in said) == (1, True)


def test_a_signature_that_does_not_fit_is_found_on_both_sides(chain, tmp_path):
    Root.objects.filter(n=chain.n).update(at=timezone.now())
    changed = Root.objects.get(n=chain.n)

    assert checked(changed, tmp_path) == (1, "the root's signature does not fit what it says\n")
    assert list(broken_roots()) == [f"the signature of root {chain.n} does not fit"]


def test_files_that_are_no_chain_and_no_root_are_told_in_a_sentence(chain, tmp_path):
    (tmp_path / "wrong.json").write_text("[]", "utf-8")

    command = [sys.executable, str(SCRIPT), str(tmp_path / "no"), str(tmp_path / "wrong.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert "these are not a chain and a root" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_scripts_ed25519_is_that_of_rfc_8032():
    key = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    signature = (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )

    of_af82 = check_history.is_signed(
        bytes.fromhex(key), bytes.fromhex(signature), bytes.fromhex("af82")
    )
    of_af83 = check_history.is_signed(
        bytes.fromhex(key), bytes.fromhex(signature), bytes.fromhex("af83")
    )

    assert (of_af82, of_af83) == (True, False)


def test_the_scripts_ed25519_agrees_with_the_library_on_many_messages():
    for number in range(20):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public, text = key.public_key().public_bytes_raw(), b"message %d" % number
        signature = key.sign(text)
        broken = bytes([signature[0] ^ 1, *signature[1:]])
        assert check_history.is_signed(public, signature, text)
        with contextlib.suppress(ValueError):  # the changed bytes may be no point of the curve
            assert not check_history.is_signed(public, broken, text)


def test_a_root_is_due_when_something_was_done_and_a_day_has_passed(chain):
    assert not is_root_due()

    Root.objects.update(at=timezone.now() - EVERY)
    assert not is_root_due()

    record_event("act", by=Somebody(), subject="thing")
    assert is_root_due()


def test_the_daily_root_is_signed_once(chain):
    Root.objects.update(at=timezone.now() - EVERY)
    record_event("act", by=Somebody(), subject="thing")

    publish_root_if_due()
    publish_root_if_due()

    assert Root.objects.count() == 2


def test_auditors_are_mailed_the_root_to_keep(cast, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    a_workbench_round(cast)

    publish_root(by=cast.lena)

    root = Root.objects.get()
    mail = cast.aud.mail.get()
    assert mail.about == f"entry {root.n}, {root.hash}"


def test_anybody_may_take_a_root_and_the_script(client, chain):
    page = client.get("/history/roots/")
    file = client.get(f"/history/roots/{chain.n}.json")
    script = client.get("/history/check_history.py")

    assert chain.hash in page.content.decode()
    assert file.content.decode() == root_file(chain)
    assert script.content == SCRIPT.read_bytes()


def test_the_chain_is_for_those_who_may_read_the_history(cast, client, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    publish_root(by=cast.lena)

    client.force_login(cast.aud)
    mine = client.get("/history/chain.jsonl")
    client.force_login(cast.ada)
    others = client.get("/history/chain.jsonl")

    assert b"".join(mine.streaming_content).decode() == "".join(chain_lines())
    assert others.status_code == 404
