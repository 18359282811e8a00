"""Upkeep of the vault: what happens by date, and renewing keys. For jobs."""

from datetime import datetime, time

from odoo.tools import SQL

from ..vault import sealing
from ..vault.errors import VaultError
from ..vault.inventory import vault_models
from ..vault.keyring import load_keyring
from . import case_vouchers, exits, uses
from . import constants as c
from .opening import TRAJECT, Dossier, month_of, move, vault


def with_envelopes(env):
    """Return the confidential models of which each row has a key of its own."""
    return [name for name in vault_models(env) if "envelope" in env[name]._fields]


def end_aftercare(env, today):
    """Close the cases whose aftercare is over; return how many."""
    with vault(env) as inside:
        due = inside[TRAJECT].search(
            [("state", "=", c.AFTERCARE), ("aftercare_until", "<=", today)]
        )
        for traject in due:
            move(traject, c.CLOSED)
        return len(due)


def end_with_employment(env, today):
    """End what was reserved and not begun, where its right ended with the employment.

    The right is whole again, for whoever is hired anew inside the interval. Nothing is
    sent: the person reads the reason on the own page. Returns how many.
    """
    with vault(env) as inside:
        rows = inside[uses.LEDGER].search(
            [("state", "=", c.RESERVED), ("traject_id.state", "in", list(c.RUNNING))]
        )
        # A case whose key was destroyed belongs to nobody any more.
        trajects = rows.traject_id.filtered("envelope")
        ended = exits.stopped(env, _that_open(trajects), today)
        for dossier, _sentence in ended:
            sentence = exits.stop_reason(_for_reader(env, dossier), dossier, today)
            traject = dossier.lock().traject
            uses.give_back(traject, today)
            case_vouchers.end_all(dossier, today)
            move(traject, c.DECLINED)
            traject.month_closed = month_of(today)
            decision = {"reason": sentence, "next_date": ""}
            moment = datetime.combine(today, time.min)
            dossier.add(c.DECISION, c.DESK, "desk", decision, moment)
        return len(ended)


def _for_reader(env, dossier):
    """Return ``env`` in the language of the employee, who reads what is kept."""
    reader = env["res.users"].sudo().browse(dossier.identity["user"]).exists()
    return env(context={**env.context, "lang": reader.lang or env.lang})


def _that_open(trajects):
    """Return the dossiers of ``trajects``; a damaged one keeps nobody else waiting."""
    found = []
    for traject in trajects:
        try:
            dossier = Dossier(traject)
            found.append(dossier.identity and dossier)
        except VaultError:
            continue
    return found


def renew_envelopes(env, limit):
    """Wrap at most ``limit`` keys of each model anew; return how many.

    Call until it returns 0, then the older keys can leave the key file.
    """
    ring = load_keyring()
    renewed = 0
    with vault(env) as inside:
        for model in with_envelopes(env):
            rows = inside[model].search_fetch(
                [
                    # Not those for people alone: nothing there is for the key file.
                    ("envelope", "like", f'"to": "{sealing.KEY_FILE}"'),
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
        for model in with_envelopes(env):
            rows = inside.execute_query(
                SQL(
                    "SELECT DISTINCT envelope FROM %s WHERE envelope <> ''",
                    SQL.identifier(inside[model]._table),
                )
            )
            found |= {sealing.wrapped_under(envelope) for (envelope,) in rows}
    return found - {None}
