"""Frozen figures of a period, chained by fingerprints."""

from odoo import api, fields, models

from ..engine import release as engine


class HrCareerPublished(models.AbstractModel):
    """Figures of one company and period, each with the fingerprint of those before.

    Whoever kept a fingerprint can check that nothing was changed afterwards.
    """

    _name = "hr.career.published"
    _description = "Published figures"
    _inherit = ["hr.career.write.once"]

    # No dates of creation on what inherits this: who wrote it and when is nobody's
    # business, and a column that points to a user would have to change with that user.
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    published_on = fields.Date(required=True, readonly=True)
    state = fields.Selection(selection="_selection_state", required=True, readonly=True)
    parameters = fields.Json(string="Rules in force", required=True, readonly=True)
    digest = fields.Char(string="Fingerprint", required=True, readonly=True)
    previous_digest = fields.Char(
        string="Fingerprint of the release before", required=True, readonly=True
    )

    @api.model
    def _selection_state(self):
        return [
            (engine.FULL, self.env._("Company and breakdown")),
            (engine.COMPANY_ONLY, self.env._("Company figure only")),
            (engine.PRIVACY, self.env._("Privacy check: company figure only")),
            (engine.NOTHING, self.env._("Company too small")),
        ]

    def _last_digest(self, company):
        """Return the fingerprint the next figures of ``company`` begin from."""
        last = self.search([("company_id", "=", company.id)], order="id desc", limit=1)
        return last.digest or engine.NO_PREVIOUS

    def action_check_fingerprint(self):
        """Compute the fingerprint again and say whether it is the published one."""
        self.ensure_one()
        intact = self._is_intact()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if intact else "danger",
                "sticky": not intact,
                "message": self._fingerprint_sentence(),
            },
        }

    def _fingerprint_sentence(self):
        """Say whether these are the figures that were published."""
        if self._is_intact():
            return self.env._(
                "The fingerprint is right: these are the figures as published."
            )
        return self.env._(
            "The fingerprint does not match: these figures are not the ones that were "
            "published. Tell the privacy officer."
        )

    def _is_intact(self):
        """Tell whether rows, parameters and chain are those of the publication."""
        self.ensure_one()
        before = self.search(
            [("company_id", "=", self.company_id.id), ("id", "<", self.id)],
            order="id desc",
            limit=1,
        )
        return (
            engine.fingerprint(self._content()) == self.digest
            and (before.digest or engine.NO_PREVIOUS) == self.previous_digest
        )
