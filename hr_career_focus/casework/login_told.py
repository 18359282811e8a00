"""Telling the address in a case that its login was opened again: not in the same act.

A mail to a private address at the very second at which a login is opened would say, to
whoever reads the mail log, that this login has a case. So it goes a few days later, at
an hour that is drawn, with the other mails of the hourly job. Every restored login
waits for that hour, with a case and without.
"""

import secrets
from dataclasses import replace
from datetime import timedelta

from odoo.tools import SQL, email_normalize

from ..vault import attestation
from ..vault.errors import Unsealable, VaultError
from ..vault.keyring import load_keyring
from . import notices
from .errors import explained
from .login_rows import facts_of, save_row
from .opening import TRAJECT, Dossier, owner_index, vault
from .reminders import HOURS

#: After how many days at least, at most.
DAYS = (1, 3)


def later(now) -> int:
    """Draw the hour in which the cases of a login hear that it was opened again."""
    lowest, highest = DAYS
    days = lowest + secrets.randbelow(highest - lowest + 1)
    return _hour((now + timedelta(days=days)).replace(hour=secrets.choice(HOURS)))


def _hour(now) -> int:
    return now.toordinal() * 24 + now.hour


def tell(env, now):
    """Tell the cases of the logins whose hour has come; return how many mails went.

    :param env: a superuser environment; the job of the system
    :param now: naive UTC moment
    """
    with explained(env):
        due = _settle(env, _due(env, now), now)
    owners = {owner_index(user_id): user_id for user_id in due}
    users = env["res.users"].sudo()
    told = set()
    with vault(env) as inside:
        own = [("owner_index", "in", sorted(owners)), ("envelope", "!=", False)]
        for traject in inside[TRAJECT].search(own):
            try:
                identity = Dossier(traject).identity
            except VaultError:
                continue
            user = users.browse(owners[traject.owner_index])
            address = email_normalize(identity["address"] or "")
            if identity["channel"] == "mail" and address != _address(user):
                told.add((user.id, address))
    for user_id, address in sorted(told):
        notices.notify_user(env, users.browse(user_id), address)
    return len(told)


def _address(user):
    """Return the address that heard of it in the act itself."""
    return email_normalize(user.email or "")


def _due(env, now):
    """Return the logins whose hour has come. Opens every row: they are all alike."""
    ring, found = load_keyring(), []
    for user_id, sealed in env.execute_query(
        SQL("SELECT user_id, sealed FROM hr_career_login ORDER BY user_id")
    ):
        try:
            row = attestation.open_row(ring, user_id, sealed)
        except Unsealable:
            continue
        if 0 < row.tell <= _hour(now):
            found.append(user_id)
    return found


def _settle(env, user_ids, now):
    """Note that these are told now; return those that still had to be."""
    ring, found = load_keyring(), []
    for user_id, facts in facts_of(env, user_ids, lock=True).items():
        row = facts.row(ring)
        if row and 0 < row.tell <= _hour(now):
            save_row(env, user_id, replace(row, tell=0).sealed(ring, user_id))
            found.append(user_id)
    return found
