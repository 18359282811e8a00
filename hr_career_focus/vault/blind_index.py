"""Blind index: find a person's rows without storing who the person is.

HMAC-SHA256 (RFC 2104) over the purpose and the id, under a key derived for the index
alone. Ids are few, so whoever holds the key file could try them all: the index protects
against readers of the database, not against holders of the key.
"""

import hashlib
import hmac

from .keyring import Keyring

INDEX = "blind-index"


def blind(ring: Keyring, purpose: str, number: int) -> str:
    """Return the index of ``number`` for ``purpose``: 64 hexadecimal digits.

    >>> ring = Keyring.fresh()
    >>> blind(ring, "user", 7) == blind(ring, "user", 7)
    True
    >>> blind(ring, "user", 7) == blind(ring, "employee", 7)
    False
    """
    message = f"{purpose}|{number:d}".encode()
    return hmac.new(ring.derive(INDEX), message, hashlib.sha256).hexdigest()
