"""Sealing: what residents write is unreadable on disk without the key file.

AES-256-GCM with a random 96-bit nonce; the purpose is bound in, so that a sealed text of one table does
not open as another's. Chats are named by an HMAC of their id. Both keys derive from one secret file
(HKDF-SHA256), which is kept outside the database and its backups.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..errors import KeyFileError, SealBroken

_SECRET_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"loa {purpose}".encode()).derive(secret)


class Sealer:
    """Seals and opens texts, and names chats, with one secret of 32 bytes."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(_derive(secret, "seal"))
        self._naming = _derive(secret, "ref")

    def seal(self, text: str, purpose: str) -> bytes:
        """The text, sealed for a purpose such as "inbox"."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """The text again; raises SealBroken for another key, another purpose or an altered text."""
        if sealed[:1] != _VERSION:
            raise SealBroken("not a sealed text of this version")
        nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, rest, purpose.encode()).decode()
        except (InvalidTag, ValueError):
            raise SealBroken("this key does not open it") from None

    def ref(self, channel: str, chat: str) -> str:
        """The name under which a chat is known everywhere; it does not tell the chat's id."""
        return hmac.new(self._naming, f"{channel}\0{chat}".encode(), hashlib.sha256).hexdigest()[:32]


def load_key(path: Path) -> Sealer:
    """The sealer of a key file, which is made (mode 600) if it is missing.

    Raises KeyFileError if others may read it or it is damaged.
    """
    try:
        if not path.exists():
            _make(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text().strip()
    except OSError as error:
        raise KeyFileError(str(path), f"cannot be used ({error.strerror})") from None
    except UnicodeError:
        raise KeyFileError(str(path), "is damaged; bring it back from your backup of the key") from None
    if mode & 0o077:
        raise KeyFileError(str(path), f"others may read it (mode {mode:o}); run: chmod 600 {path}")
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != _SECRET_BYTES:
        raise KeyFileError(str(path), "is damaged; bring it back from your backup of the key")
    return Sealer(secret)


def _make(path: Path) -> None:
    """Write a new secret; complete or not at all, and never over one that another process has just made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink(missing_ok=True)
