"""That a second person was asked, and answered. Who, about what and why is sealed."""

from odoo import fields, models

from ..casework import approval_words as w


class CareerApproval(models.Model):
    _name = "hr.career.approval"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Second person"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(w.KINDS, required=True, readonly=True)
    state = fields.Selection(w.STATES, required=True, readonly=True, index=True)
    month = fields.Date(required=True, readonly=True)
    envelope = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _months = models.Constraint("CHECK (EXTRACT(day FROM month) = 1)")
