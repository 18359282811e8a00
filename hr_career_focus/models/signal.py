"""That an employee called an opening odd. Which one, why and the answer are sealed."""

from odoo import fields, models


class CareerSignal(models.Model):
    _name = "hr.career.signal"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Odd opening"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    # Which case: an index of its own, to delete what belongs to it.
    case_index = fields.Char(
        required=True, readonly=True, index=True, groups=fields.NO_ACCESS
    )
    envelope = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
