from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    career_bill_tax_id = fields.Many2one(
        related="company_id.career_bill_tax_id",
        readonly=False,
        domain="[('type_tax_use', '=', 'purchase'), ('company_id', '=', company_id)]",
    )
