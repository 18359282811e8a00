"""The access log: each opening of a dossier by someone other than its owner."""

from odoo import fields, models


class CareerAccess(models.Model):
    _name = "hr.career.access"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Opening of a dossier"
    _log_access = False

    traject_id = fields.Many2one(
        "hr.career.traject",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    role = fields.Char(required=True, readonly=True)
    # When, who and what for are sealed under the traject's key; the day alone is not.
    day = fields.Date(required=True, readonly=True)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
