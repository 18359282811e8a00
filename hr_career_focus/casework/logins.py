"""Logins: who lets a session in, and the few acts that renew a login's marks.

Why
    Whoever may write an e-mail address can have a password reset sent there, and an
    administrator can set one. So a changed password opens everything in the database
    but this area: it stays closed until its owner shows it was the owner who changed
    it, or the desk has checked who somebody is.

How
    Each login has a sealed row with marks (:mod:`..vault.attestation`). Every door asks
    :func:`gate`, which compares them with the password and the other ways in as they
    are now, in one query, and writes nothing. A session carries a mark of its own, made
    at log-in: it says under which password, so that a session opened under another
    password stays outside after that password was put back.

These are functions, not methods of a model: a server action, a template and a remote
call can reach none of them.
"""

import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from weakref import WeakKeyDictionary

from odoo.exceptions import AccessDenied
from odoo.http import STORED_SESSION_BYTES, request

from ..vault import attestation, rehearsal
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from .errors import CaseworkError, DoorClosed, explained
from .login_rows import (
    facts_of,
    has_case,
    has_trust,
    present_marks,
    save_row,
)

#: Why a door is closed. CHANGED: another password than the owner's. CONFIRM: another
#: way in was added. CODE: the personal code is asked. SECOND_FACTOR: there is none.
CHANGED = "changed"
CONFIRM = "confirm"
CODE = "code"
SECOND_FACTOR = "second_factor"

#: Keys of the session.
LOGIN_KEY = "focus_login"
CODE_KEY = "focus_code"
#: Ways of logging in that are a second factor by themselves.
STRONG_METHODS = ("passkey",)
#: Ways of logging in that say nothing about who it is.
NO_METHODS = ("apikey",)
#: Seconds without a page of ours after which the personal code is asked again.
CODE_SECONDS = 30 * 60
#: Seconds in which an identity check counts, as in Odoo itself.
IDENTITY_SECONDS = 10 * 60

_seen: WeakKeyDictionary = WeakKeyDictionary()


# -- the gate ----------------------------------------------------------------------


def gate(env):
    """Raise DoorClosed unless the login of ``env`` is entered as its owner left it."""
    reason = closed_because(env)
    if reason:
        raise DoorClosed(reason)


def require_second_factor(env):
    """Raise DoorClosed when this login's company wants a second factor it lacks."""
    if lacks_second_factor(env):
        raise DoorClosed(SECOND_FACTOR)


def closed_because(env):
    """Return why the login of ``env`` is refused, or None."""
    return _look(env)[0]


def lacks_second_factor(env) -> bool:
    """Tell whether a second factor is wanted of this login, and missing."""
    facts = _look(env)[1]
    return facts.wants_factor and not (facts.has_totp or _method(env) in STRONG_METHODS)


def is_factor_off(env) -> bool:
    """Tell whether no company of this login wants a second factor."""
    return not _look(env)[1].wants_factor


def _look(env):
    """Return why a door is closed, and the facts; once in each request."""
    current = request and request._get_current_object()
    known = _seen.get(current, {}) if current else {}
    if env.uid not in known:
        with explained(env):
            facts = facts_of(env, [env.uid])[env.uid]
            found = (_judge(env, facts), facts)
        if not current:
            return found
        known = _seen.setdefault(current, {})
        known[env.uid] = found
    return known[env.uid]


def forget():
    """Look again at the next door: something about a login has changed."""
    if request:
        _seen.pop(request._get_current_object(), None)


def _judge(env, facts):
    ring = load_keyring()
    row = facts.row(ring)
    reason = _judge_row(env, ring, row, facts)
    if reason or not row:
        return reason or CHANGED
    if _has_session(env) and not (row.fresh or _opened_as_now(env, ring, row)):
        return CONFIRM
    if row.code and not _is_unlocked(env, ring, row):
        return CODE
    return None


def _judge_row(env, ring, row, facts):
    """Compare the marks in the row with what there is now."""
    if row is None:
        return CHANGED
    if row.fresh:
        # Nobody who never came in is trusted with anything: the row was put back.
        return CHANGED if _has_something(env, facts.user_id) else None
    password, doors = present_marks(ring, facts)
    if not attestation.same(row.password, password):
        return CHANGED
    if not attestation.same(row.doors, doors):
        return CONFIRM if facts.hashed else CHANGED
    return None


def _has_session(env):
    """Tell whether this request is of the login itself, not about it."""
    return bool(request) and request.session.uid == env.uid and not rehearsal.is_on()


def _opened_as_now(env, ring, row):
    """Tell whether this session was opened under the password of now.

    By its mark; a session without one, from before the addon was there, by Odoo's own
    token. That is worked out anew: Odoo compares with what it remembers, also after
    SQL has put another password in its place.
    """
    kept = request.session.get(LOGIN_KEY)
    if kept:
        wanted = attestation.session_mark(
            ring, env.uid, row.password, kept.get("method", "")
        )
        return attestation.same(kept.get("mark", ""), wanted)
    values = env.user._session_token_get_values()
    token = values and env.user._session_token_hash_compute(request.session.sid, values)
    return bool(token) and attestation.same(request.session.session_token or "", token)


def _method(env):
    """Return how the session was logged in, if its mark is true."""
    if not _has_session(env):
        return ""
    ring = load_keyring()
    row = _look(env)[1].row(ring)
    kept = request.session.get(LOGIN_KEY) or {}
    method = kept.get("method", "")
    mark = row and attestation.session_mark(ring, env.uid, row.password, method)
    return method if mark and attestation.same(kept.get("mark", ""), mark) else ""


def _is_unlocked(env, ring, row):
    if not _has_session(env):
        return False
    kept = request.session.get(CODE_KEY) or {}
    at, now = kept.get("at", 0), int(time.time())
    wanted = attestation.unlocked_mark(ring, env.uid, _sid(), at, row.code)
    if not attestation.same(kept.get("mark", ""), wanted) or now - at > CODE_SECONDS:
        return False
    if now - at > 60:
        unlock_session(env, ring, row)
    return True


def unlock_session(env, ring, row):
    """Let this session through: the personal code was given just now."""
    at = int(time.time())
    mark = attestation.unlocked_mark(ring, env.uid, _sid(), at, row.code)
    request.session[CODE_KEY] = {"at": at, "mark": mark}


def unlock_own_session(env, ring, row):
    """As :func:`unlock_session`, where there is a session of this login."""
    if _has_session(env):
        unlock_session(env, ring, row)


def _sid():
    return request.session.sid[:STORED_SESSION_BYTES]


# -- the first log-in ----------------------------------------------------------------


def signed_in(env, user_id, method, interactive=True):
    """Note a successful log-in: end freshness, and mark the session.

    :param method: how, as Odoo names it: password, passkey, ...
    """
    with suppress(VaultError):
        ring = load_keyring()
        end_fresh(env, user_id)
        if request and interactive and method not in NO_METHODS:
            facts = facts_of(env, [user_id])[user_id]
            if method == "oauth" and not facts.has_provider:
                return
            request.session[LOGIN_KEY] = session_values(ring, facts, method)
        forget()


def session_values(ring, facts, method):
    """Return what a session keeps about how it was logged in."""
    password, _doors = present_marks(ring, facts)
    mark = attestation.session_mark(ring, facts.user_id, password, method)
    return {"method": method, "mark": mark}


def end_fresh(env, user_id=None):
    """Take the marks of a login that was never used until now."""
    user_id = user_id or env.uid
    ring = load_keyring()
    facts = facts_of(env, [user_id])[user_id]
    row = facts.row(ring)
    if row and row.fresh and not _has_something(env, user_id):
        _save(env, ring, marks_taken(ring, row, facts), user_id)


def unused(env, user_ids) -> set:
    """Return which of these logins nobody has used: the first password opens them.

    Nothing is confided to them. In one query.
    """
    with suppress(VaultError):
        ring = load_keyring()
        rows = {one: facts.row(ring) for one, facts in facts_of(env, user_ids).items()}
        return {one for one, row in rows.items() if row and row.fresh}
    return set()


def _has_something(env, user_id) -> bool:
    return has_case(env, user_id) or has_trust(env, user_id)


# -- what renews the marks -----------------------------------------------------------


@contextmanager
def own_change(env, old_password=None):
    """Renew the password mark when the owner changes the password inside the block.

    The owner is who types the old password, checked here against the very hash the mark
    fits; or, without it, who is let in by :func:`gate` and has passed Odoo's identity
    check just now. Anyone else's change closes the login.
    """
    proven = False
    with suppress(VaultError):
        if old_password is not None:
            proven = knows_password(env, old_password)
        else:
            proven = _passed_identity_check(env)
    yield
    if proven:
        _renew_password(env, env.uid)


@contextmanager
def rehashing(env):
    """Renew the password mark when a correct password is hashed anew in the block."""
    before = None
    with suppress(VaultError):
        ring = load_keyring()
        facts = facts_of(env, [env.uid]).get(env.uid)
        row = facts and facts.row(ring)
        if row and not row.fresh and facts.hashed:
            mark = present_marks(ring, facts)[0]
            if attestation.same(row.password, mark):
                before = facts.hashed
    found = {}
    yield found
    if before and found.get("auth_method") == "password":
        after = facts_of(env, [env.uid])[env.uid].hashed
        if after != before:
            _renew_password(env, env.uid)


def knows_password(env, typed) -> bool:
    """Tell whether ``typed`` is the owner's password, by the hash the mark fits."""
    ring = load_keyring()
    facts = facts_of(env, [env.uid], lock=True)[env.uid]
    row = facts.row(ring)
    return (
        bool(row and not row.fresh and facts.hashed)
        and attestation.same(row.password, present_marks(ring, facts)[0])
        and env["res.users"]._crypt_context().verify(typed or "", facts.hashed)
    )


def _passed_identity_check(env):
    if env.su or not _has_session(env):
        return False
    last = request.session.get("identity-check-last", 0)
    if last < time.time() - IDENTITY_SECONDS:
        return False
    forget()
    return closed_because(env) in (None, CODE)


def _renew_password(env, user_id):
    """Take the password mark anew; the doors mark stays as it was."""
    with suppress(VaultError):
        ring = load_keyring()
        facts = facts_of(env, [user_id], lock=True)[user_id]
        row = facts.row(ring)
        if row and not row.fresh:
            renewed = replace(row, password=present_marks(ring, facts)[0])
            _save(env, ring, renewed, user_id)
            _renew_session(env, ring, facts, row)


def _renew_session(env, ring, facts, row):
    """Give the session the mark of the new password, if it had that of the old."""
    if not (request and request.session.uid == facts.user_id):
        return
    kept = request.session.get(LOGIN_KEY) or {}
    method = kept.get("method", "")
    old = attestation.session_mark(ring, facts.user_id, row.password, method)
    if attestation.same(kept.get("mark", ""), old):
        request.session[LOGIN_KEY] = session_values(ring, facts, method)


def confirm(env, typed, seen=""):
    """Renew the doors mark, and the session's, for who types the present password.

    :param seen: the ways in that the owner has looked at and knows
        (:class:`.login_page.ClosedView`); not asked while they are as they were
    :raise AccessDenied: for a wrong password, or too many of them
    :raise CaseworkError: when there is a way in that the owner has not looked at
    """
    if not _has_session(env):
        raise AccessDenied
    with explained(env), env.user._assert_can_auth(user=env.uid):
        if not knows_password(env, typed):
            raise AccessDenied
        ring = load_keyring()
        facts = facts_of(env, [env.uid], lock=True)[env.uid]
        row, doors = facts.row(ring), present_marks(ring, facts)[1]
        if not any(attestation.same(doors, one) for one in (row.doors, seen)):
            raise CaseworkError(
                env._(
                    "Look at the ways into your login first, and tick that they are "
                    "yours. Nothing was changed."
                )
            )
        _save(env, ring, marks_taken(ring, row, facts), env.uid)
        request.session[LOGIN_KEY] = session_values(ring, facts, "password")
    forget()


def marks_taken(ring, row, facts):
    """Return the row with the marks as they are now."""
    password, doors = present_marks(ring, facts)
    return row.settled(password=password, doors=doors)


def _save(env, ring, row, user_id):
    save_row(env, user_id, row.sealed(ring, user_id))
    forget()
