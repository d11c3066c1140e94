"""Text that named readers alone can open: keys, envelopes, and nothing of our own invention.

A text has a key of its own (ChaCha20-Poly1305). That key is wrapped for each reader: a fresh
X25519 key meets the reader's public key, HKDF-SHA256 makes a wrapping key of what they share, and
ChaCha20-Poly1305 wraps. A reader's private key is stored wrapped only, under a key that Argon2id
makes of a passphrase. Why so, and against whom: docs/decisions/0013-named-readers.md.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from custodes.disclosure import digest_of

_NONCE, _KEY = 12, 32
_BLOCK = 1024
"""Texts are filled up to a multiple of this, so that a length says little."""
_WRAP = b"custodes: the key of a text, wrapped for a reader, 1"
_OWN = b"custodes: a reader's private key, 1"


class SealError(Exception):
    """What should open does not: a wrong key or passphrase, or something that was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What it costs to try one passphrase (Argon2id; RFC 9106, section 4, second choice)."""

    rounds: int = 3
    """Passes over the memory."""
    kibibytes: int = 64 * 1024
    """Memory."""
    lanes: int = 4
    """Threads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPair:
    """A reader's keys as they are stored: nothing here opens anything without the passphrase."""

    public: bytes
    """32 bytes, no secret."""
    salt: bytes
    """Of the passphrase."""
    cost: Cost
    """What was paid for the wrapping key."""
    wrapped: bytes
    """Nonce and private key, wrapped under the passphrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A sealed text."""

    sealed: bytes
    """Nonce and ciphertext."""
    digest: str
    """SHA-256 of a salt, which is sealed too, and the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A text's key for one reader."""

    ephemeral: bytes
    """The public half of a key that was made for this and forgotten."""
    wrapped: bytes
    """Nonce and the text's key."""


def make_key_pair(passphrase: str, *, cost: Cost) -> KeyPair:
    """New keys for a reader, locked with a passphrase.

    Args:
        passphrase: What unlocks them; nobody can recover it.
        cost: What one try costs.
    """
    private = X25519PrivateKey.generate()
    return _locked(private.private_bytes_raw(), passphrase, cost=cost)


def unlock(pair: KeyPair, passphrase: str) -> bytes:
    """The private key, 32 bytes; for memory only.

    Raises:
        SealError: It is not the passphrase.
    """
    key = _from_passphrase(passphrase, pair.salt, pair.cost)
    return _open(key, pair.wrapped, _OWN + pair.public)


def relock(private: bytes, passphrase: str, *, cost: Cost) -> KeyPair:
    """The same keys under another passphrase.

    Args:
        private: The private key.
        passphrase: The new one.
        cost: What one try costs.
    """
    return _locked(private, passphrase, cost=cost)


def new_text_key() -> bytes:
    """A key for one text, never used for another."""
    return secrets.token_bytes(_KEY)


def seal(text: str, *, key: bytes, name: str) -> Envelope:
    """Seal a text.

    Args:
        text: What is sealed.
        key: From `new_text_key`, used once.
        name: What it belongs to; it opens under this name only.
    """
    content = text.encode("utf-8", "surrogatepass")
    salt = secrets.token_bytes(_KEY)
    length = len(content).to_bytes(8, "big")
    filled = salt + length + content
    filled += bytes(-len(filled) % _BLOCK)
    return Envelope(
        sealed=_close(key, filled, name.encode()), digest=digest_of(content, salt=salt)
    )


def open_sealed(envelope: Envelope, *, key: bytes, name: str) -> str:
    """The text again.

    Raises:
        SealError: Another key or name, a changed ciphertext, or a digest of another text.
    """
    filled = _open(key, envelope.sealed, name.encode())
    salt, length = filled[:_KEY], int.from_bytes(filled[_KEY : _KEY + 8], "big")
    content = filled[_KEY + 8 : _KEY + 8 + length]
    if digest_of(content, salt=salt) != envelope.digest:
        raise SealError
    return content.decode("utf-8", "surrogatepass")


PART = 1 << 20
"""A file is sealed in pieces of so many bytes."""


def seal_parts(parts: Iterable[bytes], *, key: bytes, name: str) -> Iterator[bytes]:
    """Seal a file piece by piece; pieces cannot be lost, moved or added unnoticed.

    Each has its place in its nonce, and the last one says that it is the last (the STREAM
    construction of Hoang, Reyhanitabar, Rogaway and Vizar 2015, as age uses it).

    Args:
        parts: The file, in pieces; at least one.
        key: From `new_text_key`, used once.
        name: What it belongs to; it opens under this name only.
    """
    cipher = ChaCha20Poly1305(key)
    for place, part, is_last in _numbered(parts):
        yield cipher.encrypt(_nonce_of(place, is_last=is_last), part, name.encode())


def open_parts(parts: Iterable[bytes], *, key: bytes, name: str) -> Iterator[bytes]:
    """The pieces of a file again, in their order.

    Raises:
        SealError: Another key or name, or a piece was changed, moved, lost or added.
    """
    cipher = ChaCha20Poly1305(key)
    try:
        for place, part, is_last in _numbered(parts):
            yield cipher.decrypt(_nonce_of(place, is_last=is_last), part, name.encode())
    except InvalidTag:
        raise SealError from None


def _numbered(parts: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    left = iter(parts)
    try:
        held = next(left)
    except StopIteration:
        raise SealError from None
    place = 0
    for part in left:
        yield place, held, False
        held, place = part, place + 1
    yield place, held, True


def _nonce_of(place: int, *, is_last: bool) -> bytes:
    return place.to_bytes(_NONCE - 1, "big") + bytes([is_last])


def wrap_for(public: bytes, key: bytes, *, name: str) -> WrappedKey:
    """A text's key, for one reader.

    Args:
        public: The reader's public key.
        key: The text's key.
        name: What the text belongs to.
    """
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    wrapping = _derived(shared, ephemeral + public, name)
    return WrappedKey(ephemeral=ephemeral, wrapped=_close(wrapping, key, name.encode()))


def unwrap(wrapped: WrappedKey, private: bytes, *, name: str) -> bytes:
    """A text's key, opened by its reader.

    Raises:
        SealError: It was wrapped for somebody else or for another text.
    """
    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(wrapped.ephemeral))
    except ValueError:
        raise SealError from None
    wrapping = _derived(shared, wrapped.ephemeral + public, name)
    return _open(wrapping, wrapped.wrapped, name.encode())


def _locked(private: bytes, passphrase: str, *, cost: Cost) -> KeyPair:
    public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    salt = secrets.token_bytes(16)
    key = _from_passphrase(passphrase, salt, cost)
    return KeyPair(
        public=public, salt=salt, cost=cost, wrapped=_close(key, private, _OWN + public)
    )


def _from_passphrase(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.rounds,
        memory_cost=cost.kibibytes,
        parallelism=cost.lanes,
        hash_len=_KEY,
        type=Type.ID,
    )


def _derived(shared: bytes, salt: bytes, name: str) -> bytes:
    return HKDF(SHA256(), _KEY, salt=salt, info=_WRAP + name.encode()).derive(shared)


def _close(key: bytes, content: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, content, bound_to)


def _open(key: bytes, closed: bytes, bound_to: bytes) -> bytes:
    try:
        return ChaCha20Poly1305(key).decrypt(closed[:_NONCE], closed[_NONCE:], bound_to)
    except (InvalidTag, ValueError):
        raise SealError from None
