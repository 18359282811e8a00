"""The personal code: what somebody who has only the password, or the screen, lacks.

It is asked once in a session, and again after half an hour without a page of ours. Five
wrong codes in a quarter of an hour, and no code is looked at for the rest of it; the
answer is the same, and takes as long. Who has lost it goes to the desk.
"""

import time
from dataclasses import replace

from odoo.exceptions import AccessDenied

from ..vault import attestation
from ..vault.keyring import load_keyring
from . import logins
from .case import Door
from .errors import CaseworkError, explained
from .login_rows import facts_of, save_row

TRIES = 5
TRY_SECONDS = 15 * 60
SHORTEST, LONGEST = 6, 64


def give(env, typed) -> bool:
    """Let this session through when ``typed`` is the personal code.

    A wrong one is counted: the caller must not undo what this writes.
    """
    with explained(env):
        ring = load_keyring()
        row = _right_row(env, ring, typed)
        if row:
            logins.unlock_session(env, ring, row)
    logins.forget()
    return bool(row)


def _right_row(env, ring, typed):
    """Return the own row when ``typed`` is its code, else None; wrong ones count."""
    row = facts_of(env, [env.uid], lock=True)[env.uid].row(ring)
    now = int(time.time())
    tries = tuple(at for at in row.tries if 0 <= now - at < TRY_SECONDS)
    fits = attestation.code_fits(ring, env.uid, _clean(typed), row.code)
    if len(tries) >= TRIES:
        return None
    if not fits:
        _save(env, ring, replace(row, tries=(*tries, now)))
        return None
    if row.tries:
        row = replace(row, tries=())
        _save(env, ring, row)
    return row


def _clean(typed):
    return str(typed or "").strip()[:LONGEST]


def _save(env, ring, row):
    save_row(env, env.uid, row.sealed(ring, env.uid))
    logins.forget()


def has_password(env) -> bool:
    """Tell whether the own login has a password that can be asked for."""
    return bool(facts_of(env, [env.uid])[env.uid].hashed)


def require_password(env, typed):
    """Raise CaseworkError unless ``typed`` is the owner's password; wrong ones count.

    What shows that it is the owner, and not somebody at an open screen.
    """
    try:
        with env.user._assert_can_auth(user=env.uid):
            if not logins.knows_password(env, typed):
                raise AccessDenied
    except AccessDenied:
        raise CaseworkError(
            env._(
                "This is not your password, or it was wrong too often. Try again in a "
                "minute."
            )
        ) from None


class CodeDoor(Door):
    """Setting, changing and removing the own code: for every login, whoever it is."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        self._ring = load_keyring()

    @property
    def _facts(self):
        return facts_of(self.env, [self.env.uid])[self.env.uid]

    @property
    def has_code(self) -> bool:
        """Whether a code is set."""
        return bool(self._facts.row(self._ring).code)

    @property
    def has_password(self) -> bool:
        """Whether setting a code asks for the password."""
        return has_password(self.env)

    def set(self, password, code):
        """Set the first code; the password shows that it is the owner.

        :raise CaseworkError: when it cannot be this one; nothing was changed
        """
        code = self._checked(code)
        logins.end_fresh(self.env)
        if self.has_code:
            raise CaseworkError(
                self.env._("You have a code already. Change it with the old one.")
            )
        if self.has_password:
            require_password(self.env, password)
        self._write(code)

    def change(self, old, code) -> bool:
        """Replace the code; False when ``old`` is not the present one, which counts."""
        code = self._checked(code)
        if not _right_row(self.env, self._ring, old):
            return False
        self._write(code)
        return True

    def remove(self, old) -> bool:
        """Take the code away; False when ``old`` is not it, which counts."""
        row = _right_row(self.env, self._ring, old)
        if not row:
            return False
        _save(self.env, self._ring, replace(row, code="", tries=()))
        return True

    def _checked(self, code):
        code = str(code or "").strip()
        if not SHORTEST <= len(code) <= LONGEST:
            raise CaseworkError(
                self.env._(
                    "A personal code has at least %(least)s characters, and at most "
                    "%(most)s.",
                    least=SHORTEST,
                    most=LONGEST,
                )
            )
        return code

    def _write(self, code):
        row = facts_of(self.env, [self.env.uid], lock=True)[self.env.uid].row(
            self._ring
        )
        kept = attestation.code_hash(self._ring, self.env.uid, code)
        row = replace(row, code=kept, tries=())
        _save(self.env, self._ring, row)
        logins.unlock_own_session(self.env, self._ring, row)
