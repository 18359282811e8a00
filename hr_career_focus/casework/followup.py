"""The code for after leaving: what opens the own case without an account.

The employee makes it on the own page, and it is shown once. The database holds a keyed
hash of it, and one of the case's reference: a copy of the database joins neither to the
case. Making another one ends the one before; it ends with the case.
"""

import hashlib
import hmac

from ..vault import grouped, sealing
from ..vault.blind_index import blind
from ..vault.keyring import load_keyring
from .errors import NotYours
from .opening import TRAJECT, find, vault

FOLLOWUP = "hr.career.followup"
PURPOSE = "follow-up"


def make(case) -> str:
    """Return a new code for the own case; the one before is void."""
    code = grouped.new_code()
    with vault(case.env) as inside:
        traject = case._opened(inside).traject
        forget(inside, traject.ref)
        ring, ref = load_keyring(), sealing.new_ref()
        inside[FOLLOWUP].create(
            {
                "ref": ref,
                "code_index": _code_index(ring, grouped.read(code)),
                "case_index": _case_index(ring, traject.ref),
                "sealed": sealing.seal(
                    ring.derive(PURPOSE), traject.ref.encode(), _place(ref)
                ),
            }
        )
    return code


def stop(case):
    """End the code of the own case."""
    with vault(case.env) as inside:
        forget(inside, case._opened(inside).traject.ref)


def exists(inside, ref) -> bool:
    """Tell whether a case has a code, inside the scope."""
    return bool(_rows(inside, ref))


def forget(inside, ref):
    """Delete the code of a case, inside the scope."""
    _rows(inside, ref).unlink()


def _rows(inside, ref):
    index = _case_index(load_keyring(), ref)
    return inside[FOLLOWUP].search([("case_index", "=", index)])


def traject_of(inside, text):
    """Return the case that a typed code opens; NotYours for every other text.

    A text that cannot be a code is looked up too, so that it takes as long.
    """
    ring = load_keyring()
    digits = grouped.read(text) or "no code"
    index = _code_index(ring, digits)
    row = inside[FOLLOWUP].search([("code_index", "=", index)], limit=1)
    if not row:
        raise NotYours
    key = ring.derive(PURPOSE)
    ref = sealing.open_sealed(key, row.sealed, _place(row.ref)).decode()
    return find(inside, ref, [])


def forget_lost(inside):
    """Delete the codes of cases that are no longer there."""
    ring = load_keyring()
    refs = inside[TRAJECT].search_fetch([], ["ref"]).mapped("ref")
    known = {_case_index(ring, ref) for ref in refs}
    rows = inside[FOLLOWUP].search_fetch([], ["case_index"])
    rows.filtered(lambda row: row.case_index not in known).unlink()


def _code_index(ring, digits):
    key = ring.derive(PURPOSE)
    return hmac.new(key, f"code|{digits}".encode(), hashlib.sha256).hexdigest()


def _case_index(ring, ref):
    return blind(ring, PURPOSE, int(ref, 16))


def _place(ref):
    return sealing.place(FOLLOWUP, ref)
