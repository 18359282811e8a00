from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..engine import values
from ..engine.entitlement import entitlement

#: Everything the answer depends on, next to the uses.
INPUTS = (
    "agreement_id",
    "version_id",
    "with_company_rules",
    "on_date",
    "start_date",
    "end_date",
    "is_fixed_term",
    "leaves_on",
    "birthday",
    "weekly_hours",
    "fte_percent",
    "wage",
    "category_id",
    "changed_on",
    "earlier_agreement_id",
    "earlier_weekly_hours",
    "earlier_fte_percent",
    "earlier_wage",
    "earlier_category_id",
)


class CareerEntitlementPreview(models.TransientModel):
    """What an agreement would give an invented employee on a day.

    For HR, to check a version before anybody can use it. It takes dates and numbers
    and no name: there is no way to ask it about a real person.
    """

    _name = "hr.career.entitlement.preview"
    _description = "Try out an agreement"

    agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Collective agreement",
        required=True,
        domain="[('is_company_rules', '=', False)]",
    )
    version_id = fields.Many2one(
        "hr.career.agreement.version",
        domain="[('agreement_id', '=', agreement_id)]",
        help="Leave it empty to try all versions together, each in its own time.",
    )
    with_company_rules = fields.Boolean(
        string="With the rules of the company",
        default=True,
        help="Add the rules that your company has on top of the agreement.",
    )
    has_company_rules = fields.Boolean(compute="_compute_has_company_rules")
    on_date = fields.Date(
        string="Day asked about", required=True, default=fields.Date.context_today
    )
    # The contract.
    start_date = fields.Date(
        string="Contract starts on",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=3),
    )
    end_date = fields.Date(string="Contract ends on")
    is_fixed_term = fields.Boolean(
        string="It is a fixed-term contract",
        default=True,
        help="Switch it off when a permanent contract ends because somebody leaves.",
    )
    leaves_on = fields.Date(
        string="Leaving is on record for",
        help="The last day of work, when it is known.",
    )
    birthday = fields.Date(string="Born on")
    # The terms, and those before a change.
    weekly_hours = fields.Float(
        string="Hours a week", digits=(16, 2), default=36, help="Zero: not known."
    )
    fte_percent = fields.Float(
        string="Part of full time (%)",
        digits=(16, 2),
        default=100,
        help="Zero: not known.",
    )
    wage = fields.Float(
        string="Wage of a month", digits=(16, 2), help="Zero: not known."
    )
    category_id = fields.Many2one(
        "hr.career.staff.category",
        string="Kind of worker",
        default=lambda self: self._default_category(),
        help="Leave it empty for not known.",
    )
    changed_on = fields.Date(
        string="These terms since", help="Leave it empty when they never changed."
    )
    earlier_agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Agreement before",
        domain="[('is_company_rules', '=', False)]",
        help="Leave it empty when it was the same.",
    )
    earlier_weekly_hours = fields.Float(
        string="Hours a week before", digits=(16, 2), default=36
    )
    earlier_fte_percent = fields.Float(
        string="Part of full time before (%)", digits=(16, 2), default=100
    )
    earlier_wage = fields.Float(string="Wage of a month before", digits=(16, 2))
    earlier_category_id = fields.Many2one(
        "hr.career.staff.category",
        string="Kind of worker before",
        default=lambda self: self._default_category(),
    )
    use_ids = fields.One2many(
        "hr.career.entitlement.preview.use", "preview_id", string="Used earlier"
    )
    is_verified = fields.Boolean(compute="_compute_result")
    missing = fields.Text(compute="_compute_result")
    result = fields.Html(compute="_compute_result", sanitize=False)

    _numbers_not_negative = models.Constraint(
        "CHECK(weekly_hours >= 0 AND fte_percent >= 0 AND wage >= 0"
        " AND earlier_weekly_hours >= 0 AND earlier_fte_percent >= 0"
        " AND earlier_wage >= 0)",
        "Hours, wages and parts of full time are zero or more. Zero means: not known.",
    )

    @api.model
    def _default_category(self):
        return self.env["hr.career.staff.category"].search(
            [("code", "=", values.EMPLOYEE)], limit=1
        )

    @api.depends("agreement_id")
    def _compute_display_name(self):
        for preview in self:
            preview.display_name = self.env._("Try out an agreement")

    @api.depends_context("company")
    def _compute_has_company_rules(self):
        self.has_company_rules = bool(self._company_agreements())

    @api.depends(
        *INPUTS,
        "use_ids.rule_id",
        "use_ids.on_date",
        "use_ids.quantity",
        "use_ids.completed_on",
        "use_ids.is_returned",
    )
    @api.depends_context("lang", "company")
    def _compute_result(self):
        for preview in self:
            versions = preview._versions()
            preview.is_verified = bool(versions) and all(versions.mapped("is_verified"))
            lacking = versions.filtered("missing")
            preview.missing = "\n".join(lacking.mapped("missing"))
            preview.result = self.env["ir.qweb"]._render(
                "hr_career_focus.entitlement_preview_result",
                {"answers": preview._answers(), "labels": self._labels()},
            )

    @api.onchange("agreement_id")
    def _onchange_agreement_id(self):
        if self.version_id.agreement_id != self.agreement_id:
            self.version_id = False

    @api.constrains("start_date", "end_date", "changed_on")
    def _check_dates(self):
        for preview in self:
            start = preview.start_date
            if preview.end_date and preview.end_date < start:
                raise ValidationError(
                    self.env._("The contract ends before it starts. Change a date.")
                )
            if preview.changed_on and preview.changed_on <= start:
                raise ValidationError(
                    self.env._(
                        "The terms change after the contract has started. Choose a "
                        "later day, or leave it empty."
                    )
                )

    # -- what goes into the engine --------------------------------------------------

    def _answers(self):
        """Return the answers as employees would read them, the checks left aside."""
        self.ensure_one()
        if not (self.agreement_id and self.start_date and self.on_date):
            return []
        rules = self._rules()
        records = {(rule.right_key, str(rule.version_id.id)): rule for rule in rules}
        adapter = self.env["hr.career.entitlement"]
        return [
            adapter._right_answer(
                0, records.get((answer.rule_key, answer.version), rules[:0]), answer
            )
            for answer in entitlement(
                self._facts(), self._engine_rules(rules), self._uses(), self.on_date
            )
        ]

    def _versions(self):
        """Return the versions to try: the chosen one, or all of the agreement."""
        self.ensure_one()
        every = self.agreement_id._origin.version_ids
        chosen = self.version_id._origin & every
        return chosen or every

    def _company_agreements(self):
        return self.env["hr.career.agreement"].search(
            [
                ("is_company_rules", "=", True),
                ("company_id", "=", self.env.company.id),
            ]
        )

    def _all_versions(self):
        """Return every version that plays a part, the company's rules included."""
        versions = self._versions()
        earlier = self.earlier_agreement_id._origin
        if self.changed_on and earlier != self.agreement_id._origin:
            versions |= earlier.version_ids
        if self.with_company_rules:
            versions |= self._company_agreements().version_ids
        return versions

    def _rules(self):
        return self.env["hr.career.entitlement.rule"].search(
            Domain("version_id", "in", self._all_versions().ids)
        )

    def _engine_rules(self, rules):
        return rules._engine_rules(assume_verified=True, versions=self._all_versions())

    def _facts(self):
        employer = str(self.env.company.id) if self.with_company_rules else None
        terms = [
            self._spell(
                self.changed_on or self.start_date,
                self.agreement_id,
                self.weekly_hours,
                self.fte_percent,
                self.wage,
                self.category_id,
            )
        ]
        if self.changed_on:
            terms.append(
                self._spell(
                    self.start_date,
                    self.earlier_agreement_id or self.agreement_id,
                    self.earlier_weekly_hours,
                    self.earlier_fte_percent,
                    self.earlier_wage,
                    self.earlier_category_id,
                )
            )
        return values.Facts(tuple(terms), employer, self.birthday or None)

    def _spell(self, since, agreement, hours, fte, wage, category):
        end = min(filter(None, (self.end_date, self.leaves_on)), default=None)
        return values.Spell(
            since,
            self.start_date,
            end,
            str(agreement._origin.id),
            category.code or None,
            weekly_hours=self._decimal(hours),
            fte=self._decimal(fte / 100),
            wage=self._decimal(wage),
            leaves_on=self.leaves_on or None,
            fixed_term=bool(self.end_date and self.is_fixed_term),
        )

    def _decimal(self, number):
        """Return a number as the engine takes it: zero says that it is not known."""
        return Decimal(repr(number)) if number > 0 else None

    def _uses(self):
        return tuple(
            use._engine_use()
            for use in self.use_ids
            if use.rule_id and use.on_date and use.quantity > 0
        )

    @api.model
    def _labels(self):
        """Return the word on the badge for each answer, with its colour."""
        return {
            values.AVAILABLE: (self.env._("Available"), "text-bg-success"),
            values.NOT_YET: (self.env._("Not yet"), "text-bg-secondary"),
            values.USED_UP: (self.env._("Used"), "text-bg-secondary"),
            values.NOT_ELIGIBLE: (self.env._("Not available"), "text-bg-secondary"),
            values.UNKNOWN: (self.env._("Not known"), "text-bg-warning"),
        }


class CareerEntitlementPreviewUse(models.TransientModel):
    """Something the invented employee used earlier."""

    _name = "hr.career.entitlement.preview.use"
    _description = "Earlier use in a try-out"
    _order = "on_date, id"

    preview_id = fields.Many2one(
        "hr.career.entitlement.preview", required=True, ondelete="cascade", index=True
    )
    rule_id = fields.Many2one(
        "hr.career.entitlement.rule", string="Right", required=True, ondelete="cascade"
    )
    on_date = fields.Date(string="Used on", required=True)
    quantity = fields.Float(string="How much", digits=(16, 2), required=True)
    completed_on = fields.Date(
        string="Traject ended on", help="Leave it empty while it is running."
    )
    is_returned = fields.Boolean(
        string="Given back", help="The traject was cancelled before its first session."
    )

    _quantity_not_negative = models.Constraint(
        "CHECK(quantity >= 0)", "What was used earlier is zero or more, never less."
    )
    _ends_after_it_began = models.Constraint(
        "CHECK(completed_on IS NULL OR completed_on >= on_date)",
        "A traject ends after it began. Change one of the two days.",
    )

    @api.onchange("rule_id")
    def _onchange_rule_id(self):
        if self.rule_id and not self.quantity:
            self.quantity = self.rule_id.quantity

    def _engine_use(self):
        ended = self.completed_on
        return values.Use(
            self.rule_id.right_key,
            Decimal(repr(self.quantity)).quantize(values.CENT),
            self.on_date,
            returned=self.is_returned,
            completed=ended if ended and ended >= self.on_date else None,
        )
