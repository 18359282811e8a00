"""The ledger of a budget line: one row for each line, all alike. Moves are sealed."""

from odoo import fields, models


class CareerBudgetLedger(models.Model):
    _name = "hr.career.budget.ledger"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Ledger of a budget line"
    _log_access = False

    # A keyed hash: which line it is says neither the row nor a relation.
    line_key = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    sealed = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _line_uniq = models.UniqueIndex("(line_key)")
