"""Blind index: find a person's rows without storing who the person is.

HMAC-SHA256 (RFC 2104) over the purpose and the id, under a key derived for the index
alone. Ids are few, so whoever holds the key file could try them all: the index protects
against readers of the database, not against holders of the key.
"""

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
    return index_of(ring, INDEX, f"{purpose}|{number:d}")


def numbers_by_index(ring: Keyring, purpose: str, numbers) -> dict:
    """Return ``{index: number}`` of many numbers; the key is derived once.

    >>> ring = Keyring.fresh()
    >>> numbers_by_index(ring, "user", [7]) == {blind(ring, "user", 7): 7}
    True
    """
    key = ring.derive(INDEX)
    return {_under(key, f"{purpose}|{number:d}"): number for number in numbers}


def index_of(ring: Keyring, purpose: str, said: str) -> str:
    """Return the index of a text, under a key for this purpose alone.

    >>> ring = Keyring.fresh()
    >>> index_of(ring, "a", "x") == index_of(ring, "a", "x") != index_of(ring, "b", "x")
    True
    """
    return _under(ring.derive(purpose), said)


def _under(key: bytes, said: str) -> str:
    return hmac.digest(key, said.encode(), "sha256").hex()
