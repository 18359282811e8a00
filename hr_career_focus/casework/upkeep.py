"""Upkeep of the vault: what happens by date, and renewing keys. For jobs."""

from odoo.tools import SQL

from ..vault import sealing
from ..vault.keyring import load_keyring
from . import constants as c
from .opening import TRAJECT, move, vault
from .reminders import REMINDER

#: Models of which each row has a key of its own, in an envelope.
WITH_ENVELOPES = (TRAJECT, REMINDER)


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
    """Wrap at most ``limit`` keys of each model anew; return how many.

    Call until it returns 0, then the older keys can leave the key file.
    """
    ring = load_keyring()
    renewed = 0
    with vault(env) as inside:
        for model in WITH_ENVELOPES:
            rows = inside[model].search_fetch(
                [
                    ("envelope", "!=", False),
                    ("envelope", "not like", f'"kid": "{ring.active}"'),
                ],
                ["ref", "envelope"],
                limit=limit,
            )
            for row in rows:
                row.envelope = sealing.rewrap(ring, row.envelope, row.ref)
            renewed += len(rows)
    return renewed


def keys_in_use(env):
    """Return the ids of the key-file keys that envelopes of this database need."""
    found = set()
    with vault(env) as inside:
        for model in WITH_ENVELOPES:
            rows = inside.execute_query(
                SQL(
                    "SELECT DISTINCT envelope FROM %s WHERE envelope <> ''",
                    SQL.identifier(inside[model]._table),
                )
            )
            found |= {sealing.wrapped_under(envelope) for (envelope,) in rows}
    return found
