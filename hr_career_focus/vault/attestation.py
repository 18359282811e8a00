"""Login marks: whether a login is still entered the way its owner left it.

For every login there is one sealed row, all of one length, whoever it is. It holds two
marks, both keyed hashes under the key file:

* the *password mark*, of the password's hash;
* the *doors mark*, of the other ways in: passkeys, sign-in providers, a directory.

Whoever changes a password or a way in can change the database, but not make the mark
that goes with it. The marks are renewed only by the owner's own acts, with proof, and
by the desk after it has checked who somebody is (:mod:`..casework.logins`).

The row also holds the hash of the personal code, if there is one.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace

from . import sealing
from .errors import Unsealable
from .keyring import Keyring

MARK_BYTES = 16
SALT_BYTES = 16
#: scrypt (RFC 7914): 32 MiB and about a tenth of a second for each try.
SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}
NUMBER_DIGITS = 10
#: What one row may hold, so that all rows have the length of the smallest bucket.
ROOM = sealing.BUCKETS[0] - 4


@dataclass(frozen=True)
class Attestation:
    """What the sealed row of one login holds.

    >>> ring, row = Keyring.fresh(), Attestation(fresh=True)
    >>> open_row(ring, 7, row.sealed(ring, 7)) == row
    True
    >>> tries = (9999999999,) * 5
    >>> full = Attestation(False, "m" * 22, "m" * 22, "c" * 64, tries, 10**6, 10**8)
    >>> len(full.sealed(ring, 7)) == len(row.sealed(ring, 7))
    True
    """

    fresh: bool = False  # made without a password, and never used
    password: str = ""
    doors: str = ""
    code: str = ""  # salt and hash, "" without a code
    tries: tuple[int, ...] = ()  # seconds of the last wrong codes
    told: int = 0  # the day (ordinal) of the last notice to the old address
    tell: int = 0  # the hour in which the cases hear of a restore, 0 for none

    def sealed(self, ring: Keyring, user_id: int) -> str:
        """Return the text of the row."""
        data = sealing.dump(
            [
                int(self.fresh),
                self.password,
                self.doors,
                self.code,
                list(self.tries),
                self.told,
                self.tell,
            ]
        )
        if len(data) > ROOM:
            raise ValueError("A login's row must fit the smallest bucket.")
        return sealing.seal(ring.derive("login-row"), data, _place(user_id))

    def settled(self, **marks):
        """Return this with marks taken: no longer fresh."""
        return replace(self, fresh=False, **marks)


def open_row(ring: Keyring, user_id: int, text: str) -> Attestation:
    """Open the row of a login.

    :raise Unsealable: when there is none, or it is another login's or was changed
    """
    if not text:
        raise Unsealable("There is no row for this login.")
    data = sealing.open_sealed(ring.derive("login-row"), text, _place(user_id))
    fresh, password, doors, code, tries, *later = json.loads(data)
    return Attestation(bool(fresh), password, doors, code, tuple(tries), *later)


def password_mark(ring: Keyring, user_id: int, hashed: str) -> str:
    """Return the mark of a password's hash; ``""`` is a login without a password.

    >>> ring = Keyring.fresh()
    >>> password_mark(ring, 7, "x") == password_mark(ring, 7, "x")
    True
    >>> password_mark(ring, 7, "x") == password_mark(ring, 8, "x")
    False
    """
    return _mark(ring, "login-password", str(user_id), hashed or "")


def doors_mark(ring: Keyring, user_id: int, doors) -> str:
    """Return the mark of the other ways in, in whatever order they are given.

    >>> ring = Keyring.fresh()
    >>> doors_mark(ring, 7, ["a", "b"]) == doors_mark(ring, 7, ["b", "a"])
    True
    >>> doors_mark(ring, 7, ["a", "b"]) == doors_mark(ring, 7, ["ab"])
    False
    """
    return _mark(ring, "login-doors", str(user_id), *sorted(doors))


def session_mark(ring: Keyring, user_id: int, password: str, method: str) -> str:
    """Return what a session gets at log-in: entered under this password, this way.

    :param password: the password mark at that moment
    """
    return _mark(ring, "login-session", str(user_id), password, method)


def unlocked_mark(ring: Keyring, user_id: int, sid: str, at: int, code: str) -> str:
    """Return what a session gets when the personal code was given, at a moment."""
    return _mark(ring, "login-unlocked", str(user_id), sid, str(at), code)


def same(one: str, other: str) -> bool:
    """Compare two marks without telling by time how much of them is alike."""
    return hmac.compare_digest(str(one).encode(), str(other).encode())


def code_hash(ring: Keyring, user_id: int, code: str, salt: bytes | None = None) -> str:
    """Return the hash of a personal code: scrypt, peppered with the key file.

    >>> ring = Keyring.fresh()
    >>> kept = code_hash(ring, 7, "apple pie")
    >>> len(kept), code_fits(ring, 7, "apple pie", kept)
    (64, True)
    >>> code_fits(ring, 7, "apple pies", kept), code_fits(ring, 8, "apple pie", kept)
    (False, False)
    >>> code_fits(ring, 7, "", "")
    False
    """
    salt = salt or secrets.token_bytes(SALT_BYTES)
    pepper = ring.derive("login-code")
    message = sealing.place(str(user_id), code)
    peppered = hmac.new(pepper, message, hashlib.sha256).digest()
    digest = hashlib.scrypt(peppered, salt=salt, **SCRYPT)
    return base64.b64encode(salt + digest).decode()


def code_fits(ring: Keyring, user_id: int, code: str, kept: str) -> bool:
    """Tell whether ``code`` is the one that was set; as slow without one."""
    salt = base64.b64decode(kept)[:SALT_BYTES] if kept else bytes(SALT_BYTES)
    made = code_hash(ring, user_id, code, salt)
    return same(made, kept) and bool(kept)


def restore_number(ring: Keyring, user_id: int, present: str, day: str) -> str:
    """Return the number that names a login, as it is entered now, on one day.

    :param present: the present marks; another password is another number
    """
    digest = hmac.new(
        ring.derive("login-number"),
        sealing.place(str(user_id), present, day),
        hashlib.sha256,
    ).digest()
    number = int.from_bytes(digest, "big") % 10**NUMBER_DIGITS
    return f"{number:0{NUMBER_DIGITS}d}"


def _mark(ring, purpose, *parts):
    digest = hmac.new(
        ring.derive(purpose), sealing.place(*parts), hashlib.sha256
    ).digest()
    return base64.b64encode(digest[:MARK_BYTES]).decode().rstrip("=")


def _place(user_id):
    return sealing.place("login", str(user_id))
