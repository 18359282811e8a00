"""A mandate is in force once a second person has confirmed it.

HR policy records who holds the desk; a privacy officer, or a desk holder in mandate,
confirms. The confirmation is a keyed hash over what was confirmed, under a key outside
the database: writing the columns, by the ORM, an import, a server action or SQL, puts
nobody at the desk. It is written here, and in no method that a remote call or a server
action could reach; and by SQL, so that no automation runs at that moment.
"""

import hashlib
import hmac
import secrets

from odoo.tools import SQL

from ..vault import sealing
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import logins, notices, standing
from .approvals import SecondPerson
from .errors import CaseworkError, NotYours
from .opening import changed_meanwhile
from .views_second import MandateView

MANDATE = "hr.career.mandate"
PURPOSE = "mandate"
#: What a second person confirms. A change of any of it asks for a second person anew.
CONFIRMED = ("user_id", "company_id", "date_from", "date_to", "appointed_by", "scope")
#: What only the confirmation itself fills in.
RESERVED = ("confirmed_by", "confirmed_on", "confirmation", "recorded_by")
NONCE_DIGITS = 16


def proven(mandates) -> dict:
    """Return ``{id: mark}`` of those whose confirmation is genuine.

    A mark tells a confirmation from any other, also of the same mandate. In one query.
    """
    if not mandates.ids:
        return {}
    try:
        key = load_keyring().derive(PURPOSE)
    except VaultError:
        return {}
    found = {}
    for row_id, row in _rows(mandates).items():
        nonce, _dot, mark = (row["confirmation"] or "").partition(".")
        expected = _mark(key, row_id, row, nonce)
        if nonce and hmac.compare_digest(mark, expected):
            found[row_id] = nonce
    return found


def waiting(env, now=None):
    """Return the mandates this user can confirm now, the latest first."""
    door = SecondPerson(env, now)
    found = []
    for mandate in env[MANDATE].sudo()._unconfirmed(door.today, door.companies):
        if _is_for(mandate, env.user):
            found.append(_view(env, mandate))
    return tuple(found)


def confirm(env, mandate, now=None, seen=None):
    """Put a mandate in force, as its second person.

    :param seen: the digest of what the reader saw (:class:`MandateView`); without it,
        the mandate as it is
    :raise NotYours: for its holder, for whoever recorded it, for all who are no second
        person of its company, and when it does not exist
    :raise CaseworkError: when it has changed, was withdrawn or confirmed meanwhile, and
        while nobody has used the login of its holder
    """
    door = SecondPerson(env, now)
    mandate = mandate.with_env(env).sudo().exists()
    if (
        not mandate
        or mandate.company_id not in door.companies
        or not _is_for(mandate, env.user)
    ):
        raise NotYours
    hold(mandate)
    row = _rows(mandate)[mandate.id]
    if mandate not in env[MANDATE].sudo()._unconfirmed(
        door.today, mandate.company_id
    ) or seen not in (None, _digest(row)):
        raise changed_meanwhile(env)
    if logins.unused(env, mandate.user_id.ids):
        raise CaseworkError(
            env._(
                "The login of %(holder)s was never used. Whoever sets its first "
                "password would hold the desk. Let %(holder)s log in once, and confirm "
                "then.",
                holder=mandate.user_id.name,
            )
        )
    _seal(mandate, row, door.today, env.uid)


def adopt(env, today):
    """Let the mandates of before there was a second person stand; return how many.

    For the migration alone. Who confirmed stays empty.
    """
    mandates = env[MANDATE].sudo().search([("confirmed_on", "=", False)])
    for row_id, row in _rows(mandates).items():
        _seal(env[MANDATE].browse(row_id), row, today, None)
    return len(mandates)


def notify(env, mandates, today):
    """Tell those who can confirm ``mandates`` that something waits for them."""
    for mandate in mandates.sudo():
        but = (mandate.user_id.id, mandate.recorded_by.id)
        others = standing.second_persons(env, mandate.company_id, today, but)
        notices.notify_users(env, others)


def _is_for(mandate, user):
    """Whether ``user`` is neither who holds the mandate nor who recorded it."""
    return user not in (mandate.user_id, mandate.recorded_by, mandate.create_uid)


def hold(mandates):
    """Hold mandates until the transaction ends: of two changes, one comes after.

    The later is told so by the database and run again; that is no error for the log.
    """
    mandates.flush_recordset()
    mandates.env.cr.execute(
        SQL(
            "SELECT 1 FROM hr_career_mandate WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            mandates.ids,
        ),
        log_exceptions=False,
    )
    mandates.invalidate_recordset(flush=False)


def _rows(mandates):
    """Return what the table holds of ``mandates``, every language of it, by id."""
    mandates.flush_model()
    columns = (*CONFIRMED, "confirmed_by", "confirmed_on", "confirmation")
    rows = mandates.env.execute_query_dict(
        SQL(
            "SELECT id, %s FROM hr_career_mandate WHERE id = ANY(%s)",
            SQL(", ").join(
                SQL("%s::text AS %s", SQL.identifier(name), SQL.identifier(name))
                for name in columns
            ),
            list(mandates.ids),
        )
    )
    return {row.pop("id"): row for row in rows}


def _digest(row):
    """Return the digest of what is confirmed."""
    content = sealing.place(*(row[name] or "" for name in CONFIRMED))
    return hashlib.sha256(content).hexdigest()


def _mark(key, row_id, row, nonce):
    """Return the keyed hash of a confirmation."""
    content = sealing.place(
        str(row_id),
        nonce,
        _digest(row),
        row["confirmed_by"] or "",
        row["confirmed_on"] or "",
    )
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def _seal(mandate, row, today, uid):
    """Write a confirmation."""
    try:
        key = load_keyring().derive(PURPOSE)
    except VaultError as error:
        raise CaseworkError(
            mandate.env._(
                "The key file of the vault cannot be read, so nothing can be "
                "confirmed. Please tell whoever runs the system: %(reason)s",
                reason=error,
            )
        ) from error
    row = dict(
        row, confirmed_by=str(uid) if uid else "", confirmed_on=today.isoformat()
    )
    nonce = secrets.token_hex(NONCE_DIGITS // 2)
    mark = _mark(key, mandate.id, row, nonce)
    mandate.env.cr.execute(
        SQL(
            "UPDATE hr_career_mandate SET confirmed_by = %s, confirmed_on = %s,"
            " confirmation = %s WHERE id = %s",
            uid or None,
            today,
            f"{nonce}.{mark}",
            mandate.id,
        ),
        log_exceptions=False,
    )
    mandate.invalidate_recordset(flush=False)


def _view(env, mandate):
    here = mandate.with_context(lang=env.lang)
    recorder = mandate.recorded_by or mandate.create_uid
    return MandateView(
        mandate_id=mandate.id,
        seen=_digest(_rows(mandate)[mandate.id]),
        holder=here.user_id.name,
        company=here.company_id.name,
        date_from=here.date_from,
        date_to=here.date_to,
        appointed_by=here.appointed_by,
        scope=here.scope,
        recorded_by=recorder.name or "",
        is_unused=bool(logins.unused(env, here.user_id.ids)),
    )
