"""What becomes of a case whose login is gone: deleted, or archived for long.

A deleted login cannot come back: nobody could open the case any more. An archived one
may be a mistake, so it is given a month, from the first of the next one. Whoever has a
code for after leaving can still open the case, and is given a year; until then the exit
rule of the agreement decides. Months are counted whole, because dates are kept so.
"""

from datetime import date

from odoo.tools import SQL

from ..engine.dates import add_months
from ..vault.blind_index import blind
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import case_vouchers, followup, holds, measures, uses
from . import constants as c
from .opening import TRAJECT, Dossier, month_of, move, vault
from .personal import KEY, KEY_PURPOSE
from .reminders import REMINDER

#: Whole months for which a running case waits for a login that is archived.
WAITS = 1
#: The same where there is a code for after leaving, also for a deleted login.
WAITS_WITH_CODE = 12


def close(env, today):
    """End the running cases of logins that are gone. Sends nothing; returns how many.

    What was reserved and not begun is given back; what was begun counts as used.
    """
    closed = 0
    with vault(env) as inside:
        trajects = inside[TRAJECT].search([("state", "in", list(c.WRITABLE))])
        for dossier in _that_open(trajects.filtered("envelope")):
            if _is_gone(inside, dossier, today):
                _end(dossier.lock().traject, today)
                measures.release_waiting(dossier, today)
                case_vouchers.end_all(dossier, today)
                closed += 1
    return closed


def _that_open(trajects):
    for traject in trajects:
        try:
            dossier = Dossier(traject)
            _known = dossier.identity
        except VaultError:
            continue
        yield dossier


def _is_gone(inside, dossier, today):
    """Tell whether nobody can come back to a case; remember since when it looks so."""
    identity = dossier.identity
    user = inside["res.users"].browse(identity["user"]).exists()
    if user.active:
        if identity.get("gone"):
            dossier.remember(gone=None)
        return False
    has_code = followup.exists(inside, dossier.traject.ref)
    if not user and not has_code:
        return True
    since = identity.get("gone")
    if not since:
        dossier.remember(gone=month_of(today).isoformat())
        return False
    months = WAITS_WITH_CODE if has_code else WAITS
    return add_months(date.fromisoformat(since), months) < month_of(today)


def _end(traject, today):
    if traject.state == c.AFTERCARE:
        move(traject, c.CLOSED)
        traject.aftercare_until = month_of(today)
        return
    move(traject, c.WITHDRAWN)
    traject.month_closed = month_of(today)
    uses.give_back(traject, today)
    uses.complete(traject, today)


def forget(inside):
    """Delete what belongs to deleted logins and to no case: reminders and own keys.

    A legal hold stays: it ends by two persons alone, and its case may still be there.
    So does what belongs to its login: what must be kept has to open as well.
    """
    held = holds.users_held(inside)
    if held is None:
        return
    ring = load_keyring()
    numbers = inside.execute_query(SQL("SELECT id FROM res_users"))
    numbers += [(number,) for number in held]
    for model, purpose in ((REMINDER, "reminder"), (KEY, KEY_PURPOSE)):
        known = {blind(ring, purpose, number) for (number,) in numbers}
        rows = inside[model].search_fetch([], ["owner_index"])
        rows.filtered(lambda row, known=known: row.owner_index not in known).unlink()
