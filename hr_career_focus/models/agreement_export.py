from odoo import models


class CareerAgreement(models.Model):
    _inherit = "hr.career.agreement"

    def action_export(self):
        """Download these agreements with all their versions, to share them."""
        return self.env["hr.career.agreement.exchange"]._export(self)


class CareerAgreementVersion(models.Model):
    _inherit = "hr.career.agreement.version"

    def action_export(self):
        """Download these versions of one agreement, to share them."""
        return self.env["hr.career.agreement.exchange"]._export(self.agreement_id, self)
