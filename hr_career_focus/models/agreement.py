from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import values


class CareerAgreement(models.Model):
    """A collective agreement, or the rules a company adds to it.

    It is what a contract names. What it says is in its versions: texts move every
    year, and what was granted under an old text stays granted.
    """

    _name = "hr.career.agreement"
    _description = "Career Agreement"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty to use this agreement in every company of the database.",
    )
    is_company_rules = fields.Boolean(
        string="Rules of the company itself",
        help="These rights are for everybody of the company, on top of whatever "
        "collective agreement somebody falls under.",
    )
    country_id = fields.Many2one("res.country")
    sector = fields.Char(translate=True)
    reference = fields.Char(
        help="The number of the agreement, or of the joint committee behind it.",
    )
    version_ids = fields.One2many(
        "hr.career.agreement.version", "agreement_id", string="Versions", copy=True
    )
    version_count = fields.Integer(compute="_compute_version_count")
    version_id = fields.Many2one(
        "hr.career.agreement.version",
        string="Version of today",
        compute="_compute_version_id",
        help="The version in force today; when there is none, the coming one.",
    )
    is_verified = fields.Boolean(
        string="Checked",
        compute="_compute_version_id",
        search="_search_is_verified",
        help="Somebody compared the rights in force today with the text.",
    )
    valid_from = fields.Date(string="First day", compute="_compute_version_id")
    valid_to = fields.Date(string="Last day", compute="_compute_version_id")
    rule_ids = fields.Many2many(
        "hr.career.entitlement.rule",
        string="Rights in force",
        compute="_compute_version_id",
    )
    rule_count = fields.Integer(
        string="Number of rights", compute="_compute_version_id"
    )

    _company_rules_have_a_company = models.Constraint(
        "CHECK(NOT is_company_rules OR company_id IS NOT NULL)",
        "Rules of the company itself need a company. Choose the company.",
    )

    @api.depends("version_ids")
    def _compute_version_count(self):
        for agreement in self:
            agreement.version_count = len(agreement.version_ids)

    @api.depends(
        "version_ids.active",
        "version_ids.valid_from",
        "version_ids.valid_to",
        "version_ids.has_after_effect",
        "version_ids.is_verified",
        "version_ids.was_open",
        "version_ids.rule_ids.active",
    )
    def _compute_version_id(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            version = agreement._version_on(today)
            agreement.version_id = version
            agreement.is_verified = version.is_verified
            agreement.valid_from = version.valid_from
            agreement.valid_to = version.valid_to
            agreement.rule_ids = version.rule_ids
            agreement.rule_count = len(version.rule_ids)

    def _search_is_verified(self, operator, value):
        if operator != "in":
            return NotImplemented
        # There are as many agreements as a sector has, a handful.
        every = self.with_context(active_test=False).search_fetch([], ["name"])
        checked = every.filtered("is_verified")
        found = checked if True in value else every.browse()
        if False in value:
            found |= every - checked
        return [("id", "in", found.ids)]

    @api.constrains("company_id", "is_company_rules")
    def _check_company_of_use(self):
        """Keep an agreement usable for the contracts and companies that name it."""
        for agreement in self.filtered("company_id"):
            company = agreement.company_id
            other = [("career_agreement_id", "=", agreement.id)]
            defaults = self.env["res.company"].sudo().search(other, limit=2)
            contracts = self.env["hr.version"].sudo().with_context(active_test=False)
            if agreement.is_company_rules and (
                defaults or contracts.search_count(other, limit=1)
            ):
                raise ValidationError(
                    self.env._(
                        "“%s” is the collective agreement of a company or of a "
                        "contract, so it cannot be rules on top of one.",
                        agreement.name,
                    )
                )
            elsewhere = [*other, ("company_id", "!=", company.id)]
            if defaults - company or contracts.search_count(elsewhere, limit=1):
                raise ValidationError(
                    self.env._(
                        "The agreement “%(agreement)s” is in use in another company. "
                        "Leave its company empty, or make a copy for %(company)s.",
                        agreement=agreement.name,
                        company=company.name,
                    )
                )

    @api.constrains("is_company_rules")
    def _check_improvements(self):
        """Only company rules improve a right, and never one of a company."""
        rules = self.env["hr.career.entitlement.rule"].with_context(active_test=False)
        for agreement in self:
            side = "improves_rule_id.agreement_id"
            if not agreement.is_company_rules:
                side = "agreement_id"
            if rules.search_count(
                [(side, "=", agreement.id), ("improves_rule_id", "!=", False)], limit=1
            ):
                raise ValidationError(
                    self.env._(
                        "Rules of a company improve rights of a collective agreement, "
                        "and “%s” is part of that on the side it is on now. Take the "
                        "improvement away first.",
                        agreement.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_once_open(self):
        versions = self.with_context(active_test=False).version_ids
        versions._refuse_to_lose_open_rights()

    def copy_data(self, default=None):
        values_list = super().copy_data(default=default)
        if not (default or {}).get("name"):
            for agreement, vals in zip(self, values_list, strict=True):
                vals["name"] = self.env._("%s (copy)", agreement.name)
        return values_list

    def action_new_version(self):
        """Open a draft of the next version, with the rights of the latest."""
        self.ensure_one()
        latest = self.version_ids.sorted(lambda one: one._timeline_key())[-1:]
        if latest:
            return latest.action_new_version()
        version = self.version_ids.create({"agreement_id": self.id})
        return version.action_open()

    def action_preview(self):
        """Open the preview for an invented employee."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_career_focus.entitlement_preview_action"
        )
        return {**action, "context": {"default_agreement_id": self.id}}

    def action_export(self):
        """Download these agreements with all their versions, to share them."""
        return self.env["hr.career.agreement.exchange"]._export(self)

    def _version_on(self, day):
        """Return the version in force on a day, else the next, else the last."""
        self.ensure_one()
        counting = self._counting_versions().sorted(lambda one: one._timeline_key())
        text = self._engine_agreement().version_on(day)
        if text:
            return counting.filtered(lambda one: str(one._origin.id) == text.key)[:1]
        coming = counting.filtered(lambda one: one.valid_from and one.valid_from > day)
        return coming[:1] or counting[-1:]

    def _counting_versions(self):
        """Return the versions that count: drafts only while nothing was checked.

        A draft next to a version that was checked at some time changes nothing for
        anybody until it is checked itself.
        """
        versions = self.version_ids.filtered("active")
        return versions.filtered("was_open") or versions

    def _engine_agreement(self, assume_verified=False, versions=None):
        """Return this agreement as a value of the pure engine.

        :param assume_verified: answer as if its versions were checked (preview only)
        :param versions: the versions to take; by default those that count
        """
        self.ensure_one()
        if versions is None:
            versions = self._counting_versions()
        return values.Agreement(
            key=str(self._origin.id),
            name=self.name or "",
            versions=tuple(one._engine_version(assume_verified) for one in versions),
            employer=str(self.company_id.id) if self.is_company_rules else None,
        )

    def _refuse_company_rules(self):
        """Raise when one of these is chosen where a collective agreement belongs."""
        if any(self.mapped("is_company_rules")):
            raise ValidationError(
                self.env._(
                    "These are rules on top of a collective agreement. They apply to "
                    "everybody of the company by themselves: choose the collective "
                    "agreement here."
                )
            )
