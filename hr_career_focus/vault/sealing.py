"""Sealing: AES-256-GCM (NIST SP 800-38D) under a key of the traject's own.

How it works
    Each traject has a random 256-bit key. The key is kept only wrapped, in an
    *envelope*: a list of recipients, each able to unwrap it: the server's key file
    here, people's own keys in :mod:`.personal`, as entries of the same list. Every
    text is sealed under the traject's key together with the *place* it belongs to
    (model, traject, row, kind, audience), so that a ciphertext moved to another row,
    or whose audience was changed, does not open. Texts are padded to buckets, because
    lengths tell.

Shredding
    Emptying the envelope destroys every text of the traject, in every copy of the
    table that is younger than the envelope's last backup.
"""

import base64
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import Unsealable
from .keyring import Keyring

VERSION = b"\x01"
NONCE_BYTES = 12
#: Sizes a text is padded to, in bytes; beyond the last, multiples of it.
BUCKETS = (256, 1024, 4096)
KEY_FILE = "key-file"


def new_key() -> bytes:
    """Return a fresh key for one traject."""
    return AESGCM.generate_key(bit_length=256)


def new_ref() -> str:
    """Return an opaque reference: 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def place(*parts: str) -> bytes:
    """Name a place unambiguously: no two lists of parts give the same bytes.

    >>> place("a", "bc") == place("ab", "c")
    False
    """
    return b"".join(
        len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts
    )


def pad(data: bytes) -> bytes:
    """Pad to the next bucket, the true length in front.

    >>> [len(pad(b"x" * n)) for n in (0, 252, 253, 5000)]
    [256, 256, 1024, 8192]
    >>> unpad(pad(b"text"))
    b'text'
    """
    needed = len(data) + 4
    last = BUCKETS[-1]
    size = next(
        (bucket for bucket in BUCKETS if needed <= bucket), -(-needed // last) * last
    )
    return len(data).to_bytes(4, "big") + data + bytes(size - needed)


def unpad(data: bytes) -> bytes:
    """Undo :func:`pad`."""
    length = int.from_bytes(data[:4], "big")
    if length > len(data) - 4:
        raise Unsealable("A sealed text is damaged.")
    return data[4 : 4 + length]


def dump(content) -> bytes:
    """Return the bytes of a structure that is to be sealed."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def seal(key: bytes, data: bytes, where: bytes) -> str:
    """Seal ``data`` for the place ``where``; return text for a column.

    >>> key = new_key()
    >>> open_sealed(key, seal(key, b"mine", b"here"), b"here")
    b'mine'
    >>> elsewhere = seal(key, b"mine", b"here")
    >>> open_sealed(key, elsewhere, b"there")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Unsealable: A sealed text does not open.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, pad(data), where)
    return base64.b64encode(VERSION + nonce + sealed).decode()


def open_sealed(key: bytes, text: str, where: bytes) -> bytes:
    """Open what :func:`seal` gave for the same place.

    :raise Unsealable: for a wrong key, a wrong place or a changed text
    """
    try:
        raw = base64.b64decode(text, validate=True)
        if raw[:1] != VERSION:
            raise ValueError
        nonce, sealed = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
        return unpad(AESGCM(key).decrypt(nonce, sealed, where))
    except (InvalidTag, ValueError, TypeError):
        raise Unsealable("A sealed text does not open.") from None


def wrap(ring: Keyring, key: bytes, owner: str) -> str:
    """Return an envelope with ``key`` for the active key of the key file."""
    kid = ring.active
    sealed = seal(ring.key(kid), key, place("envelope", KEY_FILE, kid, owner))
    return json.dumps([{"to": KEY_FILE, "kid": kid, "key": sealed}])


def unwrap(ring: Keyring, envelope: str, owner: str) -> bytes:
    """Return the key in ``envelope``.

    :raise Unsealable: when the envelope is empty (shredded), damaged or another's
    :raise KeyMissing: when the key file lacks the key it was wrapped under
    """
    if not envelope:
        raise Unsealable("The key of this record was destroyed.")
    try:
        recipients = json.loads(envelope)
        recipient = next(one for one in recipients if one["to"] == KEY_FILE)
        kid, sealed = recipient["kid"], recipient["key"]
    except (ValueError, TypeError, KeyError, StopIteration):
        raise Unsealable("The key of this record is damaged.") from None
    return open_sealed(ring.key(kid), sealed, place("envelope", KEY_FILE, kid, owner))


def rewrap(ring: Keyring, envelope: str, owner: str) -> str:
    """Return the same key in an envelope for the active key; other recipients stay.

    An envelope that is not for the key file at all stays as it is.
    """
    recipients = json.loads(envelope)
    others = [one for one in recipients if one["to"] != KEY_FILE]
    if len(others) == len(recipients):
        return envelope
    renewed = json.loads(wrap(ring, unwrap(ring, envelope, owner), owner))
    return json.dumps(renewed + others)


def wrapped_under(envelope: str) -> str | None:
    """Return the id of the key-file key an envelope needs, None when it needs none."""
    recipients = json.loads(envelope) if envelope else []
    return next((one["kid"] for one in recipients if one["to"] == KEY_FILE), None)
