"""An unlocked key between two requests: half in the browser, half in the session.

The cookie holds the private key, encrypted; the session holds the secret that encrypts it, and
the service's key is needed too. A stolen database has no cookie, a stolen cookie no session.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

COOKIE = "reader_key"
"""The cookie's name."""
LASTS = 15 * 60
"""Seconds until a key locks again."""
_NONCE, _KEY = 12, 32
_INFO = b"custodes: an unlocked key between two requests, 1"


def new_session_secret() -> str:
    """What the session keeps of an unlocking."""
    return secrets.token_urlsafe(_KEY)


def to_cookie(private: bytes, *, session_secret: str, service_key: str, bound_to: str) -> str:
    """The private key as the browser holds it.

    Args:
        private: The key.
        session_secret: From `new_session_secret`.
        service_key: The key of the service, which is in no database.
        bound_to: Whose key, and until when.
    """
    nonce = secrets.token_bytes(_NONCE)
    key = _derived(session_secret, service_key)
    closed = ChaCha20Poly1305(key).encrypt(nonce, private, bound_to.encode())
    return base64.urlsafe_b64encode(nonce + closed).decode("ascii")


def from_cookie(
    cookie: str, *, session_secret: str, service_key: str, bound_to: str
) -> bytes | None:
    """The private key again; none where the cookie is of another session, person or time."""
    try:
        closed = base64.urlsafe_b64decode(cookie.encode("ascii", "replace"))
        key = _derived(session_secret, service_key)
        return ChaCha20Poly1305(key).decrypt(closed[:_NONCE], closed[_NONCE:], bound_to.encode())
    except (InvalidTag, ValueError):
        return None


def _derived(session_secret: str, service_key: str) -> bytes:
    material = f"{session_secret} {service_key}".encode()
    return HKDF(SHA256(), _KEY, salt=None, info=_INFO).derive(material)
