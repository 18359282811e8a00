"""The certificate of a deletion: made at once, kept nowhere, checked by its number.

Its number is the mark of the case on the purge list. The employee takes it as text or
as a PDF; between the page and the file it travels sealed, because the server keeps
nothing of it. The privacy officer can check a number: it is on the list, and no case
with it is in the database.
"""

import hashlib
import json
from datetime import date

from ..vault import purged, sealing
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring
from .erasing import Erased
from .errors import NotYours

PURPOSE = "certificate"
#: Digits of the number in one group, as it is printed.
GROUP = 8


def digest_of(erased) -> str:
    """Return the SHA-256 of what a certificate says, over its canonical text.

    >>> one = Erased("ab" * 32, date(2026, 6, 15), (("note", 2),), 3, True)
    >>> digest_of(one)[:16]
    '4fa6e98f44bfcbf1'
    """
    return hashlib.sha256(_canonical(erased)).hexdigest()


def _canonical(erased):
    return json.dumps(
        [
            erased.mark,
            erased.day.isoformat(),
            [list(pair) for pair in erased.kinds],
            erased.openings,
            erased.keeps_right,
        ],
        separators=(",", ":"),
    ).encode()


def sealed(erased, user_id) -> str:
    """Return a certificate as the page carries it on to the file."""
    key = load_keyring().derive(PURPOSE)
    return sealing.seal(key, _canonical(erased), _place(user_id))


def opened(text, user_id) -> Erased:
    """Return the certificate that :func:`sealed` gave this login; NotYours else."""
    key = load_keyring().derive(PURPOSE)
    try:
        content = json.loads(sealing.open_sealed(key, text or "", _place(user_id)))
    except Unsealable:
        raise NotYours from None
    mark, day, kinds, openings, keeps_right = content
    return Erased(
        mark=mark,
        day=date.fromisoformat(day),
        kinds=tuple((kind, number) for kind, number in kinds),
        openings=openings,
        keeps_right=keeps_right,
    )


def _place(user_id):
    return sealing.place(PURPOSE, str(user_id))


def number_of(mark) -> str:
    """Return a mark in groups, as it is printed.

    >>> number_of("0123456789abcdef" * 4)[:17]
    '01234567 89abcdef'
    """
    return " ".join(mark[at : at + GROUP] for at in range(0, len(mark), GROUP))


def check(text) -> bool:
    """Tell whether a printed number is on the purge list."""
    return "".join((text or "").lower().split()) in purged.marks()
