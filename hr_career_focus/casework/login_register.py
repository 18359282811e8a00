"""Making the rows of logins: one for each new login, and once for those before."""

from contextlib import suppress

from odoo.tools import SQL

from ..vault import taken
from ..vault.attestation import Attestation
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from .login_rows import facts_of, insert_row
from .logins import marks_taken


def register(env, user_ids, only_unused=False):
    """Make the row of each login that has none: alike for everybody.

    A login without a password is fresh: its marks are taken at its first log-in.

    :param only_unused: of logins that exist already; those once used are not fresh
    """
    with suppress(VaultError):
        ring = load_keyring()
        for user_id, facts in facts_of(env, user_ids).items():
            fresh = not facts.hashed and not (only_unused and facts.was_used)
            row = Attestation(fresh=True)
            if not fresh:
                row = marks_taken(ring, row, facts)
            insert_row(env, user_id, row.sealed(ring, user_id))


def register_all(env):
    """Make the rows of the logins that were there before this addon.

    Only where there is no row yet: one that is missing among others was taken away,
    and running an upgrade again must not make up for it.

    :raise AlreadyTaken: when all of them were taken away, and there is something to
        protect
    """
    ring = load_keyring()
    if not env.execute_query(SQL("SELECT 1 FROM hr_career_login LIMIT 1")):
        if _has_cases(env):
            taken.refuse(ring, env.cr.dbname)
        users = env["res.users"].sudo().with_context(active_test=False)
        register(env, users.search([], order="id").ids, only_unused=True)
    remember(env)


def remember(env):
    """Note outside the database, once this is committed, that it has marks."""
    ring, name = load_keyring(), env.cr.dbname
    env.cr.postcommit.add(lambda: taken.note(ring, name))


def _has_cases(env):
    """Tell whether anybody's case is in the database; a new one has none."""
    [[found]] = env.execute_query(SQL("SELECT EXISTS (SELECT FROM hr_career_traject)"))
    return found
