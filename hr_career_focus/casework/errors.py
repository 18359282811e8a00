"""The two ways a door says no."""

from odoo.exceptions import UserError


class CaseworkError(UserError):
    """Something cannot be done now; the message says why and what to do."""


class NotYours(Exception):
    """Missing or forbidden: the caller answers both alike."""


class Locked(CaseworkError):
    """The reader's own key is locked, and this needs it."""

    def __init__(self, env):
        super().__init__(
            env._(
                "Unlock your own key first: this is sealed with it. Nothing was "
                "changed."
            )
        )


class NewKey(CaseworkError):
    """The other has a new key, and nobody has said yet that it is really theirs."""

    def __init__(self, env):
        super().__init__(
            env._(
                "The other has made a new key. Compare its number first, under “Keys” "
                "on this page. Nothing was changed."
            )
        )
