from odoo import api, fields, models


class CareerEntitlementRule(models.Model):
    _inherit = "hr.career.entitlement.rule"

    terms = fields.Char(
        string="In words",
        compute="_compute_terms",
        help="What the numbers above say, as a check.",
    )

    @api.depends(
        "unit", "quantity", "currency_id", "interval_months", "min_service_months"
    )
    @api.depends_context("lang")
    def _compute_terms(self):
        for rule in self:
            rule.terms = self.env["hr.career.entitlement"]._terms_sentence(rule)
