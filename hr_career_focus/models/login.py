"""One row for every login, all alike: its sealed marks (vault.attestation)."""

from odoo import fields, models


class CareerLogin(models.Model):
    """Not of the vault: a row says only that the login exists."""

    _name = "hr.career.login"
    _description = "Marks of a login"
    _log_access = False
    _rec_name = "id"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _user_uniq = models.UniqueIndex("(user_id)")
