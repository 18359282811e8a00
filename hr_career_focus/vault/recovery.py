"""The recovery key: an independent office helps whoever lost a passphrase.

How it works
    Each text of the personal seal has one more recipient: the public key of an office
    outside the organisation of the server. Its private key never touches the server.

    After a loss the employee makes a new pair and downloads a *request*: the envelopes
    of the texts, no text, and the new public key. The office opens the envelopes with
    its private key, sees whose texts they are (the name was sealed for the office when
    the text was written), compares name and fingerprint with the person who asks, and
    gives an *answer*: the same keys in envelopes for the new public key. The employee
    uploads it.

    The office cannot read a text: it has the keys, and not the texts. The server has
    the texts, and cannot open the answer: only the employee's new key does.
"""

import base64
import hashlib
import json

from . import personal, sealing
from .errors import Unsealable

PREFIX = "focus-recovery-"
FORMAT = 1
REQUEST, ANSWER, OFFICE = "focus-request", "focus-answer", "focus-office"


def write_public(public: personal.Public) -> str:
    """Return a public key as one line that shows when it was copied badly.

    >>> public = personal.Pair.fresh().public
    >>> read_public(write_public(public)) == public
    True
    >>> read_public("focus-recovery-x")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    Unsealable: This is not a recovery key.
    """
    check = hashlib.sha256(public.raw).digest()[:4]
    return PREFIX + base64.urlsafe_b64encode(public.raw + check).decode()


def read_public(text: str) -> personal.Public:
    """Return the key that :func:`write_public` wrote; Unsealable for anything else."""
    text = (text or "").strip()
    try:
        raw = base64.b64decode(text.removeprefix(PREFIX), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    public = personal.Public(raw[: personal.KEY_BYTES])
    if not text.startswith(PREFIX) or write_public(public) != text:
        raise Unsealable("This is not a recovery key.")
    return public


def recipient(public: personal.Public, key: bytes, whose: str, owner: str) -> dict:
    """Return the office's part of an envelope: the text's key, and whose text it is."""
    content = {"key": base64.b64encode(key).decode(), "whose": whose}
    return personal.recipient(
        public, sealing.dump(content), owner, to=personal.RECOVERY
    )


# -- the office's file -------------------------------------------------------------


def new_office(passphrase: str) -> tuple[bytes, str]:
    """Make a recovery pair: the file that the office keeps, and the public line.

    >>> content, line = new_office("a passphrase of the office")
    >>> pair = open_office(content, "a passphrase of the office")
    >>> write_public(pair.public) == line
    True
    """
    pair = personal.Pair.fresh()
    locked = personal.lock(pair, passphrase, b"office", OFFICE)
    content = {"kind": OFFICE, "format": FORMAT, "private": locked}
    return _bytes(content), write_public(pair.public)


def open_office(content: bytes, passphrase: str) -> personal.Pair:
    """Return the office's pair; WrongPassphrase when the passphrase does not fit."""
    return personal.unlock(
        _read(content, OFFICE)["private"], passphrase, b"office", OFFICE
    )


# -- request and answer ------------------------------------------------------------


def offices(entries: dict) -> tuple[str, ...]:
    """Return the fingerprints of the offices that can help with these texts.

    More than one where the office took another key, or companies have their own.
    """
    found = {
        one["kid"]
        for envelope in entries.values()
        for one in envelope
        if one["to"] == personal.RECOVERY
    }
    return tuple(sorted(found))


def request(public: personal.Public, entries: dict) -> bytes:
    """Return the file for the office: each opens what was sealed for it.

    :param public: the employee's new key
    :param entries: ``{owner: envelope}`` of the texts that are closed
    """
    found = [
        {"owner": owner, "envelope": one}
        for owner, envelope in entries.items()
        for one in envelope
        if one["to"] == personal.RECOVERY
    ]
    content = {"kind": REQUEST, "format": FORMAT, "for": public.text, "texts": found}
    return _bytes(content)


def look(content: bytes, office: personal.Pair) -> tuple[str, dict]:
    """Return what a request asks: the fingerprint it is for, ``{name: how many}``.

    Texts for another office, or for another key of this one, are left out.

    :raise Unsealable: when it is no request, or was changed
    """
    asked = _read(content, REQUEST)
    public = personal.Public.from_text(asked["for"])
    names = {}
    for _one, text in _opened(office, asked):
        names[text["whose"]] = names.get(text["whose"], 0) + 1
    return public.fingerprint, names


def answer(content: bytes, office: personal.Pair, whose: str) -> bytes:
    """Return the keys of somebody's texts in envelopes for the new key in the request.

    :param whose: the name the office has checked; texts of others are left out
    """
    asked = _read(content, REQUEST)
    public = personal.Public.from_text(asked["for"])
    given = []
    for one, text in _opened(office, asked):
        if not same_name(text["whose"], whose):
            continue
        key = base64.b64decode(text["key"])
        given.append(
            {"owner": one["owner"], "key": given_key(public, key, one["owner"])}
        )
    content = {"kind": ANSWER, "format": FORMAT, "for": asked["for"], "texts": given}
    return _bytes(content)


def same_name(one: str, other: str) -> bool:
    """Return whether two names are alike but for capitals and spaces.

    >>> same_name("Vera  Victim", "vera victim "), same_name("Vera", "Victim")
    (True, False)
    """
    return one.casefold().split() == other.casefold().split()


def given_key(public, key, owner):
    """Return one text's key for the new key of the employee."""
    return personal.recipient(public, key, owner, role="employee")


def read_answer(content: bytes, pair: personal.Pair) -> dict:
    """Return ``{owner: key}`` of an answer.

    :raise Unsealable: when it is no answer, or not for this key
    """
    told = _read(content, ANSWER)
    found = {}
    for one in told["texts"]:
        try:
            found[str(one["owner"])] = personal.open_recipient(
                pair, one["key"], one["owner"]
            )
        except (KeyError, TypeError, AttributeError):
            raise Unsealable("This file is damaged.") from None
    return found


def _opened(office, asked):
    """Yield the texts of a request that are for this office, with what they hold."""
    for one in asked["texts"]:
        try:
            if one["envelope"]["kid"] != office.fingerprint:
                continue
            data = personal.open_recipient(office, one["envelope"], one["owner"])
        except (KeyError, TypeError, AttributeError):
            raise Unsealable("This file is damaged.") from None
        yield one, json.loads(data)


def _read(content, kind):
    try:
        read = json.loads(content)
        if read["kind"] != kind or read["format"] != FORMAT:
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Unsealable("This is not the file that is asked for here.") from None
    return read


def _bytes(content):
    return json.dumps(content, indent=1).encode()
