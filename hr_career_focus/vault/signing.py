"""Signatures under a key of the server's own: Ed25519 (RFC 8032).

The private key is derived from the key file; the public key may be known to everybody.
Whoever has a signed text and the public key can check it anywhere, without a database
and without this program.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from .keyring import Keyring

PURPOSE = "settlement-signature"
SERIAL = "settlement-serial"
KEY_HEX = 64
SERIAL_HEX = 32


def public_key(ring: Keyring) -> str:
    """Return the public key: 64 hexadecimal digits.

    >>> ring = Keyring.fresh()
    >>> len(public_key(ring)), public_key(ring) == public_key(ring.rotated())
    (64, True)
    """
    return _private(ring).public_key().public_bytes_raw().hex()


def sign(ring: Keyring, text: str) -> str:
    """Return the signature of a text: 128 hexadecimal digits."""
    return _private(ring).sign(text.encode()).hex()


def is_signed(key: str, text: str, signature: str) -> bool:
    """Tell whether ``signature`` is that of ``text`` under a public key.

    >>> ring = Keyring.fresh()
    >>> is_signed(public_key(ring), "text", sign(ring, "text"))
    True
    >>> is_signed(public_key(ring), "Text", sign(ring, "text"))
    False
    >>> is_signed("no key", "text", "no signature")
    False
    """
    try:
        known = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        known.verify(bytes.fromhex(signature), text.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def serial_of(ring: Keyring, *parts: str) -> str:
    """Return the number under which one voucher stands in one settlement.

    Drawn as good as at random for whoever has no key file, and the same again for
    whoever has it: so that it can be proved that each number stands for one voucher.

    >>> ring = Keyring.fresh()
    >>> one = serial_of(ring, "voucher", "settlement")
    >>> len(one), one == serial_of(ring, "voucher", "settlement")
    (35, True)
    >>> one == serial_of(ring, "voucher", "another settlement")
    False
    """
    said = "|".join(parts).encode()
    digest = hmac.new(ring.derive(SERIAL), said, hashlib.sha256).hexdigest()
    return "-".join(digest[at : at + 8] for at in range(0, SERIAL_HEX, 8))


def _private(ring):
    return Ed25519PrivateKey.from_private_bytes(ring.derive(PURPOSE))
