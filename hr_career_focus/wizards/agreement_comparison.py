from odoo import api, fields, models

from ..models.agreement_comparison import Comparison


class CareerAgreementComparison(models.TransientModel):
    """Two versions next to each other, in words: of one agreement or of two."""

    _name = "hr.career.agreement.comparison"
    _description = "Compare two versions"

    old_version_id = fields.Many2one(
        "hr.career.agreement.version", string="From", ondelete="cascade"
    )
    new_version_id = fields.Many2one(
        "hr.career.agreement.version", string="To", ondelete="cascade"
    )
    result = fields.Html(compute="_compute_result", sanitize=False)

    @api.depends("old_version_id", "new_version_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Compare two versions")

    @api.depends("old_version_id", "new_version_id")
    @api.depends_context("lang")
    def _compute_result(self):
        for wizard in self:
            old, new = wizard.old_version_id, wizard.new_version_id
            if not (old and new):
                wizard.result = False
                continue
            comparison = Comparison(old, new)
            wizard.result = self.env["ir.qweb"]._render(
                "hr_career_focus.agreement_changes",
                {
                    "changes": comparison.changes(),
                    "dates": list(comparison.date_changes()),
                },
            )

    def action_swap(self):
        """Read the comparison the other way round."""
        self.ensure_one()
        self.write(
            {
                "old_version_id": self.new_version_id.id,
                "new_version_id": self.old_version_id.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_print(self):
        """Print the comparison."""
        return self.env.ref(
            "hr_career_focus.agreement_comparison_report"
        ).report_action(self)
