"""Checking a version: how it stands, what it changes, and since when."""

from odoo import fields, models
from odoo.exceptions import UserError

#: How a version stands.
CHECKED, CHANGED_SINCE, DRAFT = "checked", "changed", "draft"


class CareerAgreementVersion(models.Model):
    _inherit = "hr.career.agreement.version"  # pylint: disable=consider-merging-classes-inherited

    def action_ask_check(self):
        """Show what the check brings about, for the user to confirm."""
        self.ensure_one()
        self._refuse_to_check_what_is_not_ready()
        wizard = self.env["hr.career.agreement.check"].create({"version_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("I have checked this text"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_compare(self):
        """Compare this version with the one before it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_career_focus.agreement_comparison_action"
        )
        return {
            **action,
            "context": {
                "default_old_version_id": self._version_before().id,
                "default_new_version_id": self.id,
            },
        }

    def _refuse_to_check_what_is_not_ready(self):
        """Raise when there is nothing to check, or a right is not complete."""
        for version in self:
            if not version.rule_ids:
                raise UserError(
                    self.env._(
                        "“%s” has no rights yet. Add them first; then there is "
                        "something to check.",
                        version.display_name,
                    )
                )
            if version.missing:
                raise UserError(
                    self.env._(
                        "“%(version)s” is not complete. Look these up in the text and "
                        "fill them in; then it can be checked.\n%(missing)s",
                        version=version.display_name,
                        missing=version.missing,
                    )
                )

    def _version_before(self):
        """Return the version that counts up to the first day of this one, if any."""
        self.ensure_one()
        others = self.agreement_id._counting_versions() - self
        others = others.filtered("was_open") or others
        if not others:
            return others
        day = self.valid_from or fields.Date.context_today(self)
        text = self.agreement_id._engine_agreement(versions=others).version_on(day)
        if text is None:
            earlier = others.filtered(
                lambda one: one._timeline_key() < self._timeline_key()
            )
            return earlier.sorted(lambda one: one._timeline_key())[-1:]
        return others.filtered(lambda one: str(one.id) == text.key)

    def _check_state(self):
        """Return how this version stands: CHECKED, CHANGED_SINCE or DRAFT."""
        self.ensure_one()
        if self.is_verified:
            return CHECKED
        return CHANGED_SINCE if self.was_open else DRAFT

    def _period_sentence(self):
        """Return in words from when until when the text says it applies."""
        first, last = self.valid_from, self.valid_to
        day = self.env["hr.career.entitlement"]._day
        if first and last:
            return self.env._(
                "From %(first)s until %(last)s.", first=day(first), last=day(last)
            )
        if first:
            return self.env._("From %s, without a last day.", day(first))
        if last:
            return self.env._("Until %s.", day(last))
        return self.env._("Always.")
