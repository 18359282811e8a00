from odoo import fields, models


class ResCompany(models.Model):
    """How settlements are booked."""

    _inherit = "res.company"

    career_bill_tax_id = fields.Many2one(
        "account.tax",
        string="Tax on settlements",
        domain="[('type_tax_use', '=', 'purchase'), ('company_id', '=', id)]",
        help="Leave empty when providers charge no VAT, or when you cannot deduct it.",
    )
