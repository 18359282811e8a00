"""What is known of logins, read in one query, and their sealed rows.

Read with SQL and never through fields: what superuser code computes, caches or
overrides is no part of it.
"""

import weakref
from dataclasses import dataclass

from odoo.tools import SQL
from odoo.tools.sql import table_exists

from ..vault import attestation
from ..vault.blind_index import blind
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring

#: Whether login ``u`` is of company ``c``, or works for it as coach or at the desk. A
#: coach without companies works for all that opened the service.
WORKS_FOR = SQL(
    """c.id IN (SELECT r.cid FROM res_company_users_rel r WHERE r.user_id = u.id)
    OR c.id IN (SELECT m.company_id FROM hr_career_mandate m
                 WHERE m.user_id = u.id AND m.active
                   AND COALESCE(m.confirmation, '') <> '')
    OR EXISTS (SELECT FROM hr_career_coach h
                WHERE h.user_id = u.id
                  AND (c.id IN (SELECT k.company_id FROM hr_career_coach_company_rel k
                                 WHERE k.coach_id = h.id)
                    OR c.id IN (SELECT t.company_id FROM hr_career_traject t
                                 WHERE t.coach_id = h.id)
                    OR (c.career_live AND NOT EXISTS (
                            SELECT FROM hr_career_coach_company_rel k
                             WHERE k.coach_id = h.id))))"""
)


@dataclass(frozen=True)
class LoginFacts:
    """A login as the database has it now."""

    user_id: int
    hashed: str  # the password's hash, "" without one
    doors: tuple[str, ...]  # the other ways in
    has_provider: bool  # signs in with a provider (OAuth)
    has_totp: bool
    was_used: bool  # has logged in before
    wants_factor: bool  # a company of it, or that it works for, wants a second factor
    sealed: str  # the row, "" without one

    def row(self, ring):
        """Return the opened row, or None when there is none or it is not its own."""
        try:
            return attestation.open_row(ring, self.user_id, self.sealed)
        except Unsealable:
            return None


def present_marks(ring, facts):
    """Return the password mark and the doors mark as they would be taken now."""
    return (
        attestation.password_mark(ring, facts.user_id, facts.hashed),
        attestation.doors_mark(ring, facts.user_id, facts.doors),
    )


def facts_of(env, user_ids, lock=False):
    """Return ``{user id: LoginFacts}`` of those that exist, in one query.

    :param lock: wait for, and hold, their rows until the transaction ends
    """
    for name in (
        "res.users",
        "res.company",
        "auth.passkey.key",
        "hr.career.coach",
        "hr.career.mandate",
    ):
        env[name].flush_model()
    if lock:
        env.cr.execute(
            SQL(
                "SELECT 1 FROM hr_career_login WHERE user_id = ANY(%s) FOR UPDATE",
                list(user_ids),
            ),
            log_exceptions=False,
        )
    rows = env.execute_query(
        SQL(
            """
            SELECT u.id, COALESCE(u.password, ''), %(provider)s, %(directory)s,
                   (SELECT array_agg(k.credential_identifier || '|' ||
                                     COALESCE(k.public_key, ''))
                      FROM auth_passkey_key k WHERE k.create_uid = u.id),
                   COALESCE(u.totp_secret, '') NOT IN ('', 'false'),
                   EXISTS (SELECT FROM res_users_log o WHERE o.create_uid = u.id),
                   EXISTS (SELECT FROM res_company c
                            WHERE c.career_second_factor AND (%(works_for)s)),
                   COALESCE(l.sealed, '')
              FROM res_users u
         LEFT JOIN hr_career_login l ON l.user_id = u.id
             WHERE u.id = ANY(%(ids)s)
            """,
            ids=list(user_ids),
            provider=_provider(env),
            directory=_directory(env),
            works_for=WORKS_FOR,
        )
    )
    return {row[0]: _facts(*row) for row in rows}


def _facts(user_id, hashed, provider, directory, passkeys, totp, used, factor, row):
    doors = [f"passkey|{one}" for one in passkeys or ()]
    doors += [f"provider|{provider}"] if provider else []
    doors += [f"directory|{directory}"] if directory else []
    return LoginFacts(
        user_id=user_id,
        hashed=hashed,
        doors=tuple(doors),
        has_provider=bool(provider),
        has_totp=totp,
        was_used=used,
        wants_factor=bool(factor),
        sealed=row,
    )


def named_ways(env, user_id):
    """Return ``(kind, name, day)`` of the passkeys and the provider of a login."""
    rows = env.execute_query(
        SQL(
            "SELECT 'passkey', COALESCE(name, ''), create_date::date"
            "  FROM auth_passkey_key WHERE create_uid = %s ORDER BY create_date, id",
            user_id,
        )
    )
    if _has_table(env, "auth_oauth_provider"):
        rows += env.execute_query(
            SQL(
                "SELECT 'provider', COALESCE(p.name, ''), NULL::date"
                "  FROM auth_oauth_provider p JOIN res_users u"
                "    ON u.oauth_provider_id = p.id AND u.oauth_uid IS NOT NULL"
                " WHERE u.id = %s",
                user_id,
            )
        )
    return rows


def has_case(env, user_id) -> bool:
    """Tell whether a login has something in the vault.

    A statement of its own: a log of statements must not say which login and which
    owner of a case go together.
    """
    ring = load_keyring()
    [[found]] = env.execute_query(
        SQL(
            """SELECT EXISTS (SELECT FROM hr_career_traject WHERE owner_index = %s)
                   OR EXISTS (SELECT FROM hr_career_reminder WHERE owner_index = %s)""",
            blind(ring, "user", user_id),
            blind(ring, "reminder", user_id),
        )
    )
    return found


def has_trust(env, user_id) -> bool:
    """Tell whether a login is the coach of a case, or holds a confirmed mandate."""
    [[found]] = env.execute_query(
        SQL(
            """SELECT EXISTS (SELECT FROM hr_career_traject t
                                JOIN hr_career_coach c ON c.id = t.coach_id
                               WHERE c.user_id = %(id)s)
                   OR EXISTS (SELECT FROM hr_career_mandate m
                               WHERE m.user_id = %(id)s
                                 AND COALESCE(m.confirmation, '') <> '')""",
            id=user_id,
        )
    )
    return found


def _provider(env):
    """Return who signs this login in elsewhere, and where that is asked."""
    if not _has_table(env, "auth_oauth_provider"):
        return SQL("NULL")
    return SQL(
        """(SELECT concat_ws('|', p.id, p.client_id, p.auth_endpoint,
                             p.validation_endpoint, p.data_endpoint, u.oauth_uid)
              FROM auth_oauth_provider p
             WHERE p.id = u.oauth_provider_id AND u.oauth_uid IS NOT NULL)"""
    )


def _directory(env):
    """Return the directories (LDAP) that are asked for this login's password."""
    if not _has_table(env, "res_company_ldap"):
        return SQL("NULL")
    return SQL(
        """(SELECT string_agg(concat_ws('|', d.id, d.ldap_server, d.ldap_server_port,
                                        d.ldap_base, d.ldap_filter, d.ldap_tls), ';'
                              ORDER BY d.id) || '|' || u.login
              FROM res_company_ldap d)"""
    )


_tables: dict = {}


def _has_table(env, name):
    """Tell whether a module brought this table; asked once for each registry."""
    registry = env.registry
    if not registry.ready:
        return table_exists(env.cr, name)
    known = _tables.get(registry.db_name)
    if known is None or known[0]() is not registry:
        known = (weakref.ref(registry), {})
        _tables[registry.db_name] = known
    if name not in known[1]:
        known[1][name] = table_exists(env.cr, name)
    return known[1][name]


def insert_row(env, user_id, sealed):
    """Add the row of a login that has none; another's is left as it is."""
    env.cr.execute(
        SQL(
            "INSERT INTO hr_career_login (user_id, sealed) VALUES (%s, %s)"
            " ON CONFLICT (user_id) DO NOTHING",
            user_id,
            sealed,
        )
    )


def save_row(env, user_id, sealed):
    """Replace the row of a login, or add it."""
    env.cr.execute(
        SQL(
            "INSERT INTO hr_career_login (user_id, sealed) VALUES (%s, %s)"
            " ON CONFLICT (user_id) DO UPDATE SET sealed = EXCLUDED.sealed",
            user_id,
            sealed,
        )
    )
