"""Envelopes: who opens them, and that nothing else does."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes_workbench.handling.records.sealing import (
    Cost,
    Envelope,
    SealError,
    make_key_pair,
    new_text_key,
    open_sealed,
    relock,
    seal,
    unlock,
    unwrap,
    wrap_for,
)
from custodes_workbench.handling.records.unlocked import (
    from_cookie,
    new_session_secret,
    to_cookie,
)

CHEAP = Cost(rounds=1, kibibytes=64, lanes=1)
TEXT = "CANARY-7f3a: the steps, one by one"


def flipped(data, place):
    return bytes(each ^ (i == place) for i, each in enumerate(data))


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_text_comes_back_for_its_reader(text):
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    key = new_text_key()

    envelope = seal(text, key=key, name="item 1")
    wrapped = wrap_for(public, key, name="item 1")

    opened = unwrap(wrapped, private.private_bytes_raw(), name="item 1")
    assert open_sealed(envelope, key=opened, name="item 1") == text


def test_the_stored_things_hold_neither_text_nor_keys():
    pair = make_key_pair("a long passphrase", cost=CHEAP)
    key = new_text_key()
    envelope = seal(TEXT, key=key, name="item 1")
    wrapped = wrap_for(pair.public, key, name="item 1")

    stored = b"".join(
        (envelope.sealed, wrapped.ephemeral, wrapped.wrapped, pair.public, pair.wrapped, pair.salt)
    )

    assert TEXT.encode() not in stored
    assert key not in stored
    assert unlock(pair, "a long passphrase") not in stored


def test_another_reader_another_item_and_a_changed_byte_open_nothing():
    mine, theirs = (make_key_pair(each, cost=CHEAP) for each in ("mine", "theirs"))
    key = new_text_key()
    envelope = seal(TEXT, key=key, name="item 1")
    wrapped = wrap_for(mine.public, key, name="item 1")

    with pytest.raises(SealError):
        unwrap(wrapped, unlock(theirs, "theirs"), name="item 1")
    with pytest.raises(SealError):
        unwrap(wrapped, unlock(mine, "mine"), name="item 2")
    with pytest.raises(SealError):
        open_sealed(envelope, key=key, name="item 2")
    for place in range(0, len(envelope.sealed), 97):
        changed = Envelope(sealed=flipped(envelope.sealed, place), digest=envelope.digest)
        with pytest.raises(SealError):
            open_sealed(changed, key=key, name="item 1")


def test_a_digest_of_another_text_is_noticed():
    key = new_text_key()
    envelope = seal(TEXT, key=key, name="item 1")

    with pytest.raises(SealError):
        open_sealed(Envelope(sealed=envelope.sealed, digest="0" * 64), key=key, name="item 1")


def test_the_same_text_twice_looks_unlike_and_lengths_say_little():
    one, two, longer = (
        seal(each, key=new_text_key(), name="item 1") for each in ("yes", "yes", "no" * 200)
    )

    assert one.sealed != two.sealed
    assert one.digest != two.digest
    assert len(one.sealed) == len(longer.sealed)


def test_a_key_opens_with_its_passphrase_alone_and_another_passphrase_can_replace_it():
    pair = make_key_pair("the first", cost=CHEAP)
    private = unlock(pair, "the first")

    again = relock(private, "the second", cost=CHEAP)

    assert again.public == pair.public
    assert unlock(again, "the second") == private
    with pytest.raises(SealError):
        unlock(pair, "the frist")
    with pytest.raises(SealError):
        unlock(again, "the first")


def test_neither_half_of_an_unlocked_key_opens_it():
    private = X25519PrivateKey.generate().private_bytes_raw()
    secret = new_session_secret()
    halves = {"session_secret": secret, "service_key": "service", "bound_to": "person 1 until 9"}

    cookie = to_cookie(private, **halves)

    assert from_cookie(cookie, **halves) == private
    for changed in (
        {"session_secret": new_session_secret()},
        {"service_key": "another"},
        {"bound_to": "person 2 until 9"},
        {"bound_to": "person 1 until 10"},
    ):
        assert from_cookie(cookie, **halves | changed) is None
    for forged in ("", "€", "AAAA", cookie[:-4]):
        assert from_cookie(forged, **halves) is None
