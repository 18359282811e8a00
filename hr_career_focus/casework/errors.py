"""The ways a door says no."""

from contextlib import contextmanager

from odoo.exceptions import UserError

from ..vault.errors import VaultError


class CaseworkError(UserError):
    """Something cannot be done now; the message says why and what to do."""


class NotYours(Exception):
    """Missing or forbidden: the caller answers both alike."""


class Locked(CaseworkError):
    """The reader's own key is locked, and this needs it."""

    def __init__(self, env):
        super().__init__(env._("Unlock your own key first: this is sealed with it."))


class NewKey(CaseworkError):
    """The other has a new key, and nobody has said yet that it is really theirs."""

    def __init__(self, env):
        super().__init__(
            env._(
                "The other has made a new key. Compare its number first, under “Keys” "
                "on this page."
            )
        )


class DoorClosed(Exception):
    """The login itself must first be put right; the same for whoever it is.

    ``reason`` is one of the constants of :mod:`.logins`, and picks the page's words.
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@contextmanager
def explained(env):
    """Say what the vault could not do in the words of every page."""
    try:
        yield
    except VaultError as error:
        raise CaseworkError(
            env._(
                "The confidential records cannot be opened at the moment. Nothing was "
                "changed. Please tell whoever runs the system: %(reason)s",
                reason=error,
            )
        ) from error
