"""The key file: wrapping keys with ids, and one root for everything derived.

The file lives outside the database and is all that stands between a database dump and
its contents. It holds

* wrapping keys by id, one of them active: they wrap the key of each traject. Rotation
  adds a key and makes it active; rows wrapped under an older one still open, until they
  are wrapped anew (``rewrap``), after which the old key can be dropped;
* one root, from which the blind index and other purposes derive their own keys
  (HKDF-SHA256, RFC 5869), so that no two uses share one. The root does not rotate:
  a new root would make every blind index unfindable.

A missing or unreadable file is an error and never a reason to go on without: there is
no plaintext mode.
"""

import base64
import contextlib
import json
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .errors import KeyMissing, KeyUnsafe

FORMAT = 1
KEY_BYTES = 32


@dataclass(frozen=True)
class Keyring:
    """Keys in memory.

    >>> ring = Keyring.fresh()
    >>> older = ring.active
    >>> ring = ring.rotated()
    >>> ring.active != older and ring.key(older) is not None
    True
    >>> ring.derive("a") == ring.derive("a") != ring.derive("b")
    True
    >>> older in repr(ring), ring.root.hex() in repr(ring)
    (False, False)
    """

    active: str
    keys: dict
    root: bytes

    def __repr__(self):
        return f"<Keyring of {len(self.keys)} keys>"

    @classmethod
    def fresh(cls):
        """Return a keyring of newly drawn keys."""
        kid = _new_id()
        return cls(
            active=kid,
            keys={kid: secrets.token_bytes(KEY_BYTES)},
            root=secrets.token_bytes(KEY_BYTES),
        )

    def key(self, kid: str) -> bytes:
        """Return the wrapping key ``kid``; KeyMissing when this file lacks it."""
        try:
            return self.keys[kid]
        except KeyError:
            raise KeyMissing(
                "A record was sealed under a key that is not in the key file. Restore "
                "the key file that belongs to this database from its backup."
            ) from None

    def key_ids_present(self, wanted):
        """Raise KeyMissing unless every key id in ``wanted`` is here."""
        for kid in wanted:
            self.key(kid)

    def derive(self, purpose: str) -> bytes:
        """Return the 32-byte key for ``purpose``, the same at every call."""
        kdf = HKDF(
            algorithm=hashes.SHA256(),
            length=KEY_BYTES,
            salt=None,
            info=b"hr_career_focus|" + purpose.encode(),
        )
        return kdf.derive(self.root)

    def rotated(self):
        """Return this keyring with a new active key; the old ones stay to open."""
        kid = _new_id()
        keys = dict(self.keys, **{kid: secrets.token_bytes(KEY_BYTES)})
        return replace(self, active=kid, keys=keys)

    def without_old(self):
        """Return this keyring with the active key alone."""
        return replace(self, keys={self.active: self.keys[self.active]})

    def to_bytes(self) -> bytes:
        """Return what the key file holds."""
        return json.dumps(
            {
                "format": FORMAT,
                "active": self.active,
                "keys": {kid: _encode(key) for kid, key in self.keys.items()},
                "root": _encode(self.root),
            },
            indent=1,
        ).encode()

    @classmethod
    def from_bytes(cls, data: bytes):
        """Read a key file's content; KeyUnsafe when it is none."""
        try:
            content = json.loads(data)
            ring = cls(
                active=content["active"],
                keys={kid: _decode(key) for kid, key in content["keys"].items()},
                root=_decode(content["root"]),
            )
            lengths = {len(key) for key in (ring.root, *ring.keys.values())}
            if content["format"] != FORMAT or lengths != {KEY_BYTES}:
                raise ValueError
            ring.keys[ring.active]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KeyUnsafe(
                "The key file is damaged or not a key file. Restore it from its backup."
            ) from None
        return ring


def write_key_file(path: Path, ring: Keyring, replace_existing: bool = False):
    """Write ``ring`` to ``path`` with mode 0600, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".vault-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(ring.to_bytes())
            stream.flush()
            os.fsync(stream.fileno())
        if replace_existing:
            os.replace(name, path)
        else:
            # A link fails when the file exists: two workers starting at once agree
            # on one key file, and an existing one is never overwritten.
            with contextlib.suppress(FileExistsError):
                os.link(name, path)
    finally:
        if os.path.exists(name):
            os.unlink(name)


def read_key_file(path: Path) -> Keyring:
    """Return the keyring in ``path``.

    :raise KeyMissing: when there is no such file
    :raise KeyUnsafe: when others than its owner can read it, or it is damaged
    """
    try:
        mode = path.stat().st_mode
        data = path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(
            "The key file of the vault is missing. Put it back from its backup; "
            "without it nothing that was written can be opened."
        ) from None
    except OSError:
        raise KeyMissing(
            "The key file of the vault cannot be read by the user Odoo runs as."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeyUnsafe(
            "The key file of the vault can be read by other users of the machine. "
            "Give it mode 0600."
        )
    return Keyring.from_bytes(data)


_loaded: dict = {}


def load_keyring() -> Keyring:
    """Return this server's keyring, read again when the file changes."""
    from .location import key_file

    path = key_file()
    try:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_ino, status.st_mode)
    except OSError:
        stamp = None
    known = _loaded.get(path)
    if stamp is None or known is None or known[0] != stamp:
        known = (stamp, read_key_file(path))
        _loaded[path] = known
    return known[1]


def ensure_key_file() -> bool:
    """Make the key file when there is none; return whether it was made now."""
    from .location import key_file

    path = key_file()
    if path.exists():
        read_key_file(path)
        return False
    write_key_file(path, Keyring.fresh())
    return True


def _new_id() -> str:
    return secrets.token_hex(6)


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
