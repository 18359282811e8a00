"""Upkeep of the vault: what happens by date, and renewing keys. For jobs."""

from odoo.tools import SQL

from ..vault import sealing
from ..vault.keyring import load_keyring
from . import constants as c
from .opening import TRAJECT, move, vault


def end_aftercare(env, today, limit):
    """Close at most ``limit`` cases whose aftercare is over; return how many."""
    with vault(env) as inside:
        due = inside[TRAJECT].search(
            [("state", "=", c.AFTERCARE), ("aftercare_until", "<=", today)],
            limit=limit,
        )
        for traject in due:
            move(traject, c.CLOSED)
        return len(due)


def renew_envelopes(env, limit):
    """Wrap at most ``limit`` traject keys under the active key; return how many.

    Call until it returns 0, then the older keys can leave the key file.
    """
    ring = load_keyring()
    with vault(env) as inside:
        trajects = inside[TRAJECT].search_fetch(
            [
                ("envelope", "!=", False),
                ("envelope", "not like", f'"kid": "{ring.active}"'),
            ],
            ["ref", "envelope"],
            limit=limit,
        )
        for traject in trajects:
            traject.envelope = sealing.rewrap(ring, traject.envelope, traject.ref)
        return len(trajects)


def keys_in_use(env):
    """Return the ids of the key-file keys that envelopes of this database need."""
    with vault(env) as inside:
        rows = inside.execute_query(
            SQL("SELECT DISTINCT envelope FROM hr_career_traject WHERE envelope <> ''")
        )
    return {sealing.wrapped_under(row[0]) for row in rows}
