"""The personal seal: texts for people who hold a key of their own.

How it works
    Each person has an X25519 pair (RFC 7748). The private key is kept only locked:
    under a passphrase (scrypt, RFC 7914) mixed with a secret of the key file, so that
    guessing needs the database *and* the key file. A text has a random key of its own,
    in an envelope for each of its readers: a fresh X25519 key agrees on a secret with
    the reader's public key, HKDF-SHA256 (RFC 5869) makes a wrapping key of it, and
    AES-256-GCM wraps the text's key for that reader at that place and for nothing else.

    The envelope is the same list of recipients that :mod:`.sealing` makes for the key
    file, so that one envelope can hold both kinds.

What it does not do
    Anybody who knows a public key can write *to* it: a box says who reads, not who
    wrote. And whoever controls the page sees what is typed there.
"""

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from . import sealing
from .errors import Unsealable, WrongPassphrase

PERSON = "person"
RECOVERY = "recovery"
KEY_BYTES = 32
#: Cost of a passphrase: 32 MiB and about a tenth of a second.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1
BOX = b"hr_career_focus|sealed box|1"


@dataclass(frozen=True)
class Public:
    """A public key, which anybody may know.

    >>> public = Pair.fresh().public
    >>> Public.from_text(public.text) == public
    True
    >>> len(public.fingerprint)
    32
    """

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """Return 128 bits of a hash of the key: what people compare."""
        return hashlib.sha256(b"hr_career_focus|public|" + self.raw).hexdigest()[:32]

    @property
    def text(self) -> str:
        return _encode(self.raw)

    @classmethod
    def from_text(cls, text: str):
        """Read a key; Unsealable when the text is none."""
        raw = _decode(text)
        if len(raw) != KEY_BYTES:
            raise Unsealable("A public key is damaged.")
        return cls(raw)


@dataclass(frozen=True)
class Pair:
    """A private key and its public one, opened.

    >>> pair = Pair.fresh()
    >>> Pair(pair.private).public == pair.public
    True
    >>> pair.private.hex() in repr(pair)
    False
    """

    private: bytes

    def __repr__(self):
        return "<Pair>"

    @classmethod
    def fresh(cls):
        key = X25519PrivateKey.generate()
        return cls(key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))

    @cached_property
    def public(self) -> Public:
        key = X25519PrivateKey.from_private_bytes(self.private).public_key()
        return Public(_raw(key))

    @cached_property
    def fingerprint(self) -> str:
        return self.public.fingerprint


def grouped(fingerprint: str) -> str:
    """Write a fingerprint in groups of four, as it is read aloud.

    >>> grouped("0123456789abcdef")
    '0123 4567 89ab cdef'
    """
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


# -- envelopes ---------------------------------------------------------------------


def recipient(public: Public, data: bytes, owner: str, to=PERSON, role="") -> dict:
    """Return the entry of an envelope through which ``public`` reads ``data``.

    :param owner: what the envelope belongs to; it opens for nothing else
    :param role: as what this person reads, so that the role can be dropped later
    """
    once = X25519PrivateKey.generate()
    epk = _raw(once.public_key())
    key = _agreed(once, public.raw, epk, public.raw)
    kid = public.fingerprint
    sealed = sealing.seal(key, data, _where(to, role, kid, owner))
    return {"to": to, "as": role, "kid": kid, "epk": _encode(epk), "key": sealed}


def open_recipient(pair: Pair, one: dict, owner: str) -> bytes:
    """Return what :func:`recipient` put in.

    :raise Unsealable: for another's, a moved or an altered entry
    """
    try:
        epk = _decode(one["epk"])
        private = X25519PrivateKey.from_private_bytes(pair.private)
        key = _agreed(private, epk, epk, pair.public.raw)
        where = _where(one["to"], one["as"], one["kid"], owner)
        return sealing.open_sealed(key, one["key"], where)
    except (KeyError, TypeError, AttributeError):
        raise Unsealable("An envelope is damaged.") from None


def wrap_for(readers: dict, key: bytes, owner: str) -> list:
    """Return an envelope with ``key`` for people.

    :param readers: ``{role: Public}``

    >>> mine, yours = Pair.fresh(), Pair.fresh()
    >>> key = sealing.new_key()
    >>> envelope = wrap_for({"employee": mine.public}, key, "this text")
    >>> unwrap_with(mine, envelope, "this text") == key
    True
    >>> is_for(yours, envelope)
    False
    """
    return [
        recipient(public, key, owner, role=role) for role, public in readers.items()
    ]


def is_for(pair: Pair, envelope: list) -> bool:
    """Return whether the envelope says that it opens for ``pair``."""
    return _mine(pair, envelope) is not None


def unwrap_with(pair: Pair, envelope: list, owner: str) -> bytes:
    """Return the key in ``envelope``, opened by one of its readers.

    :raise Unsealable: when it is not for this reader, altered, or another's
    """
    one = _mine(pair, envelope)
    if one is None:
        raise Unsealable("This text is not for this key.")
    return open_recipient(pair, one, owner)


def without(envelope: list, role: str) -> list:
    """Return the envelope without those who read as ``role``: nobody must open it.

    >>> both = wrap_for(
    ...     {"employee": Pair.fresh().public, "coach": Pair.fresh().public}, b"k", "x"
    ... )
    >>> [one["as"] for one in without(both, "coach")]
    ['employee']
    """
    return [one for one in envelope if one["to"] != PERSON or one["as"] != role]


def readers_of(envelope: list) -> dict:
    """Return ``{role: fingerprint}`` of the people an envelope is for."""
    return {one["as"]: one["kid"] for one in envelope if one["to"] == PERSON}


def _mine(pair, envelope):
    kid = pair.fingerprint
    for one in envelope:
        if one.get("to") in (PERSON, RECOVERY) and one.get("kid") == kid:
            return one
    return None


def _where(to, role, kid, owner):
    return sealing.place("envelope", to, role, kid, owner)


def _agreed(private, other, epk, public):
    """Return the wrapping key of one box: bound to both public keys in it."""
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError:
        raise Unsealable("A public key is damaged.") from None
    kdf = HKDF(hashes.SHA256(), length=KEY_BYTES, salt=epk + public, info=BOX)
    return kdf.derive(shared)


# -- the passphrase ----------------------------------------------------------------


def lock(pair: Pair, passphrase: str, pepper: bytes, owner: str) -> str:
    """Return the private key locked under a passphrase, for a column or a file.

    :param pepper: a secret from outside the place where the result is kept
    :param owner: whose it is; it opens for nobody else
    """
    salt = secrets.token_bytes(16)
    key = _stretched(passphrase, salt, pepper)
    sealed = sealing.seal(key, pair.private, sealing.place("private key", owner))
    return json.dumps({"kdf": "scrypt-15-8-1", "salt": _encode(salt), "key": sealed})


def unlock(locked: str, passphrase: str, pepper: bytes, owner: str) -> Pair:
    """Return the pair.

    :raise WrongPassphrase: when it does not open; a damaged one is not told apart
    """
    try:
        content = json.loads(locked)
        if content["kdf"] != "scrypt-15-8-1":
            raise Unsealable("This key was locked in a way that is not known here.")
        key = _stretched(passphrase, _decode(content["salt"]), pepper)
        where = sealing.place("private key", owner)
        return Pair(sealing.open_sealed(key, content["key"], where))
    except (Unsealable, ValueError, TypeError, KeyError):
        raise WrongPassphrase("The passphrase does not fit.") from None


def _stretched(passphrase, salt, pepper):
    """Return the key of a passphrase; how it was typed (accents) does not matter."""
    typed = unicodedata.normalize("NFKC", passphrase).strip().encode()
    kdf = Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)
    mixed = HKDF(hashes.SHA256(), length=KEY_BYTES, salt=pepper, info=b"passphrase")
    return mixed.derive(kdf.derive(typed))


# -- proof that a stored pair is the one that was made here ------------------------


def prove(secret: bytes, owner: str, public: str, locked: str) -> str:
    """Return the proof that this pair was stored for this owner by this server.

    >>> proof = prove(b"secret", "me", "public", "locked")
    >>> is_proven(b"secret", "me", "public", "locked", proof)
    True
    >>> is_proven(b"secret", "me", "another public", "locked", proof)
    False
    """
    message = sealing.place("pair", owner, public, locked)
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def is_proven(secret: bytes, owner: str, public: str, locked: str, proof) -> bool:
    """Return whether a stored pair is as :func:`prove` saw it."""
    expected = prove(secret, owner, public or "", locked or "")
    return hmac.compare_digest(expected, str(proof or ""))


# -- an unlocked key between two pages ---------------------------------------------


def halve(pair: Pair, secret: bytes, owner: str) -> tuple[str, str]:
    """Split an unlocked key in two halves that open together only.

    :param secret: of the key file, so that both halves still need the server
    :return: what the browser keeps, what the server keeps

    >>> pair = Pair.fresh()
    >>> browser, server = halve(pair, b"secret", "me")
    >>> rejoin(browser, server, b"secret", "me") == pair
    True
    """
    browser = secrets.token_urlsafe(KEY_BYTES)
    key = _half_key(browser, secret)
    return browser, sealing.seal(key, pair.private, sealing.place("unlocked", owner))


def rejoin(browser: str, server: str, secret: bytes, owner: str) -> Pair:
    """Return the key of two halves; Unsealable when they do not belong together."""
    key = _half_key(browser, secret)
    return Pair(sealing.open_sealed(key, server, sealing.place("unlocked", owner)))


def _half_key(browser, secret):
    kdf = HKDF(hashes.SHA256(), length=KEY_BYTES, salt=secret, info=b"unlocked")
    return kdf.derive(browser.encode())


def _raw(public_key):
    return public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        raise Unsealable("A key is damaged.") from None
