"""That a code for after leaving was made. Neither the code nor the case is in it."""

from odoo import fields, models


class CareerFollowup(models.Model):
    _name = "hr.career.followup"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Code for later"
    _log_access = False

    # Keyed hashes of the code and of the case's reference, each of its own kind.
    code_index = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    case_index = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _code_uniq = models.UniqueIndex("(code_index)")
    _case_uniq = models.UniqueIndex("(case_index)")
