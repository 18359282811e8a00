"""Vouchers in the vault: drawing, finding and saving the one row that holds the truth.

How it works
    A row is sealed under a key of its own and holds a whole
    :class:`~..engine.voucher.Voucher` or, in the *pool*, a code that was drawn and not
    issued yet. Issuing replaces the content of one row of the pool: neither the number
    of rows nor the index of the code changes. All rows are equally long.

    Whoever changes a voucher locks its row first (``lock=True``). Of two that do so at
    once one waits; then the database tells that the row has changed, and the request is
    run again from the start and reads what the first one left.

Everything here works inside the scope (:func:`~.opening.vault`), after a door has
checked who is asking.
"""

import json
from datetime import date
from decimal import Decimal

from odoo.tools import SQL

from ..engine import voucher as engine
from ..engine import voucher_code
from ..engine.dates import add_months
from ..engine.spend import filled
from ..engine.voucher import Voucher
from ..vault import sealing
from ..vault.blind_index import index_of
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import mixing

VOUCHER = "hr.career.voucher"
PURPOSE = "voucher-code"
#: How many places are kept for vouchers to come, and by how many they grow.
POOL = 64
#: How many rows are opened at once to find a place that is free.
LOOK = 50
#: How long a voucher is kept after its last day: finance keeps its papers for seven
#: years, counted from the end of a year.
KEPT_MONTHS = 8 * 12


def issue(inside, voucher):
    """Put a voucher in a free place; return its reference and its code.

    The code is not kept with it: whoever issues seals the only copy.
    """
    ring = load_keyring()
    inside[VOUCHER].flush_model()
    found = inside.execute_query(
        SQL("SELECT id FROM hr_career_voucher ORDER BY random()")
    )
    places = [number for (number,) in found]
    for at in range(0, len(places), LOOK):
        rows = inside[VOUCHER].browse(places[at : at + LOOK])
        for row in rows:
            code = _waiting(ring, row)
            if code and _take(row) and _waiting(ring, row) == code:
                save(row, voucher)
                return row.ref, code
    code = voucher_code.draw()
    values = _blank(ring, code)
    row = inside[VOUCHER].create(values)
    save(row, voucher)
    return row.ref, code


def _waiting(ring, row):
    """Return the code of a free place; None for a voucher, or what does not open."""
    try:
        return _content(ring, row.ref, row.envelope, row.sealed)["code"]
    except VaultError:
        return None


def _take(row):
    """Lock a place; False when somebody else is taking it at this moment."""
    row.env.cr.execute(
        SQL(
            "SELECT 1 FROM hr_career_voucher WHERE id = %s FOR UPDATE SKIP LOCKED",
            row.id,
        ),
        log_exceptions=False,
    )
    row.invalidate_recordset(flush=False)
    return bool(row.env.cr.fetchall())


def by_code(inside, code, lock=False):
    """Return ``(row, Voucher)`` of a code as :func:`..engine.voucher_code.read` gives.

    A code that is not there costs what one that is there does: one look-up, and one
    row that is opened.

    :return: None when no voucher was issued with this code
    """
    ring = load_keyring()
    found = _read(inside, ring, SQL("code_index = %s", _index(ring, code)), lock)
    [(row, _ref, voucher)] = found or [_decoy(ring)]
    return (row, voucher) if voucher else None


def by_ref(inside, ref, lock=False):
    """Return ``(row, Voucher)`` of a reference, or None."""
    return by_refs(inside, [ref], lock).get(ref)


def by_refs(inside, refs, lock=False):
    """Return ``{ref: (row, Voucher)}``, with one query."""
    found = _read(inside, load_keyring(), SQL("ref = ANY(%s)", list(refs)), lock)
    return {ref: (row, voucher) for row, ref, voucher in found if voucher}


def all_of(inside, company=None, lock=False):
    """Return every ``(row, Voucher)``, of one company or of all, by reference.

    :param company: record or id
    :raise Unsealable: when one does not open: no sum leaves it out in silence
    """
    number = getattr(company, "id", company)
    found = _read(inside, load_keyring(), SQL("TRUE"), lock)
    return [
        (row, voucher)
        for row, _ref, voucher in sorted(found, key=lambda one: one[1])
        if voucher and number in (None, voucher.company)
    ]


def _read(inside, ring, condition, lock):
    """Return ``(row, reference, Voucher or None)`` of the rows that fit.

    They are locked in the order of their ids, so that two who lock several do not wait
    for each other.
    """
    inside[VOUCHER].flush_model()
    inside.cr.execute(
        SQL(
            "SELECT id, ref, envelope, sealed FROM hr_career_voucher WHERE %s"
            " ORDER BY id %s",
            condition,
            SQL("FOR UPDATE") if lock else SQL(),
        ),
        # Whoever waited for another's change is run again; that is no error.
        log_exceptions=False,
    )
    found = inside.cr.fetchall()
    rows = inside[VOUCHER].browse([one[0] for one in found])
    return [
        (row, ref, _voucher(_content(ring, ref, envelope, sealed)))
        for row, (_id, ref, envelope, sealed) in zip(rows, found, strict=True)
    ]


def save(row, voucher):
    """Replace the whole state of a voucher. The row is locked already."""
    content = {"code": "", "voucher": voucher.plain()}
    row.write(_sealed(load_keyring(), row.ref, content))
    row.flush_recordset()


def end(row, voucher, today):
    """Void a voucher, whose row is locked; return it as it is then."""
    void = voucher.void(today)
    if void != voucher:
        save(row, void)
    return void


# -- the pool, and the night -------------------------------------------------------


def mix(env, today):
    """Seal all rows anew in random order, and fill the pool; forget what is long over.

    The pool grows by the same number each time, so that the number of rows tells how
    many were issued in years, and nothing of a day.
    """
    ring = load_keyring()
    oldest = add_months(today, -KEPT_MONTHS)
    waiting = 0

    def renew(row):
        nonlocal waiting
        try:
            content = _content(ring, row["ref"], row["envelope"], row["sealed"])
        except VaultError:
            # As it is: one damaged row keeps nobody else waiting.
            return {}
        voucher = _voucher(content)
        if voucher and voucher.expires < oldest:
            return None
        waiting += not voucher
        return _sealed(ring, row["ref"], content)

    def more():
        rows = [] if waiting >= POOL else range(POOL)
        return [_blank(ring, voucher_code.draw()) for _row in rows]

    mixing.rewrite(env, VOUCHER, renew, more)


def _blank(ring, code):
    ref = sealing.new_ref()
    content = {"code": code, "voucher": None}
    index = _index(ring, code)
    return {"ref": ref, "code_index": index, **_sealed(ring, ref, content)}


def _index(ring, code):
    return index_of(ring, PURPOSE, code)


# -- sealing -----------------------------------------------------------------------


def _sealed(ring, ref, content):
    """Return the columns of a content, under a new key."""
    key = sealing.new_key()
    return {
        "envelope": sealing.wrap(ring, key, ref),
        "sealed": sealing.seal(key, filled(content).encode(), _place(ref)),
    }


def _content(ring, ref, envelope, sealed):
    key = sealing.unwrap(ring, envelope, ref)
    return json.loads(sealing.open_sealed(key, sealed, _place(ref)))


def _voucher(content):
    return Voucher.of_plain(content["voucher"]) if content["voucher"] else None


def _place(ref):
    return sealing.place(VOUCHER, ref)


_decoys: dict = {}


def _decoy(ring):
    """Open a row that is in no table, for the time it takes; return nothing found."""
    if ring.active not in _decoys:
        ref, day = sealing.new_ref(), date(2000, 1, 1)
        voucher = Voucher.issue(
            unit="amount",
            value=Decimal(1),
            currency="EUR",
            company=0,
            pot=engine.RIGHT,
            today=day,
            months=1,
        )
        content = {"code": "", "voucher": voucher.plain()}
        _decoys[ring.active] = (ref, _sealed(ring, ref, content))
    ref, row = _decoys[ring.active]
    _voucher(_content(ring, ref, row["envelope"], row["sealed"]))
    return None, ref, None
