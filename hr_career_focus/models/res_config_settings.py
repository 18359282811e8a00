from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What a company decides about settlements."""

    _inherit = "res.config.settings"

    career_settlement_min = fields.Integer(
        related="company_id.career_settlement_min", readonly=False
    )
    career_settlement_delay = fields.Integer(
        related="company_id.career_settlement_delay", readonly=False
    )
