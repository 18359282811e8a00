from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import values

UNIT_SELECTION = [
    (values.AMOUNT, "Amount of money"),
    (values.HOURS, "Hours"),
    (values.SESSIONS, "Sessions"),
    (values.SCANS, "Scans"),
]
INTERVAL_SELECTION = [
    (values.ROLLING_START, "Months from the start of the last use"),
]
COACH_CHOICE_SELECTION = [
    ("employee", "The employee chooses freely"),
    ("list", "The employee chooses from the list"),
    ("employer", "The employer proposes"),
]


class CareerEntitlementRule(models.Model):
    """One right of an agreement: how much, how often and for whom.

    Only the terms live here. What they mean for a person on a day is answered by the
    pure engine, through ``hr.career.entitlement``.
    """

    _name = "hr.career.entitlement.rule"
    _description = "Career Right"
    _order = "agreement_id, sequence, id"

    agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Collective agreement",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    article = fields.Char(
        help="Where the agreement gives this right. Employees see it with the answer.",
    )
    description = fields.Text(
        translate=True,
        help="What employees read about this right, in plain words.",
    )
    unit = fields.Selection(UNIT_SELECTION, default=values.AMOUNT, required=True)
    quantity = fields.Float(digits=(16, 2), required=True)
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    interval_kind = fields.Selection(
        INTERVAL_SELECTION,
        string="Comes back",
        default=values.ROLLING_START,
        required=True,
    )
    interval_months = fields.Integer(string="Interval (months)", default=60)
    min_service_months = fields.Integer(
        string="Minimal service (months)",
        help="How long somebody must have worked here without a break of four days "
        "or more. Zero: from the first day.",
    )
    valid_from = fields.Date(
        string="First day", help="Leave empty to follow the agreement."
    )
    valid_to = fields.Date(
        string="Last day", help="Leave empty to follow the agreement."
    )
    coach_choice = fields.Selection(
        COACH_CHOICE_SELECTION,
        string="Choice of coach",
        default="employee",
        required=True,
    )
    terms = fields.Char(
        string="In words",
        compute="_compute_terms",
        help="What the numbers above say, as a check.",
    )
    was_open = fields.Boolean(
        compute="_compute_was_open",
        store=True,
        copy=False,
        help="This right has been open to employees at some time, so it is archived "
        "and never deleted.",
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)",
        "A right gives something: the quantity must be more than zero.",
    )
    _interval_positive = models.Constraint(
        "CHECK(interval_months > 0)",
        "A right comes back after one month at least.",
    )
    _service_not_negative = models.Constraint(
        "CHECK(min_service_months >= 0)",
        "Minimal service is zero months or more.",
    )
    _amount_has_currency = models.Constraint(
        "CHECK(unit <> 'amount' OR currency_id IS NOT NULL)",
        "An amount of money needs a currency.",
    )
    _valid_period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "A right cannot end before it starts. Change one of the two dates.",
    )

    @api.depends(
        "unit", "quantity", "currency_id", "interval_months", "min_service_months"
    )
    @api.depends_context("lang")
    def _compute_terms(self):
        for rule in self:
            rule.terms = self.env["hr.career.entitlement"]._terms_sentence(rule)

    @api.depends("agreement_id.is_verified")
    def _compute_was_open(self):
        for rule in self:
            rule.was_open = rule.was_open or rule.agreement_id.is_verified

    @api.constrains("unit", "quantity")
    def _check_countable(self):
        for rule in self:
            if rule.unit in (values.SESSIONS, values.SCANS) and rule.quantity % 1:
                raise ValidationError(
                    self.env._(
                        "“%s”: sessions and scans are counted in whole numbers.",
                        rule.name,
                    )
                )

    def write(self, vals):
        # Only the compute decides whether a right was ever open.
        return super().write({k: v for k, v in vals.items() if k != "was_open"})

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_once_open(self):
        self._refuse_to_lose_open_rights()

    def _refuse_to_lose_open_rights(self):
        """Refuse deletion of whatever employees may have used.

        The answer depends on the agreement alone. Were it to depend on the uses, a
        refusal would tell HR that somebody asked.
        """
        if any(rule.was_open for rule in self):
            raise UserError(
                self.env._(
                    "This right has been open to employees. Archive it instead: "
                    "what was used of it before must still count."
                )
            )

    def _engine_rules(self, assume_verified=False):
        """Return these rules as values of the pure engine, in order.

        :param assume_verified: answer as if the agreement were checked (preview only)
        """
        agreements = {
            agreement: values.Agreement(
                key=str(agreement.id),
                name=agreement.name,
                verified=assume_verified or agreement.is_verified,
                valid_from=agreement.valid_from or None,
                valid_to=agreement.valid_to or None,
                after_effect=agreement.has_after_effect,
            )
            for agreement in self.agreement_id
        }
        return [rule._engine_rule(agreements[rule.agreement_id]) for rule in self]

    def _engine_rule(self, agreement):
        self.ensure_one()
        return values.Rule(
            key=str(self.id),
            agreement=agreement,
            quantity=self._exact(self.quantity),
            unit=self.unit,
            currency=self.currency_id.name if self.unit == values.AMOUNT else None,
            clause=self.article or "",
            interval=values.Interval(self.interval_kind, self.interval_months),
            eligibility=values.Eligibility(self.min_service_months),
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
        )

    def _exact(self, quantity):
        """Return a quantity of this rule as an exact decimal, in its currency."""
        places = self.currency_id.decimal_places if self.unit == values.AMOUNT else 2
        return Decimal(repr(quantity)).quantize(Decimal(1).scaleb(-places))
