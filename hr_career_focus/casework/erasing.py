"""Deleting a case for good: what goes, what stays, and what proves it.

Everything of a case goes: its key, its texts, also those the coach wrote, the lines of
the access log but for their places in the chain, the code for after leaving, what a
second person was asked about it. What stays
is the ledger's line that a right was used: which right, how much, which month, for the
keyed hash of the person. Else the same right could be used twice.

The mark of the reference goes to the purge list *after* the rows are gone and before
the transaction ends. When the list cannot be written, nothing is deleted. When the
transaction fails after it, the case is on the list and still there: it opens for
nobody, doing it again deletes it, and so does the nightly job.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ..vault import purged, rehearsal
from ..vault.keyring import load_keyring
from . import access_log, approvals, followup, signals, uses
from . import constants as c
from .opening import TRAJECT, vault

ENTRY = "hr.career.entry"


@dataclass(frozen=True)
class Erased:
    """What a certificate says: nothing of what a text said."""

    mark: str  # what the purge list holds
    day: date
    kinds: tuple[tuple[str, int], ...]  # (kind of entry, how many were destroyed)
    openings: int  # lines of the access log that were emptied
    keeps_right: bool  # whether the ledger keeps that a right was used


def erase(inside, traject, day) -> Erased:
    """Destroy ``traject``, inside the scope, and put it on the purge list.

    Works without the key: a case that is on the list already, or whose key was
    destroyed, is deleted like any other.

    :raise PurgeListUnusable: when the list cannot be written; nothing was deleted
    """
    ring = load_keyring()
    ref = traject.ref
    kinds = Counter(
        inside[ENTRY].search([("traject_id", "=", traject.id)]).mapped("kind")
    )
    keeps_right = _leave_the_fact(inside, traject, day)
    openings = access_log.forget(inside, ref)
    approvals.forget(inside, {ref, *signals.forget(inside, ref)})
    followup.forget(inside, ref)
    # Emptied before it is deleted: a deleted row stays on the disk for a while.
    traject.write({"envelope": False, "identity": False, "person_index": False})
    traject.flush_recordset()
    traject.unlink()
    inside.flush_all()
    if not rehearsal.is_on():
        purged.add(ring, [ref])
    return Erased(
        mark=purged.mark_of(ring, ref),
        day=day,
        kinds=tuple(sorted(kinds.items())),
        openings=openings,
        keeps_right=keeps_right,
    )


def _leave_the_fact(inside, traject, day):
    """Cut the ledger's line loose from the case; delete it when nothing was used."""
    rows = inside[uses.LEDGER].search([("traject_id", "=", traject.id)])
    void = rows.filtered(lambda row: row.state == c.RETURNED)
    void.unlink()
    for row in rows - void:
        uses.cut_loose(row, day)
    back = (rows - void).filtered(lambda row: row.state == c.RETURNED)
    back.unlink()
    kept = rows - void - back
    kept.write({"asker_index": traject.owner_index, "traject_id": False})
    return bool(kept)


def erase_again(env, day) -> int:
    """Delete what is on the purge list and came back with a backup; return how many.

    Nothing else is done to these cases: no mail, no right given back.
    """
    ring = load_keyring()
    known = purged.marks()
    if not known:
        return 0
    with vault(env) as inside:
        rows = inside[TRAJECT].search_fetch([], ["ref"])
        back = rows.filtered(lambda row: purged.mark_of(ring, row.ref) in known)
        for traject in back:
            erase(inside, traject, day)
        return len(back)


def is_intact(env) -> bool:
    """Tell whether no case that is on the purge list is in this database."""
    ring = load_keyring()
    known = purged.marks()
    with vault(env) as inside:
        refs = inside[TRAJECT].search_fetch([], ["ref"]).mapped("ref")
    return not any(purged.mark_of(ring, ref) in known for ref in refs)
