from odoo import fields, models

from ..models.settlement import DISPUTED, NOTES


class CareerSettlementDispute(models.TransientModel):
    """Why finance does not agree, from a list: nobody writes a name by accident."""

    _name = "hr.career.settlement.dispute"
    _description = "Dispute about a settlement"

    settlement_ids = fields.Many2many("hr.career.settlement", required=True)
    note = fields.Selection(NOTES, string="Why", required=True)

    def action_dispute(self):
        """Put the settlements in dispute."""
        self.ensure_one()
        self.settlement_ids._put(DISPUTED, note=self.note)
        return {"type": "ir.actions.act_window_close"}
