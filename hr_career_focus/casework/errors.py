"""The two ways a door says no."""

from odoo.exceptions import UserError


class CaseworkError(UserError):
    """Something cannot be done now; the message says why and what to do."""


class NotYours(Exception):
    """Missing or forbidden: the caller answers both alike."""
