"""The signature under an expectation and under each line of the history.

Pure Python. HMAC-SHA256 under a key derived from the key file, which is outside the
database: who can only write in the database cannot sign.
"""

import hashlib
import hmac
import json

PURPOSE = "selfcheck"


def sign(ring, kind, values) -> str:
    """Return the signature of ``values`` as a ``kind`` of thing.

    >>> from ..vault.keyring import Keyring
    >>> ring = Keyring.fresh()
    >>> good = sign(ring, "run", {"a": 1})
    >>> is_signed(ring, "run", {"a": 1}, good), is_signed(ring, "run", {"a": 2}, good)
    (True, False)
    >>> is_signed(ring, "other", {"a": 1}, good), is_signed(ring, "run", {"a": 1}, None)
    (False, False)
    """
    text = json.dumps([kind, values], sort_keys=True, separators=(",", ":"))
    return hmac.new(ring.derive(PURPOSE), text.encode(), hashlib.sha256).hexdigest()


def is_signed(ring, kind, values, signature) -> bool:
    """Return whether ``signature`` is ours, in a time that tells nothing."""
    return hmac.compare_digest(sign(ring, kind, values), signature or "")
