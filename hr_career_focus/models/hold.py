"""A legal hold: whose case may not be deleted for now. Who and why is sealed."""

from odoo import fields, models


class CareerHold(models.Model):
    _name = "hr.career.hold"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Legal hold"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    # An index of its own: it cannot be laid beside that of a traject.
    owner_index = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    envelope = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
