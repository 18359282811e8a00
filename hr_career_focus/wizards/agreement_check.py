from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.agreement_comparison import CHANGED, GONE, NEW, SAME, Comparison


class CareerAgreementCheck(models.TransientModel):
    """What a check brings about, before it counts: numbers of rights, never of people.

    A text may be signed years after its first day. Checking it changes what the law
    was on days gone by, so whoever does it reads first what changes and since when.
    """

    _name = "hr.career.agreement.check"
    _description = "Confirm the check of a version"

    version_id = fields.Many2one(
        "hr.career.agreement.version", required=True, readonly=True, ondelete="cascade"
    )
    before_id = fields.Many2one(
        "hr.career.agreement.version", string="Instead of", compute="_compute_effect"
    )
    valid_from = fields.Date(related="version_id.valid_from")
    is_retroactive = fields.Boolean(compute="_compute_effect")
    is_first = fields.Boolean(compute="_compute_effect")
    is_recheck = fields.Boolean(related="version_id.was_open")
    new_count = fields.Integer(string="New rights", compute="_compute_effect")
    changed_count = fields.Integer(
        string="Rights that change", compute="_compute_effect"
    )
    gone_count = fields.Integer(string="Rights that end", compute="_compute_effect")
    same_count = fields.Integer(
        string="Rights that stay the same", compute="_compute_effect"
    )
    result = fields.Html(compute="_compute_effect", sanitize=False)
    has_compared = fields.Boolean(
        string="I have compared every right with the text of the agreement"
    )

    @api.depends("version_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("I have checked this text")

    @api.depends("version_id")
    @api.depends_context("lang", "tz")
    def _compute_effect(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            version = wizard.version_id
            before = version._version_before()
            comparison = Comparison(before, version)
            counts = comparison.counts()
            wizard.before_id = before
            wizard.is_first = not before
            wizard.is_retroactive = bool(
                version.valid_from and version.valid_from < today
            )
            wizard.new_count = counts[NEW]
            wizard.changed_count = counts[CHANGED]
            wizard.gone_count = counts[GONE]
            wizard.same_count = counts[SAME]
            wizard.result = before and self.env["ir.qweb"]._render(
                "hr_career_focus.agreement_changes",
                {"changes": comparison.changes(), "dates": ()},
            )

    def action_confirm(self):
        """Record the check: from now on the version counts."""
        self.ensure_one()
        if not self.has_compared:
            raise UserError(
                self.env._(
                    "Compare every right with the text first, and tick that you did."
                )
            )
        self.version_id.action_mark_checked()
        return {"type": "ir.actions.act_window_close"}
